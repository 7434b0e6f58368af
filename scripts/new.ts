// Makes a new record, or an observation of a metric. At a terminal it asks for what is not given. It writes one file that passes
// the check, or nothing.
import { stringify } from "yaml";
import { suggestion } from "../src/options.js";
import { show } from "../src/schema/problems.js";
import { command, Exit, type Flag, misuse, type Usage } from "./cli/command.js";
import { DATA, inRepository, problemLine, writeAtomically } from "./cli/files.js";
import { readRecords } from "./read/dataset.js";
import { isId } from "./read/load.js";
import { fieldsOf, metaOf } from "./read/shape.js";
import { askFields, Cancelled } from "./write/ask.js";
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
  typedForm,
  withObservations,
} from "./write/scaffold.js";
import { COLUMN_NAMES, observationFrom } from "./write/spreadsheet.js";

const kinds = Object.keys(KINDS);
const isKind = (text: string | undefined): text is Kind => text !== undefined && Object.hasOwn(KINDS, text);

/** Columns of a spreadsheet that serve as flags: those of one observation. */
const columnsOf = (kind: Kind): readonly string[] => {
  if (kind !== "metric" && kind !== "observation") return [];
  const keys = fieldsOf(schemaOf(kind)).map((f) => f.key);
  return [...COLUMN_NAMES, "dimension:NAME"].filter((column) => !keys.includes(column));
};

const EXAMPLES: Readonly<Record<Kind, string>> = {
  event:
    'npm run new -- event example-opening --title "A plant was opened" --summary "A maker opened a plant." --kind launch \\\n  --status occurred --date 2022-03-04 --sectors device-manufacturing --organisations a-maker:manufacturer --scope bilateral --claims a-paper-2022-03-05',
  organisation:
    'npm run new -- organisation --name "Example Maker" --kind company --country CN --claims a-paper-2022-03-05',
  metric:
    'npm run new -- metric example-phones --name "Phones of the example" --definition "Handsets made." --unit handset --measure flow \\\n  --sector device-manufacturing --scope bilateral --during 2021 --status actual --value 1500 --source a-paper-2022-03-05 --stated 1,500',
  observation:
    "npm run new -- observation example-phones --during 2022 --status actual --value 1600 --source a-paper-2022-03-05 --stated 1,600",
  project:
    'npm run new -- project --name "Example cable" --summary "A cable." --sectors fibre-backbone --scope cpec --claims a-paper-2022-03-05',
  source:
    'npm run new -- source --publisher "A Paper" --title "A plant was opened" --published 2022-03-05 --kind newspaper \\\n  --url https://example.org/plant --language en --accessed 2026-11-24 --seen original',
};

function usageOf(argv: readonly string[]): Usage {
  const [kind] = argv;
  if (!isKind(kind))
    return {
      name: "new",
      about: `Makes a record, or an observation of a metric. KIND is one of ${kinds.join(", ")}; npm run new -- KIND --help lists its fields.`,
      args: "KIND [ID] [--FIELD VALUE ...]",
      example: EXAMPLES.source,
    };
  const flags: Record<string, Flag> = {};
  for (const { key, schema, optional } of fieldsOf(schemaOf(kind)))
    flags[key] = {
      about: `${optional ? "" : "(required) "}${typedForm(schema)}  ${metaOf(schema).what ?? metaOf(schema).description ?? ""}`,
    };
  for (const column of columnsOf(kind)) flags[column] = { about: "" };
  return {
    name: "new",
    about: `Makes ${kind === "observation" ? "an observation of the metric ID" : `a record of ${KINDS[kind]}`}. At a terminal it asks for what you leave out.`,
    args: `${kind} ${kind === "observation" ? "METRIC" : "[ID]"} [--FIELD VALUE ...]`,
    example: EXAMPLES[kind],
    flags,
    more: [
      "Lists are typed with commas, and anything as YAML in braces or brackets.",
      ...(columnsOf(kind).length > 0
        ? [`The observation can be typed by columns: ${columnsOf(kind).join(", ")}.`]
        : []),
    ],
  };
}

