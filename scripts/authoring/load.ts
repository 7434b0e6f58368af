/** Reads the YAML records under a folder, finds where a path stands in a file, and reports every problem at once. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from "yaml";
import type * as z from "zod";
import { type Collection, nearest, type Problem, show } from "../../src/schema/problems.js";
import { type Authored, RECORD_SCHEMAS, TABLE_SCHEMAS, TIME_KEYS } from "./schemas.js";

/** A place in a file, counted from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface YamlFile {
  readonly file: string;
  readonly doc: Document.Parsed;
  readonly lines: LineCounter;
}

/** All records that could be read, what is wrong with the rest, and a way from a problem to its place. */
export interface Loaded {
  readonly authored: Authored;
  readonly problems: readonly Problem[];
  readonly positionOf: (problem: Problem) => Position;
}

/** Larger files are refused: no record needs them, and they slow everybody down. */
const MAX_BYTES = 1_000_000;

/** Names that the shipped form and the problems use, for keys that authors write otherwise. */
const AUTHORED_KEYS: Readonly<Record<string, readonly string[]>> = {
  time: TIME_KEYS,
  period: TIME_KEYS,
  locator: ["at"],
};

/** Finds the node that a path points to; a missing key points at its parent. */
function nodeAt(doc: Document.Parsed, path: readonly (string | number)[]): Node | null {
  let node: unknown = doc.contents;
  let mark: Node | null = doc.contents;
  for (const key of path) {
    if (isMap(node)) {
      const names = AUTHORED_KEYS[String(key)] ?? [];
      const nameOf = (pair: Pair) => String(isScalar(pair.key) ? pair.key.value : pair.key);
      const pair =
        node.items.find((p) => nameOf(p) === String(key)) ??
        node.items.find((p) => names.includes(nameOf(p)));
      if (!pair) break;
      mark = (isScalar(pair.value) || pair.value === null ? (pair.value ?? pair.key) : pair.key) as Node;
      node = pair.value;
    } else if (isSeq(node) && typeof key === "number" && node.items[key] !== undefined) {
      node = node.items[key];
      mark = node as Node;
    } else break;
  }
  return mark;
}

/** A zod issue in our words: what was found, what is expected, and the nearest allowed value. */
function explain(issue: z.core.$ZodIssue, input: unknown): Omit<Problem, "collection" | "id">[] {
  const path = issue.path.filter((p): p is string | number => typeof p !== "symbol");
  const at = path.reduce<unknown>(
    (node, key) => (node as Record<string | number, unknown> | undefined)?.[key],
    input,
  );
  const base = { rule: "shape", level: "error" as const, path, found: show(at) };
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        ...base,
        path: [...path, key],
        found: `the unknown key "${key}"`,
        expected: "only the keys of the data dictionary",
        fix: "Correct the key or take it out; quote texts that hold a comma or a colon.",
      }));
    case "invalid_value": {
      const allowed = issue.values.map(String);
      const near = typeof at === "string" ? nearest(at, allowed) : undefined;
      return [
        {
          ...base,
          expected: `one of ${allowed.join(", ")}`,
          ...(near === undefined ? {} : { nearest: near }),
          fix: "Choose one of these.",
        },
      ];
    }
    case "invalid_type":
      return [
        at === undefined
          ? { ...base, expected: `${issue.expected}, as it is required`, fix: "Add the key." }
          : {
              ...base,
              expected: `a ${issue.expected}`,
              fix: "Correct the value, or quote it if it is text.",
            },
      ];
    case "invalid_union": {
      const branches = issue.errors.map((errors) =>
        errors.flatMap((e) => explain({ ...e, path: [...issue.path, ...e.path] } as z.core.$ZodIssue, input)),
      );
      // The branch with the fewest complaints is the one that was meant.
      const shapes = branches.filter(
        (b) =>
          b.length > 0 && !(b.length === 1 && b[0]?.path.length === path.length && /^a /.test(b[0].expected)),
      );
      const meant = shapes.sort(
        (a, b) => a.length - b.length || (b[0]?.path.length ?? 0) - (a[0]?.path.length ?? 0),
      )[0];
      return (
        meant ?? [
          {
            ...base,
            expected: branches
              .map((b) => b[0]?.expected)
              .filter(Boolean)
              .join(", or "),
            fix: "See the data dictionary.",
          },
        ]
      );
    }
    case "invalid_format":
      return [
        {
          ...base,
          expected:
            "pattern" in issue && issue.pattern ? `text of the form ${issue.pattern}` : `a ${issue.format}`,
          fix: issue.pattern?.startsWith("/^[a-z0-9]+")
            ? "Write ids in lower-case ASCII letters, digits and single hyphens."
            : "Correct the text.",
        },
      ];
    case "too_small":
      return [
        {
          ...base,
          expected: `at least ${issue.minimum} ${issue.origin === "string" ? "characters" : "item(s)"}`,
          fix: "Add what is missing.",
        },
      ];
    case "too_big":
      return [
        {
          ...base,
          expected: `at most ${issue.maximum}${issue.origin === "string" ? " characters" : ""}`,
          fix: "Shorten it or correct the number.",
        },
      ];
    default:
      return [{ ...base, expected: issue.message, fix: "Correct it." }];
  }
}

