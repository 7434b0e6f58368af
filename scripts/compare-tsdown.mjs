// Builds the package with tsdown beside the build of tsup, and compares what the entries export: the way out, should tsup stop.
// tsdown is not a dependency: `npx --yes tsdown@VERSION` fetches it for this job alone.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const TSDOWN = "tsdown@0.21.10";
const out = mkdtempSync(resolve("dist-tsdown-"));
const entries = { index: "src/index.ts", schema: "src/schema/index.ts", export: "src/export/index.ts" };
const config = join(out, "tsdown.config.mjs");
writeFileSync(
  config,
  `export default ${JSON.stringify({
    entry: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, resolve(file)])),
    tsconfig: resolve("tsconfig.json"),
    format: ["esm", "cjs"],
    target: "es2022",
    platform: "neutral",
    outDir: join(out, "dist"),
    dts: false,
    deps: { neverBundle: ["zod"], onlyBundle: false },
    inputOptions: {
      resolve: { conditionNames: ["browser", "import", "default"], mainFields: ["module", "main"] },
    },
  })};\n`,
);
try {
  const tsdown = process.env.TSDOWN ? [process.env.TSDOWN] : ["npx", "--yes", TSDOWN];
  execFileSync(tsdown[0], [...tsdown.slice(1), "--config", config], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const found = (name, endings) => {
    const file = endings.map((ending) => join(out, "dist", `${name}${ending}`)).find(existsSync);
    if (!file) throw new Error(`tsdown wrote no ${name} with one of the endings ${endings.join(", ")}.`);
    return file;
  };
  const require = createRequire(import.meta.url);
  const names = (module) =>
    Object.keys(module)
      .filter((n) => n !== "default" && n !== "module.exports")
      .sort();
  const problems = [];
  for (const name of Object.keys(entries)) {
    const wanted = names(await import(pathToFileURL(resolve(`dist/${name}.js`))));
    const builds = {
      esm: names(await import(pathToFileURL(found(name, [".mjs", ".js"])))),
      cjs: names(require(found(name, [".cjs", ".js"]))),
    };
    for (const [format, got] of Object.entries(builds)) {
      const lost = wanted.filter((n) => !got.includes(n));
      const extra = got.filter((n) => !wanted.includes(n));
      if (lost.length + extra.length > 0)
        problems.push(
          `${name} (${format}): missing ${lost.join(", ") || "nothing"}; extra ${extra.join(", ") || "nothing"}`,
        );
    }
    console.log(`${name}: ${wanted.length} exports in both builds`);
  }
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
} finally {
  rmSync(out, { recursive: true });
}
