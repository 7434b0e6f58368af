/** Rules on single figures: what is printed, how it is stored, and what it is counted in. */
import { settle } from "../../claims.js";
import { ascending } from "../../collect.js";
import type { ObservationRecord } from "../../types.js";
import { type Collection, nearest, show } from "../problems.js";
import { ABOUT_WORDS, statedContains } from "../stated.js";
import { type CheckedRule, dimensionKey, eachObservation, groupObservations, type Path } from "./rule.js";

/** The value as a reader would write it. */
export const written = (o: ObservationRecord) => show(o.value ?? [o.low, o.high]);

export const valuePresent: CheckedRule = {
  id: "value-present",
  why: "A row without a figure adds nothing, unless it says why the figure is missing.",
  check(data, report) {
    eachObservation(data, report, (o, say) => {
      if (o.low === null && o.high === null && o.caveats.length === 0)
        say(["value"], {
          found: "no value, and no caveat",
          expected: "a value, or a caveat that says why there is none",
          fix: "Add `value`, or `caveats`; or leave the observation out.",
        });
    });
  },
};

export const statedHoldsValue: CheckedRule = {
  id: "stated-contains-value",
  why: "Slips of ten or a million show when the printed figure stands beside the stored one.",
  check(data, report) {
    eachObservation(data, report, (o, say) => {
      o.claims.forEach((c, j) => {
        if (c.stated === undefined) return;
        const stated = c.stated;
        const wanted =
          c.value !== undefined
            ? [c.value]
            : [...new Set([o.value, o.low, o.high])].filter((n): n is number => n !== null);
        for (const n of wanted)
          if (!statedContains(stated, n))
            say(["claims", j, "stated"], {
              found: `${show(stated)} for ${n}`,
              expected: "a printed figure that rounds to the stored one",
              fix: "Correct the value (base units, not millions), or give this claim its own `value`.",
            });
      });
    });
  },
};

export const statedExactly: CheckedRule = {
  id: "stated-exactly",
  why: "'More than 80' stored as 80 is a figure that no source gives.",
  check(data, report) {
    eachObservation(data, report, (o, say) => {
      if (o.value === null || o.approximate) return;
      const support = o.claims.flatMap((c, j) =>
        c.rank !== "deprecated" && c.value === undefined && c.stated !== undefined
          ? [{ j, stated: c.stated, word: ABOUT_WORDS.exec(c.stated)?.[0].trim() }]
          : [],
      );
      const [first] = support;
      // One source that prints the figure without a doubt is enough.
      if (first === undefined || support.some((s) => s.word === undefined)) return;
      say(["claims", first.j, "stated"], {
        level: "warning",
        found: `${show(first.stated)} beside the exact value ${o.value}`,
        expected: "a value that keeps what the source leaves open",
        fix: "Write { approximate: N }, { moreThan: N }, { atLeast: N }, { lessThan: N }, { atMost: N } or { low: N, high: N }.",
      });
    });
  },
};

export const claimsSettle: CheckedRule = {
  id: "claims-settle",
  why: "Where sources differ, a stated rule decides, not the person who types.",
  check(data, report) {
    const say = (
      collection: Collection,
      id: string,
      path: Path,
      typed: unknown,
      settled: { says: unknown; rule: string } | undefined,
    ) => {
      if (settled && settled.says !== typed)
        report(collection, id, path, {
          found: show(typed),
          expected: `${show(settled.says)}, which the claims give by the rule "${settled.rule}"`,
          fix: "Store what the rule gives, or rank a claim `preferred` or `deprecated` and say why in its note.",
        });
    };
    for (const e of data.events) {
      const date = settle(e.claims, (c) => c.date ?? e.date.edtf, data.source);
      const status = settle(e.claims, (c) => c.status ?? e.status, data.source);
      say("events", e.id, ["date"], e.date.edtf, date);
      say("events", e.id, ["status"], e.status, status);
    }
    for (const m of data.metrics)
      m.observations.forEach((o, i) => {
        // A range or bound is an agreed reading of words; only single values are settled among claims.
        if (o.value === null) return;
        const value = settle(o.claims, (c) => c.value ?? (o.value as number), data.source);
        const status = settle(o.claims, (c) => c.status ?? o.status, data.source);
        say("metrics", m.id, ["observations", i, "value"], o.value, value);
        say("metrics", m.id, ["observations", i, "status"], o.status, status);
      });
  },
};

