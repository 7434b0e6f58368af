import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { dataset, PROMISE_COUNTS, VERDICTS } from "../src/index.js";
import { BASE, problemsIn, smallDataset } from "./small-dataset.js";

const packageJson = JSON.parse(readFileSync("package.json", "utf8")) as {
  name: string;
  version: string;
  license: string;
  keywords: string[];
  scripts: Record<string, string>;
};
const GUIDES = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CODE_OF_CONDUCT.md",
  ".changeset/README.md",
  ".github/PULL_REQUEST_TEMPLATE.md",
  ...readdirSync("docs")
    .filter((f) => f.endsWith(".md"))
    .map((f) => `docs/${f}`),
];

/** The examples of the guidelines: a part of a record, which takes the place of those keys in a sound one. */
const examples = [
  ...readFileSync("docs/data-guidelines.md", "utf8").matchAll(
    /<!-- (good|bad): (\S+) -->\n\n```yaml\n([\s\S]+?)```/g,
  ),
].map(([, verdict, file, text], i) => ({
  name: `${i + 1}, ${verdict}`,
  verdict,
  file: file as string,
  text: text as string,
}));

describe("an example of the data guidelines", () => {
  it("stands beside one of the other kind", () => {
    expect(examples.length).toBeGreaterThanOrEqual(16);
    examples.forEach((e, i) => {
      expect(e.verdict, e.name).toBe(i % 2 === 0 ? "bad" : "good");
      expect(e.file, e.name).toBe(examples[i - (i % 2)]?.file);
    });
  });
  it.each(examples)("$name: the check agrees", ({ verdict, file, text }) => {
    // Keys that the example doesn't have come from the sound record; what can't be parsed is checked as it stands.
    const keys = [...text.matchAll(/^(\w+):/gm)].map((m) => m[1] as string);
    const rest = Object.entries(parse(BASE[file] as string) as object).filter(([key]) => !keys.includes(key));
    const root = smallDataset({ [file]: stringify(Object.fromEntries(rest)) + text });
    try {
      const errors = problemsIn(root).filter((line) => line.includes(" error: "));
      if (verdict === "good") expect(errors).toEqual([]);
      else expect(errors.join("\n")).toContain(file);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

describe("a guide", () => {
  it.each(GUIDES)("%s names only commands that are there", (file) => {
    const text = readFileSync(file, "utf8");
    for (const [, script] of text.matchAll(/npm run ([\w:-]+)/g))
      expect(Object.keys(packageJson.scripts), `${file}: npm run ${script}`).toContain(script);
    for (const [, path] of text.matchAll(/(?:node|tsx) (scripts\/[\w./-]+)/g))
      expect(existsSync(path as string), `${file}: ${path}`).toBe(true);
  });
  it.each(GUIDES)("%s links only to files that are there", (file) => {
    // Links into the explorer (`site:`) are followed by the browser test.
    for (const [, link] of readFileSync(file, "utf8").matchAll(/\]\((?!https?:|site:|#)([^)#]+)/g))
      expect(existsSync(join(dirname(file), link as string)), `${file}: ${link}`).toBe(true);
  });
});

describe("the guides of numbers", () => {
  it.each(GUIDES)("%s speaks of nothing that is gone", (file) => {
    const text = readFileSync(file, "utf8");
    // Helpers, options and fields of earlier versions, which nobody finds any more.
    for (const gone of ["compareDelivery", "dataAsOf", "{ measure: ", "scopes:"])
      expect(text.includes(gone), `${file}: ${gone}`).toBe(false);
  });
  it("Method has each reason for which a row is left out, each verdict and each way to measure a promise", () => {
    const method = readFileSync("docs/method.md", "utf8");
    const reasons = ["missing", "retracted", "duplicate", "superseded", "overlap", "part", "contained"];
    for (const word of [...reasons, "dimension", "clash", "straddles", ...VERDICTS, ...PROMISE_COUNTS])
      expect(method, word).toContain(`\`${word}\``);
    expect(method).toContain("Hamed and Rao");
  });
  it("What became of the promises explains every verdict", () => {
    const guide = readFileSync("docs/promises.md", "utf8");
    for (const verdict of VERDICTS) expect(guide).toContain(`| \`${verdict}\` | `);
  });
  it.each(["three-ways-to-get-this-wrong", "questions", "promises"])(
    "%s shows what each of its examples prints",
    (name) => {
      const blocks = [...readFileSync(`docs/${name}.md`, "utf8").matchAll(/^```ts\n([\s\S]*?)^```/gm)];
      expect(blocks.length).toBeGreaterThan(4);
      const silent = blocks.filter(([, code]) => !(code as string).includes("// → "));
      // The table by sector of the ledger stands above its code.
      expect(silent.length).toBeLessThanOrEqual(name === "promises" ? 1 : 0);
    },
  );
});

describe("CITATION.cff", () => {
  it("has the version, title, licences and keywords of the package", () => {
    const citation = parse(readFileSync("CITATION.cff", "utf8"));
    expect(citation).toMatchObject({
      "cff-version": "1.2.0",
      version: packageJson.version,
      title: dataset.title,
      keywords: packageJson.keywords,
      authors: [{ name: "cpec-it-data contributors" }],
    });
    for (const licence of citation.license) expect(packageJson.license).toContain(licence);
  });
});
