/** Turns the rows of a spreadsheet into observations of a metric. Each row keeps its number, so that every problem can name it. */
import { parse } from "csv-parse/sync";
import { suggestion } from "../../src/options.js";
import { show } from "../../src/schema/problems.js";
import { TIME_KEYS } from "../read/schemas.js";

export interface Row {
  /** Number in the file, counted from 1 with the head. */
  readonly row: number;
  readonly observation: Readonly<Record<string, unknown>>;
}

export interface RowProblem {
  readonly row: number;
  readonly message: string;
}

/** Columns, with the place of their cell in an observation. */
const COLUMNS: Readonly<Record<string, readonly [path: readonly string[], number?: "number"]>> = {
  ...Object.fromEntries(TIME_KEYS.filter((k) => k !== "perYear").map((key) => [key, [[key]]])),
  from: [["perYear", "from"]],
  to: [["perYear", "to"]],
  status: [["status"]],
  value: [["value"], "number"],
  ...Object.fromEntries(
    ["low", "high", "approximate", "moreThan", "atLeast", "lessThan", "atMost"].map((key) => [
      key,
      [["value", key], "number"],
    ]),
  ),
  ...Object.fromEntries(
    ["counts", "since", "direction", "area", "asOf", "scope", "event", "partOf", "supersedes"].map((key) => [
      key,
      [[key]],
    ]),
  ),
  place: [["subject", "place"]],
  organisation: [["subject", "organisation"]],
  project: [["subject", "project"]],
  caveat: [["caveats", "0"]],
  source: [["claims", "0", "source"]],
  locator: [["claims", "0", "at"]],
  stated: [["claims", "0", "stated"]],
  saidBy: [["claims", "0", "saidBy", "organisation"]],
  channel: [["claims", "0", "saidBy", "channel"]],
  note: [["claims", "0", "note"]],
};

/** Names of the columns; `dimension:<name>` stands for each dimension of the metric. */
export const COLUMN_NAMES: readonly string[] = Object.keys(COLUMNS);

/** Puts a cell at its place; a step that is a number makes a list. */
function put(target: Record<string, unknown>, path: readonly string[], value: unknown) {
  const [step, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    target[step] = value;
    return;
  }
  target[step] ??= /^\d$/.test(rest[0] as string) ? [] : {};
  put(target[step] as Record<string, unknown>, rest, value);
}

function pathOf(column: string): readonly [path: readonly string[], number?: "number"] | undefined {
  const dimension = /^dimension:([a-z0-9-]+)$/.exec(column)?.[1];
  return dimension
    ? [["dimensions", dimension]]
    : Object.hasOwn(COLUMNS, column)
      ? COLUMNS[column]
      : undefined;
}

/** The character between the cells: the one that the head holds most of. */
const delimiterOf = (text: string) => {
  const head = text.split("\n", 1)[0] ?? "";
  const count = (c: string) => head.split(c).length;
  return [",", ";", "\t"].reduce((best, c) => (count(c) > count(best) ? c : best));
};

/** What a spreadsheet program computes, and what such a program would compute on opening the CSV that ships. */
const isFormula = (cell: string) => /^[=@]|^[+-](?!\s?[\d$€£¥.])/.test(cell);

/** An observation from the cells of one row, by column. An empty cell is an absent key. */
export function observationFrom(cells: Readonly<Record<string, string>>): Record<string, unknown> {
  const observation: Record<string, unknown> = {};
  for (const [column, cell] of Object.entries(cells)) {
    const [path, kind] = pathOf(column) ?? [];
    if (path === undefined || cell === "") continue;
    put(observation, path, kind === "number" && /^-?\d+(?:\.\d+)?$/.test(cell) ? Number(cell) : cell);
  }
  return observation;
}

/**
 * Reads a spreadsheet in CSV. `constants` are columns that are the same in every row. An empty cell is an absent key.
 */
export function readSeries(
  text: string,
  constants: Readonly<Record<string, string>> = {},
): { rows: Row[]; problems: RowProblem[]; delimiter: string } {
  const delimiter = delimiterOf(text);
  const problems: RowProblem[] = [];
  const bad = (row: number, message: string) => void problems.push({ row, message });
  if (text.startsWith("PK\u0003\u0004")) {
    bad(1, "found a workbook; expected CSV. Save the sheet as CSV in UTF-8.");
    return { rows: [], problems, delimiter };
  }
  let cells: { info: { lines: number }; record: string[] }[] = [];
  try {
    cells = parse(text, {
      bom: true,
      delimiter,
      info: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as typeof cells;
  } catch (error) {
    const { lines = 1, message } = error as { lines?: number; message: string };
    bad(
      lines,
      `found a quote that is not closed, or stands in the middle of a cell; expected CSV (${message}). Put quotes around the whole cell and write those inside it twice.`,
    );
    return { rows: [], problems, delimiter };
  }
  const head = cells[0]?.record ?? [];
  const columns = [...head, ...Object.keys(constants)];
  columns.forEach((column, i) => {
    if (pathOf(column) === undefined) {
      bad(
        1,
        `found the column ${show(column)}; expected ${COLUMN_NAMES.join(", ")} or dimension:<name>. ${suggestion(column, COLUMN_NAMES)}Rename or delete the column.`,
      );
    } else if (columns.indexOf(column) < i)
      bad(
        1,
        `found the column ${show(column)} twice; expected it once, in the file or as a flag. Delete one.`,
      );
  });
  if (cells.length < 2) bad(1, "found no rows; expected a head and a row for each value. Add the rows.");
  if (problems.length > 0) return { rows: [], problems, delimiter };

  const rows: Row[] = [];
  for (const { record, info } of cells.slice(1)) {
    const row = info.lines;
    if (record.length !== head.length) {
      bad(
        row,
        `found ${record.length} cells; expected ${head.length}, as in the head. Quote a cell that holds a comma.`,
      );
      continue;
    }
    const typed = columns.map((column, i): [string, string] => [
      column,
      i < head.length ? (record[i] as string).trim() : (constants[column] as string),
    ]);
    const formula = typed.find(([, cell]) => isFormula(cell));
    if (formula) {
      bad(
        row,
        `found the formula ${show(formula[1])} in the column ${formula[0]}; expected the value itself. Paste the cells as values and save again.`,
      );
      continue;
    }
    rows.push({ row, observation: observationFrom(Object.fromEntries(typed)) });
  }
  return { rows, problems, delimiter };
}
