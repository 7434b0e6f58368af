import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  aggregateBySector,
  conflicts,
  countEvents,
  events,
  filterEvents,
  getMetric,
  network,
  observations,
  promises,
  SCOPES,
} from "../../src/index.js";
import { type Site, shown, startSite, visit } from "./site.js";

let site: Site;
beforeAll(async () => {
  site = await startSite();
  ({ page, errors } = await site.open("#/timeline"));
});
afterAll(() => site?.close());

let page: Page;
let errors: string[];

/** Opens a view in the shared page, does something there, and demands that nothing went wrong in the browser. */
async function at<T>(hash: string, what: () => Promise<T>): Promise<T> {
  errors.length = 0;
  await visit(page, hash);
  const result = await what();
  expect(errors, hash).toEqual([]);
  return result;
}

/** The same from a fresh document, as a shared link opens it. */
async function afresh<T>(hash: string, what: () => Promise<T>): Promise<T> {
  await page.goto("about:blank");
  await page.goto(`${site.explorer}${hash}`);
  await shown(page);
  return at(hash, what);
}

/** Text with plain spaces: figures keep their units with a space that does not break. */
const text = async (selector = "main") =>
  (await page.locator(selector).first().innerText()).replaceAll("\u00a0", " ");

async function download(kind: "CSV" | "JSON", heading: RegExp): Promise<string> {
  const table = page.locator("section.table", { has: page.getByRole("heading", { name: heading }) }).first();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    table.getByRole("button", { name: kind }).click(),
  ]);
  return readFileSync((await file.path()) as string, "utf8");
}

const VIEWS = [
  "#/timeline",
  "#/sectors",
  "#/metrics",
  "#/promises",
  "#/conflicts",
  "#/organisations",
  "#/map",
  "#/map?area=world",
  "#/search?q=gwadar",
  "#/search?q=xqzzq",
  "#/metric/phones-assembled?show=all",
  "#/metric/fibre-network-length?show=all",
  "#/event/no-such-event",
  "#/nowhere",
];

describe("every view, on the real data", () => {
  afterAll(async () => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1280, height: 820 });
  });

  const violations = (rules?: string[]) =>
    page.evaluate(async (only) => {
      const { axe: tool } = window as unknown as { axe: typeof axe };
      const { violations } = await tool.run(document, only ? { runOnly: only } : {});
      return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3)}`);
    }, rules);

  it.each(VIEWS)(
    "%s has no error, nothing for axe to find in light and dark, and fits a phone",
    async (hash) => {
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize({ width: 1280, height: 820 });
      await visit(page, hash);
      expect(await violations()).toEqual([]);
      // To look at; the picture in the README is one of them.
      const picture = (what: string) =>
        page.screenshot({
          path: `coverage/screenshots/${hash.replace(/\W+/g, "-").slice(1, 40) || "start"}-${what}.png`,
        });
      await picture("desktop");
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await violations(["color-contrast"])).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      await shown(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await picture("phone");
      expect(errors).toEqual([]);
    },
  );
});

describe("the first view", () => {
  it.each(["#/timeline"])("%s comes in under 300 kB, compressed", async (hash) => {
    const sizes = new Map<string, number>();
    const page = await site.browser.newPage();
    page.on("response", async (response) => {
      sizes.set(
        new URL(response.url()).pathname.split("/explorer/")[1] ?? "",
        gzipSync(await response.body()).length,
      );
    });
    await page.goto(`${site.explorer}${hash}`, { waitUntil: "networkidle" });
    await shown(page);
    const all = [...sizes.values()].reduce((a, b) => a + b, 0);
    expect(all, JSON.stringify([...sizes])).toBeLessThan(350_000);
    expect(all).toBeGreaterThan(5_000);
    await page.close();
  });

  it("loads each file once, whatever one looks at", async () => {
    const requests: string[] = [];
    const page = await site.browser.newPage();
    page.on("request", (request) => requests.push(request.url().replace(/#.*/, "")));
    await page.goto(`${site.explorer}#/timeline`);
    await shown(page);
    for (const hash of ["#/metrics", "#/conflicts", "#/timeline", "#/search?q=zong", "#/metrics"])
      await visit(page, hash);
    expect(requests.filter((url, i) => requests.indexOf(url) !== i)).toEqual([]);
    await page.close();
  });
});

