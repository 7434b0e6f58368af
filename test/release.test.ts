import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { asLine, compare } from "../scripts/derive/compare.js";
import { bumpBetween, FROZEN, logEntry, problemsOf, readBuilt } from "../scripts/release.js";
import * as library from "../src/index.js";
import { parseDataset } from "../src/schema/index.js";
import { event, row } from "./rows.js";

const {
  getEvent,
  getMetric,
  getOrganisation,
  getPlace,
  getProject,
  getSector,
  getSource,
  getUnit,
  redirects,
  total,
} = library;
const metric = (observations = [row({ id: "o", value: 10 })]): library.MetricRecord => ({
  id: "phones",
  name: "Phones",
  definition: "Phones made.",
  unit: "handset",
  measure: "flow",
  sector: "device-manufacturing",
  scope: "bilateral",
  dimensions: {},
  breaks: [],
  observations,
});
const moved = { "a-meeting": { kind: "moved", to: ["a-talk"], why: "Renamed." } } as const;

describe("comparing two datasets", () => {
  it("finds nothing in equal ones, whatever the order", () => {
    expect(
      compare({ events: [event(), event({ id: "b" })] }, { events: [event({ id: "b" }), event()] }),
    ).toEqual({
      bump: "none",
      added: [],
      removed: [],
      restated: [],
      moved: [],
      changed: [],
    });
  });
  it("calls for a patch when words or claims change", () => {
    const found = compare(
      { events: [event()] },
      { events: [event({ title: "Talks were held", claims: [{ source: "b" }] })] },
    );
    expect(found.bump).toBe("patch");
    expect(found.changed.map((c) => c.field)).toEqual(["title", "claims"]);
  });
  it("calls for a minor version when a number, a date or a status changes, or a record is new", () => {
    const number = compare({ metrics: [metric()] }, { metrics: [metric([row({ id: "o", value: 12 })])] });
    expect(number.bump).toBe("minor");
    expect(number.changed.map(asLine)).toEqual(["`observations/o`: value: 10 → 12"]);
    const date = compare({ events: [event()] }, { events: [event({ on: "2021-09-24" })] });
    expect(date.bump).toBe("minor");
    expect(date.changed.map(asLine)[0]).toBe('`events/a-meeting`: date.edtf: "2021-09-23" → "2021-09-24"');
    expect(compare({ events: [event()] }, { events: [event({ status: "cancelled" })] }).bump).toBe("minor");
    expect(compare({}, { events: [event()] })).toMatchObject({ bump: "minor", added: [{ id: "a-meeting" }] });
  });
  it("calls for a major version when an id is gone without a redirect", () => {
    expect(compare({ events: [event()] }, {})).toMatchObject({
      bump: "major",
      removed: [{ id: "a-meeting" }],
    });
    const redirected = compare(
      { events: [event()] },
      { events: [event({ id: "a-talk" })], redirects: moved },
    );
    expect(redirected).toMatchObject({
      bump: "minor",
      removed: [],
      moved: [{ id: "a-meeting", to: ["a-talk"] }],
    });
  });
  it("counts an observation under another id as a changed value, for its id follows from its value", () => {
    const later = metric([row({ id: "p", value: 10 })]);
    expect(compare({ metrics: [metric()] }, { metrics: [later] })).toMatchObject({
      bump: "minor",
      restated: [{ id: "o", to: "p" }],
    });
  });
  it("calls for a major version when a figure is gone, or means something else", () => {
    const two = metric([row({ id: "o", value: 10 }), row({ id: "p", value: 7, timing: "to-date" })]);
    expect(compare({ metrics: [two] }, { metrics: [metric()] })).toMatchObject({
      bump: "major",
      removed: [{ id: "p" }],
    });
    expect(compare({ metrics: [metric()] }, { metrics: [{ ...metric(), unit: "device" }] }).bump).toBe(
      "major",
    );
    expect(compare({ metrics: [metric()] }, { metrics: [{ ...metric(), measure: "stock" }] }).bump).toBe(
      "major",
    );
    expect(compare({ metrics: [metric()] }, { metrics: [{ ...metric(), definition: "Others." }] }).bump).toBe(
      "minor",
    );
  });
  it("calls for a major version when an id is given to another thing, or leads to another kind of record", () => {
    const other = event({ title: "A satellite was launched", kind: "launch", on: "2019-01-01" });
    expect(compare({ events: [event()] }, { events: [other] }).bump).toBe("major");
    const astray = { "a-meeting": { kind: "moved", to: ["phones"], why: "Renamed." } } as const;
    expect(compare({ events: [event()] }, { metrics: [metric()], redirects: astray })).toMatchObject({
      bump: "major",
      removed: [{ id: "a-meeting" }],
    });
  });
  it("follows a renamed body to its figures", () => {
    const of = (id: string) =>
      metric([row({ id: `o-${id}`, value: 10, subject: { type: "organisation", id } })]);
    const renamed = { "a-maker": { kind: "moved", to: ["the-maker"], why: "Renamed." } } as const;
    expect(
      compare({ metrics: [of("a-maker")] }, { metrics: [of("the-maker")], redirects: renamed }),
    ).toMatchObject({ removed: [], added: [], restated: [{ id: "o-a-maker", to: "o-the-maker" }] });
  });
});