function notOneOf(what: string, typed: string | undefined, allowed: readonly string[]): string {
  const some =
    allowed.length > 20 ? allowed.filter((a) => typed && a.startsWith(typed.slice(0, 4))) : allowed;
  return `found ${typed === undefined ? `no ${what}` : show(typed)}; expected ${some.join(", ") || `a ${what} that is there`}. ${suggestion(typed, allowed)}`.trimEnd();
}

/** The record that was typed; columns of a spreadsheet make its observation. */
function typedRecord(kind: Kind, values: Readonly<Record<string, string>>): Record<string, unknown> {
  const keys = new Set(fieldsOf(schemaOf(kind)).map((f) => f.key));
  const record = recordFrom(schemaOf(kind), values);
  const cells = Object.fromEntries(Object.entries(values).filter(([key]) => !keys.has(key)));
  if (Object.keys(cells).length === 0) return record;
  const observation = observationFrom(cells);
  return kind === "metric" ? { ...record, observations: [observation] } : { ...observation, ...record };
}

export const main = command(usageOf, async ({ positionals, values }) => {
  const [kind, id, ...rest] = positionals;
  if (!isKind(kind))
    throw misuse(`npm run new -- KIND [ID] [--FIELD VALUE ...]: ${notOneOf("kind", kind, kinds)}`);
  if (rest.length > 0)
    throw misuse(`found ${show(rest[0])}; expected --FIELD VALUE. Quote a value that holds spaces.`);
  if (id !== undefined && !isId(id))
    throw misuse(
      `found ${show(id)}; expected an id of 2 to 64 lower-case ASCII letters, digits and single hyphens, or --FIELD VALUE.`,
    );
  const asks = process.stdin.isTTY === true && process.stdout.isTTY === true;
  let record: Record<string, unknown>;
  try {
    record = asks
      ? await askFields(schemaOf(kind), readRecords(DATA), {}, values)
      : typedRecord(kind, values);
  } catch (error) {
    if (error instanceof Cancelled) throw new Exit(1, "Nothing was written.");
    throw misuse(
      `found a value that is not YAML: ${(error as Error).message.split("\n")[0]}; expected closed braces and brackets.`,
    );
  }

  const name = id ?? (kind === "observation" ? "" : proposedId(kind, record));
  if (!isId(name))
    throw misuse(
      kind === "observation"
        ? "found no metric; expected its id. npm run new -- observation METRIC"
        : `found no name to make an id of; expected an id. npm run new -- ${kind} ID`,
    );
  const file = fileOf(DATA, kind, name);
  if (kind !== "observation" && isTaken(DATA, kind, name))
    throw new Exit(
      1,
      `${inRepository(file)}:1:1 found a record of this id; expected a new id. Change that file, or choose another id.`,
    );
  if (kind === "observation" && !isTaken(DATA, kind, name))
    throw new Exit(
      1,
      `metric: ${notOneOf(
        "metric",
        name,
        readRecords(DATA).metrics.map((m) => m.id),
      )} Make it with: npm run new -- metric ${name}`,
    );

  const text =
    kind === "observation" ? withObservations(file, [record])?.text : fileText(KINDS[kind], record);
  if (text === undefined)
    throw new Exit(1, `${inRepository(file)} can't be read: run npm run check -- ${inRepository(file)}`);
  const { errors, warnings } = checkDraft(DATA, file, text);
  for (const located of [...errors, ...warnings]) console.error(problemLine(located));
  if (errors.length > 0) {
    // Answers are not lost: they can be corrected in an editor.
    if (asks) console.log(`\n${kind === "observation" ? stringify(record) : text}`);
    throw new Exit(1, `${errors.length} error(s); nothing was written.`);
  }
  writeAtomically(file, text);
  const next = {
    source: "cite it in a record",
    organisation: "name it in an event, project or observation",
  } as Partial<Record<Kind, string>>;
  console.log(
    `${inRepository(file)} written. Next: ${next[kind] ? `${next[kind]}, then ` : ""}npm run diff -- --changeset`,
  );
});
