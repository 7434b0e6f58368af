/** Every helper checks at the door what it is given: rows, options, ids and dates. One that is new has no entry here, and fails. */
import { describe, expect, it } from "vitest";
import type { CpecDataErrorCode } from "../src/index.js";
import * as library from "../src/index.js";
import { event, row } from "./rows.js";

type Any = (...values: unknown[]) => unknown;
const helpers = Object.entries(library).filter(([, value]) => typeof value === "function") as [string, Any][];

/** How a helper takes rows: as its first argument, or under a name in its options. */
interface Takes {
  readonly rows: "observations" | "events";
  readonly call: (rows: unknown) => unknown;
}
const first = (rows: Takes["rows"], f: unknown, ...rest: unknown[]): Takes => ({
  rows,
  call: (given) => (f as Any)(given, ...rest),
});
const named = (rows: Takes["rows"], f: unknown): Takes => ({
  rows,
  call: (given) => (f as Any)({ [rows]: given }),
});
const ROWS: Record<string, readonly Takes[]> = {
  aggregate: [first("observations", library.aggregate, { by: "metric" })],
  aggregateBySector: [first("observations", library.aggregateBySector)],
  computeTrends: [first("observations", library.computeTrends)],
  conflicts: [named("observations", library.conflicts), named("events", library.conflicts)],
  countEvents: [first("events", library.countEvents, { by: "year" })],
  delays: [named("observations", library.delays), named("events", library.delays)],
  filterEvents: [first("events", library.filterEvents, {})],
  filterObservations: [first("observations", library.filterObservations, {})],
  network: [first("events", library.network)],
  promises: [named("observations", library.promises), named("events", library.promises)],
  timeline: [first("events", library.timeline)],
  toSeries: [first("observations", library.toSeries)],
  total: [first("observations", library.total)],
};

/** How a helper takes options, and those that it has to be given. */
interface Opts {
  readonly call: (options: unknown) => unknown;
  readonly keys: readonly string[];
  readonly needed?: Readonly<Record<string, unknown>>;
}
const LEDGER = [
  "asOf",
  "project",
  "organisation",
  "promisedBy",
  "sector",
  "metric",
  "made",
  "by",
  "verdict",
  "events",
  "observations",
];
const TIME = ["from", "to", "dates"];
const points = [
  { x: 2020, y: 1 },
  { x: 2021, y: 2 },
];
const OPTIONS: Record<string, Opts> = {
  aggregate: {
    call: (o) => (library.aggregate as Any)([row()], o),
    keys: ["by", "reduce", "over", "within"],
    needed: { by: "metric" },
  },
  aggregateBySector: {
    call: (o) => (library.aggregateBySector as Any)([row()], o),
    keys: ["level", "scope"],
  },
  cite: { call: (o) => (library.cite as Any)(library.dataset, o), keys: ["style"] },
  computeTrend: { call: (o) => (library.computeTrend as Any)(points, o), keys: ["alpha"] },
  computeTrends: { call: (o) => (library.computeTrends as Any)([row()], o), keys: ["alpha"] },
  conflicts: { call: (o) => (library.conflicts as Any)(o), keys: ["events", "observations"] },
  countEvents: {
    call: (o) => (library.countEvents as Any)([event()], o),
    keys: ["by", "scope", "status", "rollUp"],
    needed: { by: "year" },
  },
  delays: { call: (o) => (library.delays as Any)(o), keys: LEDGER },
  filterEvents: {
    call: (o) => (library.filterEvents as Any)([event()], o),
    keys: ["sector", "organisation", "place", "project", "kind", "status", "scope", "rollUp", ...TIME],
    needed: {},
  },
  filterObservations: {
    call: (o) => (library.filterObservations as Any)([row()], o),
    keys: [
      ...["metric", "unit", "sector", "organisation", "involving", "place", "project", "event"],
      ...["measure", "status", "timing", "scope", "dimensions", ...TIME],
    ],
    needed: {},
  },
  network: { call: (o) => (library.network as Any)([event()], o), keys: [] },
  projectStatus: { call: (o) => (library.projectStatus as Any)("peace-cable", o), keys: ["asOf"] },
  promises: { call: (o) => (library.promises as Any)(o), keys: LEDGER },
  timeline: { call: (o) => (library.timeline as Any)([event()], o), keys: [] },
  toSeries: { call: (o) => (library.toSeries as Any)([row()], o), keys: ["within"] },
  total: { call: (o) => (library.total as Any)([row()], o), keys: ["each", "within"] },
};