describe("the check of a release", () => {
  const found = compare({ metrics: [metric()] }, { metrics: [metric([row({ id: "o", value: 12 })])] });
  it("refuses a bump that is too small", () => {
    const [problem] = problemsOf(found, { bump: "patch", notes: found.changed.map(asLine).join("\n") });
    expect(problem).toMatch(/declared "patch", and its data calls for "minor" \(for example "o"\)/);
  });
  it("refuses notes that leave a changed value out, and gives the line to add", () => {
    expect(problemsOf(found, { bump: "minor", notes: "Phones were corrected." })).toEqual([
      "The notes don't mention this; `npm run diff -- --changeset` drafts it: `observations/o`: value: 10 → 12",
    ]);
    expect(problemsOf(found, { bump: "major", notes: found.changed.map(asLine).join("\n  ") })).toEqual([]);
  });
  it("wants ids that are gone named too", () => {
    const gone = compare({ events: [event()] }, { events: [event({ id: "a-talk" })], redirects: moved });
    expect(problemsOf(gone, { bump: "minor", notes: "" })[0]).toMatch(/drafts it: `events\/a-meeting`$/);
  });
  it("reads the bump off two versions", () => {
    expect([
      bumpBetween("0.1.0", "0.1.1"),
      bumpBetween("0.1.1", "0.2.0"),
      bumpBetween("0.9.0", "1.0.0"),
    ]).toEqual(["patch", "minor", "major"]);
    expect(bumpBetween("1.0.0", "1.0.0")).toBe("none");
    expect(() => bumpBetween("1.1.0", "1.0.9")).toThrow(/not after/);
  });
  it("logs a release as data", () => {
    expect(logEntry("1.1.0", found)).toEqual({
      version: "1.1.0",
      bump: "minor",
      added: [],
      removed: [],
      moved: {},
      changed: [{ collection: "observations", id: "o", field: "value", from: 10, to: 12 }],
    });
    expect(JSON.parse(readFileSync("data/changes.json", "utf8"))).toEqual(
      JSON.parse(readFileSync("changes.json", "utf8")),
    );
  });
});

describe("the data of the last release", () => {
  const frozen = readBuilt(FROZEN);
  it("has the shape that the schemas of today read", () => {
    expect(parseDataset(frozen)).toEqual(frozen);
  });
  it("has no id that a user would not find today, or learn what became of", () => {
    const looks = {
      events: getEvent,
      organisations: getOrganisation,
      metrics: getMetric,
      projects: getProject,
      sources: getSource,
      sectors: getSector,
      places: getPlace,
      units: getUnit,
    } as const;
    const lost = Object.entries(looks).flatMap(([name, look]) =>
      (frozen[name as "events"] as readonly { id: string }[])
        .filter(
          ({ id }) => (look as (id: string) => unknown)(id) === undefined && !Object.hasOwn(redirects, id),
        )
        .map(({ id }) => `${name}/${id}`),
    );
    expect(lost).toEqual([]);
  });
  it("gives the helpers of today rows that they can add", () => {
    for (const { observations } of frozen.metrics) {
      const flows = observations.filter(
        (o) =>
          o.measure === "flow" &&
          o.timing === "during" &&
          o.status === "actual" &&
          Object.keys(o.dimensions).length === 0,
      );
      if (flows.length > 0) expect(total(flows.slice(0, 1)).value).toBe(flows[0]?.value);
    }
  });
});
