// What a picture would show: words of charts that overlap or are cut off, and pages that are wider than their window.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Site, shown, startSite } from "./site.js";

let site: Site;
let page: Page;
beforeAll(async () => {
  site = await startSite();
  page = await site.browser.newPage();
});
afterAll(() => site?.close());

const PAGES = [
  "index.html",
  "explorer/timeline.html",
  "explorer/timeline.html?sector=fibre-backbone",
  "explorer/timeline.html?from=2026&to=2026",
  "explorer/timeline.html?organisation=xiaomi",
  "explorer/sectors.html",
  "explorer/promises.html",
  "explorer/promises.html?verdict=late",
  "explorer/conflicts.html",
  "explorer/organisations.html",
  "explorer/organisations.html?sector=satellites",
  "explorer/map.html",
  "explorer/map.html?area=world",
  "metric/phones-assembled.html",
  "metric/investment-mobile-networks.html",
  "metric/mobile-subscribers.html",
  "metric/broadband-penetration.html",
  "metric/fibre-network-length.html",
  "metric/fdi-from-china-share.html",
  "project/peace-cable.html",
  "project/usf-gwadar-fibre.html",
  "event/jcc-10.html",
];
const WIDTHS = [320, 390, 768, 1024, 1280, 1700];

/** Runs in the page: what overlaps, or leaves the figure in which it stands. */
function defects(): string[] {
  const found: string[] = [];
  const seen = (e: Element) => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(e).visibility !== "hidden";
  };
  for (const figure of document.querySelectorAll("figure")) {
    const frame = figure.getBoundingClientRect();
    const words = [...figure.querySelectorAll("svg text, .bar-name, .legend li, .chart-title")].filter(seen);
    const boxes = words.map((e) => e.getBoundingClientRect());
    const name = (i: number) => `${figure.id}: “${words[i]?.textContent?.slice(0, 40)}”`;
    boxes.forEach((a, i) => {
      if (
        a.left < frame.left - 1 ||
        a.right > frame.right + 1 ||
        a.top < frame.top - 1 ||
        a.bottom > frame.bottom + 1
      )
        found.push(`${name(i)} leaves its figure`);
      for (let j = i + 1; j < boxes.length; j++) {
        const b = boxes[j] as DOMRect;
        // Lines of letters have some air of their own.
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1 && down > 3) found.push(`${name(i)} overlaps ${name(j)}`);
      }
    });
    if (!figure.querySelector(".chart-title")?.textContent?.trim()) found.push(`${figure.id} has no title`);
    if (!figure.querySelector(".source-line")) found.push(`${figure.id} has no source`);
    for (const svg of figure.querySelectorAll("svg.series-svg, svg.year-bars, svg.lanes")) {
      const labels = [...svg.querySelectorAll("text")].filter(seen).map((t) => t.textContent ?? "");
      if (!labels.some((t) => /(?:19|20)\d\d/.test(t))) found.push(`${figure.id}: no year on the axis`);
    }
    const code = /.{0,20}(?<!fiscal year )\b(?:\d{4}-(?:0[1-9]|1[0-2]|3[3-6])\b|FY\d).{0,10}/.exec(
      figure.textContent ?? "",
    );
    if (code) found.push(`${figure.id}: a code of a date in “${code[0]}”`);
  }
  for (const cell of document.querySelectorAll("td .tag, td .whole")) {
    const [own, around] = [cell, cell.closest("td") as Element].map((e) => e.getBoundingClientRect());
    if (own && around && own.width > 0 && own.right > around.right + 1)
      found.push(`“${cell.textContent}” is cut off`);
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.push(`${scrollWidth - clientWidth} px wider than the window`);
  return found;
}

describe.each(PAGES)("%s", (path) => {
  it("has no words that overlap or are cut off, at any width", async () => {
    const found: string[] = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${site.root}/${path}`);
      if (path.startsWith("explorer/")) await shown(page);
      for (const defect of await page.evaluate(defects)) found.push(`${width} px, ${defect}`);
    }
    expect(found).toEqual([]);
  });
});

describe("a phone", () => {
  it.each(PAGES)("%s has its answer in the first screen, with its filters folded", async (path) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${site.root}/${path}`);
    if (path.startsWith("explorer/")) {
      await shown(page);
      expect(await page.locator("#filters").isVisible()).toBe(false);
      await page.getByRole("button", { name: /^Filters/ }).click();
      expect(await page.locator("#filters").isVisible()).toBe(true);
      await page.getByRole("button", { name: /^Filters/ }).click();
      const chart = await page.locator("figure").first().boundingBox();
      if (chart) expect(chart.y).toBeLessThan(600);
    }
    const answer = await page.locator(".answer, .lead, .promise-box").first().boundingBox();
    expect(answer?.y).toBeLessThan(420);
  });
});

describe("a phone", () => {
  it("shows fifteen rows of a long table, and the others when asked", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${site.root}/organisation/zong.html`);
    const long = page.locator(".long");
    const tables = await long.count();
    const rows = () => page.locator("tbody tr:visible").count();
    const [before, all] = [await rows(), await long.first().locator("tbody tr").count()];
    expect(await long.first().locator("tbody tr:visible").count()).toBe(15);
    expect(all).toBeGreaterThan(15);
    await long.first().locator("button.unfold").click();
    expect(await long.count()).toBe(tables - 1);
    expect(await rows()).toBe(before + all - 15);
  });
});

describe("a figure in a frame of another page", () => {
  it("stands alone, with its title and its source line", async () => {
    await page.setViewportSize({ width: 760, height: 600 });
    await page.goto(`${site.root}/metric/phones-assembled.html?figure=chart-1`);
    expect(await page.locator("body > *").count()).toBe(1);
    const text = await page.locator("body").innerText();
    expect(text).toContain("Mobile phones assembled in Pakistan");
    expect(text).toContain("Source: cpec-it-data");
    expect(await page.locator("header, footer, .figure-tools:visible").count()).toBe(0);
  });
});

describe("on paper", () => {
  it("tables are printed whole", async () => {
    await page.setViewportSize({ width: 760, height: 1080 });
    await page.emulateMedia({ media: "print" });
    for (const path of ["explorer/promises.html", "metric/phones-assembled.html", "explorer/sectors.html"]) {
      await page.goto(`${site.root}/${path}`);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll("table")]
          .filter((table) => table.checkVisibility())
          .filter((table) => table.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
          .map((table) => table.getAttribute("aria-labelledby") ?? table.className),
      );
      expect(cut, path).toEqual([]);
    }
    await page.emulateMedia({ media: "screen" });
  });
  it("marks keep what they mean, and what only a script does is left out", async () => {
    await page.setViewportSize({ width: 760, height: 1080 });
    for (const path of ["explorer/promises.html", "metric/phones-assembled.html"]) {
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      await page.goto(`${site.root}/${path}`);
      expect(await page.locator("header nav:visible, main button:visible, #filters:visible").count()).toBe(0);
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(paper, "paper is white in a dark theme too").toBe("rgb(255, 255, 255)");
      const exact = await page.evaluate(() =>
        [...document.querySelectorAll("svg rect, svg circle, .swatch")].every(
          (e) => getComputedStyle(e).getPropertyValue("print-color-adjust") === "exact",
        ),
      );
      expect(exact).toBe(true);
    }
    await page.emulateMedia({ media: "screen", colorScheme: "light" });
  });
});
