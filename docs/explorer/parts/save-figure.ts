/** Takes a figure out of the page: as a picture, as SVG, as a table of values, or as a frame for another page. */
import { cell } from "./csv.js";

export function save(name: string, url: string) {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}
export const file = (text: string, type: string) => URL.createObjectURL(new Blob([text], { type }));

const KEPT = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linecap",
  "color",
  "background-color",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "display",
  "width",
  "height",
  "margin",
  "padding",
  "border",
  "border-radius",
  "flex",
  "flex-wrap",
  "gap",
  "align-items",
  "list-style",
  "line-height",
  "text-decoration",
  "grid-template-columns",
  "overflow",
];

/** A copy that needs no style sheet. */
function standalone(figure: HTMLElement): { text: string; width: number; height: number } {
  const copy = figure.cloneNode(true) as HTMLElement;
  const [from, to] = [
    [figure, ...figure.querySelectorAll("*")],
    [copy, ...copy.querySelectorAll("*")],
  ];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    const target = to[i] as HTMLElement | SVGElement;
    for (const name of KEPT) target.style.setProperty(name, style.getPropertyValue(name));
  });
  for (const extra of copy.querySelectorAll(".figure-tools, title, style")) extra.remove();
  const { width, height } = figure.getBoundingClientRect();
  copy.style.background = getComputedStyle(document.body).backgroundColor;
  copy.style.margin = "0";
  const inner = new XMLSerializer().serializeToString(copy);
  return {
    width,
    height,
    text: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><foreignObject width="100%" height="100%">${inner}</foreignObject></svg>`,
  };
}

async function png(figure: HTMLElement, name: string) {
  const { text, width, height } = standalone(figure);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = height * 2;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.scale(2, 2);
  context.drawImage(image, 0, 0);
  save(`${name}.png`, canvas.toDataURL("image/png"));
}

/** What a screen reader hears of a chart, or the table beside it, as lines of a file. */
export function tableCsv(table: HTMLTableElement): string {
  return [...table.rows]
    .map((row) =>
      [...row.cells].map((c) => cell((c.textContent ?? "").replaceAll("\u00a0", " ").trim())).join(","),
    )
    .join("\n");
}
function marksCsv(figure: HTMLElement): string {
  const lines = [...figure.querySelectorAll("[aria-label]:not(figure):not(ul):not(.figure-tools)")]
    .map((e) => e.getAttribute("aria-label") ?? "")
    .filter((text) => text.includes(":"));
  const rows = [...figure.querySelectorAll(".delay-row .bar-name")].map((e) => e.textContent ?? "");
  return [
    "what,says",
    ...[...lines, ...rows].map((l) =>
      l
        .split(/: (.*)/s)
        .slice(0, 2)
        .map((text) => cell(text))
        .join(","),
    ),
  ].join("\n");
}

function embed(figure: HTMLElement): string {
  const address = new URL(location.href);
  address.searchParams.set("figure", figure.id);
  return `<iframe src="${address.href}" width="100%" height="${Math.ceil(figure.getBoundingClientRect().height) + 20}" title="${(figure.getAttribute("aria-label") ?? "").replaceAll('"', "&quot;")}"></iframe>`;
}

/** What a button below a figure does; what there is to say of it comes back. */
export async function take(figure: HTMLElement, what: string): Promise<string> {
  const name = (figure.getAttribute("aria-label") ?? "figure")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60);
  if (what === "png") await png(figure, name);
  if (what === "svg") save(`${name}.svg`, file(standalone(figure).text, "image/svg+xml"));
  if (what === "csv") {
    const table =
      figure.querySelector<HTMLTableElement>("table") ??
      (figure.id.startsWith("chart")
        ? document.querySelector<HTMLTableElement>("table[aria-labelledby=figures]")
        : null);
    save(`${name}.csv`, file(table ? tableCsv(table) : marksCsv(figure), "text/csv;charset=utf-8"));
  }
  if (what !== "embed") return "";
  const text = embed(figure);
  try {
    await navigator.clipboard.writeText(text);
    return "The code of the frame is copied.";
  } catch {
    return text;
  }
}