/** Helpers of something else than rows: what is wrong for them, and how they say so. */
const WRONG: Record<string, readonly (readonly [CpecDataErrorCode, ...unknown[]])[]> = {
  cite: [
    ["UNKNOWN_VALUE", undefined],
    ["UNKNOWN_VALUE", "an-id"],
    ["UNKNOWN_VALUE", {}],
    ["UNKNOWN_VALUE", { sources: null }],
    ["UNKNOWN_VALUE", { claims: "text" }],
    ["UNKNOWN_ID", { sources: ["no-such-source"] }],
  ],
  computeTrend: [
    ["INVALID_ROW", undefined],
    ["INVALID_ROW", "text"],
    ["INVALID_ROW", {}],
    ["OUT_OF_RANGE", [1, 2, 3]],
    ["OUT_OF_RANGE", [{ x: "2021", y: 1 }]],
    ["OUT_OF_RANGE", [{ x: 2021, y: Number.NaN }]],
    ["OUT_OF_RANGE", points, { alpha: 2 }],
  ],
  dateWindow: [
    ["INVALID_DATE", undefined],
    ["INVALID_DATE", 2021],
    ["INVALID_DATE", "2021-02-30"],
  ],
  periodWindow: [
    ["INVALID_DATE", undefined],
    ["INVALID_DATE", 2021],
    ["INVALID_DATE", "FY2021-23"],
  ],
  findOrganisations: [
    ["UNKNOWN_VALUE", undefined],
    ["UNKNOWN_VALUE", 1],
  ],
  projectStatus: [
    ["UNKNOWN_ID", undefined],
    ["UNKNOWN_ID", "no-such-project"],
    ["UNKNOWN_ID", { id: "no-such-project" }],
    ["UNKNOWN_ID", {}],
    ["INVALID_DATE", "peace-cable", { asOf: "tomorrow" }],
  ],
  ratioOf: [
    ["INVALID_ROW", undefined, undefined],
    ["INVALID_ROW", {}, {}],
    ["INVALID_ROW", [row()], [row()]],
  ],
};
/** They give `undefined` for whatever is not an id, as a map does. */
const LOOK_UPS = helpers.map(([name]) => name).filter((name) => /^get[A-Z]/.test(name));
const CLASSES = ["CpecDataError"];

const codeOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    if (error instanceof library.CpecDataError) return error.code;
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return "taken";
};

describe("a helper of the library", () => {
  it.each(helpers.map(([name]) => name))("%s has an entry below", (name) => {
    const known = [...Object.keys({ ...ROWS, ...OPTIONS, ...WRONG }), ...LOOK_UPS, ...CLASSES];
    expect(known).toContain(name);
  });
  it.each(helpers.filter(([, f]) => f.length > 1).map(([name]) => name))(
    "%s takes a second argument, so that its options are tried below",
    (name) => {
      expect([...Object.keys(OPTIONS), "ratioOf", ...CLASSES]).toContain(name);
    },
  );
});

describe("rows at the door of", () => {
  const takers = Object.entries(ROWS).flatMap(([name, all]) =>
    all.map((takes) => [name, takes.rows, takes] as const),
  );
  it.each(takers)("%s: %s", (_, kind, { call }) => {
    const good = kind === "observations" ? row() : event();
    const [wrong, other] =
      kind === "observations"
        ? [
            { ...row(), value: Number.NaN },
            { ...row(), value: 99, low: 99, high: 99 },
          ]
        : [
            { ...event(), date: { edtf: "2021" } },
            { ...event(), title: "Another" },
          ];
    expect(codeOf(() => call([good]))).toBe("taken");
    expect(codeOf(() => call([good, { ...good }].values()))).toBe("taken");
    expect(codeOf(() => call([good, wrong]))).toBe("INVALID_ROW");
    expect(codeOf(() => call([undefined]))).toBe("INVALID_ROW");
    expect(codeOf(() => call(["an-id"]))).toBe("INVALID_ROW");
    expect(codeOf(() => call(good))).toBe("INVALID_ROW");
    expect(codeOf(() => call("text"))).toBe("INVALID_ROW");
    expect(codeOf(() => call([good, other]))).toBe("CONFLICTING_ROWS");
    // Rows of the other kind, though they have passed as what they are.
    const strange = kind === "observations" ? library.events : library.observations;
    library.toSeries(library.observations);
    library.timeline(library.events);
    expect(codeOf(() => call(strange))).toBe("INVALID_ROW");
  });
  it.each(takers.filter(([name]) => !["conflicts", "delays", "promises"].includes(name)))(
    "%s: none at all",
    (_, __, { call }) => {
      expect(codeOf(() => call(undefined))).toBe("INVALID_ROW");
    },
  );
});

