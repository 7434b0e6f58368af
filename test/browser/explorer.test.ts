// The views with filters: the same as the library's answers, by pointer and by keyboard, on real data and on hostile data.
import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import type axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { figureRows } from "../../docs/explorer/parts/figures.js";
import type { FigureRow, MetricRow } from "../../docs/explorer/parts/indices.js";
import { type Packed, pack, unpack } from "../../docs/explorer/parts/packed.js";
import {
  aggregateBySector,
  conflicts,
  countEvents,
  events,
  filterEvents,
  filterObservations,
  network,
  type Observation,
  observations,
  promises,
  SCOPES,
  units,
} from "../../src/index.js";
import { type Site, shown, startSite, visit } from "./site.js";

let site: Site;
beforeAll(async () => {
  site = await startSite();
  ({ page, errors } = await site.open("timeline.html"));
});
afterAll(() => site?.close());

let page: Page;
let errors: string[];

/** Opens a view, does something there, and demands that nothing went wrong in the browser. */
async function at<T>(view: string, what: () => Promise<T>): Promise<T> {
  errors.length = 0;
  await visit(page, site, view);
  const result = await what();
  expect(errors, view).toEqual([]);
  return result;
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
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

const VIEWS = [
  "timeline.html",
  "timeline.html?sector=fibre-backbone",
  "sectors.html",
  "sectors.html?currency=cny",
  "metrics.html",
  "metrics.html?metric=phones-assembled",
  "promises.html",
  "promises.html?verdict=late",
  "conflicts.html",
  "organisations.html",
  "organisations.html?country=CN",
  "map.html",
  "map.html?area=world",
  "search.html?q=gwadar",
  "search.html?q=xqzzq",
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
    async (view) => {
      errors.length = 0;
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize({ width: 1280, height: 820 });
      await visit(page, site, view);
      expect(await violations()).toEqual([]);
      // To look at; the picture in the README is one of them.
      const picture = (what: string) =>
        page.screenshot({
          path: `coverage/screenshots/${view.replace(/\W+/g, "-").slice(0, 40)}-${what}.png`,
        });
      await picture("desktop");
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await violations(["color-contrast"])).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      await visit(page, site, view);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await picture("phone");
      expect(errors).toEqual([]);
    },
  );

  it("reads without a script: title, answer, chart and the first rows, and no control that does nothing", async () => {
    const context = await site.browser.newContext({ javaScriptEnabled: false });
    const quiet = await context.newPage();
    for (const view of "timeline sectors metrics promises conflicts organisations map".split(" ")) {
      await quiet.goto(`${site.explorer}/${view}.html`);
      expect(await quiet.locator("tbody tr").count(), view).toBeGreaterThan(15);
      if (view !== "metrics") expect(await quiet.locator("figure").count(), view).toBeGreaterThan(0);
      expect(await quiet.locator("main button:visible, main form:visible").count(), view).toBe(0);
    }
    await context.close();
  });
});

