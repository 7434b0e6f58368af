/** Three trial changes, each in a copy: what has to be touched, and that a forgotten part is red. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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
  spawnSync(process.execPath, ["scripts/run.mjs", script, ...args], {
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
    cpSync(file, join(home, file), { recursive: true, preserveTimestamps: true });
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
    "scripts/read/schemas.ts": ["    parents: z\n", "    url: url.exactOptional(),\n    parents: z\n"],
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
  const HELPER = `import { aggregateBySector } from "./aggregate.js";
import { checkObservations } from "./rows.js";
import type { ObservationRecord } from "./types.js";

/** The median of the values that count, by sector, metric, status and time. */
export function medianBySector(rows: Iterable<ObservationRecord>) {
  const { rows: all } = checkObservations("medianBySector()", rows);
  const valueOf = new Map(all.map((row) => [row.id, row.value]));
  return aggregateBySector(all).map(({ sector, metric, status, observations, sources }) => {
    const values = observations
      .flatMap((id) => valueOf.get(id) ?? [])
      .sort((a, b) => a - b);
    const middle = [values[(values.length - 1) >> 1], values[values.length >> 1]];
    const median = values.length === 0 ? null : ((middle[0] as number) + (middle[1] as number)) / 2;
    return { sector, metric, status, median, sources };
  });
}
`;
  const ENTRY: Edits = {
    "src/index.ts": [
      'export * from "./network.js";',
      'export * from "./median.js";\nexport * from "./network.js";',
    ],
  };
  /** What the tests that know every helper say of it, and a test of its own. */
  const LISTED: Edits = {
    "test/iterables.test.ts": [
      '["toSeries", library.toSeries],',
      '["toSeries", library.toSeries], ["medianBySector", library.medianBySector],',
    ],
    "test/door.test.ts": [
      "  network: [first(",
      '  medianBySector: [first("observations", library.medianBySector)],\n  network: [first(',
    ],
  };
  const OWN = `import { expect, it } from "vitest";
import { medianBySector } from "../src/index.js";
import { row } from "./rows.js";

it("medianBySector is the middle of the values that count", () => {
  const subjects = ["lahore", "karachi", "islamabad"].map((id) => ({ type: "place", id }) as const);
  const rows = subjects.map((subject, i) => row({ id: id(i), subject, value: [8, 1, 3][i], scope: "cpec" }));
  expect(medianBySector(rows).map((r) => r.median)).toEqual([3]);
  expect(medianBySector(rows.slice(0, 2)).map((r) => r.median)).toEqual([4.5]);
  expect(medianBySector([])).toEqual([]);
});
const id = (i: number) => \`r\${i}\`;
`;
  /** The change in three states, of which each has a folder. */
  const STATES: Readonly<Record<string, Edits>> = {
    whole: { ...ENTRY, ...LISTED },
    unlisted: ENTRY,
    withoutEntry: LISTED,
  };
  let copy = "";
  let results: readonly { name: string; assertionResults: { status: string; title: string }[] }[] = [];
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), "cpec-it-data-median-"));
    linkPackages(copy);
    for (const file of ["package.json", "tsconfig.json"]) cpSync(file, join(copy, file));
    for (const [state, edits] of Object.entries(STATES)) {
      for (const file of ["src", "test/rows.ts", ...Object.keys(LISTED)])
        cpSync(file, join(copy, state, file), {
          recursive: true,
          filter: (path) => path !== "src/generated",
        });
      // Loaded once for all three.
      symlinkSync(resolve("src/generated"), join(copy, state, "src/generated"));
      writeFileSync(join(copy, state, "src/median.ts"), HELPER);
      writeFileSync(join(copy, state, "test/median.test.ts"), OWN);
      for (const [file, change] of Object.entries(edits))
        writeFileSync(join(copy, state, file), edited(file, change));
    }
    // The tests of other helpers are left out.
    const { stdout } = spawnSync(
      process.execPath,
      [
        "node_modules/vitest/vitest.mjs",
        "run",
        "--no-isolate",
        "--maxWorkers=1",
        "--reporter=json",
        "-t=medianBySector|are all helpers",
      ],
      { cwd: copy, encoding: "utf8" },
    );
    results = JSON.parse(stdout).testResults;
  }, 240_000);
  afterAll(() => rmSync(copy, { recursive: true }));
  /** The tests that passed or failed in a state. */
  const titles = (state: string, status: string) =>
    results
      .filter(({ name }) => name.includes(`/${state}/`))
      .flatMap((file) => file.assertionResults)
      .filter((r) => r.status === status)
      .map((r) => r.title);

  it("is a file and a line of the entry, and green once the tests that know every helper list it", () => {
    expect(existsSync("src/median.ts")).toBe(false);
    expect(titles("whole", "failed")).toEqual([]);
    expect(titles("whole", "passed")).toHaveLength(6);
  });
  it("is red while no test lists it", () => {
    expect(titles("unlisted", "failed")).toEqual([
      "medianBySector has an entry below",
      "are all helpers but those that take no rows",
    ]);
  });
  it("is red while the entry lacks it", () => {
    expect(titles("withoutEntry", "failed")).toContain(
      "medianBySector is the middle of the values that count",
    );
  });
});