/** Reads all records below `root` (the folder that holds `events/`, `sectors.yaml` and so on). */
export function load(root: string): Loaded {
  const problems: Problem[] = [];
  const files = new Map<string, YamlFile>();
  const authored = Object.fromEntries(
    [...Object.keys(RECORD_SCHEMAS), ...Object.keys(TABLE_SCHEMAS)].map((k) => [k, new Map()]),
  ) as unknown as {
    [K in Collection]: Map<string, unknown>;
  };

  const read = (collection: Collection, id: string, file: string): unknown => {
    const lines = new LineCounter();
    const bytes = readFileSync(file);
    const fileProblem = (found: string, expected: string, fix: string) =>
      problems.push({ rule: "file", level: "error", collection, id, path: [], found, expected, fix });
    let text = "";
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      fileProblem("bytes that are not UTF-8", "a text file in UTF-8", "Save the file as UTF-8.");
      return undefined;
    }
    if (bytes.length > MAX_BYTES) {
      fileProblem(`a file of ${bytes.length} bytes`, `at most ${MAX_BYTES} bytes`, "Split the record.");
      return undefined;
    }
    const doc = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      strict: true,
      uniqueKeys: true,
    });
    files.set(`${collection}/${id}`, { file, doc, lines });
    for (const error of [...doc.errors, ...doc.warnings])
      problems.push({
        rule: "yaml",
        level: "error",
        collection,
        id,
        path: [`@${error.pos[0]}`],
        found: error.message,
        expected: "YAML 1.2 with unique keys, indented by two spaces",
        fix: "Correct the line; quote texts that hold a comma, a colon or a #.",
      });
    if (doc.errors.length > 0) return undefined;
    let aliases = 0;
    visit(doc, {
      Alias: () => {
        aliases += 1;
      },
      Node: (_, node) => {
        if ("anchor" in node && node.anchor) aliases += 1;
      },
    });
    if (aliases > 0) {
      fileProblem("YAML anchors or aliases", "plain values", "Write the value out where it is used.");
      return undefined;
    }
    return doc.toJS();
  };
  const accept = (
    collection: Collection,
    id: string,
    input: unknown,
    schema: z.ZodType,
    prefix: (string | number)[],
  ) => {
    const result = schema.safeParse(input);
    if (result.success) authored[collection].set(id, result.data);
    else
      for (const issue of result.error.issues)
        for (const problem of explain(issue, input))
          problems.push({ ...problem, collection, id, path: [...prefix, ...problem.path] });
  };

  for (const [collection, schema] of Object.entries(RECORD_SCHEMAS) as [Collection, z.ZodType][]) {
    const folder = join(root, collection);
    for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
      const id = basename(name, ".yaml");
      const file = join(folder, name);
      if (!/^[a-z0-9]+(?:-[a-z0-9]+)*\.yaml$/.test(name) || id.length < 2 || id.length > 64) {
        files.set(`${collection}/${id}`, { file, doc: parseDocument(""), lines: new LineCounter() });
        problems.push({
          rule: "file",
          level: "error",
          collection,
          id,
          path: [],
          found: `the file name ${name}`,
          expected: "<id>.yaml with an id of 2 to 64 lower-case ASCII letters, digits and single hyphens",
          fix: "Rename the file.",
        });
        continue;
      }
      const input = read(collection, id, file);
      if (input !== undefined) accept(collection, id, input, schema, []);
    }
  }
  for (const [collection, schema] of Object.entries(TABLE_SCHEMAS) as [Collection, z.ZodType][]) {
    const file = join(root, `${collection}.yaml`);
    const input = read(collection, "", file);
    if (input === undefined) continue;
    if (input !== null && (typeof input !== "object" || Array.isArray(input))) {
      problems.push({
        rule: "shape",
        level: "error",
        collection,
        id: "",
        path: [],
        found: show(input),
        expected: "a map from ids to fields",
        fix: "See the other tables.",
      });
      continue;
    }
    for (const [id, fields] of Object.entries((input ?? {}) as object))
      accept(collection, id, fields, schema, []);
  }

  const positionOf = (problem: Problem): Position => {
    const table = problem.collection in TABLE_SCHEMAS;
    const entry = files.get(`${problem.collection}/${table ? "" : problem.id}`);
    if (!entry) return { file: join(root, problem.collection, `${problem.id}.yaml`), line: 1, column: 1 };
    const offset = /^@(\d+)$/.exec(String(problem.path[0]));
    const path = table && problem.id ? [problem.id, ...problem.path] : problem.path;
    const start = offset ? Number(offset[1]) : (nodeAt(entry.doc, path)?.range?.[0] ?? 0);
    const { line, col } = entry.lines.linePos(start);
    return { file: entry.file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  return { authored: authored as unknown as Authored, problems, positionOf };
}
