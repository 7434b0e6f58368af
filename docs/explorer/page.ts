/** What a script adds to every page: ways to take figures, tables and citations along. The pages read without it. */
import { file, save, tableCsv, take } from "./parts/save-figure.js";

const say = (button: Element, text: string) => {
  const said = button.parentElement?.querySelector("[role=status]");
  if (said) said.textContent = text;
};

document.addEventListener("click", async (event) => {
  const button = (event.target as Element).closest<HTMLElement>("button");
  if (!button) return;
  if (button.className === "unfold") button.closest("section")?.classList.remove("long");
  const { take: what, copy } = button.dataset;
  const figure = button.closest<HTMLElement>("figure");
  if (what && figure)
    say(button, await take(figure, what).catch((error: unknown) => `This did not work: ${String(error)}`));
  if (what === "table") {
    const table = button.closest("section")?.querySelector("table");
    const page = location.pathname.split("/").at(-1)?.replace(".html", "") ?? "table";
    if (table)
      save(
        `${page}-${table.getAttribute("aria-labelledby")}.csv`,
        file(`${tableCsv(table)}\n`, "text/csv;charset=utf-8"),
      );
  }
  if (copy !== undefined) {
    const text = button.parentElement?.querySelector("pre")?.textContent ?? "";
    say(
      button,
      await navigator.clipboard.writeText(text).then(
        () => " Copied",
        () => " Select the text to copy it",
      ),
    );
  }
});

// One figure alone, for a frame in another page; a view with filters draws it first.
const wanted = new URLSearchParams(location.search).get("figure");
function alone() {
  const figure = wanted ? document.getElementById(wanted) : null;
  if (!figure) return;
  document.body.classList.add("embedded");
  document.body.replaceChildren(figure);
}
if (document.documentElement.classList.contains("asked"))
  document.addEventListener("shown", alone, { once: true });
else alone();