describe("what is loaded", () => {
  it("is a page alone until one filters, and then what the view needs, once", async () => {
    const requests: string[] = [];
    const page = await site.browser.newPage();
    page.on("request", (request) => requests.push(request.url().replace(/.*\/project\//, "")));
    await page.goto(`${site.explorer}/timeline.html`);
    await page.waitForLoadState("networkidle");
    expect(requests.filter((url) => url.includes("/data/"))).toEqual([]);
    for (const sector of ["submarine-cables", "satellites", ""]) {
      await page.getByLabel("Sector", { exact: true }).selectOption(sector);
      await page.waitForURL((url) => (url.searchParams.get("sector") ?? "") === sector);
      await shown(page);
    }
    expect(requests.filter((url) => url.includes("/data/")).sort()).toEqual([
      "explorer/data/event-texts.json",
      "explorer/data/events.json",
      "explorer/data/organisations.json",
    ]);
    expect(requests.filter((url, i) => requests.indexOf(url) !== i)).toEqual([]);
    await page.close();
  });

  it("gives back the rows that were packed", () => {
    const rows = [
      { id: "a", kind: "x", list: ["p", "q"], none: null, n: 1, pairs: [["u", 2]], yes: true },
      { id: "b", kind: "x", list: [], none: "x", n: null, pairs: [], yes: false },
      { id: "c", kind: "x", list: ["p"], none: null, n: 3, pairs: [["v", null]], yes: true },
    ];
    const packed = JSON.parse(gunzipSync(gzipSync(JSON.stringify(pack(rows)))).toString()) as Packed;
    expect(unpack(packed)).toEqual(rows);
    expect(unpack(pack([]))).toEqual([]);
  });

  it("leaves out of figures only what follows from the rest", () => {
    const rows = <R>(file: string) =>
      unpack<R & object>(JSON.parse(readFileSync(`site/explorer/data/${file}.json`, "utf8")));
    const figures = figureRows(
      rows("figures"),
      new Map(rows<MetricRow>("metrics").map((m) => [m.id, m])),
      new Map(),
    );
    const facts = (o: Pick<FigureRow, "id" | "metric" | "status" | "start" | "end" | "scope">) =>
      [o.id, o.metric, o.status, o.scope, o.start, o.end].join(" ");
    expect(figures.map(facts)).toEqual(observations.map(facts));
    expect(figures.map((f) => f.sectors[0])).toEqual(observations.map((o) => o.sector));
  });
});

describe("old addresses", () => {
  it("lead to the pages that have the views and records now", async () => {
    for (const [hash, path] of [
      ["#/event/jcc-10", "/event/jcc-10.html"],
      ["#/organisation/zong", "/organisation/zong.html"],
      ["#/metric/phones-assembled?show=all", "/metric/phones-assembled.html"],
      ["#/timeline?sector=satellites", "/explorer/timeline.html?sector=satellites"],
      ["#/search?q=zong", "/explorer/search.html?q=zong"],
      ["#/", "/index.html"],
    ] as const) {
      await page.goto("about:blank");
      await page.goto(`${site.explorer}/index.html${hash}`);
      await page.waitForURL((url) => `${url.pathname}${url.search}`.endsWith(path) && !url.hash);
      expect(await page.locator("h1").count()).toBe(1);
    }
    for (const [hash, says] of [
      ["#/event/no-such-event", 'There is no event "no-such-event"'],
      ["#/nowhere", 'There is no view "nowhere"'],
    ] as const) {
      await page.goto("about:blank");
      await page.goto(`${site.explorer}/index.html${hash}`);
      await page.getByText(says).waitFor();
    }
    errors.length = 0;
  });
});

describe("guides and explorer", () => {
  it("lead to each other, from every depth", async () => {
    await at("timeline.html", async () => {
      const links = await page
        .locator('a[href^="../"]')
        .evaluateAll((all) => all.map((a) => new URL(a.getAttribute("href") ?? "", document.baseURI).href));
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
});

describe("deep links and filters", () => {
  it("a shared address shows the same events as the library's filter", async () => {
    const filter = { sector: "fibre-backbone", from: "2020", to: "2022", dates: "possible" } as const;
    const wanted = filterEvents(events, filter);
    expect(wanted.length).toBeGreaterThan(3);
    await at("timeline.html?sector=fibre-backbone&from=2020&to=2022", async () => {
      expect(await page.locator(".lanes .mark").count()).toBe(wanted.length);
      const records = JSON.parse(await download("JSON", /^Events/)) as { id: string }[];
      expect(records).toEqual(
        plain(
          [...wanted].sort((a, b) =>
            a.date.earliest + a.date.latest + a.id < b.date.earliest + b.date.latest + b.id ? 1 : -1,
          ),
        ),
      );
      const csv = (await download("CSV", /^Events/)).trim().split("\n");
      expect(csv[0]).toMatch(/^id,Date,latest,Event,/);
      expect(csv.slice(1).map((line) => line.split(",")[0])).toEqual(records.map((r) => r.id));
    });
  });

  it.each([
    { organisation: "china-mobile" },
    { organisation: "huawei", from: "2019", to: "2023" },
    { scope: "cpec", status: "planned" },
    { sector: "satellites", to: "2018" },
  ] as const)("%j finds what the library finds, subsidiaries of the time too", async (filter) => {
    const query = new URLSearchParams(filter).toString();
    const spans = "from" in filter || "to" in filter ? ({ dates: "possible" } as const) : {};
    await at(`timeline.html?${query}`, async () => {
      const ids = (JSON.parse(await download("JSON", /^Events/)) as { id: string }[]).map((e) => e.id);
      expect(ids.sort()).toEqual(
        filterEvents(events, { ...filter, ...spans })
          .map((e) => e.id as string)
          .sort(),
      );
    });
    if ("status" in filter) return;
    await at(`metrics.html?${query}`, async () => {
      const ids = (JSON.parse(await download("JSON", /figures?, the newest/)) as Observation[]).map(
        (o) => o.id,
      );
      expect(ids.sort()).toEqual(
        filterObservations(observations, { ...filter, ...spans })
          .map((o) => o.id)
          .sort(),
      );
    });
  });

  it("a filter chosen by hand is in the address, and Back undoes it", async () => {
    await at("timeline.html", async () => {
      const before = await text(".page-status");
      await page.getByLabel("Sector", { exact: true }).focus();
      await page.getByLabel("Sector", { exact: true }).selectOption("submarine-cables");
      await page.waitForURL(/sector=submarine-cables/);
      await shown(page);
      expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("sector");
      await page.getByLabel("From year").fill("2018");
      await page.keyboard.press("Enter");
      await page.waitForURL(/from=2018/);
      await page.getByLabel("Organisation").fill("transworld");
      await page.keyboard.press("Enter");
      await page.waitForURL(/organisation=transworld-associates/);
      await shown(page);
      expect(await page.getByLabel("Organisation").inputValue()).toBe("Transworld Associates");
      for (let i = 0; i < 3; i++) await page.goBack();
      await page.waitForURL(/timeline\.html$/);
      await shown(page);
      expect(await text(".page-status")).toBe(before);
    });
  });

  it("a bar leads to its year, and a cell to its events, without a new page", async () => {
    await at("timeline.html", async () => {
      await page.locator('.year-bars a[aria-label^="2021:"]').click();
      await page.waitForURL(/timeline\.html\?from=2021&to=2021/);
      await shown(page);
      expect(await page.locator(".lanes .mark").count()).toBeGreaterThan(50);
    });
  });

  it("broken addresses say what is wrong, or leave out what makes no sense", async () => {
    await at("timeline.html?from=20x0&to=&sector=no-such-sector&organisation=nobody", async () => {
      expect(await text(".stranger")).toContain("no-such-sector, nobody");
    });
    await at("timeline.html?from=9999&page=900&sort=nothing", async () => {
      expect(await page.locator("tbody tr").count()).toBeGreaterThan(0);
    });
    await at("timeline.html?from=2024&to=2020", async () => {
      expect(await page.locator("tbody tr").count()).toBeGreaterThan(0);
    });
    await at("promises.html?asOf=2023-03-31", async () => {
      expect(await text(".lead")).toContain("As known at the end of 2022");
    });
  });
});

describe("numbers are the library's", () => {
  it("sectors: events and amounts", async () => {
    await at("sectors.html", async () => {
      const amounts = JSON.parse(await download("JSON", /amounts?$/)) as Observation[];
      const money = observations.filter((o) => units.find((u) => u.id === o.unit)?.kind === "currency");
      const counted = aggregateBySector(money, { scope: SCOPES })
        .filter((row) => row.unit === "usd")
        .flatMap((row) => row.observations);
      expect(amounts.map((o) => o.id).sort()).toEqual([...counted].sort());
      const cells = JSON.parse(await download("JSON", /^Events by sector/)) as {
        sector: string;
        from: number;
        to: number;
        happened: number;
      }[];
      for (const sector of new Set(cells.map((c) => c.sector))) {
        const wanted = countEvents(
          events.filter((e) => e.sectors[0] === sector),
          { by: "year", scope: SCOPES },
        ).map((row) => [row.key, row.count]);
        const drawn = cells
          .filter((c) => c.sector === sector && c.happened > 0)
          .map((c) => [c.from === c.to ? String(c.from) : `${c.from}/${c.to}`, c.happened]);
        expect(drawn.sort(), sector).toEqual(wanted.sort());
      }
    });
  });

  it.each(["2022", "2017", ""])("promises: as known at the end of %s", async (year) => {
    await at(`promises.html?asOf=${year}`, async () => {
      const rows = JSON.parse(await download("JSON", /promises?$/)) as { id: string }[];
      const wanted = promises(year ? { asOf: `${year}-12-31` } : {});
      const byId = new Map(wanted.map((p) => [p.id, plain(p)]));
      expect(rows).toHaveLength(wanted.length);
      for (const row of rows) expect(row).toEqual(byId.get(row.id));
    });
  });

  it("promises: of a body and its subsidiaries", async () => {
    await at("promises.html?organisation=china-mobile", async () => {
      const rows = JSON.parse(await download("JSON", /promises?$/)) as { id: string }[];
      expect(rows.map((r) => r.id).sort()).toEqual(
        promises({ organisation: "china-mobile" })
          .map((p) => p.id)
          .sort(),
      );
    });
  });

  it("conflicts: every position", async () => {
    await at("conflicts.html", async () => {
      expect(JSON.parse(await download("JSON", /conflicts?$/))).toEqual(plain(conflicts()));
    });
  });

  it("organisations: the network's counts", async () => {
    await at("organisations.html?sector=submarine-cables", async () => {
      const { nodes } = network(filterEvents(events, { sector: "submarine-cables" }));
      const csv = (await download("CSV", /organisations?$/)).trim().split("\n").slice(1);
      expect(csv.map((line) => line.split(",")[0]).sort()).toEqual(nodes.map((n) => n.id).sort());
      const rows = JSON.parse(await download("JSON", /organisations?$/)) as { id: string }[];
      expect(rows.map((r) => r.id).sort()).toEqual(nodes.map((n) => n.id).sort());
    });
  });
});

describe("text from the data", () => {
  afterAll(() => site.restore());
  const hostile = `<img src=x onerror="document.title='taken'"> =1+1`;

  it("never becomes markup, and never a formula in a spreadsheet", async () => {
    site.replace("data/event-texts.json", (json) =>
      JSON.stringify(pack(unpack<object>(JSON.parse(json)).map((row) => ({ ...row, title: `=${hostile}` })))),
    );
    await at("timeline.html?scope=bilateral", async () => {
      expect(await page.locator("tbody a").first().innerText()).toBe(`=${hostile}`);
      expect(await download("CSV", /^Events/)).toContain("\"'=<img src=x");
      expect(await page.locator("main img").count()).toBe(0);
      expect(await page.title()).not.toBe("taken");
    });
  });
});

describe("the search", () => {
  it("gives what is spelt as it was asked before what merely resembles it", async () => {
    const { page } = await site.open("search.html?q=zong");
    await page.waitForSelector(".hits a");
    const titles = await page.locator(".hits a").allInnerTexts();
    expect(titles.length).toBeGreaterThan(10);
    expect(titles.slice(0, 3).join("; ")).toMatch(/zong/i);
    expect(titles.filter((title) => /zone/i.test(title) && !/zong/i.test(title))).toEqual([]);
    await page.close();
  });
  it("asks for the file of its word while the page loads, and for no other", async () => {
    const { page } = await site.open("timeline.html");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url().replace(/^.*\/data\//, "")));
    await page.goto(`${site.explorer}/search.html?q=zong`);
    await page.waitForSelector(".hits a");
    expect([...new Set(asked.filter((url) => url.startsWith("search/")))]).toEqual(["search/zon.json"]);
    asked.length = 0;
    await page.goto(`${site.explorer}/promises.html?asOf=2022`);
    await page.waitForSelector("html:not(.asked)");
    expect(asked.filter((url) => url.startsWith("promises"))).toContain("promises-2022.json");
    expect(asked).not.toContain("promises.json");
    await page.close();
  });
});

describe("by keyboard alone", () => {
  it("one skips to the content, sorts, turns pages, opens a record, and Back finds the order and the page again", async () => {
    await at("timeline.html", async () => {
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the content");
      await page.keyboard.press("Enter");
      await page.locator('th a:text-is("Event")').focus();
      await page.keyboard.press("Enter");
      await page.waitForSelector('th[aria-sort="ascending"]');
      expect(await page.locator('th[aria-sort="ascending"]').innerText()).toContain("Event");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Event");
      const titles = await page.locator("tbody tr td:nth-child(2)").allInnerTexts();
      expect(titles).toEqual([...titles].sort((a, b) => a.localeCompare(b, "en")));
      await page.getByRole("link", { name: "Next" }).focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/page=2/);
      await shown(page);
      expect(await text(".page-status")).toMatch(/^21 to 40/);
      await page.locator("tbody a").first().focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/event\//);
      await page.goBack();
      await shown(page);
      expect(await text(".page-status")).toMatch(/^21 to 40/);
      expect(await page.locator('th[aria-sort="ascending"]').innerText()).toContain("Event");
    });
  });

  it("one searches by typing", async () => {
    await at("search.html", async () => {
      await page.getByRole("searchbox").focus();
      await page.keyboard.type("cmpak");
      await page.waitForURL(/q=cmpak/);
      await page.waitForSelector(".hits a");
      expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe("cmpak");
      expect(await page.locator(".hits a").first().innerText()).toBe("Zong");
    });
  });
});

describe("ten times the data", () => {
  afterAll(() => site.restore());

  it("is filtered and paged without a delay that one would see", async () => {
    const tenfold = (json: string) => {
      const rows = unpack<{ id?: string }>(JSON.parse(json));
      const copies = Array.from({ length: 9 }, (_, n) =>
        rows.map((row) => ({ ...row, ...(row.id && { id: `${row.id}-${n}` }) })),
      );
      return JSON.stringify(pack([...rows, ...copies.flat()]));
    };
    site.replace("data/events.json", tenfold);
    site.replace("data/event-texts.json", tenfold);
    site.replace("data/figures.json", tenfold);
    for (const view of ["timeline.html?from=2000", "metrics.html?from=2000"]) {
      await visit(page, site, view);
      const started = performance.now();
      await page.getByLabel("Sector", { exact: true }).selectOption("mobile-networks");
      await page.waitForURL(/sector=mobile-networks/);
      await shown(page);
      // Loosely: the machines that run the tests are shared.
      expect(performance.now() - started, view).toBeLessThan(1_500);
      expect(await text("section:last-of-type .page-status")).toMatch(/of [1-9],\d{3}|of \d\d,\d{3}/);
    }
  });
});
