// Pages that are files: whole without a script, well linked, small, and nothing for axe to find.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { render as renderPage } from "../../scripts/site/page.js";
import { cite, dataset, getEvent, getMetric, promises } from "../../src/index.js";
import { strayProperties } from "../schema-org.js";
import { type Site, startSite } from "./site.js";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.close());

const FOLDERS =
  "event explorer figure guide metric organisation place project promise sector source unit".split(" ");
const files = () => [
  "index.html",
  ...FOLDERS.flatMap((folder) =>
    readdirSync(`site/${folder}`)
      .filter((name) => name.endsWith(".html"))
      .map((name) => `${folder}/${name}`),
  ),
];

describe("every file", () => {
  it("has a title, a description, previews, JSON-LD and a size under 60 kB, and every link leads somewhere", () => {
    const there = new Map<string, boolean>();
    const exists = (path: string) => {
      const known = there.get(path);
      if (known !== undefined) return known;
      const found = statSync(join("site", path), { throwIfNoEntry: false })?.isFile() ?? false;
      there.set(path, found);
      return found;
    };
    const dead = new Set<string>();
    const stray = new Set<string>();
    let described = 0;
    const { "@graph": all } = JSON.parse(readFileSync("data/dataset.jsonld", "utf8"));
    const nodes = new Map((all as { "@id": string }[]).map((node) => [node["@id"] as unknown, node]));
    for (const file of files()) {
      const text = readFileSync(join("site", file), "utf8");
      expect(text, file).toMatch(/<title>[^<]{3,}<\/title>/);
      expect(text, file).toMatch(/<meta name="description" content="[^"]{10,}">/);
      expect(text, file).toMatch(/<meta property="og:title" content="[^"]+">/);
      expect(text, file).not.toMatch(/undefined|\[object Object\]|\bNaN\b/);
      const [, data = ""] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text) ?? [];
      const graph = JSON.parse(data)["@graph"] as Record<string, unknown>[];
      for (const property of strayProperties(graph)) stray.add(property);
      // A record is the same node as in the file of the whole.
      for (const node of graph)
        if (node["@id"] !== undefined) expect(node, file).toEqual(nodes.get(node["@id"]));
      if (graph[0]?.["@id"] !== undefined) described++;
      if (text.length > 60_000) expect(gzipSync(text).length, file).toBeLessThan(60_000);
      for (const [, href = ""] of text.matchAll(/ href="([^"#?]+)[^"]*"/g)) {
        if (/^(https?|data):/.test(href)) continue;
        const path = normalize(join(dirname(file), href));
        if (!exists(path)) dead.add(`${file} -> ${href}`);
      }
    }
    expect([...dead].slice(0, 20)).toEqual([]);
    expect([...stray]).toEqual([]);
    expect(described).toBeGreaterThan(7_000);
  });

  it("of the search is small, whatever one looks for", () => {
    for (const name of readdirSync("site/explorer/data/search"))
      expect(gzipSync(readFileSync(`site/explorer/data/search/${name}`)).length, name).toBeLessThan(50_000);
  });

  it("stands in the sitemap, which robots.txt and llms.txt go with", () => {
    const map = readFileSync("site/sitemap.xml", "utf8");
    expect(map.match(/<loc>/g)).toHaveLength(files().length);
    expect(readFileSync("site/robots.txt", "utf8")).toContain("Sitemap:");
    expect(readFileSync("site/llms.txt", "utf8")).toContain("# cpec-it-data");
  });
});

const SAMPLES = [
  "index.html",
  "event/jcc-10.html",
  "event/xiaomi-plant-opening.html",
  "organisation/zong.html",
  "project/usf-gwadar-fibre.html",
  "project/peace-cable.html",
  "metric/phones-assembled.html",
  "metric/investment-mobile-networks.html",
  "promise/xiaomi-plant-opening.html",
  "place/gwadar.html",
  "source/tribune-2022-05-03.html",
  "sector/fibre-backbone.html",
  "unit/usd.html",
  "guide/glossary.html",
  "guide/changes.html",
  "guide/questions.html",
  "guide/projects.html",
  "guide/sources.html",
];

