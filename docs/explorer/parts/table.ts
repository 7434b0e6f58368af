/** A paged, sortable table of what a view shows. Order and page are links, so that Back and a shared address keep them. */
import { type Cell, cell } from "./csv.js";
import { number } from "./format.js";
import { el, type Markup } from "./markup.js";
import { changed, type Query } from "./state.js";

export interface Column<R> {
  readonly label: string;
  /** The plain value, for sorting and for the CSV file. */
  readonly value: (row: R) => Cell;
  /** What is shown instead of the value. */
  readonly show?: (row: R) => Markup;
  readonly numeric?: boolean;
  /** Only in the CSV file. */
  readonly hidden?: boolean;
  /** Left out of the cards of a phone, where a record is one touch away. */
  readonly side?: boolean;
}

export interface TableOf<R> {
  /** Name of the table in the address and of its files. */
  readonly key: string;
  readonly caption: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  /** The file of whole records, and which of them are meant; without it the rows themselves are the JSON file. */
  readonly records?: { readonly file: string; readonly ids: readonly string[] };
  /** The table has its own name for order and page where a view has several. */
  readonly second?: boolean;
}

const PAGE = 20;

function compare(a: Cell, b: Cell): number {
  if (a === b) return 0;
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
}

/** The rows in the order that the address asks for; missing values stay last in both directions. */
function sorted<R>({ rows, columns }: TableOf<R>, asked: string | null): readonly R[] {
  const column = columns.find((c) => c.label === asked?.replace(/ down$/, ""));
  if (!column) return rows;
  const sign = asked?.endsWith(" down") ? -1 : 1;
  return rows
    .map((row) => ({ row, value: column.value(row) }))
    .sort((a, b) =>
      a.value === null
        ? b.value === null
          ? 0
          : 1
        : b.value === null
          ? -1
          : sign * compare(a.value, b.value),
    )
    .map(({ row }) => row);
}

const classOf = (column: { readonly numeric?: boolean; readonly side?: boolean }) =>
  [column.numeric && "numeric", column.side && "side"].filter(Boolean).join(" ") || null;

/** On a phone a cell is a heading and one thing beside it. */
export const inOne = (value: Markup): Markup => (Array.isArray(value) ? el("div", {}, value) : value);

export function tableMarkup<R>(view: string, table: TableOf<R>, query: Query): Markup {
  const { key, caption, columns, rows } = table;
  const names = table.second ? { sort: `${key}-sort`, page: `${key}-page` } : { sort: "sort", page: "page" };
  const asked = query.get(names.sort);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const page = Math.min(pages, Math.max(1, Number(query.get(names.page)) || 1));
  const shown = columns.filter((c) => !c.hidden);
  const slice = sorted(table, asked).slice((page - 1) * PAGE, page * PAGE);
  const first = (page - 1) * PAGE + 1;
  const id = `t-${key}`;
  const head = (column: Column<R>, i: number): Markup => {
    const up = asked === column.label;
    const down = asked === `${column.label} down`;
    const next = up || (!down && column.numeric) ? `${column.label} down` : column.label;
    return el(
      "th",
      {
        scope: "col",
        "aria-sort": up ? "ascending" : down ? "descending" : "none",
        class: classOf(column),
      },
      el(
        "a",
        {
          id: `${id}-${i}`,
          href: changed(view, query, { [names.sort]: next, [names.page]: undefined }),
          "data-still": true,
        },
        column.label,
      ),
    );
  };
  const turn = (to: number, text: string): Markup =>
    to < 1 || to > pages
      ? null
      : el(
          "a",
          {
            id: `${id}-${text.toLowerCase()}`,
            class: "button",
            href: changed(view, query, { [names.page]: to === 1 ? undefined : String(to) }),
            "data-still": true,
          },
          text,
        );
  return el(
    "section",
    { class: "table", "aria-labelledby": id, "data-table": key },
    el(
      "div",
      { class: "table-head" },
      el("h2", { id }, caption),
      rows.length > 0 &&
        el(
          "div",
          { class: "downloads", role: "group", "aria-label": "Download what is shown" },
          ["CSV", "JSON"].map((type) =>
            el("button", { type: "button", "data-file": type.toLowerCase() }, type),
          ),
        ),
    ),
    rows.length > 0 &&
      el(
        "div",
        { class: "scroll", tabindex: 0, role: "group", "aria-labelledby": id },
        el(
          "table",
          { "aria-labelledby": id },
          el("thead", {}, el("tr", {}, shown.map(head))),
          el(
            "tbody",
            {},
            slice.map((row) =>
              el(
                "tr",
                {},
                shown.map((column) => {
                  const value = column.show ? column.show(row) : column.value(row);
                  return el(
                    "td",
                    {
                      class: classOf(column),
                      "data-label": column.label,
                    },
                    typeof value === "number" ? number(value) : inOne(value),
                  );
                }),
              ),
            ),
          ),
        ),
      ),
    el(
      "div",
      { class: "pages" },
      el(
        "p",
        { class: "page-status" },
        rows.length === 0
          ? "Nothing fits these filters."
          : pages === 1
            ? `${number(rows.length)} in all`
            : `${number(first)} to ${number(first + slice.length - 1)} of ${number(rows.length)}`,
      ),
      turn(page - 1, "Previous"),
      turn(page + 1, "Next"),
    ),
  );
}

export const csvOf = <R>({ columns, rows }: TableOf<R>): string =>
  `${[columns.map((c) => cell(c.label)), ...rows.map((row) => columns.map((c) => cell(c.value(row))))]
    .map((line) => line.join(","))
    .join("\n")}\n`;
