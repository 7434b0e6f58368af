// Gives a record another id: its file, everything that refers to it, and a redirect for whoever holds the old one.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { isMap, isScalar, isSeq, parseDocument, type Scalar } from "yaml";
import { suggestion } from "../src/options.js";
import { command, Exit, misuse } from "./cli/command.js";
import { DATA, dataFiles, inRepository, problemLine } from "./cli/files.js";
import { readDataset } from "./read/dataset.js";
import { isId } from "./read/load.js";
import { eachReference } from "./read/references.js";
import { RECORD_SCHEMAS, TABLE_SCHEMAS } from "./read/schemas.js";
import { fileOf } from "./write/scaffold.js";

const KINDS = {
  event: "events",
  organisation: "organisations",
  metric: "metrics",
  project: "projects",
  source: "sources",
  place: "places",
} as const;
type Kind = keyof typeof KINDS;
const isKind = (text: string | undefined): text is Kind => text !== undefined && Object.hasOwn(KINDS, text);

/** The id of an observation with the new name of its metric or subject in it. */
function observationId(id: string, kind: Kind, from: string, to: string): string {
  const [metric = "", subject = "", ...rest] = id.split(":");
  const renamed = (part: string, whole: string, name: string) => (part === whole ? name : part);
  return [
    kind === "metric" ? renamed(metric, from, to) : metric,
    kind === "place" ? renamed(subject, from, to) : renamed(subject, `${kind}/${from}`, `${kind}/${to}`),
    ...rest,
  ].join(":");
}

/** The text of a file with some of its scalars replaced; everything else stays as it is. */
function withScalars(text: string, edits: readonly (readonly [Scalar, string])[]): string {
  let out = text;
  for (const [scalar, to] of [...edits].sort(([a], [b]) => (b.range?.[0] ?? 0) - (a.range?.[0] ?? 0))) {
    const [start, end] = scalar.range as [number, number, number];
    const old = text.slice(start, end);
    out = out.slice(0, start) + old.replace(String(scalar.value), () => to) + out.slice(end);
  }
  return out;
}

/** A file with its references to one record changed. */
function rewritten(file: string, kind: Kind, from: string, to: string): string {
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) return text;
  const { contents } = parseDocument(text);
  const edits: [Scalar, string][] = [];
  const visit = (into: string, scalar: Scalar) => {
    const id = String(scalar.value);
    const now =
      into === "observations"
        ? observationId(id, kind, from, to)
        : into === KINDS[kind] && id === from
          ? to
          : id;
    if (now !== id) edits.push([scalar, now]);
  };
  const name = basename(file, ".yaml");
  const folder = basename(dirname(file)) as keyof typeof RECORD_SCHEMAS;
  if (folder in RECORD_SCHEMAS) eachReference(contents, RECORD_SCHEMAS[folder], visit);
  else if (isMap(contents))
    for (const { key, value } of contents.items) {
      if (name === KINDS[kind] && isScalar(key) && key.value === from) edits.push([key, to]);
      eachReference(value, TABLE_SCHEMAS[name as keyof typeof TABLE_SCHEMAS], visit);
      // Redirects that lead to the old id lead to the new one: nobody takes two steps.
      const ends = name === "redirects" && isMap(value) ? (value.get("to", true) as unknown) : undefined;
      if (isSeq(ends))
        for (const item of ends.items) if (isScalar(item) && item.value === from) edits.push([item, to]);
    }
  return withScalars(text, edits);
}

export const main = command(
  {
    name: "rename",
    about:
      "Gives a record another id: renames its file, changes everything that refers to it, and writes the redirect.",
    args: "KIND OLD NEW",
    example: 'npm run rename -- organisation exmaple-maker example-maker --why "misspelt"',
    flags: { why: { about: "Why, for the redirect; default: renamed." } },
    more: [`KIND is one of ${Object.keys(KINDS).join(", ")}.`],
  },
  ({ positionals, values }) => {
    const [kind, from = "", to = "", ...rest] = positionals;
    if (!isKind(kind) || from === "" || to === "" || rest.length > 0)
      throw misuse(
        `found ${positionals.join(" ") || "nothing"}; expected KIND OLD NEW, where KIND is one of ${Object.keys(KINDS).join(", ")}.`,
      );
    if (!isId(to))
      throw misuse(
        `found "${to}"; expected an id of 2 to 64 lower-case ASCII letters, digits and single hyphens.`,
      );
    const { records, problems } = readDataset(DATA);
    const errors = problems.filter((p) => p.problem.level === "error");
    if (errors.length > 0)
      throw new Exit(
        1,
        `found ${errors.length} error(s) in the data; expected none before a rename. Run npm run check.`,
      );
    const ids = records[KINDS[kind]].map((r) => r.id);
    if (!ids.includes(from))
      throw new Exit(
        1,
        `found no ${kind} "${from}"; expected one that is there. ${suggestion(from, ids)}`.trimEnd(),
      );
    const taken = Object.values(KINDS).find((collection) => records[collection].some((r) => r.id === to));
    if (taken || Object.hasOwn(records.redirects, to))
      throw new Exit(
        1,
        `found "${to}" ${taken ? `among the ${taken}` : "among the retired ids"}; expected an id that was never used.`,
      );

    const files = dataFiles(DATA);
    const before = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
    const after = new Map(files.map((file) => [file, rewritten(file, kind, from, to)]));
    const redirects = files.find((file) => basename(file) === "redirects.yaml") as string;
    const why = JSON.stringify(values.why ?? "renamed");
    const redirect = `${from}: { kind: moved, to: [${to}], why: ${why} }\n`;
    after.set(redirects, `${(after.get(redirects) as string).replace(/\n*$/, "\n")}${redirect}`);
    const changed = files.filter((file) => before.get(file) !== after.get(file));
    const own = kind === "place" ? undefined : ([fileOf(DATA, kind, from), fileOf(DATA, kind, to)] as const);

    for (const file of changed) writeFileSync(file, after.get(file) as string);
    if (own) renameSync(...own);
    const found = readDataset(DATA).problems.filter((p) => p.problem.level === "error");
    if (found.length > 0) {
      if (own) renameSync(own[1], own[0]);
      for (const file of changed) writeFileSync(file, before.get(file) as string);
      throw new Exit(1, ...found.map(problemLine), `${found.length} error(s); everything is as it was.`);
    }
    if (own) console.log(`${inRepository(own[0])} is now ${inRepository(own[1])}`);
    for (const file of changed)
      console.log(`${inRepository(own && file === own[0] ? own[1] : file)}: references changed`);
    console.log("Next: npm run diff -- --changeset");
  },
);
