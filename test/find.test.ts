import { describe, expect, it } from "vitest";
import {
  events,
  findOrganisations,
  getEvent,
  getMetric,
  getOrganisation,
  getPlace,
  getProject,
  getSector,
  getSource,
  getUnit,
  metrics,
  organisations,
  places,
  projects,
  sectors,
  sources,
  units,
} from "../src/index.js";

describe("look-ups", () => {
  it("give every record of the dataset by its id", () => {
    const all = [
      [events, getEvent],
      [organisations, getOrganisation],
      [metrics, getMetric],
      [projects, getProject],
      [sources, getSource],
      [sectors, getSector],
      [places, getPlace],
      [units, getUnit],
    ] as const;
    for (const [rows, get] of all)
      for (const row of rows as readonly { id: string }[])
        expect((get as (id: string) => unknown)(row.id)).toBe(row);
  });
  it("give nothing for an unknown id, nor for names that every object has", () => {
    for (const id of ["no-such-id", "", "__proto__", "constructor", "toString"]) {
      expect(getEvent(id)).toBeUndefined();
    }
  });
});

describe("findOrganisations", () => {
  it.each([
    ["PTA", "pta"],
    ["pakistan telecommunication authority", "pta"],
    ["Joint Coordination Committee", "jcc-cpec"],
    ["Joint Cooperation Committee", "jcc-cpec"],
    ["Society of Engineering", "society-of-engineers"],
    ["CMPAK", "zong"],
    ["  HUAWEI technologies ", "huawei"],
  ])("finds %s", (name, id) => {
    expect(findOrganisations(name).map((o) => o.id)).toContain(id);
  });
  it("finds nothing for an unknown name, and gives a fresh array", () => {
    expect(findOrganisations("No Such Body")).toEqual([]);
    const found = findOrganisations("PTA") as unknown[];
    found.length = 0;
    expect(findOrganisations("PTA")).not.toEqual([]);
  });
});
