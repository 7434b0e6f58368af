/** Runs a command of the repository as npm does, in a folder that holds `data`. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { format } from "node:util";

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

/** In a process of its own, as it is called. */
export const spawn = (home: string, script: string, ...args: string[]): Ran =>
  spawnSync(
    process.execPath,
    [resolve("node_modules/tsx/dist/cli.mjs"), resolve(`scripts/${script}.ts`), ...args],
    { cwd: home, encoding: "utf8", env: { ...process.env, INIT_CWD: home } },
  );

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
