// Turns a spreadsheet of a series into observations of a metric. A column that is the same in every row can be given as a flag. All
// rows pass the check and are written, or none is.
import { suggestion } from "../src/options.js";
import { describe, show } from "../src/schema/problems.js";
import { command, Exit, type Flag, misuse } from "./cli/command.js";
import { asTyped, DATA, inRepository, writeAtomically } from "./cli/files.js";
import { readRecords } from "./read/dataset.js";
import { isId } from "./read/load.js";
import { fieldsOf, metaOf } from "./read/shape.js";
import { readText } from "./read/yaml.js";
import {
  checkDraft,
  fileOf,
  fileText,
  isTaken,
  recordFrom,
  schemaOf,
  withObservations,
} from "./write/scaffold.js";
import { COLUMN_NAMES, type Row, readSeries } from "./write/spreadsheet.js";

/** Fields of a metric, which is made where it isn't there yet. */
const METRIC_FIELDS = fieldsOf(schemaOf("metric")).filter((f) => f.key !== "observations");
const REQUIRED = METRIC_FIELDS.filter((f) => !f.optional).map((f) => f.key);

const flags: Record<string, Flag> = { metric: { about: "(required) Id of the metric." } };
for (const column of COLUMN_NAMES)
  flags[column] = { about: "The column, where it is the same in every row." };
flags["dimension:NAME"] = { about: "A dimension of the metric, likewise." };
for (const { key, schema } of METRIC_FIELDS)
  flags[key] = {
    about: `Of a metric that isn't there yet: ${metaOf(schema).what ?? metaOf(schema).description ?? ""}`,
  };

/** A problem as a line, with the row that it is about; row 0 is the rest of the dataset. */
interface Report {
  readonly row: number;
  readonly level: "error" | "warning";
  readonly line: string;
}

export const main = command(
  {
    name: "import",
    about:
      "Adds the rows of a spreadsheet, saved as CSV, to a metric. The first row names the columns, or flags give those that are the same in every row. A metric that isn't there is made, where its fields are given.",
    args: "FILE.csv --metric ID [--COLUMN VALUE ...]",
    example:
      "npm run import -- series.csv --metric example-phones --status actual --source a-paper-2022-03-05",
    flags,
    more: [
      `Columns, or flags where a column is the same in every row: ${COLUMN_NAMES.join(", ")}, dimension:NAME.`,
    ],
  },
  ({ positionals, values }) => {
    const [csv, ...others] = positionals;
    if (csv === undefined || others.length > 0)
      throw misuse(
        `found ${csv === undefined ? "no file" : show(others[0])}; expected one file: npm run import -- FILE.csv --metric ID`,
      );
    const { metric } = values;
    if (metric === undefined || !isId(metric))
      throw misuse(
        `found ${metric === undefined ? "no --metric" : show(metric)}; expected the id of the metric that the rows belong to.`,
      );
    const file = fileOf(DATA, "metric", metric);
    const isNew = !isTaken(DATA, "metric", metric);
    // Of the fields that are columns too (scope), those of a new metric are the metric's.
    const ofMetric = new Set(isNew ? METRIC_FIELDS.map((f) => f.key) : []);
    const typed = Object.entries(values).filter(([key]) => key !== "metric");
    const fields = Object.fromEntries(typed.filter(([key]) => ofMetric.has(key)));
    const constants = Object.fromEntries(typed.filter(([key]) => !ofMetric.has(key)));
    const missing = REQUIRED.filter((key) => fields[key] === undefined);
    if (isNew && missing.length > 0) {
      const ids = readRecords(DATA).metrics.map((m) => m.id);
      throw new Exit(
        2,
        `found the metric "${metric}"; expected one that is there. ${suggestion(metric, ids)}To make it, add ${missing.map((key) => `--${key}`).join(", ")}.`,
      );
    }
    const extra = isNew
      ? undefined
      : typed.find(([key]) => METRIC_FIELDS.some((f) => f.key === key) && !COLUMN_NAMES.includes(key));
    if (extra)
      throw misuse(
        `found --${extra[0]} for a metric that is there; expected columns alone. Change ${inRepository(file)} instead.`,
      );

    const path = asTyped(csv);
    const read = readText(path);
    if (read.text === undefined)
      throw new Exit(
        1,
        ...read.problems.map(({ problem }) => `${csv}: ${describe(problem)} Save the sheet as CSV in UTF-8.`),
        "Nothing was written.",
      );
    const { rows, problems, delimiter } = readSeries(read.text, constants);
    if (rows.length === 0 && problems.length === 0)
      throw new Exit(1, `${csv}: found no rows; expected one for each value. Nothing was written.`);

    /** The file with some rows added, and what the check says of them. */
    const withRows = (some: readonly Row[]): { text: string; reports: Report[] } => {
      const observations = some.map((r) => r.observation);
      const added = isNew
        ? {
            text: fileText("metrics", { ...recordFrom(schemaOf("metric"), fields), observations }),
            already: 0,
          }
        : withObservations(file, observations);
      if (added === undefined)
        throw new Exit(1, `${inRepository(file)} can't be read: run npm run check -- ${metric}`);
      const { errors, warnings } = checkDraft(DATA, file, added.text);
      const reports = [...errors, ...warnings].map(({ problem, at }): Report => {
        const [list, index, ...inner] = problem.path;
        const row =
          list === "observations" && typeof index === "number" ? some[index - added.already]?.row : undefined;
        const place =
          row === undefined ? `${inRepository(at.file)}:${at.line}:${at.column}` : `${csv}:${row}`;
        const at2 = row === undefined ? problem.path : inner;
        return {
          row: row ?? 0,
          level: problem.level,
          line: `${place} ${problem.level}: ${describe({ ...problem, path: at2 })}`,
        };
      });
      return { text: added.text, reports };
    };

    const { text, reports } = withRows(rows);
    reports.push(
      ...problems.map(
        ({ row, message }): Report => ({ row, level: "error", line: `${csv}:${row} error: ${message}` }),
      ),
    );
    // A row that can't be read hides what the others would say of each other: look at them once more without it.
    const failed = new Set(reports.filter((t) => t.level === "error").map((t) => t.row));
    const sound = rows.filter((r) => !failed.has(r.row));
    if (failed.size > 0 && sound.length > 0) {
      const seen = new Set(reports.map((t) => t.line));
      reports.push(...withRows(sound).reports.filter((t) => !seen.has(t.line)));
    }
    for (const { line } of reports.sort((x, y) => x.row - y.row)) console.error(line);
    const errors = reports.filter((t) => t.level === "error").length;
    if (errors > 0) throw new Exit(1, `${errors} error(s); nothing was written.`);
    writeAtomically(file, text);
    console.log(
      `${inRepository(file)}${isNew ? " written" : ""}: ${rows.length} observation(s) added.${delimiter === "," ? "" : ` The cells were parted at ${show(delimiter)}.`} Next: npm run diff -- --changeset`,
    );
  },
);
