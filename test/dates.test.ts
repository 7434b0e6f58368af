import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayNumber, decimalYear, isoDay, overlaps, weekdayNamed, weekdayOf } from "../src/dates.js";
import { CpecDataError, dateWindow, periodWindow } from "../src/index.js";
import { RUNS } from "./cases.js";

describe("dateWindow", () => {
  it.each([
    ["2021-09-23", "2021-09-23", "2021-09-23", "day"],
    ["2022-01", "2022-01-01", "2022-01-31", "month"],
    ["2024-02", "2024-02-01", "2024-02-29", "month"],
    ["2021", "2021-01-01", "2021-12-31", "year"],
    ["2021-33", "2021-01-01", "2021-03-31", "quarter"],
    ["2021-36", "2021-10-01", "2021-12-31", "quarter"],
    ["2023-05/2023-08", "2023-05-01", "2023-08-31", "range"],
    ["2021-05-01", "2021-05-01", "2021-05-01", "day"],
    ["2021-05-01/2021-05-01", "2021-05-01", "2021-05-01", "range"],
    ["1900", "1900-01-01", "1900-12-31", "year"],
    ["2099-12", "2099-12-01", "2099-12-31", "month"],
    ["2022-07-27/2022-08-15", "2022-07-27", "2022-08-15", "range"],
  ])("reads %s as %s to %s", (edtf, earliest, latest, precision) => {
    expect(dateWindow(edtf)).toEqual({ earliest, latest, precision });
  });

  it.each([
    ["2021-02-29", "a day from 01 to 28 in 2021-02"],
    ["2021-13", "a month from 01 to 12, or a quarter from 33 to 36"],
    ["21-09-23", "a day"],
    ["2023-08/2023-05", "a window whose first date is not after its last"],
    ["1899", "a year from 1900 to 2099"],
    ["2100", "a year from 1900 to 2099"],
    ["2021-00", "a month from 01 to 12"],
    ["2021-32", "a month from 01 to 12"],
    ["2021-37", "a month from 01 to 12"],
    ["2021-33-01", "a month from 01 to 12"],
    ["2021-05-00", "a day from 01 to 31 in 2021-05"],
    ["2021-5-1", "a day"],
    [" 2021", "a day"],
    ["2021/2022/2023", "a window"],
    ["Thursday", "a day"],
    ["", "a day"],
  ])("refuses %s and says that it expected %s", (edtf, expected) => {
    expect(() => dateWindow(edtf)).toThrow(CpecDataError);
    expect(() => dateWindow(edtf)).toThrow(expected);
  });

  it("never gives a window that ends before it begins, and never anything but its own error", () => {
    const part = fc.oneof(
      fc
        .date({ noInvalidDate: true, min: new Date("1900-01-01"), max: new Date("2099-12-31") })
        .map((d) => d.toISOString().slice(0, fc.sample(fc.constantFrom(4, 7, 10), 1)[0])),
      fc.string(),
    );
    fc.assert(
      fc.property(part, part, fc.boolean(), (a, b, window) => {
        try {
          const w = dateWindow(window ? `${a}/${b}` : a);
          expect(w.earliest <= w.latest).toBe(true);
          expect(isoDay(dayNumber(w.earliest))).toBe(w.earliest);
          expect(isoDay(dayNumber(w.latest))).toBe(w.latest);
        } catch (error) {
          expect(error).toBeInstanceOf(CpecDataError);
        }
      }),
      RUNS,
    );
  });
});

describe("windows over generated days", () => {
  const day = fc.integer({ min: dayNumber("1900-01-01"), max: dayNumber("2099-12-31") }).map(isoDay);
  it("of a year, quarter, month and day lie in one another", () => {
    fc.assert(
      fc.property(day, (d) => {
        const quarter = `${d.slice(0, 4)}-${32 + Math.ceil(Number(d.slice(5, 7)) / 3)}`;
        const windows = [d, d.slice(0, 7), quarter, d.slice(0, 4)].map(dateWindow);
        windows.forEach((w, i) => {
          const outer = windows[i + 1];
          if (outer) expect(outer.earliest <= w.earliest && w.latest <= outer.latest).toBe(true);
        });
      }),
      RUNS,
    );
  });
  it("a window holds both its ends, and only in order", () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        if (a <= b) expect(dateWindow(`${a}/${b}`)).toMatchObject({ earliest: a, latest: b });
        else expect(() => dateWindow(`${a}/${b}`)).toThrow(CpecDataError);
      }),
      RUNS,
    );
  });
  it("sharing a day is the same both ways, and weekdays follow each other", () => {
    fc.assert(
      fc.property(day, day, day, day, (a, b, c, d) => {
        const one = { start: a < b ? a : b, end: a < b ? b : a };
        const two = { start: c < d ? c : d, end: c < d ? d : c };
        expect(overlaps(one, two)).toBe(overlaps(two, one));
        expect(weekdayNamed(weekdayOf(isoDay(dayNumber(a) + 7)))).toBe(weekdayNamed(weekdayOf(a)));
        expect(decimalYear(one.start)).toBeLessThanOrEqual(decimalYear(one.end));
      }),
      RUNS,
    );
  });
});

describe("periodWindow", () => {
  it("reads a fiscal year of Pakistan as July to June", () => {
    expect(periodWindow("FY2021-22")).toEqual({
      earliest: "2021-07-01",
      latest: "2022-06-30",
      precision: "range",
    });
    expect(periodWindow("FY1999-00").latest).toBe("2000-06-30");
  });
  it("reads nothing around the label", () => {
    for (const label of ["xFY2021-22", "FY2021-22x"])
      expect(() => periodWindow(label)).toThrow(CpecDataError);
  });
  it("refuses a fiscal year of two years and names the right one", () => {
    expect(() => periodWindow("FY2021-23")).toThrow('"FY2021-22"');
  });
});

describe("days", () => {
  it("count from 1970 and back", () => {
    expect(dayNumber("1970-01-02")).toBe(1);
    expect(isoDay(19000)).toBe("2022-01-08");
  });
  it("lie at a fraction of their year", () => {
    expect(decimalYear("2021-01-01")).toBe(2021);
    expect(decimalYear("2020-07-02")).toBeCloseTo(2020.5, 2);
  });
  it("know their weekday, and texts the weekday they name", () => {
    // The weekdays of the seed's stories, as their reports name them.
    const days = {
      "2021-09-23": "Thursday",
      "2021-11-01": "Monday",
      "2022-07-14": "Thursday",
      "2023-01-24": "Tuesday",
      "2023-03-14": "Tuesday",
      "2023-09-27": "Wednesday",
    };
    for (const [day, name] of Object.entries(days)) expect(weekdayOf(day)).toBe(name);
    expect(weekdayNamed("on Wednesday afternoon")).toBe(3);
    expect(weekdayNamed("in the middle of next year")).toBeUndefined();
  });
  it("share a day or don't, and open ends reach without limit", () => {
    const window = (start: string | null, end: string | null) => ({ start, end });
    expect(overlaps(window("2021-01-01", "2021-06-30"), window("2021-06-30", "2021-12-31"))).toBe(true);
    expect(overlaps(window("2021-01-01", "2021-06-30"), window("2021-07-01", null))).toBe(false);
    expect(overlaps(window(null, "2021-01-01"), window(null, null))).toBe(true);
  });
});
