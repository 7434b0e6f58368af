/** A paged, sortable table of whatever a view shows, with its downloads. Only one page of rows is ever in the document. */

import { keepInAddress, readAddress } from "./address.js";
import { h } from "./dom.js";
import { type Cell, downloads } from "./download.js";
import { number } from "./format.js";

export interface Column<R> {
  readonly label: string;
  /** The plain value, for sorting and for the CSV file. */
  readonly value: (row: R) => Cell;
  /** What is shown instead of the value. */
  readonly show?: (row: R) => Node | string | readonly (Node | string)[];
  readonly numeric?: boolean;
  /** Only in the CSV file. */
  readonly hidden?: boolean;
}

export interface TableOptions<R> {
  readonly caption: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  /** Name of the downloaded file; without it there are no downloads. */
  readonly file?: string;
  /** Records of the JSON file, if not the rows themselves. */
  readonly records?: readonly unknown[];
  readonly pageSize?: number;
  /** Name of this table in the address, where its order and page stand; tables of a view differ in it. */
  readonly key?: string;
}

/** On a phone each row is a card. */
const rowsAPage = () => (matchMedia("(max-width: 40rem)").matches ? 10 : 25);

let tables = 0;

export function table<R>({
  caption,
  columns,
  rows,
  file,
  records,
  pageSize = rowsAPage(),
  key = "",
}: TableOptions<R>): HTMLElement {
  const shown = columns.filter((column) => !column.hidden);
  const captionId = `table-${++tables}`;
  const body = h("tbody");
  const status = h("p", { class: "page-status", role: "status" });
  const { query } = readAddress();
  const keys = { sort: `${key}sort`, page: `${key}page` };
  let page = 0;
  let order: { column: number; down: boolean } | undefined;
  let sorted = rows;
  /** Order and page stand in the address, so that Back and a shared link keep them. */
  const keep = () =>
    keepInAddress({
      [keys.sort]: order && `${shown[order.column]?.label ?? ""}${order.down ? " down" : ""}`,
      [keys.page]: page > 0 ? String(page + 1) : undefined,
    });

  const compare = (a: Cell, b: Cell) => {
    if (a === b) return 0;
    if (a === null) return 1;
    if (b === null) return -1;
    return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
  };
  const sort = (column: number, down?: boolean) => {
    order = {
      column,
      down: down ?? (order?.column === column ? !order.down : shown[column]?.numeric === true),
    };
    const value = (shown[column] as Column<R>).value;
    const sign = order.down ? -1 : 1;
    sorted = [...rows].sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      // Missing values stay last in both directions.
      return x === null || y === null ? compare(x, y) : sign * compare(x, y);
    });
    page = 0;
    heads.forEach((head, i) => {
      head.setAttribute("aria-sort", i !== column ? "none" : order?.down ? "descending" : "ascending");
    });
    draw();
  };
  const heads = shown.map((column, i) =>
    h(
      "th",
      { scope: "col", "aria-sort": "none", class: column.numeric ? "numeric" : undefined },
      h(
        "button",
        {
          type: "button",
          onclick: () => {
            sort(i);
            keep();
          },
        },
        column.label,
      ),
    ),
  );

  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const turn = (by: number) => {
    page = Math.min(pages - 1, Math.max(0, page + by));
    draw();
    keep();
  };
  const previous = h("button", { type: "button", onclick: () => turn(-1) }, "Previous");
  const next = h("button", { type: "button", onclick: () => turn(1) }, "Next");

  function draw() {
    const slice = sorted.slice(page * pageSize, (page + 1) * pageSize);
    body.replaceChildren(
      ...slice.map((row) =>
        h(
          "tr",
          {},
          shown.map((column) => {
            const value = column.show ? column.show(row) : column.value(row);
            const text = typeof value === "number" ? number(value) : (value as string | Node | null);
            return h(
              "td",
              { class: column.numeric ? "numeric" : undefined, "data-label": column.label },
              text,
            );
          }),
        ),
      ),
    );
    const first = page * pageSize + 1;
    status.textContent =
      rows.length === 0
        ? "Nothing fits these filters."
        : pages === 1
          ? `${number(rows.length)} in all`
          : `${number(first)} to ${number(first + slice.length - 1)} of ${number(rows.length)}`;
    previous.disabled = page === 0;
    next.disabled = page === pages - 1;
  }
  const asked = query.get(keys.sort);
  const column = shown.findIndex((c) => c.label === asked?.replace(/ down$/, ""));
  if (asked && column >= 0) sort(column, asked.endsWith(" down"));
  page = Math.min(pages - 1, Math.max(0, (Number(query.get(keys.page)) || 1) - 1));
  draw();

  return h(
    "section",
    { class: "table", "aria-labelledby": captionId },
    h(
      "div",
      { class: "table-head" },
      h("h2", { id: captionId }, caption),
      file !== undefined && rows.length > 0 && downloads(file, columns, rows, records ?? rows),
    ),
    rows.length > 0 &&
      h(
        "div",
        { class: "scroll", tabindex: 0, role: "group", "aria-labelledby": captionId },
        h("table", { "aria-labelledby": captionId }, h("thead", {}, h("tr", {}, heads)), body),
      ),
    h("div", { class: "pages" }, status, pages > 1 && [previous, next]),
  );
}
