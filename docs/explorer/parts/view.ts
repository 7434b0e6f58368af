/** The frame of a view: the same markup is written as a file, for no filters, and drawn by the script for any. */

import { type FilterOptions, filterForm } from "./filters.js";
import type { IndexName, Indices } from "./indices.js";
import { el, type Markup } from "./markup.js";
import type { Query } from "./state.js";
import { type Column, type TableOf, tableMarkup } from "./table.js";

export interface Environment {
  /** Width of the text in pixels, as far as it is known. */
  readonly width: number;
  /** Years at whose end the ledger of promises can be read. */
  readonly years: readonly string[];
  /** The line below a chart that says where it is from. */
  readonly source: string;
}

// biome-ignore lint/suspicious/noExplicitAny: the rows of a table are its own affair.
export type AnyTable = TableOf<any>;
export type { Column, TableOf };

export interface Shown {
  readonly title: string;
  readonly lead: Markup;
  readonly filters: FilterOptions;
  readonly tables: readonly AnyTable[];
  /** What stands below the filters; a table by its key. */
  readonly parts: readonly (Markup | { readonly table: string })[];
}

export interface View<N extends IndexName = IndexName> {
  readonly name: string;
  readonly needs: readonly N[];
  /** What is another file for each value of a key of the address, and that key: the page begins to load it before any script. */
  readonly byKey?: readonly [need: N, key: string];
  /** Where an address asks for another file of what is needed. */
  file?(need: N, query: Query): string;
  show(indices: Pick<Indices, N>, query: Query, environment: Environment): Shown;
}

const isTable = (part: Shown["parts"][number]): part is { readonly table: string } =>
  typeof part === "object" && part !== null && "table" in part;

export function viewMarkup(
  name: string,
  { title, lead, filters, tables, parts }: Shown,
  query: Query,
  bodies?: ReadonlyMap<string, string>,
): Markup[] {
  return [
    el("h1", {}, title),
    el("p", { class: "lead" }, lead),
    filterForm(name, query, filters, bodies),
    ...parts.map((part) => {
      if (!isTable(part)) return part;
      const found = tables.find((t) => t.key === part.table);
      return found ? tableMarkup(name, found, query) : null;
    }),
  ];
}

/** A chart with its title, legend and source, and room for the ways to take it along. */
export function figure(
  { source }: Pick<Environment, "source">,
  options: {
    readonly id: string;
    readonly title: string;
    readonly note?: string | undefined;
    readonly legend?: Markup;
    readonly body: Markup;
  },
): Markup {
  const { id, title, note, legend, body } = options;
  return el(
    "figure",
    { class: "chart-figure", id, "aria-label": title },
    el("h2", { class: "chart-title" }, title),
    legend ?? null,
    el("div", { class: "chart-body" }, body),
    el("figcaption", { class: "source-line" }, note ? `${note} ` : null, source),
    el("div", { class: "figure-tools", role: "group", "aria-label": "Use this chart" }, [
      ...["PNG", "SVG", "CSV", "Embed"].map((what) =>
        el("button", { type: "button", "data-take": what.toLowerCase() }, what),
      ),
      el("span", { role: "status" }),
    ]),
  );
}

export const legend = (items: readonly (readonly [label: string, swatch: string])[]): Markup =>
  el(
    "ul",
    { class: "legend", "aria-label": "Legend" },
    items.map(([label, swatch]) => el("li", {}, el("span", { class: `swatch ${swatch}` }), label)),
  );