export const timingFitsMeasure: CheckedRule = {
  id: "timing-fits-measure",
  why: "A stock has a moment, a flow a period, and what is promised is not yet actual.",
  check(data, report) {
    const allowed = {
      stock: ["at", "by", "to-date"],
      flow: ["during", "to-date", "per-year", "by"],
      ratio: ["at", "during", "by", "per-year"],
    } as const;
    eachObservation(data, report, (o, say, m) => {
      if (!(allowed[m.measure] as readonly string[]).includes(o.timing))
        say(["time"], {
          found: `${o.timing} for a ${m.measure}`,
          expected: `one of ${allowed[m.measure].join(", ")}`,
          fix: "Use another key for the time, or another metric.",
        });
      if (o.timing === "by" && o.status === "actual")
        say(["status"], {
          found: "an actual value with a deadline",
          expected: "committed, planned, target or forecast",
          fix: "Say when it came to be with `at`, `during` or `toDate`.",
        });
    });
  },
};

const PROMISED: ReadonlySet<string> = new Set(["planned", "target", "committed"]);

export const promisesCount: CheckedRule = {
  id: "promise-counts",
  why: "Whether a promise was kept can be judged only where it says what counts.",
  check(data, report) {
    eachObservation(data, report, (o, say, m) => {
      const can = m.promisable === true && PROMISED.has(o.status);
      for (const key of ["counts", "since", "direction", "outcome"] as const)
        if (o[key] !== undefined && !can)
          say([key], {
            found: `\`${key}\` on ${m.promisable ? `an observation that is ${o.status}` : "a metric that is not promisable"}`,
            expected: "it on planned, target or committed values of a metric with `promisable: true`",
            fix: m.promisable
              ? "Remove it, or correct the status."
              : "Remove it, or declare the metric promisable.",
          });
      if (can && m.measure === "flow" && o.timing === "by" && o.counts === undefined)
        say([], {
          level: "warning",
          found: "a flow that is promised by a date, without `counts`",
          expected: "cumulative (all that is done until then), yearly (in the year of the deadline) or level",
          fix: "Add `counts`, as the source means it; `since` too where it gives a start.",
        });
    });
  },
};

export const dimensionsDeclared: CheckedRule = {
  id: "dimension-declared",
  why: "Dimensions are closed, so that a total and its parts can be distinguished.",
  check(data, report) {
    eachObservation(data, report, (o, say, m) => {
      for (const [name, value] of Object.entries(o.dimensions)) {
        const values = m.dimensions[name]?.values;
        if (values && value in values) continue;
        say(["dimensions", name], {
          found: `${name}: ${value}`,
          expected: values
            ? `one of ${Object.keys(values).join(", ")}`
            : `one of the dimensions ${Object.keys(m.dimensions).join(", ") || "(none declared)"}`,
          nearest: nearest(values ? value : name, Object.keys(values ?? m.dimensions)),
          fix: "Declare it under the metric's `dimensions`, or correct it.",
        });
      }
    });
  },
};

export const plausible: CheckedRule = {
  id: "plausible",
  why: "Counts are whole, shares are at most 100, and a value ten times its neighbours is mostly a slip.",
  check(data, report) {
    eachObservation(data, report, (o, say, m) => {
      const ends = [o.low, o.high].filter((n): n is number => n !== null);
      if (data.unitKind.get(m.unit) === "count" && ends.some((n) => !Number.isInteger(n)))
        say(["value"], {
          found: written(o),
          expected: "a whole number, as the unit is counted",
          fix: "Store base units, or use another unit.",
        });
      if (m.unit === "percent" && o.caveats.length === 0 && ends.some((n) => n > 100 || n < -100))
        say(["value"], {
          found: written(o),
          expected: "a share from 0 to 100, or a caveat that explains it",
          fix: "Correct it, or say in `caveats` why it can be above 100.",
        });
    });
    const series = groupObservations(data, report, (o, m) => {
      if (o.value === null || o.start === null) return undefined;
      const length = Date.parse(o.end ?? o.start) - Date.parse(o.start);
      const cadence = o.timing === "during" ? Math.round(length / 864e5 / 28) : "";
      return [m.id, o.subject.id, dimensionKey(o), o.status, o.timing, cadence];
    });
    for (const list of series) {
      list.sort((a, b) => ascending(a.start, b.start));
      list.forEach(({ o, say }, n) => {
        const around = [list[n - 1], list[n + 1]].flatMap((x) => (x?.o.value ? [Math.abs(x.o.value)] : []));
        const v = Math.abs(o.value as number);
        if (around.length < 2 || v === 0 || o.caveats.length > 0) return;
        if (around.every((a) => v >= 10 * a) || around.every((a) => a >= 10 * v))
          say(["value"], {
            level: "warning",
            found: `${o.value} between ${around.join(" and ")}`,
            expected: "a value less than ten times off its neighbours, or a caveat",
            fix: "Check the unit: million, billion, lakh or crore. If the source has it, say so in `caveats`.",
          });
      });
    }
  },
};

