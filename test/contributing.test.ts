import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smallDataset } from "./small-dataset.js";

/** The blocks of the guide that are played through, with the file that they are the content of, if any. */
const blocks = [
  ...readFileSync("CONTRIBUTING.md", "utf8").matchAll(
    /<!-- played through by the tests(?:: (\S+))? -->\n\n```\w+\n([\s\S]+?)```/g,
  ),
].map(([, file, text]) => ({ file, text: text as string }));

/** A metric and its source that are there before, of the same make-up as the examples of the guide. */
const METRIC = `# yaml-language-server: $schema=../../schema/authoring/metric.schema.json
name: Phones made by the example maker
definition: Handsets that the example maker made in Pakistan.
unit: handset
measure: flow
sector: device-manufacturing
scope: bilateral
observations:
  - during: "2011"
    status: actual
    value: 95000
    claims:
      - source: example-yearbook-2022
        stated: 95,000
`;
const SOURCE = `# yaml-language-server: $schema=../../schema/authoring/source.schema.json
kind: report
title: Example yearbook
publisher: Example Office
published: "2022-01-01"
language: en
accessed: "2026-11-24"
seen: original
`;

let home = "";
const shell = (command: string) =>
  spawnSync("bash", ["-ec", command], {
    cwd: home,
    encoding: "utf8",
    // The checks of a pull request set these: the newcomer sits at a machine of their own.
    env: { ...process.env, GITHUB_BASE_REF: "", GITHUB_STEP_SUMMARY: "", INIT_CWD: home },
  });
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "cpec-it-data-newcomer-"));
  const tracked = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  // The copy has few records, so that ten commands take seconds; other tests read them all.
  const files = tracked.stdout
    .trim()
    .split("\n")
    .filter((f) => existsSync(f) && !f.startsWith("data/"));
  for (const file of files) {
    mkdirSync(dirname(join(home, file)), { recursive: true });
    cpSync(file, join(home, file));
  }
  smallDataset({}, join(home, "data"));
  symlinkSync(resolve("node_modules"), join(home, "node_modules"));
  writeFileSync(join(home, "data/metrics/example-phones.yaml"), METRIC);
  writeFileSync(join(home, "data/sources/example-yearbook-2022.yaml"), SOURCE);
  const git =
    "git -c user.name=newcomer -c user.email=newcomer@example.org -c init.defaultBranch=main -c commit.gpgsign=false";
  const made = shell(`${git} init -q && git add -A && ${git} commit -qm "As it was"`);
  expect(made.stderr).toBe("");
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("a newcomer with the guide alone", () => {
  it("sees a mistake explained, adds a source, an event, a corrected figure and a series, and ends with a green check and a changeset", () => {
    expect(blocks).toHaveLength(6);
    const [misspelt, source, event, series, bring, send] = blocks as [
      { text: string },
      { text: string },
      { text: string },
      { file: string; text: string },
      { text: string },
      { text: string },
    ];

    const mistake = shell(misspelt.text);
    expect(mistake.status).not.toBe(0);
    expect(mistake.stderr).toMatch(
      /data\/sources\/example-gazette-2022-03-05\.yaml:2:7 error: kind: found "newspapr"; expected one of .*Did you mean "newspaper"\?/,
    );
    expect(existsSync(join(home, "data/sources/example-gazette-2022-03-05.yaml"))).toBe(false);

    for (const { text } of [source, event]) {
      const { status, stderr } = shell(text);
      expect(status, stderr).toBe(0);
    }

    // A corrected figure: value and printed text together, by another source; the old claim keeps its own value.
    const metric = join(home, "data/metrics/example-phones.yaml");
    const corrected = METRIC.replace("value: 95000", "value: 98000").replace(
      "stated: 95,000",
      "stated: 95,000\n        value: 95000\n        rank: deprecated\n        note: a slip in print\n      - source: example-gazette-2022-03-05\n        stated: 98,000",
    );
    writeFileSync(metric, corrected.replace("98,000", "89,000"));
    const slip = shell("npm run --silent check -- data/metrics/example-phones.yaml");
    expect(slip.status).toBe(1);
    expect(slip.stdout).toMatch(
      /^data\/metrics\/example-phones\.yaml:\d+:\d+ error: .*found "89,000" for 98000; expected a printed figure/m,
    );
    writeFileSync(metric, corrected);

    writeFileSync(join(home, series.file), series.text);
    const brought = shell(bring.text);
    expect(brought.status, brought.stderr).toBe(0);
    expect(brought.stdout).toContain("10 observation(s) added");

    const sent = shell(send.text);
    expect(sent.status, sent.stdout + sent.stderr).toBe(0);
    expect(sent.stdout).toContain(" 0 error(s)");
    expect(sent.stdout).toContain("The data calls for a minor version bump.");
    for (const line of [
      "events/example-plant-opening: Example Maker opened a plant in Lahore (example-gazette-2022-03-05)",
      "observations/example-phones:pakistan:actual:during:2011: value: 95000 → 98000",
      "observations/example-phones:pakistan:actual:during:2021: 190000 handset (example-gazette-2022-03-05)",
      "example-phones, pakistan, actual, year: none → 11 values, 2011 to 2021",
    ])
      expect(sent.stdout).toContain(line);

    const [drafted] = readdirSync(join(home, ".changeset")).filter((f) => f.startsWith("data-"));
    const text = readFileSync(join(home, ".changeset", drafted as string), "utf8");
    expect(text).toMatch(/^---\n"cpec-it-data": minor\n---\n\nData:\n\n/);
    expect(text).toContain("- New `events/example-plant-opening`");
    expect(text).toContain("value: 95000 → 98000");
  }, 120_000);

  it("is asked for the changeset where it is missing, with the difference in the summary of the job", () => {
    const [drafted] = readdirSync(join(home, ".changeset")).filter((f) => f.startsWith("data-"));
    const file = join(home, ".changeset", drafted as string);
    const summary = join(home, "summary.md");
    const require = () =>
      spawnSync(
        process.execPath,
        [
          resolve("node_modules/tsx/dist/cli.mjs"),
          resolve("scripts/diff.ts"),
          "--markdown",
          "--require-changeset",
        ],
        {
          cwd: home,
          encoding: "utf8",
          env: { ...process.env, GITHUB_BASE_REF: "", GITHUB_STEP_SUMMARY: summary },
        },
      );
    expect(require().status).toBe(0);
    expect(readFileSync(summary, "utf8")).toContain("## Data: minor\n");
    expect(readFileSync(summary, "utf8")).toContain("### Added (");
    writeFileSync(file, readFileSync(file, "utf8").replace("minor", "patch"));
    const small = require();
    expect(small.stderr).toContain("found a changeset for a patch bump; expected one for a minor bump.");
    expect(small.status).toBe(1);
  }, 120_000);
});
