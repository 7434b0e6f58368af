/** Reads one YAML file and reports what is wrong with it as a file: bytes, syntax, and features that records must not use. */
import { lstatSync, readFileSync } from "node:fs";
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Scalar,
} from "yaml";
import { type Problem, show } from "../../src/schema/problems.js";

/** A place in a file, counted from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A problem whose record need not be known. */
export type FileProblem = Omit<Problem, "collection" | "id">;

export interface Located {
  readonly problem: FileProblem;
  readonly at: Position;
}

/** A file that could be parsed. */
export interface YamlFile {
  readonly file: string;
  readonly doc: Document.Parsed;
  readonly lines: LineCounter;
}

/** Several times the largest record; what is larger slows everybody down. */
const MAX_BYTES = 256_000;
/** Records nest five deep; the parser recurses and would run out of stack on what nests without end. */
const MAX_DEPTH = 50;
/** One slip can upset every line after it, so the first few problems are enough. */
const MAX_PROBLEMS = 5;

/** Reports a problem of a file at an offset in its text. */
export const problemAt = (
  { file, lines }: Pick<YamlFile, "file" | "lines">,
  offset: number,
  problem: Pick<Problem, "rule" | "found" | "expected" | "fix">,
): Located => {
  const { line, col } = lines.linePos(offset);
  return {
    problem: { level: "error", path: [], ...problem },
    at: { file, line: Math.max(line, 1), column: Math.max(col, 1) },
  };
};

/** What the parser's complaints mean to an author: found, expected, fix. */
const SYNTAX: Readonly<Record<string, readonly [found: string, expected: string, fix: string]>> = {
  TAB_AS_INDENT: [
    "a tab at the start of a line",
    "spaces",
    "Indent by two spaces a level; `npm run fix` can't know the depth.",
  ],
  BAD_INDENT: [
    "a line that stands at no level of its neighbours",
    "keys of one record at one indentation, and brackets that are closed",
    "Line it up with the keys beside it, or close the bracket.",
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    "a second colon in one value, or a key indented under a value",
    "text with a colon in quotes, and keys of one level at one indentation",
    'Quote the text: "...: ..."; or remove the extra indentation.',
  ],
  MULTILINE_IMPLICIT_KEY: [
    "a line that is not a key",
    '"key: value", with a space behind the colon; "- item", with a space behind the dash',
    "Add the space, or quote a text that goes on over lines.",
  ],
  MISSING_CHAR: [
    "a quote, bracket or colon that is missing here or above",
    "quotes and brackets in pairs, and a colon behind each key",
    "Add it; inside single quotes write an apostrophe twice.",
  ],
  UNEXPECTED_TOKEN: [
    "text behind the end of a value",
    "one value a key",
    "Quote the whole value; inside single quotes write an apostrophe twice.",
  ],
  BAD_SCALAR_START: [
    "a value that starts with a character reserved by YAML",
    "such text in quotes",
    "Put the value in quotes.",
  ],
  BAD_DQ_ESCAPE: [
    "a backslash in double quotes that means nothing",
    "single quotes around text with backslashes",
    "Use single quotes, or write the backslash twice.",
  ],
  BAD_ALIAS: ["a bare *", "text in quotes", "Put the value in quotes."],
  MULTIPLE_DOCS: ["a second document after ---", "one record a file", "Move it to a file of its own."],
  BAD_DIRECTIVE: ["a % directive", "a plain record", "Remove the line."],
};

const ANCHORS = {
  rule: "yaml",
  expected: "values written out where they are used",
  fix: "Write the value out; quote a text that starts with & or *.",
};

