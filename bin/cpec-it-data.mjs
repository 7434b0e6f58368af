#!/usr/bin/env node
// The command line of cpec-it-data: the helpers of the library, with the same guard and the same errors. No dependency.
import { run } from "./commands.mjs";

// A reader such as `head` may close the pipe before all is written.
process.stdout.on("error", (problem) => {
  if (problem.code !== "EPIPE") throw problem;
  process.exit();
});
process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(`${text}\n`),
  error: (text) => process.stderr.write(`${text}\n`),
});
