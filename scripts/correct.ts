// Corrects the value of an observation: the value, the claim that says so, an own value for each claim that now differs, and a changeset.
import { readFileSync, writeFileSync } from "node:fs";
import { type Document, isMap, isSeq, parse, parseDocument, type YAMLMap } from "yaml";
import { suggestion } from "../src/options.js";
import { show } from "../src/schema/problems.js";
import { statedContains } from "../src/schema/stated.js";
import type { ObservationRecord } from "../src/types.js";
import { command, Exit, misuse } from "./cli/command.js";
import { DATA, inRepository, problemLine, writeAtomically } from "./cli/files.js";
import { changesetText, freeName } from "./derive/changesets.js";
import { asLine, changesOf, type Plain } from "./derive/compare.js";
import { readRecords } from "./read/dataset.js";
import { slug } from "./read/explain.js";
import { RECORD_SCHEMAS } from "./read/schemas.js";
import { canonical, LAYOUT, orderKeys, READING } from "./write/canonical.js";
import { checkDraft, fileOf } from "./write/scaffold.js";

/** A value as typed: a number, or a range, bound or approximate value in braces. */
function typedValue(typed: string): unknown {
  if (/^-?\d+(?:\.\d+)?$/.test(typed)) return Number(typed);
  try {
    const value = typed.startsWith("{") ? (parse(typed) as unknown) : undefined;
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Reported below.
  }
  throw misuse(
    `found the value ${show(typed)}; expected digits alone, in base units, or { approximate: N } and the like.`,
  );
}

/** Writes the new value and its claim into the observation's node. */
function edit(
  doc: Document,
  node: YAMLMap,
  old: ObservationRecord,
  value: unknown,
  claim: Readonly<Record<string, string>>,
  rank: string | undefined,
) {
  node.set("value", value);
  const claims = node.get("claims");
  if (!isSeq(claims)) return;
  let own: YAMLMap | undefined;
  for (const item of claims.items) {
    if (!isMap(item)) continue;
    if (item.get("source") === claim.source && own === undefined) {
      own = item;
      item.delete("value");
      continue;
    }
    const stated = String(item.get("stated") ?? "");
    const agrees = typeof value === "number" && statedContains(stated, value);
    // What a claim said before stays with it.
    if (!item.has("value") && !agrees && old.value !== null) item.set("value", old.value);
    else if (item.get("value") === value) item.delete("value");
  }
  const said = rank === undefined ? claim : { ...claim, rank: "preferred", note: rank };
  if (own === undefined) claims.add(doc.createNode(said));
  else for (const [key, text] of Object.entries(said)) own.set(key, text);
}

export const main = command(
  {
    name: "correct",
    about:
      "Corrects the value of an observation. The source that gives the new value becomes a claim, claims that gave the old one keep it as a value of their own, and a changeset says what it was and is.",
    args: 'OBSERVATION_ID VALUE --source SOURCE --stated "AS PRINTED"',
    example:
      'npm run correct -- example-phones:pakistan:actual:during:2021 24670000 --source a-paper-2022-03-05 --stated "24.67 million" --why "misread"',
    flags: {
      source: { about: "(required) Id of the source that gives the new value." },
      stated: { about: "(required) The figure as it prints it." },
      at: { about: "The place in the source." },
      why: { about: "Why, for the changeset." },
      prefer: { about: "Why this claim decides, where the rule that settles claims would choose another." },
    },
  },
  ({ positionals, values }) => {
    const [id, typed, ...rest] = positionals;
    const { source, stated } = values;
    if (
      id === undefined ||
      typed === undefined ||
      rest.length > 0 ||
      source === undefined ||
      stated === undefined
    )
      throw misuse(
        'expected an observation, its new value, --source and --stated: npm run correct -- OBSERVATION_ID VALUE --source SOURCE --stated "AS PRINTED"',
      );
    const value = typedValue(typed);
    const records = readRecords(DATA);
    const [metricId = ""] = id.split(":");
    const metric = records.metrics.find((m) => m.id === metricId);
    const index = metric?.observations.findIndex((o) => o.id === id) ?? -1;
    const old = metric?.observations[index];
    if (!metric || !old) {
      const ids = (metric?.observations ?? records.metrics).map((r) => r.id);
      throw new Exit(
        1,
        `found no observation "${id}"; expected one that is there. ${suggestion(id, ids)}npm run diff and the explorer show these ids.`,
      );
    }
    const file = fileOf(DATA, "metric", metric.id);
    const doc = parseDocument(readFileSync(file, "utf8"), READING);
    const node = doc.getIn(["observations", index]);
    if (!isMap(node))
      throw new Exit(1, `${inRepository(file)} can't be read: run npm run check -- ${metric.id}`);
    const claim = { source, ...(values.at ? { at: values.at } : {}), stated };
    edit(doc, node, old, value, claim, values.prefer);
    orderKeys(node, RECORD_SCHEMAS.metrics.shape.observations.element);
    const text = doc.toString(LAYOUT);
    const draft = canonical("metrics", text)?.text ?? text;

    const { errors, warnings } = checkDraft(DATA, file, draft);
    for (const located of [...errors, ...warnings]) console.error(problemLine(located));
    if (errors.length > 0)
      throw new Exit(
        1,
        ...(errors.some(({ problem }) => problem.rule === "claims-settle")
          ? ['Other claims are stronger: say why this one decides with --prefer "...", or leave the value.']
          : []),
        `${errors.length} error(s); nothing was written.`,
      );
    writeAtomically(file, draft);

    const after = readRecords(DATA).metrics.find((m) => m.id === metric.id)?.observations[index];
    const { name } = JSON.parse(readFileSync("package.json", "utf8")) as { name: string };
    const lines = changesOf("observations", id, old as unknown as Plain, after as unknown as Plain)
      .filter((change) => change.bump !== "patch")
      .map(
        (change) =>
          `- Corrected ${asLine(change)}, by ${source}: "${stated}"${values.why ? `; ${values.why}` : ""}`,
      );
    if (lines.length === 0) {
      console.log(`${inRepository(file)}: the claim is written; the value is as it was.`);
      return;
    }
    const changeset = freeName(`correct-${slug(id).slice(0, 60)}`);
    writeFileSync(changeset, changesetText(name, "minor", lines));
    console.log(
      `${inRepository(file)}: ${lines.join("\n").replace(/^- Corrected /gm, "")}\n${changeset} drafted.`,
    );
  },
);
