// Makes a new record, or an observation of a metric: `npm run new -- event [ID] [--FIELD VALUE ...]`. At a terminal it asks for what
// is not given. It writes one file that passes the check, or nothing.
import { stringify } from "yaml";
import { describe } from "../src/schema/problems.js";
import { askFields, Cancelled, notA } from "./authoring/ask.js";
import { DATA, inRepository, writeAtomically } from "./authoring/files.js";
import { flags } from "./authoring/flags.js";
import { isId } from "./authoring/load.js";
import { readDataset } from "./authoring/read.js";
import {
  checkDraft,
  fileOf,
  fileText,
  isTaken,
  KINDS,
  type Kind,
  proposedId,
  recordFrom,
  schemaOf,
  withObservations,
} from "./authoring/scaffold.js";
import { fieldsOf } from "./authoring/shape.js";

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}

const [kind, givenId, ...rest] = process.argv.slice(2);
if (kind === undefined || !(kind in KINDS))
  stop(`npm run new -- KIND [ID] [--FIELD VALUE ...]: ${notA(kind, Object.keys(KINDS))}`);
const what = kind as Kind;
const schema = schemaOf(what);
const id = givenId?.startsWith("--") ? undefined : givenId;
const typed = flags(
  givenId?.startsWith("--") ? [givenId, ...rest] : rest,
  fieldsOf(schema).map((f) => f.key),
);
if ("problem" in typed) stop(typed.problem);

const asks = process.stdin.isTTY === true && process.stdout.isTTY === true;
let record: Record<string, unknown> = {};
try {
  record = asks
    ? await askFields(schema, readDataset(DATA).records, {}, typed.values)
    : recordFrom(schema, typed.values);
} catch (error) {
  if (error instanceof Cancelled) stop("Nothing was written.");
  stop(
    `found a value that is no YAML: ${(error as Error).message.split("\n")[0]}; expected closed braces and brackets.`,
  );
}

const name = id ?? (what === "observation" ? "" : proposedId(what, record));
if (!isId(name))
  stop(
    `found ${JSON.stringify(name)}; expected an id of 2 to 64 lower-case ASCII letters, digits and single hyphens. Give one: npm run new -- ${what} ID`,
  );
const file = fileOf(DATA, what, name);
if (what !== "observation" && isTaken(DATA, what, name))
  stop(
    `${inRepository(file)}:1:1 found a record of this id; expected a new id. Change that file, or choose another id.`,
  );
if (what === "observation" && !isTaken(DATA, what, name)) {
  const metrics = readDataset(DATA).records.metrics.map((m) => m.id);
  stop(
    `metric: ${notA(name, metrics.length > 20 ? metrics.filter((m) => m.startsWith(name.slice(0, 4))) : metrics)} Make it with: npm run new -- metric ${name}`,
  );
}

const text = what === "observation" ? withObservations(file, [record])?.text : fileText(KINDS[what], record);
if (text === undefined)
  stop(`${inRepository(file)} can't be read: run npm run check -- ${inRepository(file)}`);
const { errors, warnings } = checkDraft(DATA, file, text);
for (const { problem, at } of [...errors, ...warnings])
  console.error(`${inRepository(at.file)}:${at.line}:${at.column} ${problem.level}: ${describe(problem)}`);
if (errors.length > 0) {
  // Answers are not lost: they can be mended in an editor.
  if (asks) console.log(`\n${what === "observation" ? stringify(record) : text}`);
  stop(`${errors.length} error(s); nothing was written.`);
}
writeAtomically(file, text);
console.log(
  `${inRepository(file)} written. Next: cite it or fill it, then npm run check, npm run diff -- --changeset`,
);
