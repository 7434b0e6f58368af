import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readDataset } from "../scripts/read/dataset.js";
import { run } from "./run.js";
import { BASE, EVENT, MAKER, METRIC, smallDataset } from "./small-dataset.js";

let home = "";
const read = (file: string) => readFileSync(join(home, "data", file), "utf8");
const everything = () => JSON.stringify(readDataset(join(home, "data")).records);
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "cpec-it-data-rename-"));
  smallDataset(
    {
      [METRIC]: `${BASE[METRIC]}  - during: 2021-01/2021-06
    subject: { organisation: a-maker }
    status: actual
    value: 1500
    claims: [{ source: paper-2022-03-05, stated: "1,500", saidBy: { organisation: a-maker } }]
  - during: 2021-01
    subject: { organisation: a-maker }
    status: actual
    value: 500
    partOf: phones-made:organisation/a-maker:actual:during:2021-01/2021-06
    claims: [{ source: paper-2022-03-05, stated: "500" }] # as printed
`,
    },
    join(home, "data"),
  );
  mkdirSync(join(home, ".changeset"));
  writeFileSync(join(home, "package.json"), '{ "name": "a-package" }');
});
afterEach(() => rmSync(home, { recursive: true }));

describe("a record that gets another id", () => {
  it("takes its file, all that refers to it and a redirect along", async () => {
    const { stderr, status } = await run(
      home,
      "rename",
      "organisation",
      "a-maker",
      "the-maker",
      "--why",
      "shorter",
    );
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(existsSync(join(home, "data", MAKER))).toBe(false);
    expect(read("organisations/the-maker.yaml")).toBe(BASE[MAKER]);
    expect(read(EVENT)).toBe((BASE[EVENT] as string).replace("a-maker", "the-maker"));
    expect(read(METRIC)).toContain(
      "partOf: phones-made:organisation/the-maker:actual:during:2021-01/2021-06",
    );
    expect(read(METRIC)).toContain("# as printed");
    expect(read(METRIC)).not.toContain("a-maker");
    expect(read("redirects.yaml")).toContain('a-maker: { kind: moved, to: [the-maker], why: "shorter" }\n');
    expect((await run(home, "check")).stdout).toContain(" 0 error(s)");
    // A second rename leaves no chain.
    await run(home, "rename", "organisation", "the-maker", "maker-of-phones");
    expect(read("redirects.yaml")).toContain("a-maker: { kind: moved, to: [maker-of-phones]");
    expect((await run(home, "check")).stdout).toContain(" 0 error(s)");
  });
  it("can be a metric, a source or a place", async () => {
    for (const [kind, from, to] of [
      ["metric", "phones-made", "handsets-made"],
      ["source", "paper-2022-03-05", "a-paper"],
      ["place", "lahore", "lahore-city"],
    ] as const)
      expect((await run(home, "rename", kind, from, to)).stderr).toBe("");
    expect(read("metrics/handsets-made.yaml")).toContain("partOf: handsets-made:organisation/a-maker:");
    expect(read("places.yaml")).toMatch(/^lahore-city:/m);
    expect(read(EVENT)).toContain("places: [lahore-city]");
    expect((await run(home, "check")).stdout).toContain(" 0 error(s)");
  });
  it.each([
    [["organisation", "a-makr", "the-maker"], 'Did you mean "a-maker"?', 1],
    [["organisation", "a-maker", "lahore"], 'found "lahore" among the places', 1],
    [["organisation", "a-maker", "The Maker"], 'found "The Maker"; expected an id', 2],
    [["organization", "a-maker", "the-maker"], "where KIND is one of event, organisation", 2],
  ] as const)("%j is refused, and nothing changes", async (args, message, code) => {
    const before = everything();
    const { stderr, status } = await run(home, "rename", ...args);
    expect(stderr).toContain(message);
    expect(status).toBe(code);
    expect(everything()).toBe(before);
  });
});

describe("a value that is corrected", () => {
  const ID = "phones-made:pakistan:actual:during:2021";
  const correct = (...args: string[]) => run(home, "correct", ID, ...args);
  it("gets its claim, leaves the old value to the claims that gave it, and is named in a changeset", async () => {
    const { stderr, status } = await correct(
      "24670000",
      "--source",
      "ministry-2022-03-04",
      "--stated",
      "24,670,000",
      "--why",
      "a slip in print",
    );
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(read(METRIC)).toContain(`    value: 24670000
    claims:
      - source: paper-2022-03-05
        stated: 24.66 million
        value: 24660000
      - source: ministry-2022-03-04
        stated: 24,670,000
`);
    const [file] = readdirSync(join(home, ".changeset"));
    expect(readFileSync(join(home, ".changeset", file as string), "utf8")).toBe(
      `---\n"a-package": minor\n---\n\nData:\n\n- Corrected \`observations/${ID}\`: value: 24660000 → 24670000, by ministry-2022-03-04: "24,670,000"; a slip in print\n`,
    );
  });
  it("corrects the claim of its own source in place", async () => {
    expect(
      (await correct("24680000", "--source", "paper-2022-03-05", "--stated", "24.68 million")).status,
    ).toBe(0);
    expect(read(METRIC)).toContain(
      "value: 24680000\n    claims:\n      - source: paper-2022-03-05\n        stated: 24.68 million\n  - during",
    );
  });
  it("is not written where the rule that settles claims chooses another, unless somebody says why", async () => {
    await correct("24670000", "--source", "ministry-2022-03-04", "--stated", "24,670,000");
    const weak = await correct("24650000", "--source", "paper-2022-03-05", "--stated", "24.65 million");
    expect(weak.status).toBe(1);
    expect(weak.stderr).toContain("say why this one decides with --prefer");
    const said = await correct(
      "24650000",
      "--source",
      "paper-2022-03-05",
      "--stated",
      "24.65 million",
      "--prefer",
      "the ministry corrected itself",
    );
    expect(said.stderr).toBe("");
    expect(read(METRIC)).toContain("rank: preferred\n        note: the ministry corrected itself");
  });
  it.each([
    [
      ["phones-made:pakistan:actual:during:2022", "1", "--source", "paper-2022-03-05", "--stated", "1"],
      `Did you mean "${ID}"?`,
      1,
    ],
    [
      [ID, "24.67 million", "--source", "paper-2022-03-05", "--stated", "24.67 million"],
      "expected digits alone",
      2,
    ],
    [
      [ID, "24670000", "--stated", "24.67 million"],
      "expected an observation, its new value, --source and --stated",
      2,
    ],
    [[ID, "24", "--source", "paper-2022-03-05", "--stated", "24.67 million"], "nothing was written", 1],
  ] as const)("%j is refused", async (args, message, code) => {
    const before = everything();
    const { stderr, status } = await run(home, "correct", ...args);
    expect(stderr).toContain(message);
    expect(status).toBe(code);
    expect(everything()).toBe(before);
  });
});

describe("every command", () => {
  it.each(["check", "fix", "new", "import", "rename", "correct", "diff", "links", "repository"])(
    "%s explains itself, with an example",
    async (name) => {
      const { stdout, status } = await run(home, name, "--help");
      expect(status).toBe(0);
      expect(stdout).toContain(`npm run ${name} -- `);
      expect(stdout).toMatch(/\nExample:\n {2}npm run /);
      const wrong = await run(home, name, "--no-such-flag");
      expect(wrong.stderr).toContain("found --no-such-flag; expected one of");
      expect(wrong.status).toBe(2);
    },
  );
});
