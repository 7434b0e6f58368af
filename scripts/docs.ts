// Builds the reading room into site/: the API pages and guides by TypeDoc, then the views with filters, and a page for every record.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { pack } from "../docs/explorer/parts/packed.js";
import { buildPages } from "./site/build.js";
import { indexFiles, recordFiles } from "./site/indices.js";
import { FIRST, VIEWS } from "./site/page.js";

const SOURCE = "docs/explorer";
const OUT = "site/explorer";
/** The address of the repository, for links to the records; unknown until package.json names it. */
function repository(): string {
  const { repository } = JSON.parse(readFileSync("package.json", "utf8")) as {
    repository?: string | { url: string };
  };
  const url = typeof repository === "string" ? repository : (repository?.url ?? "");
  return url.replace(/^git\+/, "").replace(/\.git$/, "");
}

/** Where the site will stand, for canonical addresses: SITE_URL, or `homepage` of package.json. */
function siteAddress(): string | undefined {
  const { homepage } = JSON.parse(readFileSync("package.json", "utf8")) as { homepage?: string };
  return (process.env.SITE_URL ?? homepage)?.replace(/\/$/, "");
}

if (!process.argv.includes("--explorer-only")) {
  const { status } = spawnSync("npx", ["typedoc"], { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) process.exit(status ?? 1);
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const common = {
  bundle: true,
  minify: true,
  target: "es2022",
  tsconfig: `${SOURCE}/tsconfig.json`,
  logLevel: "warning",
} as const;
await build({
  ...common,
  entryPoints: [`${SOURCE}/search.ts`, `${SOURCE}/old.ts`],
  outdir: OUT,
  format: "esm",
});
// A file for each view holds all of its script, so that a shared link is drawn after one request.
for (const [view] of VIEWS) {
  const path = JSON.stringify(`./views/${view}.js`);
  const named = `import view from ${path}; globalThis.VIEW = view;`;
  await build({
    ...common,
    stdin: { contents: `${named}\nawait import("./view.js");`, resolveDir: SOURCE },
    outfile: `${OUT}/${view}.js`,
    format: "esm",
  });
}
// The script of every page is no module, so that it runs from a disk too.
await build({ ...common, entryPoints: [`${SOURCE}/page.ts`], outdir: OUT, format: "iife" });
copyFileSync(`${SOURCE}/style.css`, `${OUT}/style.css`);

/** One text alone may stand in a page as a script: it is allowed by its hash. */
const policy = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${createHash("sha256").update(FIRST).digest("base64")}'`,
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");
process.env.SITE_REPOSITORY ??= repository();
const address = siteAddress();
if (address !== undefined) process.env.SITE_URL = address;
const { pages, search } = buildPages("site", { address, policy });
for (const folder of ["records", "search"]) mkdirSync(`${OUT}/data/${folder}`, { recursive: true });
const write = (file: string, data: unknown) =>
  writeFileSync(`${OUT}/data/${file}.json`, JSON.stringify(data));
for (const [file, lines] of search) write(`search/${file}`, lines);
for (const [file, rows] of indexFiles()) write(file, pack(rows));
for (const [file, records] of recordFiles()) write(`records/${file}`, records);
console.log(`${pages.length} pages as files`);
