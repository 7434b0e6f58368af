/** A chart as wide as its place, drawn anew when that changes. The table beneath it tells the same in words. */
import * as Plot from "@observablehq/plot";
import { h } from "./dom.js";
import { figure } from "./figure.js";

export interface ChartOptions<D> {
  /** The subject, in words: with it the chart stands in a frame with its source and ways to take it along. */
  readonly title?: string;
  readonly id?: string;
  readonly note?: string | undefined;
  /** What a screen reader says in its stead. */
  readonly label: string;
  readonly draw: (width: number) => (SVGSVGElement | HTMLElement) & { value?: unknown };
  /** Where a click on a mark leads. */
  readonly follow?: (datum: D) => string | undefined;
  readonly legend?: readonly LegendItem[] | undefined;
}

export interface LegendItem {
  readonly label: string;
  /** Class of the swatch: its colour and shape are in the style sheet. */
  readonly swatch: string;
}

export function chart<D>({ title, id, note, label, draw, follow, legend }: ChartOptions<D>): HTMLElement {
  const place = h("div", { class: "chart", role: "img", "aria-label": label });
  let drawn = 0;
  let plot: ReturnType<typeof draw> | undefined;
  const redraw = (width: number) => {
    if (width === 0 || width === drawn) return;
    drawn = width;
    plot = draw(width);
    // The place has the label; Plot's own labels of its groups say nothing to a reader.
    plot.setAttribute("aria-hidden", "true");
    place.replaceChildren(plot);
  };
  // Drawn at once when it comes into the document, before anything is painted: nothing below it jumps.
  place.addEventListener("attached", () => redraw(Math.floor(place.clientWidth)));
  new ResizeObserver(([entry]) => redraw(Math.floor(entry?.contentRect.width ?? 0))).observe(place);
  if (follow)
    place.addEventListener("click", () => {
      const to = plot?.value ? follow(plot.value as D) : undefined;
      if (to !== undefined) location.href = to;
    });
  const list =
    legend &&
    h(
      "ul",
      { class: "legend", "aria-label": "Legend" },
      legend.map((item) => h("li", {}, h("span", { class: `swatch ${item.swatch}` }), item.label)),
    );
  if (title === undefined) return h("figure", { class: follow ? "follow" : undefined }, list, place);
  const whole = figure({ ...(id ? { id } : {}), title, note, legend: list ? [list] : [], body: [place] });
  if (follow) whole.classList.add("follow");
  return whole;
}

/** What all charts share. The class name is part of the content security policy: see `scripts/docs.ts`. */
export const PLOT = {
  className: "plot",
  style: { fontFamily: "inherit", fontSize: "12px", background: "transparent" },
} as const;
export const TIP = {
  fill: "var(--surface)",
  stroke: "var(--line)",
  textPadding: 10,
  lineHeight: 1.3,
  lineWidth: 24,
} as const;

/** The place beside the dates, behind a dashed line, for what has none. */
export const noDate = (edge: number, aside: number) => [
  Plot.ruleX([edge], { stroke: "var(--quiet)", strokeDasharray: "1,3" }),
  Plot.text([aside], {
    x: (x: number) => x,
    frameAnchor: "top",
    dy: -14,
    text: () => "no date",
    fill: "var(--quiet)",
  }),
];
