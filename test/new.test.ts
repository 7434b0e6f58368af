import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { readDataset } from "../scripts/read/dataset.js";
import { askFields } from "../scripts/write/ask.js";
import { proposedId, valueFrom } from "../scripts/write/scaffold.js";
import { run } from "./run.js";
import { METRIC, smallDataset } from "./small-dataset.js";

let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "cpec-it-data-new-"));
  smallDataset({}, join(home, "data"));
});
afterAll(() => rmSync(home, { recursive: true }));

const make = (...args: string[]) => run(home, "new", ...args);
const written = (file: string) => readFileSync(join(home, "data", file), "utf8");

const EVENT_FLAGS = [
  ["--title", "A second plant was opened: in Karachi"],
  ["--summary", "A maker opened another plant."],
  ["--kind", "launch"],
  ["--status", "occurred"],
  ["--date", "2022-03-04"],
  ["--sectors", "device-manufacturing"],
  ["--organisations", "a-maker:manufacturer"],
  ["--scope", "bilateral"],
  ["--claims", "paper-2022-03-05,ministry-2022-03-04"],
].flat();

describe("a new record", () => {
  it("is made of flags, in canonical form, under an id of its own or of its name", async () => {
    const flags = EVENT_FLAGS.with(-1, "[{ source: paper-2022-03-05, at: para 2 }]");
    expect((await make("event", ...flags)).stdout).toContain(
      "data/events/a-second-plant-was-opened-in-karachi.yaml written",
    );
    expect(
      written("events/a-second-plant-was-opened-in-karachi.yaml"),
    ).toBe(`# yaml-language-server: $schema=../../schema/authoring/event.schema.json
title: "A second plant was opened: in Karachi"
summary: A maker opened another plant.
kind: launch
status: occurred
date: "2022-03-04"
sectors:
  - device-manufacturing
organisations:
  - id: a-maker
    role: manufacturer
scope: bilateral
claims:
  - source: paper-2022-03-05
    at: para 2
`);
  });
  it("can be a metric with its first observation, and a source that nothing cites yet, without a warning", async () => {
    const metric =
      "metric more-phones --name Phones --definition Phones-made. --unit handset --measure flow --sector device-manufacturing --scope bilateral";
    const observation = "--during 2020 --status actual --value 1500 --source paper-2022-03-05 --stated 1,500";
    const made = await make(...`${metric} ${observation}`.split(" "));
    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(written("metrics/more-phones.yaml")).toContain(
      'observations:\n  - during: "2020"\n    status: actual\n    value: 1500\n',
    );
    const source =
      "source --publisher Paper --title Closed --published 2022-03-06 --kind newspaper --language en --accessed 2026-11-24 --seen original";
    expect(await make(...source.split(" "))).toMatchObject({ status: 0, stderr: "" });
  });
  it("has the shape of each flag in its help", async () => {
    const { stdout } = await make("event", "--help");
    expect(stdout).toMatch(/--organisations +ID:ROLE,\.\.\./);
    expect(stdout).toMatch(/--kind +\(required\) meeting\|agreement/);
  });
  it("is not written over one that is there", async () => {
    const { stderr, status } = await make("event", "plant-opening", ...EVENT_FLAGS);
    expect(stderr).toContain(
      "data/events/plant-opening.yaml:1:1 found a record of this id; expected a new id.",
    );
    expect(status).toBe(1);
  });
  it("is not written when it fails the check, and every problem is reported", async () => {
    const before = readdirSync(join(home, "data/events"));
    const wrong = EVENT_FLAGS.with(5, "lunch").with(11, "device-manufacture").with(-1, "a-paper");
    const { stderr, status } = await make("event", "third-plant", ...wrong);
    expect(stderr).toContain('data/events/third-plant.yaml:4:7 error: kind: found "lunch"');
    expect(stderr).toContain("nothing was written");
    expect(status).toBe(1);
    const { stderr: rules } = await make("event", "third-plant", ...wrong.with(5, "launch"));
    expect(rules).toContain('Did you mean "device-manufacturing"?');
    expect(rules).toContain('found "a-paper"');
    expect(readdirSync(join(home, "data/events"))).toEqual(before);
  });
  it.each([
    [["evnt"], 'Did you mean "event"?'],
    [[], "found no kind; expected event, organisation, metric, observation, project, source."],
    [["event", "x-y", "--tite", "A"], "Did you mean --title?"],
    [["event", "x", "--title"], "found --title without a value"],
    [["event", "x", "--title", "A", "--title", "B"], "found --title twice"],
    [["event", "x-y", "A plant"], 'found "A plant"; expected --FIELD VALUE'],
    [["event", "../plant"], 'found "../plant"; expected an id'],
    [["event", "x-y", "--claims", "[{ source: a"], "found a value that is not YAML"],
    [["observation", "phone-made"], 'Did you mean "phones-made"?'],
  ])("%j is refused with the way out", async (args, message) => {
    const { stderr, status } = await make(...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).toBeGreaterThan(0);
  });
  it("can be an observation behind those of its metric, whose lines stay as they are", async () => {
    const before = written(METRIC);
    const args = ["--during", "2022", "--status", "actual", "--value", "21940000"];
    await make(
      "observation",
      "phones-made",
      ...args,
      "--claims",
      "[{ source: paper-2022-03-05, stated: 21.94 million }]",
    );
    expect(written(METRIC)).toBe(`${before}  - during: "2022"
    status: actual
    value: 21940000
    claims:
      - source: paper-2022-03-05
        stated: 21.94 million
`);
  });
});

