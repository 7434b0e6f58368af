/** Reads the YAML records under a folder, finds where a path stands in a file, and reports every problem at once. */
import { type Dirent, existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, type Pair } from "yaml";
import type * as z from "zod";
import { type Collection, nearest, type Problem, show } from "../../src/schema/problems.js";
import { keep, keyOf, remember, remembered } from "./cache.js";
import { explain, slug } from "./explain.js";
import { type Made, normalise } from "./normalise.js";
import { ID, RECORD_SCHEMAS, TABLE_SCHEMAS, TIME_KEYS } from "./schemas.js";
import {
  type Located,
  type Position,
  parsedLater,
  parseText,
  problemAt,
  readText,
  type YamlFile,
} from "./yaml.js";

/** All records that could be read, as they ship, what is wrong with the rest, and a way from a problem to its place. */
export interface Loaded {
  readonly made: Made;
  readonly problems: readonly Located[];
  /** Ids of records that can't be read. */
  readonly broken: ReadonlySet<string>;
  readonly positionOf: (problem: Problem) => Position;
}

/** Keys that have another name in the shipped form, which problems use. */
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

/** Names reserved for devices on Windows: a checkout there would fail. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

export const isId = (text: string) =>
  ID.test(text) && text.length >= 2 && text.length <= 64 && !DEVICES.test(text);

const RECORDS = Object.entries(RECORD_SCHEMAS) as [keyof typeof RECORD_SCHEMAS, z.ZodType][];
const TABLES = Object.entries(TABLE_SCHEMAS) as [keyof typeof TABLE_SCHEMAS, z.ZodType][];

/** A problem of a whole file. */
const ofFile = (file: string, found: string, expected: string, fix: string, near?: string): Located => {
  const { at, problem } = problemAt({ file, lines: new LineCounter() }, 0, {
    rule: "file",
    found,
    expected,
    fix,
  });
  return { at, problem: near === undefined ? problem : { ...problem, nearest: near } };
};

/** Whether a path is a folder, and not a link to one. */
const isFolder = (path: string) => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Records and folders beside those of the dataset, where nobody would find them. What the build writes may lie there. */
function strays(root: string): Located[] {
  if (!isFolder(root))
    return [ofFile(root, "no folder", "the folder of the dataset", "Run it from the repository.")];
  const known = [...RECORDS.map(([c]) => c as string), ...TABLES.map(([t]) => `${t}.yaml`)];
  return readdirSync(root, { withFileTypes: true })
    .filter((e) => !known.includes(e.name) && (e.isDirectory() || /\.(?:ya?ml|txt)$/i.test(e.name)))
    .map(({ name }) =>
      ofFile(
        join(root, name),
        `${show(name)} in the folder of the dataset`,
        `only ${known.join(", ")} here`,
        "Move the record into the folder of its kind.",
        nearest(name, known),
      ),
    );
}

/** Texts to read in place of files, such as those to be checked before they are written; undefined where a file is left out. */
export type Drafts = ReadonlyMap<string, string | undefined>;

