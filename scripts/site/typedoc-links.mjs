// TypeDoc plug-in. Turns href="site:PATH" into a link relative to the page, counted from the folder above the API pages, so that
// guides and API pages lead to the explorer under any address; and repairs what the theme lacks: landmarks,
// levels of headings, wide tables that a keyboard can scroll, entries of the contents whose heading is code.
import { PageEvent } from "typedoc";

const plain = (/** @type {string} */ html) => html.replace(/<[^>]+>/g, "").trim();

/** @param {string} html */
function repaired(html) {
  let level = 0;
  return (
    html
      .replaceAll('<div class="col-content">', '<div class="col-content" role="main">')
      .replaceAll("<table>", '<table tabindex="0">')
      .replace(/<th([^>]*)><\/th>/g, "<td$1></td>")
      // A link inside a summary can't be reached: the heading itself is the target.
      .replace(
        /(<summary\b(?:(?!<\/summary>)[\s\S])*?)<a href="#[^"]*" aria-label="Permalink"[\s\S]*?<\/a>/g,
        "$1",
      )
      // No level is skipped, for readers who go from heading to heading.
      .replace(/<h([1-6])\b/g, (/** @type {string} */ tag, /** @type {string} */ n) => {
        const own = Number(n);
        const fit = level === 0 ? own : Math.min(own, level + 1);
        level = fit;
        return fit === own ? tag : `${tag} role="heading" aria-level="${fit}"`;
      })
      .replace(
        /<a href="#([^"]+)"><span>[\s.]*<\/span><\/a>/g,
        (/** @type {string} */ _, /** @type {string} */ id) => {
          const at = html.search(new RegExp(`<h[1-6][^>]*\\bid="${id.replace(/[^\w-]/g, "\\$&")}"`));
          const heading = at < 0 ? "" : plain(html.slice(html.indexOf(">", at) + 1, html.indexOf("</h", at)));
          return heading === "" ? "" : `<a href="#${id}"><span>${heading}</span></a>`;
        },
      )
  );
}

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.renderer.on(PageEvent.END, (page) => {
    // The front page has the title of the README; one heading is enough.
    if (page.url === "index.html") page.contents = page.contents?.replace(/<h1>[^<]*<\/h1>/, "");
    const up = "../".repeat(page.url.split("/").length);
    page.contents = page.contents && repaired(page.contents.replaceAll('href="site:', `href="${up}`));
  });
}
