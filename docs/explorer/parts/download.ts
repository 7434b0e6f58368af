/** What is filtered, as a file: CSV of the columns, JSON of the records as the library gives them. */
import { csvFormatRows } from "d3-dsv";
import { cellText } from "../../../src/export/cell.js";
import { h } from "./dom.js";

export type Cell = string | number | null;
interface CsvColumn<R> {
  readonly label: string;
  readonly value: (row: R) => Cell;
}

export function csvOf<R>(columns: readonly CsvColumn<R>[], rows: readonly R[]): string {
  return `${csvFormatRows([columns.map((c) => c.label), ...rows.map((row) => columns.map((c) => cellText(c.value(row), true)))])}\n`;
}

function save(name: string, type: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function downloads<R>(
  name: string,
  columns: readonly CsvColumn<R>[],
  rows: readonly R[],
  records: readonly unknown[],
): HTMLElement {
  return h(
    "div",
    { class: "downloads", role: "group", "aria-label": "Download what is shown" },
    h(
      "button",
      { type: "button", onclick: () => save(`${name}.csv`, "text/csv;charset=utf-8", csvOf(columns, rows)) },
      "CSV",
    ),
    h(
      "button",
      {
        type: "button",
        onclick: () => save(`${name}.json`, "application/json", `${JSON.stringify(records, null, 1)}\n`),
      },
      "JSON",
    ),
  );
}
