/** What a script adds to a page that is a file: buttons to take figures, tables and citations along. The page reads without it. */
import { figureTools, tableCsv } from "./parts/save-figure.js";

const button = (text: string, action: (said: HTMLElement) => void) => {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  element.addEventListener("click", () => action(said));
  return [element, said];
};

for (const figure of document.querySelectorAll<HTMLElement>("figure.chart-figure")) {
  const table = figure.id.startsWith("chart")
    ? document.querySelector<HTMLTableElement>("table[aria-labelledby=figures]")
    : null;
  figure.querySelector(".figure-tools")?.remove();
  figure.append(figureTools(figure, table ? () => tableCsv(table) : undefined));
}

for (const table of document.querySelectorAll<HTMLTableElement>("section.table table")) {
  const head = table.closest("section")?.querySelector(".table-head");
  const name = `${location.pathname.split("/").at(-1)?.replace(".html", "") ?? "table"}-${table.getAttribute("aria-labelledby")}`;
  const group = document.createElement("div");
  group.className = "downloads";
  group.append(
    ...button("CSV", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([`${tableCsv(table)}\n`], { type: "text/csv;charset=utf-8" }));
      link.download = `${name}.csv`;
      link.click();
    }),
  );
  head?.append(group);
}

for (const text of document.querySelectorAll<HTMLElement>("pre[data-copy]"))
  text.after(
    ...button("Copy", async (said) => {
      try {
        await navigator.clipboard.writeText(text.textContent ?? "");
        said.textContent = " Copied";
      } catch {
        said.textContent = " Select the text to copy it";
      }
    }),
  );

// One figure alone, for a frame in another page.
const wanted = new URLSearchParams(location.search).get("figure");
const figure = wanted ? document.getElementById(wanted) : null;
if (figure) {
  document.body.classList.add("embedded");
  document.body.replaceChildren(figure);
}
