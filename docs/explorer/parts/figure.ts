/** A figure with what a reader needs to use it elsewhere: title, legend, source line, and ways to take it along. */
import { dataset } from "../../../src/data/dataset.js";
import { h } from "./dom.js";
import { figureTools } from "./save-figure.js";

export interface FigureOptions {
  /** Name in the address of a frame. */
  readonly id?: string;
  /** The subject of the chart, in words. */
  readonly title: string;
  readonly note?: string | undefined;
  readonly legend?: readonly Node[];
  readonly body: readonly Node[];
  /** The values, for a file. */
  readonly csv?: (() => string) | undefined;
}

export const sourceLine = (note?: string) =>
  h(
    "figcaption",
    { class: "source-line" },
    note && `${note} `,
    `Source: ${dataset.name} ${dataset.version}, sources up to ${dataset.newestSource}, CC BY 4.0.`,
  );

export function figure({ id, title, note, legend = [], body, csv }: FigureOptions): HTMLElement {
  const whole = h(
    "figure",
    { class: "chart-figure", id, "aria-label": title },
    h("h2", { class: "chart-title" }, title),
    ...legend,
    h("div", { class: "chart-body" }, ...body),
    sourceLine(note),
  );
  whole.append(figureTools(whole, csv));
  return whole;
}
