// Turns a spreadsheet of a series into observations of a metric: `npm run import -- series.csv --metric ID [--COLUMN VALUE ...]`.
// A column that is the same in every row can be given as a flag. All rows pass the check and are written, or none is.
import { describe, nearest } from "../src/schema/problems.js";
import { asTyped, DATA, inRepository, writeAtomically } from "./authoring/files.js";
import { flags } from "./authoring/flags.js";
import { readDataset } from "./authoring/read.js";
import { checkDraft, fileOf, isTaken, withObservations } from "./authoring/scaffold.js";
import { COLUMN_NAMES, type Row, readSeries } from "./authoring/series.js";
import { readText } from "./authoring/yaml.js";

function stop(...lines: string[]): never {
  for (const line of lines) console.error(line);
  process.exit(1);
}

const [csv, ...rest] = process.argv.slice(2);
if (csv === undefined || csv.startsWith("--"))
  stop(`npm run import -- series.csv --metric ID [--COLUMN VALUE ...]; columns: ${COLUMN_NAMES.join(", ")}`);
const dimensionFlags = rest.flatMap((arg) => /^--(dimension:[a-z0-9-]+)/.exec(arg)?.[1] ?? []);
const typed = flags(rest, ["metric", ...COLUMN_NAMES, ...dimensionFlags]);
if ("problem" in typed) stop(typed.problem);
const { metric, ...constants } = typed.values;
if (metric === undefined) stop("found no --metric; expected the id of the metric that the rows belong to.");
const file = fileOf(DATA, "metric", metric);
if (!isTaken(DATA, "metric", metric)) {
  const near = nearest(
    metric,
    readDataset(DATA).records.metrics.map((m) => m.id),
  );
  stop(
    `found the metric "${metric}"; expected one that is there.${near ? ` Did you mean "${near}"?` : ""} Make it with its first observation: npm run new -- metric ${metric}`,
  );
}

const read = readText(asTyped(csv));
if (read.text === undefined)
  stop(...read.problems.map(({ problem }) => `${csv}: ${describe(problem)}`), "Nothing was written.");
const { rows, problems } = readSeries(read.text, constants);
if (rows.length === 0 && problems.length === 0) stop(`${csv}: found no rows. Nothing was written.`);

/** The file with some rows added, and what the check says of them, by row; row 0 is the rest of the dataset. */
function withRows(some: readonly Row[]) {
  const added = withObservations(
    file,
    some.map((r) => r.observation),
  );
  if (added === undefined)
    stop(`${inRepository(file)} can't be read: run npm run check -- ${inRepository(file)}`);
  const { text, already } = added;
  const { errors, warnings } = checkDraft(DATA, file, text);
  const told = [...errors, ...warnings].map(({ problem, at }) => {
    const [list, index, ...inner] = problem.path;
    const row = list === "observations" && typeof index === "number" ? some[index - already]?.row : undefined;
    const place = row === undefined ? `${inRepository(at.file)}:${at.line}:${at.column}` : `${csv}:${row}`;
    const path = row === undefined ? problem.path : inner;
    return {
      row: row ?? 0,
      level: problem.level,
      line: `${place} ${problem.level}: ${describe({ ...problem, path })}`,
    };
  });
  return { text, told };
}

const { text, told } = withRows(rows);
told.push(
  ...problems.map(({ row, message }) => ({
    row,
    level: "error" as const,
    line: `${csv}:${row} error: ${message}`,
  })),
);
// A row that can't be read hides what the others would say of each other: they are looked at once more without it.
const failed = new Set(told.filter((t) => t.level === "error").map((t) => t.row));
if (failed.size > 0) {
  const sound = rows.filter((r) => !failed.has(r.row));
  const seen = new Set(told.map((t) => t.line));
  if (sound.length > 0) told.push(...withRows(sound).told.filter((t) => !seen.has(t.line)));
}
for (const { line } of told.sort((x, y) => x.row - y.row)) console.error(line);
const errors = told.filter((t) => t.level === "error").length;
if (errors > 0) stop(`${errors} error(s); nothing was written.`);
writeAtomically(file, text);
console.log(`${inRepository(file)}: ${rows.length} observation(s) added. Next: npm run diff -- --changeset`);
