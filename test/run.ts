/** Runs a command of the repository as npm does, in a folder that holds `data`. */
import { format } from "node:util";

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

/** In this process, which saves the second that each process takes to start. */
export async function run(home: string, script: string, ...args: string[]): Promise<Ran> {
  const { main } = (await import(`../scripts/${script}.ts`)) as {
    main: (argv: readonly string[]) => Promise<number>;
  };
  const [folder, { log, error }, typed] = [process.cwd(), console, process.env.INIT_CWD];
  let stdout = "";
  let stderr = "";
  try {
    process.chdir(home);
    process.env.INIT_CWD = home;
    console.log = (...words) => {
      stdout += `${format(...words)}\n`;
    };
    console.error = (...words) => {
      stderr += `${format(...words)}\n`;
    };
    const status = await main(args);
    return { stdout, stderr, status };
  } finally {
    process.chdir(folder);
    Object.assign(console, { log, error });
    if (typed === undefined) delete process.env.INIT_CWD;
    else process.env.INIT_CWD = typed;
  }
}