describe("what is typed for a field", () => {
  it.each<[string, z.ZodType, string, unknown]>([
    ["text stays text", z.string(), "2022", "2022"],
    ["a number becomes one", z.number(), "-1.5", -1.5],
    ["a number with a comma stays text, for the check to refuse", z.number(), "1,5", "1,5"],
    ["a list may have commas", z.array(z.string()), "a, b", ["a", "b"]],
    ["braces are YAML", z.strictObject({ low: z.number() }), "{ low: 1 }", { low: 1 }],
    [
      "colons fill the required keys",
      z.array(z.strictObject({ id: z.string(), role: z.string() })),
      "a:b",
      [{ id: "a", role: "b" }],
    ],
  ])("%s", (_, schema, typed, value) => expect(valueFrom(schema, typed)).toEqual(value));
  it("gives an id by the name, for a source by the publisher and the day", () => {
    expect(proposedId("organisation", { name: "Étoile & Co. (Pvt) Ltd" })).toBe("etoile-co-pvt-ltd");
    expect(proposedId("source", { publisher: "A Paper", published: "2022-03-05", title: "x" })).toBe(
      "a-paper-2022-03-05",
    );
    expect(proposedId("event", { title: "word ".repeat(30) })).toMatch(/^(?:word-){12}word$/);
  });
});

describe("at a terminal", () => {
  it("asks for what is not given, offers the ids that exist, and asks again for what can't be", async () => {
    const { records } = readDataset(join(home, "data"));
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 100, rows: 40 });
    let screen = "";
    // Each question is answered when it shows.
    const answers: [shows: string, keys: string][] = [
      ["name:", "\r"], // too short: asked again
      ["at least 3", "A thread"],
      ["A thread", "\r"],
      ["maker", "a-maker"],
      ["Search: a-maker", "\r"],
    ];
    output.on("data", (chunk) => {
      screen += chunk;
      const [next] = answers;
      if (next && screen.includes(next[0])) {
        screen = "";
        answers.shift();
        setTimeout(() => input.write(next[1]), 20);
      }
    });
    const schema = z.strictObject({
      name: z.string().min(3).meta({ description: "Name." }),
      kind: z.string(),
      maker: z.string().meta({ description: "Who made it.", references: "organisations" }),
    });
    expect(await askFields(schema, records, { input, output }, { kind: "thread" })).toEqual({
      name: "A thread",
      kind: "thread",
      maker: "a-maker",
    });
  }, 10_000);
});
