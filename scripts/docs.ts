// Builds the reading room into site/: the API pages and guides by TypeDoc, then the explorer beside them.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { build, type Plugin } from "esbuild";
import { html } from "../docs/explorer/parts/markup.js";
import { FOLDERS } from "../docs/explorer/parts/paths.js";
import { buildPages } from "./site/build.js";
import { footer, header } from "./site/page.js";
import { searchEntries } from "./site/search.js";

const SOURCE = "docs/explorer";
const OUT = "site/explorer";
/** Below this size a request costs more than the bytes. */
const SMALL = 10_000;

/** Large collections are fetched as files of their own, once, and only by the views that need them; the library stays as it is. */
const fetchedData: Plugin = {
  name: "fetched-data",
  setup(build) {
    build.onLoad({ filter: /[\\/]generated[\\/]\w+\.json$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (text.length < SMALL) return { contents: text, loader: "json" };
      mkdirSync(`${OUT}/data`, { recursive: true });
      writeFileSync(`${OUT}/data/${basename(path)}`, text);
      const address = JSON.stringify(`data/${basename(path)}`);
      return {
        contents: `const answer = await fetch(${address});
if (!answer.ok) throw new Error(${address} + ": " + answer.status);
export default await answer.json();`,
        loader: "js",
      };
    });
  },
};

/** Plot puts one style element into each chart. The policy allows that very text by its hash, and no other inline style. */
function hashOfPlotStyle(): string {
  const source = readFileSync("node_modules/@observablehq/plot/src/plot.js", "utf8");
  const template = /append\("style"\)\.text\(\s*`([^`]+)`/.exec(source)?.[1];
  if (template === undefined)
    throw new Error(
      "Plot's style element was not found in its source: see hashOfPlotStyle in scripts/docs.ts.",
    );
  const text = template.replace(/\$\{className\}/g, "plot");
  return createHash("sha256").update(text).digest("base64");
}

function contentSecurityPolicy(): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'sha256-${hashOfPlotStyle()}'`,
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

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
await build({
  entryPoints: { main: `${SOURCE}/main.ts` },
  outdir: OUT,
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  target: "es2022",
  chunkNames: "chunks/[name]-[hash]",
  tsconfig: `${SOURCE}/tsconfig.json`,
  plugins: [fetchedData],
  logLevel: "warning",
});
// The script of the pages that are files is no module, so that it runs from a disk too.
await build({
  entryPoints: { page: `${SOURCE}/page.ts` },
  outdir: OUT,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  tsconfig: `${SOURCE}/tsconfig.json`,
  logLevel: "warning",
});
copyFileSync(`${SOURCE}/style.css`, `${OUT}/style.css`);
writeFileSync(
  `${OUT}/index.html`,
  readFileSync(`${SOURCE}/index.html`, "utf8")
    .replace("%CSP%", contentSecurityPolicy())
    .replace("%HEADER%", html(header()))
    .replace("%FOOTER%", html(footer())),
);
/** Pages that are files hold no style of Plot and fetch nothing. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "base-uri 'none'",
  "form-action 'self'",
].join("; ");
process.env.SITE_REPOSITORY ??= repository();
const { pages, guides } = buildPages("site", { address: siteAddress(), policy });
mkdirSync(`${OUT}/data`, { recursive: true });
writeFileSync(`${OUT}/data/search.json`, JSON.stringify(searchEntries(guides)));
for (const folder of Object.values(FOLDERS)) {
  const own = pages.filter((p) => p.path.startsWith(`${folder}/`));
  const ids = own.map((p) => p.path.slice(folder.length + 1, -".html".length));
  writeFileSync(`${OUT}/data/ids-${folder}.json`, JSON.stringify(ids));
}
console.log(`${pages.length} pages as files`);
