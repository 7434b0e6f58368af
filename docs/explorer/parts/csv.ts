import { cellText } from "../../../src/export/cell.js";

export type Cell = string | number | null;

/** A cell of a file of comma-separated values: quoted where it must be, and never a formula. */
export function cell(value: Cell): string {
  const text = cellText(value, true);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
