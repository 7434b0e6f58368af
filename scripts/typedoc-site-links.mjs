// TypeDoc plug-in: turns href="site:PATH" into a link relative to the page, counted from the folder above the API pages,
// so that guides and API pages lead to the explorer under any address.
import { PageEvent } from "typedoc";

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.renderer.on(PageEvent.END, (page) => {
    const up = "../".repeat(page.url.split("/").length);
    page.contents = page.contents?.replaceAll('href="site:', `href="${up}`);
  });
}
