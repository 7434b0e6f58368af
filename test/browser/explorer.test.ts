import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { events, filterEvents } from "../../src/index.js";
import { type Site, shown, startSite } from "./site.js";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.close());

describe("the timeline", () => {
  it("draws every event that is not context, and says how many", async () => {
    const { page, errors } = await site.open("#/timeline");
    const wanted = filterEvents(events, { scope: ["cpec", "bilateral"] });
    expect(await page.locator(".page-status").innerText()).toContain(`of ${wanted.length}`);
    expect(await page.locator(".chart svg circle, .chart svg [aria-label=rect] rect").count()).toBe(
      wanted.length,
    );
    expect(errors).toEqual([]);
    await page.close();
  });

  it("leads from a row to the record of its event, and back", async () => {
    const { page, errors } = await site.open("#/timeline?sector=fibre-backbone");
    const link = page.locator("tbody a").first();
    const title = await link.innerText();
    await link.click();
    await shown(page);
    expect(await page.locator("h1").innerText()).toBe(title);
    expect(await page.getByRole("heading", { name: "Who says so" }).count()).toBe(1);
    await page.goBack();
    await shown(page);
    expect(page.url()).toContain("#/timeline?sector=fibre-backbone");
    expect(errors).toEqual([]);
    await page.close();
  });
});
