import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "./run.js";
import { BASE, EVENT, METRIC, problems, problemsIn, SOURCE, smallDataset } from "./small-dataset.js";

const row = (text: string) => `observations:\n${text}`;

describe("a dataset", () => {
  it("of sound records has no problem", () => {
    expect(problems()).toEqual([]);
  });
  it("reports all its problems at once, in the order of files and lines", () => {
    const found = problems({
      [EVENT]: ["kind: launch\nstatus: occurred", "kind: lunch\nstatus: done"],
      [METRIC]: ["unit: handset", "unit: handsets"],
      "organisations/a-maker.yaml": ["country: CN", "country: China"],
    });
    expect(found.map((f) => f.split(" ")[0])).toEqual([
      `${EVENT}:3:7`,
      `${EVENT}:4:9`,
      `${METRIC}:3:7`,
      "organisations/a-maker.yaml:3:10",
    ]);
  });
});

describe("a record that went away", () => {
  it("is named once, with its file and the number of places that name it", () => {
    const root = smallDataset();
    rmSync(join(root, SOURCE));
    try {
      expect(problemsIn(root)).toEqual([
        'events/plant-opening.yaml:14:13 error: claims.0.source: found "paper-2022-03-05", which 4 places name; expected the id of one of the 1 sources. Restore the record in data/sources/paper-2022-03-05.yaml, or rename it with `npm run rename`, which takes its references along. [id-resolves]',
      ]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

describe("a rule across records finds", () => {
  const CASES: [
    rule: string,
    what: string,
    changes: Record<string, string | [string, string]>,
    expected: string[],
  ][] = [
    [
      "id-resolves",
      "an unknown organisation, with the nearest",
      { [EVENT]: ["id: a-maker", "id: a-makr"] },
      [`${EVENT}:8:9`, 'found "a-makr"', 'Did you mean "a-maker"?'],
    ],
    [
      "id-resolves",
      "an unknown source",
      { [METRIC]: ["- source: paper-2022-03-05", "- source: paper-2022-03-06"] },
      [`${METRIC}:15:17`, 'Did you mean "paper-2022-03-05"?'],
    ],
    [
      "id-resolves",
      "an unknown place",
      { [EVENT]: ["places: [lahore]", "places: [lahor]"] },
      [`${EVENT}:10:10`, 'Did you mean "lahore"?'],
    ],
    [
      "redirect-ends-live",
      "a redirect to nothing",
      { "redirects.yaml": "old-plant: { kind: moved, to: [no-plant], why: renamed for clarity }\n" },
      ["redirects.yaml:1:", "a live record (no chains)"],
    ],
    [
      "redirect-ends-live",
      "a chain",
      {
        "redirects.yaml":
          "older-plant: { kind: moved, to: [old-plant], why: renamed for clarity }\nold-plant: { kind: moved, to: [plant-opening], why: renamed for clarity }\n",
      },
      ['Point to where "old-plant" went.'],
    ],
    [
      "redirect-ends-live",
      "a retired id in use",
      { "redirects.yaml": "plant-opening: { kind: retracted, to: [], why: it never happened }\n" },
      ['the live id "plant-opening"'],
    ],
    [
      "no-cycle",
      "an event that is a part of itself",
      { [EVENT]: ["project: a-plant", "project: a-plant\npartOf: plant-opening"] },
      [`${EVENT}:13:9`, "plant-opening > plant-opening"],
    ],
    [
      "observation-unique",
      "one figure entered twice",
      {
        [METRIC]: [
          "observations:",
          row(`  - during: 2021-01/2021-12
    status: actual
    value: 24660000
    claims: [{ source: paper-2022-03-05, stated: 24.66 million }]`),
        ],
      },
      [`${METRIC}:15:13`, "phones-made:pakistan:actual:during:2021"],
    ],
    [
      "part-not-above-whole",
      "a part above its whole",
      {
        [METRIC]: [
          "observations:",
          row(`  - during: 2021-01
    status: actual
    value: 34660000
    partOf: phones-made:pakistan:actual:during:2021
    claims: [{ source: paper-2022-03-05, stated: 34.66 million }]`),
        ],
      },
      ["34660000 of 24660000"],
    ],
    [
      "weekday-matches",
      "a weekday that the day isn't",
      { [EVENT]: ["on Friday", "on Thursday"] },
      [`${EVENT}:5:1`, "2022-03-04, a Friday, from"],
    ],
    [
      "end-not-before-start",
      "an end before the start",
      { [EVENT]: ["sectors:", "endDate: 2022-03-01\nsectors:"] },
      [`${EVENT}:6:10`],
    ],
    [
      "occurred-needs-source",
      "something that occurred after all its sources",
      { [EVENT]: ["edtf: 2022-03-04, basis: resolved, text: on Friday", "edtf: 2022-04"] },
      [`${EVENT}:4:9`, "a source published on or after the date"],
    ],
    [
      "occurred-needs-source",
      "an actual figure from before its time",
      { [METRIC]: ["during: 2021", "during: 2023"] },
      [`${METRIC}:12:13`],
    ],
    [
      "stated-contains-value",
      "millions stored as they are printed",
      { [METRIC]: ["value: 24660000", "value: 24"] },
      [`${METRIC}:16:17`, "base units, not millions"],
    ],
    [
      "claims-settle",
      "a value that a rule would decide otherwise",
      {
        [METRIC]: [
          "stated: 24.66 million",
          "stated: 24.66 million\n      - source: ministry-2022-03-04\n        stated: 24.7 million\n        value: 24700000",
        ],
      },
      [`${METRIC}:13:12`, '24700000, which the claims give by the rule "strength"'],
    ],
    [
      "claims-settle",
      "a date that a rule would decide otherwise",
      {
        [EVENT]: ["  - source: ministry-2022-03-04", "  - source: ministry-2022-03-04\n    date: 2022-03-03"],
      },
      [`${EVENT}:5:1`, '"2022-03-03", which the claims give'],
    ],
    [
      "timing-fits-measure",
      "a level of a flow",
      { [METRIC]: ["during: 2021", "at: 2021"] },
      [`${METRIC}:11:9`, "at for a flow"],
    ],
    [
      "timing-fits-measure",
      "an actual value with a deadline",
      { [METRIC]: ["during: 2021", "by: 2021"] },
      ["an actual value with a deadline"],
    ],
    [
      "dimension-declared",
      "an undeclared dimension",
      { [METRIC]: ["status: actual", "dimensions: { technolgy: 2g }\n    status: actual"] },
      ['Did you mean "technology"?'],
    ],
    [
      "plausible",
      "half a phone",
      { [METRIC]: ["value: 24660000\n", "value: 24660000.5\n"] },
      ["a whole number"],
    ],
    [
      "scope-has-parties",
      "a bilateral event of one side",
      { [EVENT]: ["organisations:\n  - id: a-maker\n    role: manufacturer\n", ""] },
      [`${EVENT}:8:8`, "bilateral without a Chinese party"],
    ],
    [
      "scope-has-parties",
      "a context event with a Chinese party",
      { [EVENT]: ["scope: bilateral", "scope: context"] },
      ["context with a Chinese party"],
    ],
    [
      "name-unique",
      "one body under two ids",
      { "organisations/maker-a.yaml": `${BASE["organisations/a-maker.yaml"]}`.replace("A Maker", "Á máker") },
      ["organisations/maker-a.yaml:1:7", '"a-maker" has too'],
    ],
    [
      "name-unique",
      "a native name without a language",
      {
        "organisations/a-maker.yaml": [
          "kind: company",
          "names: [{ name: 某厂, use: native }]\nkind: company",
        ],
      },
      ["without a language"],
    ],
    [
      "source-unique",
      "one page under two ids",
      {
        "sources/paper-b.yaml": `${BASE["sources/paper-2022-03-05.yaml"]}`.replace(
          "https://example",
          "http://www.example",
        ),
      },
      ['the address of "paper-2022-03-05"'],
    ],
    [
      "cited",
      "a source that nothing cites, as a warning",
      { "sources/paper-c.yaml": `${BASE["sources/ministry-2022-03-04.yaml"]}` },
      ["sources/paper-c.yaml:1:1 warning: found a record that nothing mentions"],
    ],
    [
      "weak-alone",
      "an event reported by a forum only",
      {
        "sources/paper-2022-03-05.yaml": ["kind: newspaper", "kind: forum"],
        [EVENT]: ["  - source: ministry-2022-03-04\n", ""],
      },
      [`${EVENT}:13:1`, "at least one other source"],
    ],
    [
      "plain-wording",
      "a word that ages",
      { [EVENT]: ["A maker opened", "A maker recently opened"] },
      [`${EVENT}:2:10`, '"recently"'],
    ],
    [
      "plausible",
      "a slip of ten, as a warning",
      {
        [METRIC]: [
          "observations:",
          row(
            [2000, 20000, 2000]
              .map(
                (value, i) => `  - during: ${2017 + i}
    status: actual
    value: ${value}
    claims: [{ source: paper-2022-03-05, stated: "${value}" }]`,
              )
              .join("\n"),
          ),
        ],
      },
      ["warning: observations.1.value: found 20000 between 2000 and 2000"],
    ],
  ];
  it.each(CASES)("%s: %s", (rule, _, changes, expected) => {
    const found = problems(changes).filter((line) => line.includes(`[${rule}]`));
    expect(found.length, problems(changes).join("\n")).toBeGreaterThan(0);
    for (const part of expected) expect(found.join("\n")).toContain(part);
  });
});

describe("the command of the check", () => {
  let home = "";
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "cpec-it-data-check-"));
    smallDataset(
      {
        [EVENT]: ["kind: launch", "kind: lunch"],
        [METRIC]: ["stated: 24.66 million", "stated: 24,66 % of millions"],
      },
      join(home, "data"),
    );
  });
  afterAll(() => rmSync(home, { recursive: true }));
  it("prints every problem and fails", async () => {
    const { stdout, status } = await run(home, "check");
    expect(stdout).toContain("data/events/plant-opening.yaml:3:7 error: kind: found");
    expect(stdout).toContain("data/metrics/phones-made.yaml:16:17 error:");
    expect(status).toBe(1);
  });
  it("takes ids, and offers the nearest", async () => {
    const { stdout, status } = await run(home, "check", "phones-made");
    expect(stdout).toContain("data/metrics/phones-made.yaml:16:17 error:");
    expect(stdout).not.toContain("plant-opening");
    expect(status).toBe(1);
    const near = await run(home, "check", "phone-made");
    expect(near.stderr).toContain(
      'phone-made: found no such file or id; expected a record below data/, or its id. Did you mean "phones-made"?',
    );
    expect(near.status).toBe(2);
  });
  it("prints the problems of the files and folders it is given alone", async () => {
    const { stdout, status } = await run(home, "check", "data/metrics", "data/sources/paper-2022-03-05.yaml");
    expect(stdout).not.toContain("plant-opening");
    expect(stdout).toContain("data/metrics/phones-made.yaml:16:17 error:");
    expect(status).toBe(1);
    expect((await run(home, "check", "data/projects/a-plant.yaml")).status).toBe(0);
  });
  it("refuses files that are not there or no data", async () => {
    const { stderr, status } = await run(home, "check", "data/events/no-plant.yaml", "..");
    expect(stderr).toContain("found no such file");
    expect(stderr).toContain("found a file outside of data/");
    expect(status).toBe(2);
  });
  it("writes workflow commands for GitHub, escaped", async () => {
    const { stdout } = await run(home, "check", "--github");
    expect(stdout).toContain("::error file=data/events/plant-opening.yaml,line=3,col=7::kind: found");
    expect(stdout).toContain('found "24,66 %25 of millions"');
  });
});

describe("the build", () => {
  it("writes nothing when anything is wrong, and everything when nothing is", async () => {
    // The build works on the folder `data` of where it runs.
    const home = mkdtempSync(join(tmpdir(), "cpec-it-data-build-"));
    cpSync("package.json", join(home, "package.json"));
    const data = join(home, "data");
    try {
      smallDataset(
        { [METRIC]: ["value: 24660000", "value: 24"], [EVENT]: ["kind: launch", "kind: lunch"] },
        data,
      );
      const failed = await run(home, "data");
      expect(failed.status).toBe(1);
      expect(failed.stderr).toContain("data/events/plant-opening.yaml:3:7 error:");
      expect(failed.stderr).toContain("data/metrics/phones-made.yaml:16:17 error:");
      expect(failed.stderr).toContain("nothing was written");
      expect(readdirSync(home).sort()).toEqual(["data", "package.json"]);
      smallDataset({}, data);
      expect((await run(home, "data")).status).toBe(0);
      expect(readdirSync(home).sort()).toEqual(["data", "package.json", "schema", "src"]);
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
