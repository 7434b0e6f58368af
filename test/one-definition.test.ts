/** Three trial changes, each in a copy: what has to be touched, and that a forgotten part is red. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { linkPackages } from "./packages.js";
import { BASE, MAKER, smallDataset } from "./small-dataset.js";

/** Changes of files: one text of each for another. */
type Edits = Readonly<Record<string, readonly [from: string, to: string]>>;
const edited = (file: string, [from, to]: readonly [string, string]) => {
  const text = readFileSync(file, "utf8");
  expect(text, `${file} holds ${from}`).toContain(from);
  return text.replace(from, () => to);
};

/** What the compiler says of some files, with edits in place of what lies on the disk. */
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile("tsconfig.json", (file) => ts.sys.readFile(file)).config,
  ts.sys,
  ".",
);
/** Files that differ from call to call; all others are read once. */
const EDITED = /\/src\/(?:types|schema\/shipped)\.ts$/;
let program: ts.Program | undefined;
function compilerErrors(edits: Edits, ...roots: string[]): string {
  const changed = new Map(Object.entries(edits).map(([file, edit]) => [resolve(file), edited(file, edit)]));
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (file, ...rest) => {
    const text = changed.get(resolve(file));
    return text === undefined
      ? (!EDITED.test(file) && program?.getSourceFile(file)) || getSourceFile(file, ...rest)
      : ts.createSourceFile(file, text, ...(rest as [ts.ScriptTarget]));
  };
  const made = ts.createProgram(roots, options, host);
  program ??= made;
  return [...roots, ...Object.keys(edits)]
    .flatMap((file) => {
      const source = made.getSourceFile(file);
      return source ? made.getSemanticDiagnostics(source) : [];
    })
    .map((d) => ts.flattenDiagnosticMessageText(d.messageText, "\n"))
    .join("\n");
}

let home = "";
const run = (script: string, ...args: string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", `scripts/${script}.ts`, ...args], {
    cwd: home,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: home },
  });
const apply = (edits: Edits) => {
  for (const [file, edit] of Object.entries(edits)) writeFileSync(join(home, file), edited(file, edit));
};
/** The code, beside a few records. */
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "cpec-it-data-one-"));
  for (const file of ["src", "scripts", "package.json", "package-lock.json", "tsconfig.json"])
    cpSync(file, join(home, file), { recursive: true });
  linkPackages(home);
  smallDataset({ [MAKER]: `${BASE[MAKER]}url: https://example.org/\n` }, join(home, "data"));
}, 60_000);
afterAll(() => rmSync(home, { recursive: true }));

describe("a field `url` of organisations", () => {
  const TYPES: Edits = {
    "src/types.ts": [
      "  /** The present parent: the first",
      "  /** Home page. */\n  readonly url?: string;\n  /** The present parent: the first",
    ],
  };
  const SHIPPED: Edits = {
    "src/schema/shipped.ts": [
      'parent: idOf("organisations"',
      'url: says(z.url(), "Home page.").exactOptional(),\n    parent: idOf("organisations"',
    ],
  };
  const AUTHORED: Edits = {
    "scripts/authoring/schemas.ts": ["    parents: z\n", "    url: url.exactOptional(),\n    parents: z\n"],
  };
  const back = (edits: Edits) => {
    for (const file of Object.keys(edits)) cpSync(file, join(home, file));
  };

  it("is declared in three places, and is in the data, the JSON Schema, the tables and the forms at once", () => {
    apply({ ...TYPES, ...SHIPPED, ...AUTHORED });
    const { stderr, status } = run("data");
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const read = (file: string) => JSON.parse(readFileSync(join(home, file), "utf8"));
    expect(read("data/organisations.json")[0].url).toBe("https://example.org/");
    expect(read("schema/organisations.schema.json").items.properties.url.description).toBe("Home page.");
    expect(read("schema/authoring/organisation.schema.json").properties.url).toBeDefined();
    const table = read("src/generated/tables.json").find((t: { name: string }) => t.name === "organisations");
    expect(table.columns.map((c: { name: string }) => c.name)).toContain("url");
    expect(run("new", "organisation", "--help").stdout).toContain("--url");
  }, 60_000);
  it("is red while the authors' schema lacks it", () => {
    back(AUTHORED);
    expect(run("check").stdout).toContain('found the unknown key "url"');
    apply(AUTHORED);
  }, 60_000);
  it("is red while the shipped schema lacks it", () => {
    back(SHIPPED);
    expect(run("data").stderr).toContain("organisations/a-maker doesn't fit src/schema/shipped.ts");
    apply(SHIPPED);
  }, 60_000);
  it("is red while the type or the shipped schema lacks it", () => {
    const test = "test/types.test-d.ts";
    expect(compilerErrors({ ...TYPES, ...SHIPPED }, test)).toBe("");
    expect(compilerErrors(SHIPPED, test)).not.toBe("");
    expect(compilerErrors(TYPES, test)).not.toBe("");
  }, 120_000);
});

describe("a sector", () => {
  const SECTOR =
    "quantum-networks:\n  name: Quantum networks\n  group: networks\n  definition: Networks that share keys by single photons.\n  codes: { isic: [], oecdIct: true, crs: [] }\n";
  const options = (file: string) =>
    (
      parse(readFileSync(file, "utf8")) as { body: { id: string; attributes: { options: string[] } }[] }
    ).body.find((f) => f.id === "sector")?.attributes.options;
  it("is a record of one file, and the issue form that offers it is red while it doesn't", () => {
    const file = join(home, "data/sectors.yaml");
    writeFileSync(file, `${readFileSync("data/sectors.yaml", "utf8").trimEnd()}\n${SECTOR}`);
    expect(run("data").status).toBe(0);
    const ids = (
      JSON.parse(readFileSync(join(home, "src/generated/sectors.json"), "utf8")) as { id: string }[]
    ).map((s) => s.id);
    expect(ids).toContain("quantum-networks");
    expect(readFileSync(join(home, "src/generated/ids.ts"), "utf8")).toContain('| "quantum-networks"');
    // What test/workflows.test.ts compares.
    expect(options(".github/ISSUE_TEMPLATE/missing-event.yml")).not.toEqual(ids);
    expect([...(options(".github/ISSUE_TEMPLATE/missing-event.yml") ?? []), "quantum-networks"]).toEqual(ids);
  }, 60_000);
});

describe("a helper `medianBySector`", () => {
  it("is a file and a line of the entry, and red where no test lists it", () => {
    expect(existsSync("src/median.ts")).toBe(false);
    writeFileSync(
      join(home, "src/median.ts"),
      "/** The median by sector. */\nexport const medianBySector = (rows: Iterable<{ value: number | null }>) => [...rows].length;\n",
    );
    apply({
      "src/index.ts": [
        'export * from "./network.js";',
        'export * from "./median.js";\nexport * from "./network.js";',
      ],
    });
    const listed = spawnSync(
      process.execPath,
      [
        "--import",
        "tsx",
        "--input-type=module",
        "-e",
        'import * as library from "./src/index.ts"; console.log(Object.keys(library).join());',
      ],
      { cwd: home, encoding: "utf8" },
    );
    expect(listed.stdout).toContain("medianBySector");
    // What test/iterables.test.ts demands of every name that the entry exports.
    expect(readFileSync("test/iterables.test.ts", "utf8")).not.toContain("medianBySector");
    expect(readFileSync("test/iterables.test.ts", "utf8")).toContain("Object.keys(library)");
  }, 60_000);
});