describe("options at the door of", () => {
  it.each(Object.entries(OPTIONS))("%s", (_, { call, keys, needed }) => {
    const refusal = (options: unknown) => codeOf(() => call(options));
    expect(refusal(needed ?? (keys.length > 0 ? {} : undefined))).toBe("taken");
    expect(refusal({ ...needed, noSuchOption: 1 })).toBe("UNKNOWN_OPTION");
    expect(refusal(["2021"])).toBe("UNKNOWN_OPTION");
    if (keys.length > 0) {
      expect(refusal("2021")).toBe("UNKNOWN_OPTION");
      expect(refusal(null)).toBe("UNKNOWN_OPTION");
    }
    if (needed) expect(refusal(undefined)).toBe("UNKNOWN_OPTION");
    for (const key of keys) {
      expect([key, refusal({ ...needed, [key]: undefined })]).toEqual([key, "UNKNOWN_VALUE"]);
      expect([key, refusal({ ...needed, [key]: 42 })]).toEqual([
        key,
        expect.stringMatching(/^(UNKNOWN_VALUE|INVALID_ROW|OUT_OF_RANGE)$/),
      ]);
      expect([key, refusal({ ...needed, [key]: "no such thing" })]).toEqual([
        key,
        expect.stringMatching(/^(UNKNOWN_VALUE|INVALID_ROW|INVALID_DATE|OUT_OF_RANGE)$/),
      ]);
    }
  });
  it.each(Object.entries(OPTIONS).filter(([, { keys }]) => keys.length > 0))(
    "%s: the refusal names all of them",
    (_, { call, keys, needed }) => {
      const named = (() => {
        try {
          call({ ...needed, noSuchOption: 1 });
        } catch (error) {
          return /Its options: (.+)\.$/.exec((error as Error).message)?.[1]?.split(", ");
        }
      })();
      expect([...(named ?? [])].sort()).toEqual([...keys].sort());
    },
  );
});

describe("what is not a row, at the door of", () => {
  const wrong = Object.entries(WRONG).flatMap(([name, all]) =>
    all.map(([code, ...values]) => [name, code, values] as const),
  );
  it.each(wrong)("%s: %s", (name, code, values) => {
    expect(codeOf(() => (library[name as keyof typeof library] as Any)(...values))).toBe(code);
  });
  it.each(LOOK_UPS)("%s: whatever is not an id gives undefined", (name) => {
    for (const id of [undefined, null, 1, {}, "no-such-id", "__proto__", "constructor"])
      expect((library[name as keyof typeof library] as Any)(id)).toBeUndefined();
  });
});

describe("rows that passed are not looked at again, but", () => {
  const frozen = <T extends object>(...rows: T[]) => Object.freeze(rows.map((r) => Object.freeze(r)));
  it("a list of events is still no list of observations", () => {
    const list = frozen(event());
    expect(library.filterEvents(list, {})).toHaveLength(1);
    expect(codeOf(() => library.filterObservations(list as never, {}))).toBe("INVALID_ROW");
    expect(library.filterEvents(list, {})).toEqual([...list]);
  });
  it("a row that can change is, in a frozen list too, and so is what is added to a list", () => {
    const mine = row();
    const list = Object.freeze([mine]);
    expect(library.filterObservations(list, {})).toHaveLength(1);
    (mine as { value: unknown }).value = "10";
    expect(codeOf(() => library.filterObservations(list, {}))).toBe("INVALID_ROW");
    const open = [Object.freeze(row())];
    expect(library.filterObservations(open, {})).toHaveLength(1);
    open.push({ ...row({ period: "2022" }), value: "10" } as never);
    expect(codeOf(() => library.filterObservations(open, {}))).toBe("INVALID_ROW");
  });
  it("a row that stands twice in a frozen list does so each time", () => {
    const same = Object.freeze(row());
    const list = Object.freeze([same, same]);
    for (const _ of [1, 2]) expect(library.total(list).leftOut).toHaveLength(1);
  });
});
