/** Runs a script of the repository as npm does, in a folder that holds `data`. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

export const run = (home: string, script: string, ...args: string[]) =>
  spawnSync(
    process.execPath,
    [resolve("node_modules/tsx/dist/cli.mjs"), resolve(`scripts/${script}.ts`), ...args],
    {
      cwd: home,
      encoding: "utf8",
      env: { ...process.env, INIT_CWD: home },
    },
  );
