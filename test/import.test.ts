import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSeries } from "../scripts/write/spreadsheet.js";
import { run } from "./run.js";
import { BASE, METRIC, smallDataset } from "./small-dataset.js";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "cpec-it-data-import-"));
  smallDataset({}, join(home, "data"));
});
afterEach(() => rmSync(home, { recursive: true }));

const bring = (csv: string | Uint8Array, ...args: string[]) => {
  writeFileSync(join(home, "series.csv"), csv);
  return run(home, "import", "series.csv", ...args);
};
const metric = () => readFileSync(join(home, "data", METRIC), "utf8");
const FLAGS = ["--metric", "phones-made", "--status", "actual", "--source", "paper-2022-03-05"];

describe("a spreadsheet of a series", () => {
  it("becomes observations behind those that are there, in the order of the rows", async () => {
    const { stdout, stderr } = await bring(
      '\uFEFFduring;value;stated;locator\r\n2019;1500;1,500;table 1\r\n2020;1600;"1,600 ";\r\n',
      ...FLAGS,
    );
    expect(stderr).toBe("");
    expect(stdout).toContain("data/metrics/phones-made.yaml: 2 observation(s) added.");
    expect(metric()).toBe(`${BASE[METRIC]}  - during: "2019"
    status: actual
    value: 1500
    claims:
      - source: paper-2022-03-05
        at: table 1
        stated: 1,500
  - during: "2020"
    status: actual
    value: 1600
    claims:
      - source: paper-2022-03-05
        stated: 1,600
`);
  });
  it("is refused as a whole, with every bad row by its number", async () => {
    const { stderr, status } = await bring(
      [
        "during,value,stated,dimension:technology",
        "2019,1500,1500,",
        "31/12/2020,1500,1500,",
        '2018,"1,600","1,600",',
        "2017,1500",
        "2019,1500,1500,", // the same year again
        "2021,1500,1500,", // a year that is there
        "2016,15000,1500,", // a slip of ten
        "2015,1500,1500,5g",
      ].join("\n"),
      ...FLAGS,
    );
    const rows = [...stderr.matchAll(/^series\.csv:(\d+) error: (.+?); expected/gm)].map(
      (m) => `${m[1]} ${m[2]}`,
    );
    expect(rows).toEqual([
      '3 during: found "31/12/2020"',
      '4 value: found "1,600"',
      "5 found 2 cells",
      '6 time: found the same series and time as "phones-made:pakistan:actual:during:2019"',
      '7 time: found the same series and time as "phones-made:pakistan:actual:during:2021"',
      '8 claims.0.stated: found "1500" for 15000',
      "9 dimensions.technology: found technology: 5g",
    ]);
    expect(stderr).toContain("7 error(s); nothing was written.");
    expect(status).toBe(1);
    expect(metric()).toBe(BASE[METRIC]);
  });
  it.each([
    ["no metric", "during,value\n2019,1\n", [], "found no --metric"],
    [
      "an unknown metric",
      "during,value\n2019,1\n",
      ["--metric", "phone-made"],
      'Did you mean "phones-made"?',
    ],
    ["an unknown flag", "during,value\n2019,1\n", ["--metrc", "x"], "Did you mean --metric?"],
    ["bytes that are not UTF-8", Buffer.from([0x61, 0xff]), FLAGS, "found bytes that are not UTF-8"],
    ["a workbook", "PK\u0003\u0004", FLAGS, "found a workbook; expected CSV."],
    [
      "a formula",
      'during,value,stated\n2019,=1+1,2\n2020,5,"=HYPERLINK(""x"")"\n',
      FLAGS,
      'series.csv:2 error: found the formula "=1+1" in the column value; expected the value itself.',
    ],
    [
      "fields of a metric that is there",
      "during,value\n2019,1\n",
      [...FLAGS, "--unit", "device"],
      "found --unit for a metric that is there",
    ],
  ] as [string, string | Uint8Array, string[], string][])(
    "with %s is refused",
    async (_, csv, args, message) => {
      const { stderr, status } = await bring(csv, ...args);
      expect(stderr).toContain(message);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(status).toBeGreaterThan(0);
      expect(metric()).toBe(BASE[METRIC]);
    },
  );
  it("makes the metric that isn't there, where its fields are given", async () => {
    const fields = {
      name: "Phones of the example",
      definition: "Handsets of the example.",
      unit: "handset",
      measure: "flow",
      sector: "device-manufacturing",
      scope: "bilateral",
    };
    const flags = Object.entries(fields).flatMap(([key, value]) => [`--${key}`, value]);
    const csv = "during,value,stated\n2019,1500,1500\n2020,1600,1600\n";
    const metricFlags = ["--metric", "example-phones", ...FLAGS.slice(2)];
    const asked = await bring(csv, ...metricFlags, ...flags.slice(4));
    expect(asked.stderr).toContain("To make it, add --name, --definition.");
    expect(asked.status).toBe(2);
    const made = await bring(csv, ...metricFlags, ...flags);
    expect(made.stderr).toBe("");
    expect(made.stdout).toContain("data/metrics/example-phones.yaml written: 2 observation(s) added.");
    expect((await run(home, "check", "example-phones")).stdout).toContain(" 0 error(s), 0 warning(s)");
  });
});

describe("a file that is not a series", () => {
  it.each([
    ["a column that isn't one", "durng,value\n2019,1\n", 'Did you mean "during"?'],
    [
      "a column that is given as a flag too",
      "during,status\n2019,actual\n",
      'found the column "status" twice',
    ],
    ["no rows", "during,value\n", "found no rows"],
    ["a quote that is not closed", 'during,stated\n2019,"1\n', "found a quote that is not closed"],
    ["nothing in it", "", "found no rows"],
  ])("with %s gives no row, and says why", (_, csv, message) => {
    const { rows, problems } = readSeries(csv, { status: "actual" });
    expect(rows).toEqual([]);
    expect(problems.map((p) => p.message).join("\n")).toContain(message);
  });
});

describe("a row", () => {
  it("holds ranges, rates, subjects, dimensions and who said it", () => {
    const { rows } = readSeries(
      "from,to,low,high,project,dimension:technology,saidBy,caveat\n2022,2024,1,2,a-plant,2g,a-maker,a doubt\n",
    );
    expect(rows).toEqual([
      {
        row: 2,
        observation: {
          perYear: { from: "2022", to: "2024" },
          value: { low: 1, high: 2 },
          subject: { project: "a-plant" },
          dimensions: { technology: "2g" },
          claims: [{ saidBy: { organisation: "a-maker" } }],
          caveats: ["a doubt"],
        },
      },
    ]);
  });
});