/** Numbers that readers of YAML 1.1 and 1.2, and people, read alike. */
const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
/** Keys that mean something to JavaScript objects; no record has them. */
const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/** Rejects anchors, aliases, tags, merge keys, duplicate keys and odd numbers before anything is converted to JavaScript values. */
function features(yaml: YamlFile): Located[] {
  const found: Located[] = [];
  const say = (node: unknown, problem: Parameters<typeof problemAt>[2]) => {
    const range = (node as { range?: [number, number, number] | null } | null)?.range;
    found.push(problemAt(yaml, range?.[0] ?? 0, problem));
  };
  const walk = (node: unknown) => {
    if (isAlias(node)) {
      say(node, { ...ANCHORS, found: `the alias *${node.source}` });
      return;
    }
    if (!isNode(node)) return;
    if ("anchor" in node && node.anchor) say(node, { ...ANCHORS, found: `the anchor &${node.anchor}` });
    if (node.tag)
      say(node, {
        rule: "yaml",
        found: `the tag ${node.tag.replace("tag:yaml.org,2002:", "!!")}`,
        expected: "values without tags",
        fix: "Remove it; quote a text that starts with !.",
      });
    if (isScalar(node) && typeof node.value === "number" && !PLAIN_NUMBER.test(node.source ?? ""))
      say(node, {
        rule: "yaml",
        found: `the number ${node.source}, which YAML reads as ${node.value}`,
        expected: "decimal digits, without leading zeros and exponents",
        fix: "Write the number out, or quote it if it is text.",
      });
    if (isScalar(node) && node.type === "PLAIN" && node.comment && /^[^\s#]/.test(node.comment))
      say(node, {
        rule: "yaml",
        found: `${show(node.source ?? "")}, since the rest is a comment: #${node.comment}`,
        expected: "text that holds a # in quotes",
        fix: "Put the whole text in quotes; a comment has a space behind its #.",
      });
    if (isSeq(node)) for (const item of node.items) walk(item);
    if (!isMap(node)) return;
    const first = new Map<string, number>();
    for (const { key, value } of node.items) {
      walk(value);
      const name = isScalar(key) ? key.value : undefined;
      if (typeof name !== "string" && typeof name !== "number") {
        say(key ?? node, {
          rule: "yaml",
          found: name === null ? "a key without a name" : "a key that is not text",
          expected: "a name of the data dictionary before each colon",
          fix: "Write the key as plain text.",
        });
        continue;
      }
      walk(key);
      const text = String(name);
      const at = (key as Scalar).range?.[0] ?? 0;
      const before = first.get(text);
      if (before !== undefined)
        say(key, {
          rule: "yaml",
          found: `the key ${show(text)} a second time (first in line ${yaml.lines.linePos(before).line})`,
          expected: "each key once",
          fix: "Keep one of the two; a list has its items under one key.",
        });
      else first.set(text, at);
      if (FORBIDDEN_KEYS.has(text))
        say(key, {
          rule: "yaml",
          found: `the key ${show(text)}`,
          expected: "only the keys of the data dictionary",
          fix: "Remove it.",
        });
      if (text === "<<") say(key, { ...ANCHORS, found: "the merge key <<", fix: "Write the keys out." });
    }
  };
  walk(yaml.doc.contents);
  return found;
}

/** How deep brackets and indentation nest, without building anything. Brackets in texts count too, which does no harm. */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "[" || c === "{") depth++;
    else if ((c === "]" || c === "}") && depth > 0) depth--;
    if (depth > MAX_DEPTH) return i;
  }
  const line = new RegExp(`^ {${2 * MAX_DEPTH}}|(?:[-?] ){${MAX_DEPTH}}`, "m").exec(text);
  return line?.index;
}

/** Where the lines of a text start, when it was not parsed. */
function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.lineStarts.push(0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1));
  return lines;
}

/** The text of a file, or why it can't be read. */
export function readText(file: string): { text?: string; problems: Located[] } {
  const one = (found: string, expected: string, fix: string, offset = 0, text = "") => ({
    problems: [problemAt({ file, lines: linesOf(text) }, offset, { rule: "file", found, expected, fix })],
  });
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat) return one("no such file", "a file of records", "Add it, or correct the name.");
  if (stat.isSymbolicLink()) return one("a symbolic link", "a file", "Put the file itself here.");
  if (!stat.isFile()) return one("a folder", "a file of records", "Move what is in it one level up.");
  if (stat.size > MAX_BYTES)
    return one(
      `a file of ${stat.size} bytes`,
      `at most ${MAX_BYTES} bytes`,
      "Split the record: a metric by what it counts, a table by nothing (ask first).",
    );
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return one(
      `a file that can't be read (${(error as NodeJS.ErrnoException).code})`,
      "a readable file",
      "Give yourself the right to read it.",
    );
  }
  const text = bytes.toString("utf8");
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return one(
      "bytes that are not UTF-8",
      "a text file in UTF-8",
      "Save the file as UTF-8.",
      Math.max(text.indexOf("\uFFFD"), 0),
      text,
    );
  }
  const problems: Located[] = [];
  if (text.startsWith("\uFEFF"))
    problems.push(...one("a byte-order mark", "UTF-8 without one", "Run `npm run fix`.").problems);
  const cr = text.indexOf("\r");
  if (cr >= 0)
    problems.push(
      ...one("line ends of Windows", "lines that end in a line feed alone", "Run `npm run fix`.", cr, text)
        .problems,
    );
  return { text, problems };
}

