import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { transformSync } from "esbuild";
import ts from "typescript";
import { afterAll, describe, expect, it, vi } from "vitest";
import * as exports from "../src/export/index.js";
import * as library from "../src/index.js";
import * as schema from "../src/schema/index.js";

/** A code block, with the output that its comments promise: `// → text` behind a statement. */
interface Example {
  readonly name: string;
  readonly code: string;
}

const fenced = (text: string) =>
  [...text.matchAll(/^```(?:ts|js)\n([\s\S]*?)^```/gm)].map((m) => m[1] as string);

/** Fenced blocks of a Markdown file; one marked `<!-- not run: why -->` on the line above is passed over. */
function ofMarkdown(file: string): Example[] {
  const text = readFileSync(file, "utf8").replace(/<!-- not run: .+? -->\n+```[\s\S]*?```/g, "");
  return fenced(text).map((code, i) => ({ name: `${file} ${i + 1}`, code }));
}

/** `@example` blocks of a source file. */
function ofSource(file: string): Example[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const plain = comment[0].replace(/^\s*\* ?/gm, "");
    return fenced(plain).map((code, i) => {
      const line = text.slice(0, comment.index).split("\n").length;
      return { name: `${file}:${line} ${i + 1}`, code };
    });
  });
}

const sources = ["src", "src/schema", "src/export", "src/data"].flatMap((folder) =>
  readdirSync(folder)
    .filter((f) => f.endsWith(".ts"))
    .map((f) => join(folder, f)),
);
const documents = [
  "README.md",
  ...readdirSync("docs")
    .filter((f) => f.endsWith(".md"))
    .map((f) => join("docs", f)),
];
const examples = [...sources.flatMap(ofSource), ...documents.flatMap(ofMarkdown)];

// Inside the repository, so that the package is found by its own name, as a user would import it.
const folder = mkdtempSync("coverage-examples-");
afterAll(() => rmSync(folder, { recursive: true }));

describe("every example in docstrings and guides runs and prints what it says", () => {
  it.each(examples.map((e, i) => [e.name, e, i] as const))("%s", async (_, { code }, i) => {
    const promised = [...code.matchAll(/\/\/ → (.+)$/gm)].map((m) => (m[1] as string).trim());
    const file = join(folder, `${i}.mjs`);
    writeFileSync(file, transformSync(code, { loader: "ts", format: "esm", target: "node20" }).code);
    const lines: string[] = [];
    const spy = vi.spyOn(console, "log").mockImplementation((...values) => {
      lines.push(values.map((v) => (typeof v === "object" ? JSON.stringify(v) : String(v))).join(" "));
    });
    try {
      await import(/* @vite-ignore */ pathToFileURL(file).href);
    } finally {
      spy.mockRestore();
    }
    // Objects may be written in TypeScript's way: { a: "b" }.
    const plain = (text: string) => text.replace(/"(\w+)":/g, "$1:").replace(/[\s"]/g, "");
    // Lines without a promise may stand between: a whole table is not a fixed text.
    let from = 0;
    for (const line of promised.map(plain)) {
      const at = lines.map(plain).indexOf(line, from);
      expect(at, `"${line}" in ${JSON.stringify(lines.slice(from))}`).toBeGreaterThanOrEqual(from);
      from = at + 1;
    }
    expect(lines.filter((line) => line === "")).toEqual([]);
  });

  it("stands with every function that the package exports", () => {
    const text = sources.map((file) => readFileSync(file, "utf8")).join("\n");
    const functions = [...Object.entries(library), ...Object.entries(schema), ...Object.entries(exports)]
      .filter(([, value]) => typeof value === "function")
      .map(([name]) => name);
    expect(functions.length).toBeGreaterThan(25);
    const without = functions.filter((name) => {
      const at = new RegExp(`export (?:function|const|class) ${name}\\b`).exec(text)?.index ?? 0;
      const comment = text.slice(0, at).lastIndexOf("/**");
      return !text.slice(comment, at).includes("@example");
    });
    expect(without).toEqual([]);
  });

  it("type-checks, against the built package, in strict mode", () => {
    const names = examples.map((e, i) => {
      const file = join(folder, `${i}.mts`);
      writeFileSync(file, `${e.code}\nexport {};\n`);
      return file;
    });
    const program = ts.createProgram(names, {
      strict: true,
      noEmit: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: ["node"],
    });
    const found = ts.getPreEmitDiagnostics(program).map((d) => {
      const at =
        d.file && d.start !== undefined
          ? `${examples[names.indexOf(d.file.fileName)]?.name ?? d.file.fileName}: `
          : "";
      return at + ts.flattenDiagnosticMessageText(d.messageText, "\n");
    });
    expect(found).toEqual([]);
  });
});
