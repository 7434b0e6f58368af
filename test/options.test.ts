import { describe, expect, it } from "vitest";
import { CpecDataError, events, filterEvents, projectStatus } from "../src/index.js";
import { checkOptions, fieldsOrFunction, flag, oneOf, oneOrMore, suggestion, text } from "../src/options.js";

const errorOf = (call: () => unknown): CpecDataError => {
  try {
    call();
  } catch (error) {
    if (error instanceof CpecDataError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};
const known = { status: oneOrMore(oneOf(["actual", "planned"])), from: text, rollUp: flag };

describe("options", () => {
  it("may be absent, and let known keys with known values through", () => {
    for (const options of [
      undefined,
      {},
      { status: "actual" },
      { status: ["actual", "planned"], from: "2021", rollUp: false },
    ])
      expect(() => checkOptions("f()", options, known)).not.toThrow();
  });
  it("must be an object", () => {
    for (const [options, shown] of [
      [null, "null"],
      [[], "[]"],
      ["actual", '"actual"'],
      [3, "3"],
    ] as const) {
      const error = errorOf(() => checkOptions("f()", options, known));
      expect([error.code, error.message]).toEqual([
        "UNKNOWN_OPTION",
        `f() got ${shown} where it expects options. Pass an object with any of: status, from, rollUp.`,
      ]);
    }
  });
  it("report every unknown key at once, with the nearest known one", () => {
    const error = errorOf(() => checkOptions("f()", { satus: 1, form: 2, from: "2021" }, known));
    expect(error).toMatchObject({ code: "UNKNOWN_OPTION", ids: ["satus", "form"] });
    expect(error.message).toBe(
      'f() has no option "satus" or "form". Did you mean "status"? Did you mean "from"? Its options: status, from, rollUp.',
    );
    expect(errorOf(() => checkOptions("f()", { toString: 1 }, known)).ids).toEqual(["toString"]);
  });
  it("never take undefined for no restriction", () => {
    expect(errorOf(() => checkOptions("f()", { status: undefined }, known))).toMatchObject({
      code: "UNKNOWN_VALUE",
      ids: ["status"],
      message: expect.stringContaining('f(): "status" is undefined. Leave "status" out'),
    });
  });
  it("take words of a closed list alone, in lists too", () => {
    for (const status of ["acutal", ["actual", "acutal"]])
      expect(errorOf(() => checkOptions("f()", { status }, known))).toMatchObject({
        code: "UNKNOWN_VALUE",
        ids: ["acutal"],
        message: 'f(): "status" is "acutal". Did you mean "actual"? Expected "actual", "planned".',
      });
    expect(errorOf(() => oneOf(["actual"])(3, "x")).message).toBe('x is 3. Expected "actual".');
    const many = Array.from({ length: 41 }, (_, i) => `word-${i}`);
    expect(errorOf(() => oneOf(many)("zzz", "x")).hint).toBe("Expected one of the 41 known words.");
  });
  it("take texts and flags as such", () => {
    expect(errorOf(() => text(2021, "x"))).toMatchObject({
      code: "UNKNOWN_VALUE",
      message: 'x is 2021. Expected a text, such as "2021".',
    });
    expect(errorOf(() => flag("true", "x"))).toMatchObject({
      code: "UNKNOWN_VALUE",
      message: 'x is "true". Expected true or false.',
    });
  });
  it("take one field, several, or a function, but not none", () => {
    const by = fieldsOrFunction(["sector", "year"]);
    for (const value of ["sector", ["sector", "year"], () => "x"])
      expect(() => by(value, "by")).not.toThrow();
    expect(errorOf(() => by([], "by")).message).toBe(
      "by is an empty list. Name at least one of sector, year.",
    );
    expect(errorOf(() => by(["sector", "yaer"], "by")).message).toContain('Did you mean "year"?');
    expect(errorOf(() => by(undefined, "by")).code).toBe("UNKNOWN_VALUE");
  });
  it("name all ids of a short list, and the nearest id of a long one", () => {
    expect(errorOf(() => filterEvents(events, { sector: "satellites-space" as never })).hint).toMatch(
      /Expected one of .*satellites/,
    );
    expect(errorOf(() => projectStatus("xiaomi-lahor-plant")).hint).toMatch(
      /Did you mean "xiaomi-lahore-plant"/,
    );
  });
  it("suggest only what is near", () => {
    expect(suggestion("acutal", ["actual"])).toBe('Did you mean "actual"? ');
    expect(suggestion("something else", ["actual"])).toBe("");
    expect(suggestion(3, ["actual"])).toBe("");
  });
});