describe("the chart", () => {
  it("names the mark under the pointer, and a click opens its record", async () => {
    await at("#/timeline?sector=fibre-backbone", async () => {
      const mark = page.locator(".chart svg circle").first();
      await mark.scrollIntoViewIfNeeded();
      await mark.hover({ force: true });
      await page.waitForFunction(() => document.querySelector('.chart [aria-label="tip"] text') !== null);
      expect(await page.locator('.chart [aria-label="tip"]').textContent()).toMatch(
        / · \w+ · [\s\S]*sources?/,
      );
      await mark.click({ force: true });
      await page.waitForURL(/\/event\//);
    });
  });
});

describe("guides and explorer", () => {
  it("lead to each other, from every depth", async () => {
    await at("#/timeline", async () => {
      const links = await page
        .locator('a[href^="../"]')
        .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
      expect(links.length).toBeGreaterThan(20);
      for (const link of new Set(links)) expect((await page.request.get(link)).status(), link).toBe(200);
    });
    for (const place of ["index.html", "documents/Recipes.html", "functions/cpec-it-data.total.html"]) {
      await page.goto(`${site.root}/api/${place}`);
      await page.getByRole("link", { name: "Explorer", exact: true }).first().click();
      await page.waitForURL(/\/index\.html$/);
      expect(await text("h1")).toContain("Who promised what");
    }
  });

  it("old addresses lead to the pages of records", async () => {
    for (const [hash, path] of [
      ["#/event/jcc-10", "/event/jcc-10.html"],
      ["#/organisation/zong", "/organisation/zong.html"],
      ["#/metric/phones-assembled", "/metric/phones-assembled.html"],
      ["#/", "/index.html"],
    ] as const) {
      await page.goto("about:blank");
      await page.goto(`${site.explorer}${hash}`);
      await page.waitForURL((url) => url.pathname.endsWith(path) && !url.hash);
      expect(await page.locator("h1").count()).toBe(1);
    }
    await page.goto(`${site.explorer}#/timeline`);
    await shown(page);
  });
});

describe("deep links and filters", () => {
  it("a shared address shows the same events as the library's filter", async () => {
    const filter = {
      sector: "fibre-backbone",
      from: "2020",
      to: "2022",
      dates: "possible",
    } as const;
    const wanted = filterEvents(events, filter);
    expect(wanted.length).toBeGreaterThan(3);
    await afresh("#/timeline?sector=fibre-backbone&from=2020&to=2022", async () => {
      expect(await page.locator(".chart svg circle, .chart svg [aria-label=rect] rect").count()).toBe(
        wanted.length,
      );
      const records = JSON.parse(await download("JSON", /^Events/)) as { id: string }[];
      expect(records).toEqual(
        JSON.parse(
          JSON.stringify(
            filterEvents(events, filter).sort((a, b) =>
              a.date.earliest + a.date.latest + a.id < b.date.earliest + b.date.latest + b.id ? 1 : -1,
            ),
          ),
        ),
      );
      const csv = (await download("CSV", /^Events/)).trim().split("\n");
      expect(csv[0]).toMatch(/^id,Date,earliest,latest,Event,/);
      expect(csv.slice(1).map((line) => line.split(",")[0])).toEqual(records.map((r) => r.id));
    });
  });

  it("a filter chosen by hand is in the address, goes along to other views, and back undoes it", async () => {
    await at("#/timeline", async () => {
      const before = await text(".page-status");
      await page.getByLabel("Sector", { exact: true }).focus();
      await page.getByLabel("Sector", { exact: true }).selectOption("submarine-cables");
      await page.waitForURL(/sector=submarine-cables/);
      await shown(page);
      expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("sector");
      await page.getByLabel("From year").fill("2018");
      await page.keyboard.press("Enter");
      await page.waitForURL(/from=2018/);
      await page.getByRole("navigation").getByRole("link", { name: "Metrics" }).click();
      await page.waitForURL(/#\/metrics\?sector=submarine-cables&from=2018/);
      await page.goBack();
      await page.goBack();
      await page.goBack();
      await page.waitForURL(/#\/timeline$/);
      await shown(page);
      expect(await text(".page-status")).toBe(before);
    });
  });

  it("broken addresses say what is wrong, or leave out what makes no sense", async () => {
    await at("#/timeline?from=20x0&to=&sector=no-such-sector", async () => {
      expect(await text(".stranger")).toContain("no-such-sector");
    });
    await at("#/timeline?from=9999", async () => {
      expect(await page.locator("tbody tr").count()).toBeGreaterThan(0);
    });
    await at("#/timeline?from=2024&to=2020", async () => {
      expect(await page.locator("tbody tr").count()).toBeGreaterThan(0);
    });
    await page.goto(`${site.explorer}#/event/no-such-event`);
    await shown(page);
    expect(await text()).toContain("There is no event");
    errors.length = 0;
  });
});

describe("numbers are the library's", () => {
  it("sectors: events and amounts", async () => {
    await at("#/sectors", async () => {
      const rows = JSON.parse(await download("JSON", /amounts?$/)) as unknown[];
      const money = observations.filter((o) => o.unit === "usd");
      expect(rows).toEqual(JSON.parse(JSON.stringify(aggregateBySector(money, { scope: SCOPES }))));
      const cells = JSON.parse(await download("JSON", /^Events by sector/)) as {
        sector: string;
        from: number;
        to: number;
        happened: number;
      }[];
      for (const sector of ["mobile-networks", "skills-research"]) {
        const counted = countEvents(
          events.filter((e) => e.sectors[0] === sector),
          { by: "year", scope: SCOPES },
        ).map((row) => [row.key, row.count]);
        const drawn = cells
          .filter((c) => c.sector === sector && c.happened > 0)
          .map((c) => [c.from === c.to ? String(c.from) : `${c.from}/${c.to}`, c.happened]);
        expect(drawn.sort()).toEqual(counted.sort());
      }
    });
  });

  it("metrics: every value of a series, and its trend", async () => {
    await afresh("#/metric/broadband-penetration?show=all", async () => {
      const rows = JSON.parse(await download("JSON", /^Figures/)) as { id: string }[];
      expect(new Set(rows.map((r) => r.id))).toEqual(
        new Set(getMetric("broadband-penetration").observations.map((o) => o.id)),
      );
      expect(await text()).toContain("method changed");
    });
  });

  it("promises: as known on a chosen day", async () => {
    await afresh("#/promises?asOf=2023-03-31", async () => {
      const rows = JSON.parse(await download("JSON", /promises?$/)) as { id: string }[];
      const wanted = promises({ asOf: "2023-03-31" });
      expect(rows.map((r) => r.id).sort()).toEqual(wanted.map((r) => r.id).sort());
      const byId = new Map(wanted.map((p) => [p.id as string, JSON.parse(JSON.stringify(p))]));
      for (const row of rows) expect(row).toEqual(byId.get(row.id));
    });
  });

  it("conflicts: every position", async () => {
    await at("#/conflicts", async () => {
      const rows = JSON.parse(await download("JSON", /conflicts?$/)) as unknown[];
      expect(rows).toEqual(JSON.parse(JSON.stringify(conflicts())));
    });
  });

  it("organisations: the network's counts", async () => {
    await at("#/organisations?sector=submarine-cables", async () => {
      const { nodes } = network(filterEvents(events, { sector: "submarine-cables" }));
      const rows = JSON.parse(await download("JSON", /organisations?$/)) as { id: string }[];
      expect(rows.map((r) => r.id)).toHaveLength(nodes.length);
      expect(new Set(rows.map((r) => r.id))).toEqual(new Set(nodes.map((n) => n.id)));
    });
  });
});

describe("text from the data", () => {
  afterAll(() => site.restore());
  const hostile = `<img src=x onerror="document.title='taken'"> =1+1`;

  it("never becomes markup, and never a formula in a spreadsheet", async () => {
    site.replace("data/events.json", (json) =>
      JSON.stringify(
        (JSON.parse(json) as { title: string }[]).map((row) => ({
          ...row,
          title: `=${hostile}`,
          summary: hostile,
        })),
      ),
    );
    await afresh("#/timeline?scope=all", async () => {
      expect(await page.locator("tbody a").first().innerText()).toBe(`=${hostile}`);
      expect(await download("CSV", /^Events/)).toContain("\"'=<img src=x");
      expect(await page.locator("main img").count()).toBe(0);
      expect(await page.title()).not.toBe("taken");
    });
  });
});

describe("by keyboard alone", () => {
  it("one skips to the content, opens a record, sorts and turns pages", async () => {
    await afresh("#/timeline", async () => {
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the content");
      await page.keyboard.press("Enter");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
      const reach = async (name: string) => {
        for (let i = 0; i < 80; i++) {
          await page.keyboard.press("Tab");
          if ((await page.evaluate(() => document.activeElement?.textContent)) === name) return;
        }
        throw new Error(`"${name}" can't be reached by Tab`);
      };
      await reach("Event");
      await page.keyboard.press("Enter");
      expect(await page.locator('th[aria-sort="ascending"]').innerText()).toContain("Event");
      const titles = await page.locator("tbody tr td:nth-child(2)").allInnerTexts();
      expect(titles).toEqual([...titles].sort((a, b) => a.localeCompare(b, "en")));
      await page.getByRole("button", { name: "Next" }).focus();
      await page.keyboard.press("Enter");
      expect(await text(".page-status")).toMatch(/^26 to 50/);
      await page.locator("tbody a").first().focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/event\//);
      // Back finds the order and the page again.
      await page.goBack();
      await shown(page);
      expect(await text(".page-status")).toMatch(/^26 to 50/);
      expect(await page.locator('th[aria-sort="ascending"]').innerText()).toContain("Event");
    });
  });

  it("one searches by typing", async () => {
    await at("#/timeline", async () => {
      await page.getByRole("searchbox").focus();
      await page.keyboard.type("cmpak");
      await page.waitForURL(/search\?q=cmpak/);
      await shown(page);
      expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe("cmpak");
      expect(await page.locator(".hits a").first().innerText()).toBe("Zong");
    });
  });
});

describe("ten times the data", () => {
  afterAll(() => site.restore());

  it("is filtered and paged without a delay that one would see", async () => {
    type Row = { id: string; metric: string; observations: Row[] };
    const tenfold = (change: (row: Row, id: string) => Row) => (json: string) => {
      const rows = JSON.parse(json) as Row[];
      const copies = Array.from({ length: 9 }, (_, n) => rows.map((row) => change(row, `${row.id}-${n}`)));
      return JSON.stringify([...rows, ...copies.flat()]);
    };
    site.replace(
      "data/events.json",
      tenfold((row, id) => ({ ...row, id })),
    );
    site.replace(
      "data/metrics.json",
      tenfold((row, id) => ({
        ...row,
        id,
        observations: row.observations.map((o) => ({ ...o, id: `${id}${o.id}`, metric: id })),
      })),
    );
    const filtered = [
      "#/timeline?sector=mobile-networks",
      "#/metrics?sector=device-manufacturing",
      "#/timeline?from=2020&to=2024",
    ];
    await afresh("#/timeline", () => visit(page, "#/metrics"));
    for (const hash of filtered) {
      const started = performance.now();
      await visit(page, hash);
      // Loosely: the machines that run the tests are shared.
      expect(performance.now() - started, hash).toBeLessThan(1_500);
    }
    expect(await text(".page-status")).toMatch(/of [1-9],\d{3}/);
    const turned = await page.evaluate(() => {
      const next = [...document.querySelectorAll("button")].find((b) => b.textContent === "Next");
      const started = performance.now();
      next?.click();
      document.body.getBoundingClientRect();
      return performance.now() - started;
    });
    expect(turned).toBeLessThan(150);
  });
});