/** Documents by their text. A command that reads the dataset twice, with a draft or as it was, parses what is equal once. */
const documents = new Map<string, Pick<YamlFile, "doc" | "lines">>();

function parsed(text: string): Pick<YamlFile, "doc" | "lines"> {
  const known = documents.get(text);
  if (known) return known;
  const lines = new LineCounter();
  const doc = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    strict: true,
    uniqueKeys: false,
    merge: false,
  });
  documents.set(text, { doc, lines });
  return { doc, lines };
}

/** A file whose text is known to be sound, parsed only where somebody asks for a place in it. */
export const parsedLater = (file: string, bytes: Buffer): YamlFile => ({
  file,
  get doc() {
    return parsed(bytes.toString()).doc;
  },
  get lines() {
    return parsed(bytes.toString()).lines;
  },
});

/** Parses the text of a file. `yaml` is missing when no value can be built from it; an empty file has no contents. */
export function parseText(file: string, text: string): { yaml?: YamlFile; problems: Located[] } {
  const conflict = /^(?:<{7}|={7}|>{7})(?: |$)/m.exec(text);
  if (conflict)
    return {
      problems: [
        problemAt({ file, lines: linesOf(text) }, conflict.index, {
          rule: "yaml",
          found: `a marker of a merge conflict, ${show(conflict[0].trim())}`,
          expected: "one of the two versions",
          fix: "Keep the lines that hold, and delete the other ones and the markers.",
        }),
      ],
    };
  const deep = tooDeep(text);
  if (deep !== undefined) {
    return {
      problems: [
        problemAt({ file, lines: linesOf(text) }, deep, {
          rule: "yaml",
          found: `more than ${MAX_DEPTH} levels, or as many brackets that are not closed`,
          expected: "records, which nest five levels at most",
          fix: "Close the brackets, or remove levels.",
        }),
      ],
    };
  }
  const { doc, lines } = parsed(text);
  const yaml = { file, doc, lines };
  // Of several complaints about one line, the first is the one to fix.
  const lineOf = (offset: number) => lines.linePos(offset).line;
  const firsts = doc.errors.filter(
    (e, i) => i === 0 || lineOf(e.pos[0]) !== lineOf(doc.errors[i - 1]?.pos[0] ?? 0),
  );
  const syntax = firsts.slice(0, MAX_PROBLEMS).map((error) => {
    const [found, expected, fix] = SYNTAX[error.code] ?? [
      error.message,
      "YAML 1.2, indented by two spaces",
      "Correct the line; quote texts that hold a comma, a colon or a #.",
    ];
    return problemAt(yaml, error.pos[0], { rule: "yaml", found, expected, fix });
  });
  if (syntax.length > 0) return { problems: syntax };
  if (doc.directives?.yaml.explicit)
    return {
      problems: [
        problemAt(yaml, 0, {
          rule: "yaml",
          found: "a % directive",
          expected: "a plain record",
          fix: "Remove the line.",
        }),
      ],
    };
  const problems = features(yaml).slice(0, MAX_PROBLEMS);
  if (problems.length > 0) return { problems };
  const empty = doc.contents === null || (isScalar(doc.contents) && doc.contents.value === null);
  if (!empty && !isMap(doc.contents))
    return {
      problems: [
        problemAt(yaml, doc.contents?.range?.[0] ?? 0, {
          rule: "yaml",
          found: isScalar(doc.contents) ? "text alone" : "a list",
          expected: '"key: value" lines',
          fix: "Start each line with a key of the data dictionary; `npm run new` writes a record to start from.",
        }),
      ],
    };
  return { yaml, problems };
}
