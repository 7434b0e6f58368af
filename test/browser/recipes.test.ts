// The recipes that need a page, bundled as a reader's project would bundle them.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { events, filterEvents } from "../../src/index.js";
import { type Site, startSite } from "./site.js";

let site: Site;
mkdirSync("coverage", { recursive: true });
const folder = mkdtempSync(join("coverage", "recipes-"));
beforeAll(async () => {
  site = await startSite();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await site?.close();
});

/** The block under a heading of the guide, as a script. */
async function recipe(heading: string): Promise<string> {
  const section =
    readFileSync("docs/recipes.md", "utf8").split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const [, extension, code] = /```(tsx?)\n([\s\S]*?)```/.exec(section) ?? [];
  const file = join(folder, `recipe.${extension}`);
  writeFileSync(file, code as string);
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: "iife",
    jsx: "automatic",
    alias: { "cpec-it-data": "./src/index.ts" },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return outputFiles[0]?.text as string;
}

async function run(heading: string) {
  const page = await site.browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.setContent('<div id="chart"></div><div id="list"></div>');
  await page.addScriptTag({ content: await recipe(heading) });
  return { page, errors };
}

it("the chart shows every year", async () => {
  const { page, errors } = await run("A chart with Observable Plot");
  expect(errors).toEqual([]);
  expect(await page.locator("#chart svg circle").count()).toBeGreaterThan(5);
  expect(await page.locator("#chart svg").first().textContent()).toContain("2021");
  await page.close();
});

it("the component lists every event", async () => {
  const { page, errors } = await run("A React component");
  const wanted = filterEvents(events, { project: "xiaomi-lahore-plant" });
  await page.waitForSelector("#list li");
  expect(errors).toEqual([]);
  expect(await page.locator("#list li").count()).toBe(wanted.length);
  await page.close();
});