/** How sources print the currencies of the dataset; a bare $ is the dollar of the United States. */
const CURRENCIES: Readonly<Record<string, RegExp>> = {
  usd: /(?:US|(?<![A-Z]))\$|\bUSD\b|(?<!Hong Kong |Singapore |Australian |Canadian )dollar/i,
  pkr: /\bRs\b|\bPKR\b|(?<!Indian )rupee/i,
  cny: /\bRMB\b|\bCNY\b|yuan|¥|元/i,
  eur: /€|\bEUR\b|\beuros?\b/i,
  other:
    /\b(?:HK|S|A|C|NT)\$|\b(?:HKD|SGD|AED|SAR|INR|JPY|GBP|KWD|QAR|SDRs?)\b|£|₹|dirham|riyal|Hong Kong dollar|Indian rupee/i,
};
/** How sources print other units, by the kind of unit that they are. Nothing is stored in miles. */
const PRINTED: readonly [printed: RegExp, kind: string][] = [
  [
    /\d\s*(?:(?:million|billion|thousand|lakh|crore)\s)?(?:kms?|kilomet(?:er|re)s?)\b(?!\s*(?:\/|per|²|2|h))/i,
    "length",
  ],
  [/\d\s*(?:(?:million|billion|thousand)\s)?miles?\b/i, "miles"],
  [/\d\s*(?:[kMG]W|megawatts?|gigawatts?)\b(?![\s-]*h)/, "power"],
  [/\d\s*(?:[kMGT]bps|[kMGT]bit\/s|[kmgt]igabits? per second)\b/i, "data-rate"],
  [/\d\s*(?:[kMG]Hz)\b/, "frequency"],
];

export const unitFits: CheckedRule = {
  id: "unit-fits",
  why: "A rupee stored as a dollar, or a share as a count, is wrong by a factor nobody sees.",
  check(data, report) {
    for (const m of data.metrics)
      if (data.unitKind.get(m.unit) === "ratio" && m.measure !== "ratio")
        report("metrics", m.id, ["measure"], {
          found: `a ${m.measure} in ${m.unit}`,
          expected: "ratio, as shares never add",
          fix: "Set `measure: ratio`, or another unit.",
        });
    eachObservation(data, report, (o, say, m) => {
      const kind = data.unitKind.get(m.unit);
      if (kind === "count" && [o.low, o.high].some((n) => n !== null && n < 0))
        say(["value"], {
          found: written(o),
          expected: "no count below zero",
          fix: "Remove the sign, or use a metric of change.",
        });
      o.claims.forEach((c, j) => {
        const stated = c.stated ?? "";
        const printed = Object.keys(CURRENCIES).filter((unit) => CURRENCIES[unit]?.test(stated));
        const wrong =
          kind === "currency"
            ? printed.length > 0 && !printed.includes(m.unit)
            : kind === "count" && (/%|per ?cent/i.test(stated) || printed.length > 0);
        const kinds = PRINTED.filter(([form]) => form.test(stated)).map(([, other]) => other);
        const another = kinds.length > 0 && printed.length === 0 && !kinds.includes(kind ?? "");
        if (wrong || (another && kind !== "ratio" && kind !== "currency"))
          say(["claims", j, "stated"], {
            found: `${show(stated)} for a value in ${m.unit}`,
            expected: `a figure printed in ${m.unit}; nothing is converted`,
            fix: "Use a metric of the unit that the source prints.",
          });
      });
    });
  },
};