/** Reads all records below `root` (the folder that holds `events/`, `sectors.yaml` and so on), with drafts in place of files. */
export function load(root: string, drafts: Drafts = new Map()): Loaded {
  const problems: Located[] = [...strays(root)];
  const broken = new Set<string>();
  const files = new Map<string, YamlFile>();
  const made = Object.fromEntries([...RECORDS, ...TABLES].map(([k]) => [k, new Map()])) as unknown as {
    [K in Collection]: Map<string, unknown>;
  };

  const textOf = (file: string): string | undefined => {
    const draft = drafts.get(file);
    const read = draft === undefined ? readText(file) : { text: draft, problems: [] };
    problems.push(...read.problems);
    return read.text;
  };
  const parse = (file: string, text: string | undefined): YamlFile | undefined => {
    if (text === undefined) return undefined;
    const parsed = parseText(file, text);
    problems.push(...parsed.problems);
    return parsed.yaml;
  };
  const accept = (
    collection: Collection,
    id: string,
    yaml: YamlFile,
    input: unknown,
    schema: z.ZodType,
    prefix: readonly string[],
  ) => {
    const result = schema.safeParse(input);
    if (result.success) {
      made[collection].set(id, normalise(collection, id, result.data as never));
      return;
    }
    broken.add(id);
    const home = RECORDS.find(([other, s]) => other !== collection && s.safeParse(input).success);
    if (home) {
      const [folder] = home;
      problems.push(
        ofFile(
          yaml.file,
          `a record of ${folder}`,
          `one of ${collection} in this folder`,
          `Move the file to data/${folder}/.`,
        ),
      );
      return;
    }
    // What is said of a value besides its wrong type only confuses.
    const mistyped = new Set(
      result.error.issues.filter((i) => i.code === "invalid_type").map((i) => i.path.join()),
    );
    for (const issue of result.error.issues.filter(
      (i) => i.code === "invalid_type" || !mistyped.has(i.path.join()),
    ))
      for (const problem of explain(issue, input, schema))
        problems.push({ problem, at: place(yaml, [...prefix, ...problem.path]) });
  };

  /** Takes the records of a plain file from the cache where its text was read before; reads it otherwise, and remembers it if it is sound. */
  const once = (collection: Collection, id: string, file: string, isPlain: boolean, read: () => void) => {
    const bytes = isPlain ? readFileSync(file) : undefined;
    const key = bytes && keyOf(collection, id, bytes);
    const known = key && remembered(key);
    if (bytes && known) {
      for (const [name, record] of known) made[collection].set(name, record);
      files.set(`${collection}/${id}`, parsedLater(file, bytes));
      return;
    }
    const found = problems.length;
    read();
    const records = made[collection];
    if (key && found === problems.length) remember(key, id === "" ? [...records] : [[id, records.get(id)]]);
  };

  for (const [collection, schema] of RECORDS) {
    const folder = join(root, collection);
    if (!isFolder(folder) && existsSync(folder))
      problems.push(ofFile(folder, "a file or link", "a folder of records", "Put the folder itself here."));
    const entries = new Map<string, Dirent | undefined>();
    if (isFolder(folder))
      for (const entry of readdirSync(folder, { withFileTypes: true })) entries.set(entry.name, entry);
    for (const [draft, text] of drafts)
      if (dirname(draft) === folder) {
        if (text === undefined) entries.delete(basename(draft));
        else entries.set(basename(draft), undefined);
      }
    for (const name of [...entries.keys()].sort()) {
      const id = basename(name, ".yaml");
      const file = join(folder, name);
      if (extname(name) !== ".yaml" && /^(?:\.|Thumbs\.db$|desktop\.ini$)|~$/i.test(name)) {
        problems.push(
          ofFile(file, `the file ${show(name)} of a system or editor`, "records alone", "Delete the file."),
        );
        continue;
      }
      if (extname(name) !== ".yaml" || !isId(id)) {
        const near = slug(basename(name, extname(name)));
        broken.add(near);
        problems.push(
          ofFile(
            file,
            `the file name ${show(name)}`,
            "<id>.yaml, with an id of 2 to 64 lower-case ASCII letters, digits and single hyphens",
            "Rename the file.",
            isId(near) ? `${near}.yaml` : undefined,
          ),
        );
        continue;
      }
      once(collection, id, file, entries.get(name)?.isFile() === true, () => {
        const yaml = parse(file, textOf(file));
        if (!yaml) broken.add(id);
        else if (yaml.doc.contents === null) {
          broken.add(id);
          problems.push(
            ofFile(
              file,
              "an empty file",
              "a record",
              "Fill it, or delete it; `npm run new` writes one to start from.",
            ),
          );
        } else {
          files.set(`${collection}/${id}`, yaml);
          accept(collection, id, yaml, yaml.doc.toJS(), schema, []);
        }
      });
    }
  }
  for (const [collection, schema] of TABLES) {
    const file = join(root, `${collection}.yaml`);
    const isPlain = lstatSync(file, { throwIfNoEntry: false })?.isFile() === true;
    once(collection, "", file, isPlain && !drafts.has(file), () => {
      const yaml = parse(file, textOf(file));
      if (!yaml) return;
      files.set(`${collection}/`, yaml);
      for (const [id, fields] of Object.entries((yaml.doc.toJS() ?? {}) as object)) {
        if (isId(id)) accept(collection, id, yaml, fields, schema, [id]);
        else
          problems.push({
            problem: {
              rule: "shape",
              level: "error",
              path: [id],
              found: `the id ${show(id)}`,
              expected: "2 to 64 lower-case ASCII letters, digits and single hyphens",
              fix: "Correct the id.",
            },
            at: place(yaml, [id]),
          });
      }
    });
  }

  keep();

  const positionOf = (problem: Problem): Position => {
    const table = problem.collection in TABLE_SCHEMAS;
    const yaml = files.get(`${problem.collection}/${table ? "" : problem.id}`);
    if (!yaml) return { file: join(root, problem.collection, `${problem.id}.yaml`), line: 1, column: 1 };
    return place(yaml, table && problem.id ? [problem.id, ...problem.path] : problem.path);
  };
  return { made: made as unknown as Made, problems, broken, positionOf };
}

/** Where a path stands in a file. */
function place({ file, doc, lines }: YamlFile, path: readonly (string | number)[]): Position {
  const { line, col } = lines.linePos(nodeAt(doc, path)?.range?.[0] ?? 0);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
}
