// Runs the `main` of a command of this folder: node scripts/run.mjs check ... It is bundled once after each change of its code, since
// a single file starts in a third of the time that its modules take.
import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [, , name, ...args] = process.argv;
/** Commands that read what the build writes while they run: a bundle would hold what it wrote before. */
const UNBUNDLED = ["diff"];
const bundle = resolve(`node_modules/.cache/cpec-it-data/commands/${name}.mjs`);
const stamps = bundle.replace(/mjs$/, "json");
// A copy keeps no more than the milliseconds.
const changedAt = (file) => Math.floor(statSync(file, { throwIfNoEntry: false })?.mtimeMs);

/** Whether the bundle is of the files as they are. */
function isFresh() {
  try {
    const made = JSON.parse(readFileSync(stamps, "utf8"));
    return Object.entries(made).every(([file, at]) => changedAt(file) === at);
  } catch {
    return false;
  }
}

async function bundled() {
  if (isFresh()) return import(pathToFileURL(bundle).href);
  const { build } = await import("esbuild");
  const draft = `${bundle}.${process.pid}`;
  const { metafile } = await build({
    entryPoints: [`scripts/${name}.ts`],
    outfile: draft,
    metafile: true,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // Packages in CommonJS ask for modules of Node by `require`.
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
  });
  const inputs = Object.keys(metafile.inputs).map((file) => [file, changedAt(file)]);
  renameSync(draft, bundle);
  writeFileSync(stamps, JSON.stringify(Object.fromEntries(inputs)));
  return import(pathToFileURL(bundle).href);
}

/** The modules as they lie here. */
async function unbundled() {
  const { tsImport } = await import("tsx/esm/api");
  return tsImport(`./${name}.ts`, import.meta.url);
}

const { main } = await (UNBUNDLED.includes(name) ? unbundled() : bundled());
process.exitCode = await main(args);
