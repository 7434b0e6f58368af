// Packs the package, installs it as a user would, and proves it in every runtime, bundler and compiler that is here: each must
// print what the others print. `--fast` takes what the repository has anyway; without it the table goes into docs/runtimes.md.
import { execFile, execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { clickhouse, grammars } from "./sql.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const fast = process.argv.includes("--fast");
const from = fast ? root : here;
const modules = join(from, "node_modules");
const require = createRequire(join(from, "x.js"));
const load = async (name) => {
  const module = await import(pathToFileURL(require.resolve(name)).href);
  return module.default ?? module;
};
const versionOf = (name) => JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")).version;
const exec = async (command, args, options) =>
  (await promisify(execFile)(command, args, { encoding: "utf8", ...options })).stdout.trim();

const folder = mkdtempSync(join(tmpdir(), "cpec-it-data-runtimes-"));
const put = (name, text) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** What every consumer does: each entry is used, and the answer is one line. */
const BODY = `
const made = observations.filter((row) => row.id === "phones-assembled:pakistan:actual:during:2021");
let refused = "";
try { total([...made, { ...made[0], status: "target" }]); } catch (error) { refused = error.code; }
const answer = JSON.stringify([
  total(made).value, refused, events.length, getEvent("jwg-it-established").date.edtf,
  toCSV(events, { table: "events" }).length, toParquet(observations, { table: "observations" }).length,
  parseDataset({ units }).units.length,
]);
`;
const NAMES = {
  "cpec-it-data": "events, getEvent, observations, total, units",
  "cpec-it-data/export": "toCSV, toParquet",
  "cpec-it-data/schema": "parseDataset",
};
const imports = Object.entries(NAMES)
  .map(([name, what]) => `import { ${what} } from "${name}";\n`)
  .join("");
const requires = Object.entries(NAMES)
  .map(([name, what]) => `const { ${what} } = require("${name}");\n`)
  .join("");

const rows = [];
const notRun = [];
let expected;
/** Runs one check; all must give the same answer. */
async function check(what, version, how, run) {
  const began = performance.now();
  const took = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  try {
    const { answer, note = "" } = await run();
    if (answer !== undefined) {
      expected ??= answer;
      if (answer !== expected) throw new Error(`gave ${answer} instead of ${expected}`);
    }
    rows.push({ what, version, how, ok: true, note, took: took() });
  } catch (error) {
    rows.push({
      what,
      version,
      how,
      ok: false,
      note: String(error.stderr || error.message || error)
        .split("\n")
        .slice(0, 12)
        .join("\n"),
    });
  }
  const { ok, note } = rows.at(-1);
  console.log(`${ok ? "passed" : "FAILED"}  ${what} ${version}, ${how}${note ? `: ${note}` : ""}`);
}
/** Programs that add up the column `value` of series.csv by metric, as anybody would: `metric value`, a line each. */
const LANGUAGES = [
  {
    what: "Python with pandas",
    how: 'series.groupby("metric")["value"].sum()',
    commands: [
      ["python3", "-c"],
      ["/usr/bin/python3", "-c"],
    ],
    version: "import pandas; print(pandas.__version__)",
    code: `import sys, pandas as pd
series = pd.read_csv(sys.argv[1])
for metric, value in series.groupby("metric")["value"].sum().items(): print(metric, repr(float(value)))`,
  },
  {
    what: "Python with Polars",
    how: 'series.group_by("metric").agg(pl.col("value").sum())',
    commands: [["python3", "-c"]],
    version: "import polars; print(polars.__version__)",
    code: `import sys, polars as pl
series = pl.read_csv(sys.argv[1], infer_schema_length=None)
for metric, value in series.group_by("metric").agg(pl.col("value").sum()).iter_rows(): print(metric, repr(float(value)))`,
  },
  {
    what: "R",
    how: "aggregate(value ~ metric, series, sum)",
    commands: [["Rscript", "-e"]],
    version: 'cat(paste(R.version$major, R.version$minor, sep = "."))',
    code: `series <- read.csv(commandArgs(TRUE)[1])
sums <- aggregate(value ~ metric, series, sum)
cat(paste(sums$metric, format(sums$value, digits = 15, scientific = FALSE, trim = TRUE)), sep = "\\n")`,
  },
];
/** The naive sum of each metric that may be summed, in other languages, against total(). */
async function languages() {
  const installed = join(folder, "node_modules/cpec-it-data");
  const { observations, total } = await import(pathToFileURL(join(installed, "dist/index.js")).href);
  const totals = new Map();
  for (const metric of new Set(observations.map((o) => o.metric))) {
    const rows = observations.filter(
      (o) => o.metric === metric && o.status === "actual" && o.timing === "during" && o.measure === "flow",
    );
    try {
      totals.set(metric, total(rows).value);
    } catch {
      // Refused, or nothing to add.
    }
  }
  for (const [metric, value] of totals) if (value === null) totals.delete(metric);
  for (const { what, how, commands, version, code } of LANGUAGES) {
    let found;
    for (const [command, flag] of commands)
      found ??= await exec(command, [flag, version]).then(
        (text) => ({ command, flag, text }),
        () => undefined,
      );
    if (!found) {
      notRun.push(what);
      continue;
    }
    const { command, flag, text } = found;
    await check(what, text, how, async () => {
      const out = await exec(command, [flag, code, join(installed, "data/series.csv")]);
      const lines = out.split(/\s*\n/);
      const sums = new Map(
        lines.map((line) => line.split(" ")).map(([metric, sum]) => [metric, Number(sum)]),
      );
      for (const [metric, value] of totals)
        if (!(Math.abs(sums.get(metric) - value) <= Math.abs(value) * 1e-9))
          throw new Error(`${metric}: ${sums.get(metric)} instead of ${value}`);
      return { note: `${totals.size} metrics, each sum equal to total()` };
    });
  }
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;

async function runtimes() {
  const esm = put("consumer.mjs", `${imports}${BODY}console.log(answer);\n`);
  const cjs = put("consumer.cjs", `${requires}${BODY}console.log(answer);\n`);
  const both = async (what, version, run) => {
    await check(what, version, "import", async () => ({ answer: await run(esm) }));
    await check(what, version, "require", async () => ({ answer: await run(cjs) }));
  };
  const nodes = fast ? [process.execPath] : [20, 22, 24, 26].map((n) => join(modules, `node-${n}/bin/node`));
  for (const node of nodes) {
    if (!existsSync(node)) notRun.push(`Node: no build of ${node.match(/node-\d+/)?.[0]} for this machine`);
    else
      await both("Node", (await exec(node, ["--version"])).slice(1), (file) =>
        exec(node, [file], { cwd: folder }),
      );
  }
  if (fast) return;
  const bun = join(modules, "@oven/bun-linux-x64/bin/bun");
  if (existsSync(bun))
    await both("Bun", await exec(bun, ["--version"]), (file) => exec(bun, [file], { cwd: folder }));
  else notRun.push("Bun: no build for this machine");
  const deno = join(modules, "@deno/linux-x64-glibc/deno");
  if (existsSync(deno)) {
    const env = { ...process.env, DENO_DIR: join(folder, ".deno"), DENO_NO_UPDATE_CHECK: "1" };
    const run = (file) =>
      exec(deno, ["run", "--no-remote", "--node-modules-dir=manual", "--allow-read", file], {
        cwd: folder,
        env,
      });
    await both("Deno", (await exec(deno, ["--version"])).split(" ")[1], run);
  } else notRun.push("Deno: no build for this machine");
}

const TYPES = {
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".html": "text/html",
  ".json": "application/json",
};
async function browser() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) return void notRun.push("Chromium: not installed on this machine");
  const map = {
    imports: {
      "cpec-it-data": "/node_modules/cpec-it-data/dist/index.js",
      "cpec-it-data/export": "/node_modules/cpec-it-data/dist/export.js",
      "cpec-it-data/schema": "/node_modules/cpec-it-data/dist/schema.js",
      zod: "/node_modules/zod/index.js",
    },
  };
  put(
    "index.html",
    `<!doctype html><script type="importmap">${JSON.stringify(map)}</script><script type="module">${imports}${BODY}document.title = answer;</script>`,
  );
  const server = createServer((request, response) => {
    const file = join(folder, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    if (!file.startsWith(folder) || !existsSync(file)) return response.writeHead(404).end();
    response
      .writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" })
      .end(readFileSync(file));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { chromium } = await load("playwright-core");
  const instance = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    await check("Chromium", instance.version(), "ES modules from a file server, import map", async () => {
      const page = await instance.newPage();
      const errors = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(`http://127.0.0.1:${server.address().port}/index.html`);
      await page
        .waitForFunction(() => document.title !== "", undefined, { timeout: 30_000 })
        .catch(() => {
          throw new Error(errors.join("\n") || "the page gave no answer");
        });
      return { answer: await page.title() };
    });
  } finally {
    await instance.close();
    server.close();
  }
}

async function bundlers() {
  const entry = put("bundle.mjs", `${imports}${BODY}console.log(answer);\n`);
  const small = put(
    "bundle-trend.mjs",
    `import { computeTrend } from "cpec-it-data";\nglobalThis.kept = computeTrend;\n`,
  );
  const trial = (name, bundle) =>
    check(name, versionOf(name.toLowerCase()), "bundle, run in Node", async () => {
      const all = await bundle(entry, `all-${name}.mjs`);
      const one = await bundle(small, `one-${name}.mjs`);
      const size = (file) =>
        `${kilobytes(readFileSync(file).length)} (${kilobytes(gzipSync(readFileSync(file)).length)} gzip)`;
      return {
        answer: await exec(process.execPath, [all], { cwd: folder }),
        note: `all three entries ${size(all)}, computeTrend alone ${size(one)}`,
      };
    });
  await trial("esbuild", async (file, name) => {
    const outfile = join(folder, "out", name);
    await (await load("esbuild")).build({
      entryPoints: [file],
      outfile,
      bundle: true,
      minify: true,
      format: "esm",
      logLevel: "silent",
    });
    return outfile;
  });
  await trial("Vite", async (file, name) => {
    const { build } = await import(pathToFileURL(join(modules, "vite/dist/node/index.js")).href);
    const outDir = join(folder, "out", `vite-${name}`);
    await build({
      root: folder,
      configFile: false,
      logLevel: "silent",
      build: {
        outDir,
        minify: true,
        emptyOutDir: true,
        rollupOptions: { input: file, output: { entryFileNames: "out.mjs", format: "es" } },
      },
    });
    return join(outDir, "out.mjs");
  });
  if (fast) return;
  await trial("Rollup", async (file, name) => {
    const { rollup } = await import(pathToFileURL(join(modules, "rollup/dist/es/rollup.js")).href);
    const { nodeResolve } = await import(
      pathToFileURL(join(modules, "@rollup/plugin-node-resolve/dist/es/index.js")).href
    );
    const bundle = await rollup({ input: file, plugins: [nodeResolve()], onwarn: () => {} });
    const out = join(folder, "out", name);
    await bundle.write({ file: out, format: "es" });
    await bundle.close();
    return out;
  });
  await trial("webpack", async (file, name) => {
    const webpack = await load("webpack");
    const path = join(folder, "out");
    await new Promise((done, fail) =>
      webpack(
        {
          mode: "production",
          target: ["web", "es2022"],
          context: folder,
          entry: file,
          output: { path, filename: name },
          performance: { hints: false },
        },
        (error, stats) =>
          error || stats.hasErrors() ? fail(error ?? new Error(stats.toString("errors-only"))) : done(),
      ),
    );
    return join(path, name);
  });
}

async function compilers() {
  const code = `
import { aggregateBySector, type CpecEvent, type EventId, getEvent, observations } from "cpec-it-data";
import { type DataPackage, toDataPackage, toParquet } from "cpec-it-data/export";
import { type DatasetRecords, parseDataset } from "cpec-it-data/schema";
const id: EventId = "jwg-it-established";
const event: CpecEvent = getEvent(id);
const maybe: CpecEvent | undefined = getEvent("anything" as string);
// @ts-expect-error an unknown id gives perhaps nothing
const sure: CpecEvent = getEvent("anything" as string);
const file: Uint8Array = toParquet(observations, { table: "observations" });
const described: DataPackage = toDataPackage();
const read: DatasetRecords = parseDataset({});
export const all = [event, maybe, sure, file, described, read, aggregateBySector(observations)];
`;
  put("consumer-types.mts", code);
  put("consumer-types.cts", code);
  put("consumer-types.ts", code);
  const versions = fast ? ["typescript"] : ["5.5", "5.9", "6.0", "7.0"].map((v) => `typescript-${v}`);
  for (const name of versions) {
    const tsc = join(modules, name, "bin/tsc");
    for (const [resolution, module, files] of [
      ["node16", "node16", ["consumer-types.mts", "consumer-types.cts"]],
      ["nodenext", "nodenext", ["consumer-types.mts", "consumer-types.cts"]],
      ["bundler", "esnext", ["consumer-types.ts"]],
    ])
      await check("TypeScript", versionOf(name), resolution, async () => {
        const args = [
          "--noEmit",
          "--strict",
          "--exactOptionalPropertyTypes",
          "--target",
          "es2022",
          "--lib",
          "es2022,dom",
        ];
        try {
          await exec(
            process.execPath,
            [tsc, ...args, "--module", module, "--moduleResolution", resolution, ...files],
            { cwd: folder },
          );
        } catch (error) {
          throw new Error(error.stdout || error.message);
        }
        return {};
      });
  }
}

try {
  const out = execFileSync(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--loglevel=error", "--pack-destination", folder],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  const [pack] = JSON.parse(out);
  const target = join(folder, "node_modules/cpec-it-data");
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["xzf", join(folder, pack.filename), "-C", target, "--strip-components=1"]);
  if (fast) symlinkSync(join(modules, "zod"), join(folder, "node_modules/zod"));
  else cpSync(join(modules, "zod"), join(folder, "node_modules/zod"), { recursive: true });
  put("package.json", '{ "type": "module", "private": true }\n');

  await runtimes();
  await bundlers();
  await compilers();
  if (!fast) {
    await browser();
    await languages();
    await clickhouse({ check, root, folder, require, versionOf });
    await grammars({ check, root, folder, load, modules, versionOf });
  }
  const failed = rows.filter((row) => !row.ok);
  console.log(`\n${rows.length - failed.length} passed, ${failed.length} failed`);
  if (failed.length > 0) process.exitCode = 1;
  else if (!fast) {
    const line = (cells) => `| ${cells.join(" | ")} |`;
    const table = [
      line(["what", "version", "how", "took", "result"]),
      line(["---", "---", "---", "---:", "---"]),
      ...rows.map((row) =>
        line([row.what, row.version, row.how, row.took, row.note === "" ? "passed" : `passed: ${row.note}`]),
      ),
    ].join("\n");
    const sizes = `The package: ${pack.entryCount} files, ${kilobytes(pack.size)} packed, ${kilobytes(pack.unpackedSize)} unpacked.`;
    const missing =
      notRun.length > 0 ? `\nNot run on the machine that wrote this table: ${notRun.join("; ")}.\n` : "";
    const guide = join(root, "docs/runtimes.md");
    const text = readFileSync(guide, "utf8");
    const [start, end] = ["<!-- matrix: written by `node scripts/runtimes/run.mjs` -->", "<!-- /matrix -->"];
    const before = text.slice(0, text.indexOf(start) + start.length);
    writeFileSync(guide, `${before}\n\n${sizes}\n\n${table}\n${missing}\n${text.slice(text.indexOf(end))}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
