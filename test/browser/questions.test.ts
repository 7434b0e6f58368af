// A journalist's questions, each answered in at most two steps from the start page: a search, or a click.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Site, startSite } from "./site.js";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.close());

type Step = { readonly search: string } | { readonly click: string | RegExp };
const search = (text: string): Step => ({ search: text });
const click = (name: string | RegExp): Step => ({ click: name });

const QUESTIONS: readonly (readonly [question: string, steps: readonly Step[], answer: RegExp])[] = [
  ["What did Zong invest per year?", [click("What did Zong invest?")], /Zong[\s\S]*during 20\d\d[\s\S]*US\$/],
  [
    "Is the Gwadar fibre finished?",
    [click("Is the Gwadar fibre finished?")],
    /newest report on it dates from[\s\S]*No later word[\s\S]*400 km/,
  ],
  [
    "Which promises of 2022 never came true?",
    [click("Which promises of 2022 never came true?")],
    /No later word[\s\S]*2022/,
  ],
  [
    "How many phones each year, and who says so?",
    [click("How many phones does Pakistan make?")],
    /during 2021[\s\S]*24,660,000/,
  ],
  [
    "Which Chinese firms have phone plants?",
    [click("Which Chinese companies make devices in Pakistan?")],
    /\d+ organisations[\s\S]*Xiaomi/,
  ],
  [
    "What is China's share of foreign investment by year?",
    [search("share of fdi from china"), click("Chinese share of foreign direct investment")],
    /during fiscal year 20\d\d-\d\d[\s\S]*%/,
  ],
  [
    "What became of the safe cities after the court cases?",
    [search("islamabad safe city"), click("Islamabad Safe City")],
    /Events, the newest first[\s\S]*2012/,
  ],
  [
    "Which sources disagree most?",
    [click("Where do sources disagree most?")],
    /Widest apart[\s\S]*\d+ conflicts/,
  ],
  ["What was new in 2026?", [click("What was new in 2026?")], /Events, the newest first[\s\S]*2026/],
  [
    "How is one number cited?",
    [search("phones assembled"), click("Mobile phones assembled in Pakistan")],
    /Cite[\s\S]*handsets[\s\S]*Version \d/,
  ],
  [
    "Huawei's events of 2019 to 2023 as a file",
    [click("What did Huawei do from 2019 to 2023?")],
    /CSV[\s\S]*Huawei/,
  ],
  ["What does to-date mean?", [search("to-date")], /A running total/],
  ["Who owns Zong?", [click("Who owns Zong?")], /Owned by\s+China Mobile/],
  ["Where is it on a map?", [click("Map")], /Places and routes in Pakistan[\s\S]*Gwadar/],
  [
    "What changed since the last release?",
    [click("What changed since the last release?")],
    /Changes[\s\S]*release/,
  ],
  [
    "Which promises were kept in part?",
    [click("Which promises were kept in part?")],
    /\d+ promises?\n[\s\S]*Partly kept/,
  ],
  [
    "What became of Sunwalk's plan?",
    [click("What became of Sunwalk's two billion dollars?")],
    /Sunwalk[\s\S]*newest report/,
  ],
  ["Who is CMPak?", [search("CMPak"), click("Zong")], /CMPak/],
  ["华为", [search("华为"), click("Huawei")], /Most often with/],
  ["سیف سٹی", [search("سیف سٹی"), click("Islamabad Safe City")], /Safe City/],
  ["A slip: Huwaei", [search("Huwaei"), click("Huawei")], /Most often with/],
  [
    "How late was the plant of Xiaomi?",
    [search("xiaomi plant opening"), click(/Xiaomi.*plant/i)],
    /32 days late/,
  ],
  [
    "By which places does the PEACE cable run?",
    [search("peace cable"), click("PEACE submarine cable")],
    /Route\s+Karachi – Djibouti/,
  ],
  ["When does a fiscal year begin?", [search("fiscal year")], /1 July/],
  ["What is overdue?", [search("overdue"), click("Promises kept late")], /Kept late[\s\S]*days late/],
];

async function settled(page: Page) {
  await page.waitForSelector("html:not(.asked) main:not([aria-busy]) h1");
}

async function play(page: Page, steps: readonly Step[]) {
  await page.goto(`${site.root}/index.html`);
  for (const step of steps) {
    if ("search" in step) {
      await page.getByRole("searchbox").fill(step.search);
      await page.getByRole("searchbox").press("Enter");
      await page.waitForURL(/search\.html\?/);
      await page.waitForSelector(".hits a");
    } else {
      const before = page.url();
      await page.locator("main, nav").getByRole("link", { name: step.click, exact: true }).first().click();
      await page.waitForURL((url) => url.href !== before);
    }
    await settled(page);
  }
  return (await page.locator("main").innerText()).replaceAll("\u00a0", " ");
}

describe.each([
  ["desktop", { width: 1280, height: 820 }],
  ["phone", { width: 390, height: 844 }],
] as const)("on a %s", (_, viewport) => {
  let page: Page;
  beforeAll(async () => {
    page = await site.browser.newPage({ viewport });
    page.setDefaultTimeout(20_000);
  });
  afterAll(() => page?.close());

  it("there are twenty-five", () => expect(QUESTIONS).toHaveLength(25));
  it.each(QUESTIONS)("%s", async (_question, steps, answer) => {
    expect(steps.length).toBeLessThanOrEqual(2);
    expect(await play(page, steps)).toMatch(answer);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      viewport.width,
    );
  });
});