const violations = (page: Page, only?: string[], within?: string) =>
  page.evaluate(
    async ([rules, part]) => {
      const { axe: tool } = window as unknown as { axe: typeof axe };
      const found = (await tool.run(part ?? document, rules ? { runOnly: rules } : {})).violations;
      return found.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3)}`);
    },
    [only, within] as const,
  );

describe("a page", () => {
  it.each(SAMPLES)(
    "%s reads without a script, fits a phone, and axe finds nothing in light and dark",
    async (path) => {
      const bare = await site.browser.newContext({
        javaScriptEnabled: false,
        viewport: { width: 390, height: 844 },
      });
      const quiet = await bare.newPage();
      await quiet.goto(`${site.root}/${path}`);
      expect((await quiet.locator("main").innerText()).length).toBeGreaterThan(150);
      expect(await quiet.locator("h1").count()).toBe(1);
      await quiet.screenshot({ path: `coverage/screenshots/page-${path.replace(/\W+/g, "-")}-phone.png` });
      await bare.close();

      const page = await site.browser.newPage({ viewport: { width: 390, height: 844 } });
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      await page.addInitScript({ content: axe.source });
      await page.goto(`${site.root}/${path}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await page.setViewportSize({ width: 1280, height: 820 });
      expect(await violations(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await violations(page, ["color-contrast"])).toEqual([]);
      expect(errors).toEqual([]);
      await page.close();
    },
  );

  it("opens from a disk", async () => {
    const page = await site.browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(pathToFileURL("site/project/usf-gwadar-fibre.html").href);
    expect(await page.locator(".promise-box").innerText()).toContain("No later word");
    await page.getByRole("link", { name: "Gwadar", exact: true }).first().click();
    await page.waitForURL(/place\/gwadar\.html$/);
    expect(errors).toEqual([]);
    await page.close();
  });

  it("cites the record, its sources and the version of the dataset", async () => {
    const page = await site.browser.newPage();
    await page.goto(`${site.root}/event/jcc-10.html`);
    const event = getEvent("jcc-10");
    expect(await page.locator(".claims").first().locator("li").count()).toBe(event.claims.length);
    const text = (await page.locator('pre[aria-label="Text"]').textContent()) ?? "";
    expect(text).toContain(event.title);
    expect(text).toContain(cite(event));
    expect(text).toContain(dataset.citation);
    expect(await page.locator('pre[aria-label="BibTeX"]').textContent()).toBe(
      `${cite(event, { style: "bibtex" })}\n${cite(dataset, { style: "bibtex" })}`,
    );
    await page.close();
  });

  it("of a metric has every value, and gives its chart as a picture and its table as a file", async () => {
    const page = await site.browser.newPage();
    await page.goto(`${site.root}/metric/broadband-penetration.html`);
    expect(await page.locator("table[aria-labelledby=figures] tbody tr").count()).toBe(
      getMetric("broadband-penetration").observations.length,
    );
    const tools = page.locator("figure.chart-figure").first().locator(".figure-tools");
    for (const [name, start] of [
      ["PNG", "\u0089PNG"],
      ["SVG", "<svg"],
      ["CSV", "Time"],
    ] as const) {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        tools.getByRole("button", { name, exact: true }).click(),
      ]);
      const bytes = readFileSync((await file.path()) as string);
      expect(bytes.length, name).toBeGreaterThan(200);
      expect(bytes.toString("latin1").slice(0, 200), name).toContain(start);
    }
    await page.close();
  });

  it("has a canonical address once the site has one, and none before", () => {
    const home = { path: "event/x.html", title: "X", description: "X.", crumbs: [], about: {}, body: [] };
    const render = (address?: string) => renderPage(home as never, { address, policy: "default-src 'self'" });
    expect(render("https://example.org/data")).toContain(
      '<link rel="canonical" href="https://example.org/data/event/x.html">',
    );
    expect(render()).not.toContain("canonical");
  });
  it("draws a trend for yearly flows and none for running totals", () => {
    const said = readdirSync("site/metric").flatMap(
      (name) =>
        readFileSync(`site/metric/${name}`, "utf8")
          .match(/class="trends"[\s\S]*?<\/details>/)?.[0]
          .split("<li><strong>")
          .slice(1) ?? [],
    );
    const fitted = /Median slope|Mann-Kendall|Growth a year/;
    const running = said.filter((text) => text.includes("Running totals: no growth"));
    expect(running.length).toBeGreaterThan(0);
    expect(running.filter((text) => fitted.test(text))).toEqual([]);
    expect(said.filter((text) => fitted.test(text)).length).toBeGreaterThan(10);
  });
  it("of a promise says the verdict of the ledger", async () => {
    const page = await site.browser.newPage();
    for (const p of promises().filter((_, i) => i % 60 === 0)) {
      await page.goto(`${site.root}/promise/${p.id.replace(/[^A-Za-z0-9.@+~-]+/g, "_")}.html`);
      expect((await page.locator(".answer").innerText()).replaceAll("\u00a0", " ")).toContain(p.sentence);
    }
    await page.close();
  });
});

describe("guides and API", () => {
  const places = () => [
    "index.html",
    ...readdirSync("site/api/documents").map((name) => `documents/${name}`),
    "functions/cpec-it-data.total.html",
    "functions/cpec-it-data.promises.html",
    "interfaces/cpec-it-data.PromiseRecord.html",
    "interfaces/cpec-it-data.AggregateOptions.html",
    "variables/cpec-it-data.ORGANISATION_ROLES.html",
    "modules/cpec-it-data_schema.html",
    "types/cpec-it-data.NameUse.html",
  ];
  it("axe finds nothing, and none scrolls sideways on a phone", async () => {
    const page = await site.browser.newPage({ viewport: { width: 390, height: 844 } });
    await page.addInitScript({ content: axe.source });
    const found: string[] = [];
    for (const place of places()) {
      await page.goto(`${site.root}/api/${place}`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 390) found.push(`${place}: ${width} px wide`);
      // The menu is the same on every page: looked at once.
      const part = place === "index.html" ? undefined : ".col-content";
      found.push(...(await violations(page, undefined, part)).map((v) => `${place}: ${v}`));
    }
    expect(found).toEqual([]);
    await page.close();
  });
});
