/**
 * Wrong or ambiguous calls that people make. Each is refused with a code and words that say why, and with a way out that
 * works: the call in the hint, pasted; the word that the hint suggests, put in the place of the wrong one; or the call that
 * the hint describes.
 */
import { describe, expect, it } from "vitest";
import type { CpecDataErrorCode, ObservationRecord, Total } from "../src/index.js";
import * as library from "../src/index.js";

const { aggregate, CpecDataError, filterObservations, getObservation, observations, total } = library;

const phones2021 = getObservation("phones-assembled:pakistan:actual:during:2021") as ObservationRecord;
/** Names that the calls of the table use, beside those of the library. */
const scope: Record<string, unknown> = { ...library, phones2021 };

/** What a call gives, written as a caller writes it. */
function run(call: string, more: Record<string, unknown> = {}): unknown {
  const names = { ...scope, ...more };
  return new Function(...Object.keys(names), `return ${call}`)(...Object.values(names));
}

function refusalOf(call: string, rows?: unknown): InstanceType<typeof CpecDataError> {
  try {
    run(call, { rows });
  } catch (error) {
    if (error instanceof CpecDataError) return error;
    throw error;
  }
  throw new Error(`not refused: ${call}`);
}

interface WrongSum {
  readonly want: string;
  /** The rows that somebody adds up. */
  readonly rows: string;
  readonly code: CpecDataErrorCode;
  readonly words: readonly string[];
  /** What the call of the hint gives, where it is a fixed figure. */
  readonly gives?: number;
}

const of = (filter: string) => `filterObservations(observations, ${filter})`;
const SUMS: readonly WrongSum[] = [
  {
    want: "phones made in 2021",
    rows: of('{ metric: "phones-assembled", from: "2021", to: "2021" }'),
    code: "MIXED_TIMING",
    words: ["timings never add", '"during" (', '"to-date" (1 row)'],
    gives: 24_660_000,
  },
  {
    want: "4G phones and smartphones made in 2021",
    rows: `${of('{ metric: "phones-assembled", from: "2021", to: "2021" }')}.filter((r) => r.timing === "during" && (r.dimensions.network === "4g" || r.dimensions.technology === "smartphone"))`,
    code: "NOT_ADDITIVE",
    words: ["different dimensions", "count the same things twice"],
  },
  {
    want: "cameras now",
    rows: of('{ metric: "cameras" }'),
    code: "MIXED_STATUS",
    words: ["statuses never add", '"planned" (', '"actual" ('],
  },
  {
    want: "cameras that are up",
    rows: of('{ metric: "cameras", status: "actual" }'),
    code: "NOT_ADDITIVE",
    words: ["different dimensions"],
  },
  {
    want: "mobile data",
    rows: of('{ metric: "data-usage", dimensions: { network: "mobile" } }'),
    code: "OVERLAP",
    words: ["share some days", "2017", "FY2017-18"],
  },
  {
    want: "people whom Huawei trained",
    rows: of('{ metric: "people-trained", organisation: "huawei" }'),
    code: "MIXED_STATUS",
    words: ['"target" (', '"actual" ('],
  },
  {
    want: "people trained with Huawei taking part",
    rows: of('{ metric: "people-trained", involving: "huawei", status: "actual" }'),
    code: "MIXED_TIMING",
    words: ['"during" (', '"to-date" ('],
  },
  {
    want: "Zong's investment by year",
    rows: of('{ metric: "investment-mobile-networks", organisation: "zong" }'),
    code: "MIXED_STATUS",
    words: ['"actual" (', '"planned" ('],
  },
  {
    want: "jobs in phone plants",
    rows: of('{ metric: "phone-manufacturing-jobs" }'),
    code: "MIXED_STATUS",
    words: ['"actual" (', '"target" ('],
  },
  {
    want: "mobile subscribers now",
    rows: of('{ metric: "mobile-subscribers" }'),
    code: "OVERLAP",
    words: ["share some days", "twice"],
  },
  {
    want: "subscribers of Zong now",
    rows: of('{ metric: "mobile-subscribers", organisation: "zong", dimensions: {} }'),
    code: "NOT_ADDITIVE",
    words: ["Levels of different times never add"],
  },
  {
    want: "exports of IT services in 2023",
    rows: of('{ metric: "it-services-exports", from: "2023", to: "2023" }'),
    code: "MIXED_STATUS",
    words: ['"actual" (', '"target" ('],
  },
  {
    want: "what Pakistan wants to export",
    rows: of('{ metric: "it-services-exports", status: "target" }'),
    code: "MIXED_TIMING",
    words: ['"by" (', '"during" ('],
  },
  {
    want: "phones made and imported",
    rows: of('{ metric: ["phones-assembled", "phones-imported"] }'),
    code: "MIXED_METRIC",
    words: ['"phones-assembled" (', '"phones-imported" ('],
  },
  {
    want: "the money of two sectors",
    rows: of('{ sector: ["satellites", "broadcasting"] }'),
    code: "MIXED_METRIC",
    words: ["metrics never add"],
  },
  {
    want: "the money of Sunwalk",
    rows: of('{ metric: "investment-fibre-backbone", project: "sunwalk-fibre-network" }'),
    code: "MIXED_STATUS",
    words: ['"planned" (', '"actual" (1 row)'],
    gives: 5_000_000,
  },
  {
    want: "loans for satellites",
    rows: of('{ metric: "financing-satellites" }'),
    code: "MIXED_STATUS",
    words: ['"committed" (', '"planned" ('],
  },
  {
    want: "projects of the corridor in 2019, begun and completed",
    rows: of('{ metric: "cpec-project-value", from: "2019-06", to: "2019-06" }'),
    code: "NOT_ADDITIVE",
    words: ['"stage"', "overlap by definition"],
  },
  {
    want: "entrants of Huawei's competition in Pakistan and the world",
    rows: of('{ metric: "competition-entrants" }'),
    code: "NOT_ADDITIVE",
    words: ["overlap by definition"],
  },
  {
    want: "phones for each hundred people, over the years",
    rows: of('{ metric: "mobile-teledensity" }'),
    code: "NOT_ADDITIVE",
    words: ["Ratios (shares, rates, prices) never add"],
  },
  {
    want: "the shares of the operators",
    rows: of('{ metric: "mobile-market-share" }'),
    code: "NOT_ADDITIVE",
    words: ["Ratios (shares, rates, prices) never add"],
  },
  {
    want: "imports of solar panels in 2022",
    rows: of('{ metric: "solar-panel-imports-value" }'),
    code: "OVERLAP",
    words: ["FY2021-22", "2022", "share some days"],
  },
  { want: "everything", rows: "observations", code: "MIXED_METRIC", words: ["metrics never add", "more"] },
];

/** A call, the code and words of its refusal, and the call that is meant; without one, the suggested word fixes it. */
type Refused = readonly [
  want: string,
  wrong: string,
  code: CpecDataErrorCode,
  words: readonly string[],
  right?: string,
];

const PHONES =
  'filterObservations(observations, { metric: "phones-assembled", status: "actual", dimensions: {} })';
const OPTIONS: readonly Refused[] = [
  [
    "what came to be",
    'filterObservations(observations, { status: "acutal" })',
    "UNKNOWN_VALUE",
    ['"acutal"'],
  ],
  [
    "phones made",
    'filterObservations(observations, { metric: "phone-assembled" })',
    "UNKNOWN_VALUE",
    ["metrics"],
  ],
  ["satellites", 'filterObservations(observations, { sector: "satelites" })', "UNKNOWN_VALUE", ["sectors"]],
  ["Huawei", 'filterEvents(events, { organisation: "hauwei" })', "UNKNOWN_VALUE", ["organisations"]],
  [
    "Huawei, in American",
    'filterEvents(events, { organization: "huawei" })',
    "UNKNOWN_OPTION",
    ["Its options"],
  ],
  [
    "Xiaomi, by a name that nobody bears",
    'filterObservations(observations, { organisation: findOrganisations("Xiaomii")[0]?.id })',
    "UNKNOWN_VALUE",
    ["undefined", "silently let everything through"],
    'filterObservations(observations, { organisation: findOrganisations("Xiaomi")[0]?.id })',
  ],
  [
    "no metric in particular",
    "filterObservations(observations, { metric: null })",
    "UNKNOWN_VALUE",
    ["null"],
    "filterObservations(observations, {})",
  ],
  [
    "cooperation of the corridor",
    'filterObservations(observations, { scopes: "cpec" })',
    "UNKNOWN_OPTION",
    ["scopes"],
  ],
  [
    "what may lie in 2021",
    'filterObservations(observations, { from: "2021", dates: "posible" })',
    "UNKNOWN_VALUE",
    ['"possible"'],
  ],
  [
    "one metric",
    'filterObservations(observations, ["phones-assembled"])',
    "UNKNOWN_OPTION",
    ["Pass an object with any of: metric"],
    'filterObservations(observations, { metric: "phones-assembled" })',
  ],
  [
    "2G phones",
    'filterObservations(observations, { metric: "phones-assembled", dimensions: { tech: "2g" } })',
    "UNKNOWN_VALUE",
    ['no dimension is called "tech"', "technology"],
    'filterObservations(observations, { metric: "phones-assembled", dimensions: { technology: "2g" } })',
  ],
  [
    "6G phones",
    'filterObservations(observations, { metric: "phones-assembled", dimensions: { technology: "6g" } })',
    "UNKNOWN_VALUE",
    ["Its values: 2g"],
  ],
  [
    "2021 to 2023, the wrong way round",
    'filterEvents(events, { from: "2023", to: "2021" })',
    "OUT_OF_RANGE",
    ["Put the earlier date in `from`"],
    'filterEvents(events, { from: "2021", to: "2023" })',
  ],
  [
    "2021 as a number",
    "filterEvents(events, { from: 2021 })",
    "UNKNOWN_VALUE",
    ["Expected a text"],
    'filterEvents(events, { from: "2021" })',
  ],
  [
    "a month that is none",
    'filterEvents(events, { from: "2021-13" })',
    "INVALID_DATE",
    ["a month from 01 to 12"],
    'filterEvents(events, { from: "2021-12" })',
  ],
  [
    "4 March 2022, in American",
    'filterEvents(events, { to: "03/04/2022" })',
    "INVALID_DATE",
    ['a day "2021-09-23"'],
    'filterEvents(events, { to: "2022-03-04" })',
  ],
  [
    "a year of two halves",
    'periodWindow("FY2021-23")',
    "INVALID_DATE",
    ['"FY2021-22"', "July to June"],
    'periodWindow("FY2021-22")',
  ],
  [
    "meetings that took place",
    'filterEvents(events, { status: "actual" })',
    "UNKNOWN_VALUE",
    ['Expected "occurred"'],
    'filterEvents(events, { status: "occurred" })',
  ],
  ["launches", 'filterEvents(events, { kind: "lauch" })', "UNKNOWN_VALUE", ['"launch"']],
  [
    "events in Pakistan itself",
    'filterEvents(events, { place: "pakistan", rollUp: "no" })',
    "UNKNOWN_VALUE",
    ["true or false"],
    'filterEvents(events, { place: "pakistan", rollUp: false })',
  ],
  [
    "the average",
    'aggregate(observations, { by: "metric", measure: "avg" })',
    "UNKNOWN_OPTION",
    ["Its options: by, reduce, over"],
    'aggregate(observations, { by: "metric", reduce: "latest" })',
  ],
  [
    "the average, by its right option",
    'aggregate(observations, { by: "metric", reduce: "avg" })',
    "UNKNOWN_VALUE",
    ['Expected "sum", "count", "latest", "min", "max"'],
    'aggregate(observations, { by: "metric", reduce: "max", over: "time" })',
  ],
  ["sums over time", 'aggregate(observations, { by: "year", over: "times" })', "UNKNOWN_VALUE", ['"time"']],
  ["sums by year", 'aggregate(observations, { by: "yaer", over: "time" })', "UNKNOWN_VALUE", ['"year"']],
  [
    "sums by year, positionally",
    'aggregate(observations, "year")',
    "UNKNOWN_OPTION",
    ["Pass an object with any of: by"],
    'aggregate(observations, { by: "year" })',
  ],
  [
    "sums without a group",
    'aggregate(observations, { over: ["time"] })',
    "UNKNOWN_VALUE",
    ['"by" is nothing'],
    'aggregate(observations, { by: "metric", over: ["time"] })',
  ],
  [
    "context too",
    'aggregateBySector(observations, { scopes: "context" })',
    "UNKNOWN_OPTION",
    ["Its options: level, scope"],
  ],
  [
    "events of the corridor",
    'countEvents(events, { by: "sector", scopes: ["cpec"] })',
    "UNKNOWN_OPTION",
    ["Its options: by, scope"],
  ],
  [
    "events by sector and year",
    'countEvents(events, { by: "sector,year" })',
    "UNKNOWN_VALUE",
    ['"sector", "year"'],
    'countEvents(events, { by: ["sector", "year"] })',
  ],
  [
    "a count of figures",
    'countEvents(observations, { by: "sector" })',
    "INVALID_ROW",
    ["not valid events"],
    'aggregate(observations, { by: "sector", reduce: "count", over: ["time", "subject"] })',
  ],
  ["figures in time", "timeline(observations)", "INVALID_ROW", ["not valid events"], "timeline(events)"],
  [
    "a sum of events",
    "total(events)",
    "INVALID_ROW",
    ["not valid observations"],
    'countEvents(events, { by: "scope" })',
  ],
  [
    "a total of one timing",
    `total(${PHONES}, { timing: "during" })`,
    "UNKNOWN_OPTION",
    ["Its options: each"],
    `total(${PHONES}.filter((r) => r.timing === "during"))`,
  ],
  [
    "the newest of each",
    'total(filterObservations(observations, { metric: "cameras", status: "actual", dimensions: {} }), { each: "newest" })',
    "UNKNOWN_VALUE",
    ['Expected "latest"'],
    'total(filterObservations(observations, { metric: "cameras", status: "actual", dimensions: {} }), { each: "latest" })',
  ],
  [
    "promises that are overdue",
    'promises({ verdict: "overdue" })',
    "UNKNOWN_VALUE",
    ['"late"', '"unknown"'],
    'promises({ verdict: ["late", "unknown"] })',
  ],
  [
    "what became of some rows",
    "promises({ rows: observations })",
    "UNKNOWN_OPTION",
    ["observations"],
    "promises({ observations })",
  ],
  [
    "promises made in 2022",
    'promises({ from: "2022", to: "2022" })',
    "UNKNOWN_OPTION",
    ["made, by"],
    'promises({ made: "2022" })',
  ],
  [
    "promises as known yesterday",
    'promises({ asOf: "yesterday" })',
    "INVALID_DATE",
    ['a day "2021-09-23"'],
    'promises({ asOf: "2023" })',
  ],
  ["delays by sector", 'delays({ by: "sectors" })', "UNKNOWN_VALUE", ['"sector"']],
  [
    "delays by sector, positionally",
    'delays("sector")',
    "UNKNOWN_OPTION",
    ["by"],
    'delays({ by: "sector" })',
  ],
  [
    "a citation in APA",
    'cite(dataset, { style: "apa" })',
    "UNKNOWN_VALUE",
    ['"csl-json"', '"bibtex"'],
    'cite(dataset, { style: "csl-json" })',
  ],
  [
    "a citation by id",
    'cite("phones-assembled:pakistan:actual:during:2021")',
    "UNKNOWN_VALUE",
    ["Pass a record with claims"],
    "cite(phones2021)",
  ],
  [
    "a project by a slip",
    'projectStatus("xiaomi-lahor-plant")',
    "UNKNOWN_ID",
    ["no project"],
    'projectStatus("xiaomi-lahore-plant")',
  ],
  [
    "a project as known in 2021",
    'projectStatus("xiaomi-lahore-plant", "2021")',
    "UNKNOWN_OPTION",
    ["asOf"],
    'projectStatus("xiaomi-lahore-plant", { asOf: "2021" })',
  ],
  [
    "certainty twice over",
    "computeTrend([{ x: 2020, y: 1 }, { x: 2021, y: 2 }], { alpha: 2 })",
    "OUT_OF_RANGE",
    ["between 0 and 1"],
    "computeTrend([{ x: 2020, y: 1 }, { x: 2021, y: 2 }], { alpha: 0.2 })",
  ],
  [
    "a trend within one year",
    "computeTrend([{ x: 2021, y: 1 }, { x: 2021, y: 2 }])",
    "OUT_OF_RANGE",
    ["the same x", "toSeries()"],
    "computeTrend([{ x: 2021, y: 1 }, { x: 2022, y: 2 }])",
  ],
  [
    "a trend with a hole",
    "computeTrend([{ x: 2021, y: 1 }, { x: 2022, y: NaN }])",
    "OUT_OF_RANGE",
    ["finite"],
    "computeTrend([{ x: 2021, y: 1 }])",
  ],
  [
    "the trend of rows",
    `computeTrend(${PHONES})`,
    "OUT_OF_RANGE",
    ["one series of toSeries()"],
    `computeTrend(toSeries(${PHONES})[0])`,
  ],
  [
    "the trend of a series that is not there",
    `computeTrend(toSeries(${PHONES}).find((s) => s.cadence === "yearly"))`,
    "INVALID_ROW",
    ["Pass one series of toSeries()"],
    `computeTrend(toSeries(${PHONES}).find((s) => s.cadence === "year"))`,
  ],
  [
    "the years alone",
    `toSeries(${PHONES}, { cadence: "year" })`,
    "UNKNOWN_OPTION",
    ['has no option "cadence"'],
    `toSeries(${PHONES}).filter((s) => s.cadence === "year")`,
  ],
  [
    "who works with whom under the corridor",
    'network(events, { scope: "cpec" })',
    "UNKNOWN_OPTION",
    ["takes no options", "filterEvents()"],
    'network(filterEvents(events, { scope: "cpec" })).links',
  ],
  [
    "months over years",
    `ratioOf(toSeries(${PHONES}).find((s) => s.cadence === "year"), toSeries(${PHONES}).find((s) => s.cadence === "month"))`,
    "MIXED_TIMING",
    ["cadences"],
    `ratioOf(...[0, 1].map(() => toSeries(${PHONES}).find((s) => s.cadence === "year"))).points`,
  ],
];

const ROWS: readonly Refused[] = [
  [
    "a value in another unit",
    "total([{ ...phones2021, value: 24.66 }])",
    "INVALID_ROW",
    ["low and high equal to it", "{ ...row, value: v, low: v, high: v }"],
    "total([{ ...phones2021, value: 24.66, low: 24.66, high: 24.66 }])",
  ],
  [
    "rows of a CSV file",
    'total([{ ...phones2021, value: "24660000", low: "24660000", high: "24660000" }])',
    "INVALID_ROW",
    ['found "24660000"', "Convert text with Number()"],
    'total([{ ...phones2021, value: Number("24660000"), low: Number("24660000"), high: Number("24660000") }])',
  ],
  [
    "a value that is not known",
    "total([{ ...phones2021, value: NaN, low: NaN, high: NaN }])",
    "INVALID_ROW",
    ["found NaN", "use null"],
    "[total([{ ...phones2021, value: null, low: null, high: null }]).leftOut[0].reason]",
  ],
  [
    "a value without bounds",
    "total([{ ...phones2021, low: undefined, high: undefined }])",
    "INVALID_ROW",
    ["low: found nothing"],
    "total([phones2021])",
  ],
  [
    "infinitely many phones",
    "total([{ ...phones2021, value: Infinity, low: Infinity, high: Infinity }])",
    "INVALID_ROW",
    ["a finite number"],
    "total([phones2021])",
  ],
  [
    "a big integer",
    "total([{ ...phones2021, value: 1n, low: 1n, high: 1n }])",
    "INVALID_ROW",
    ["a finite number"],
    "total([{ ...phones2021, value: Number(1n), low: 1, high: 1 }])",
  ],
  [
    "bounds the wrong way round",
    "total([{ ...phones2021, value: null, low: 9, high: 3 }])",
    "INVALID_ROW",
    ["Swap the two"],
    "total([{ ...phones2021, value: null, low: 3, high: 9 }])",
  ],
  [
    "dates the wrong way round",
    'toSeries([{ ...phones2021, start: "2021-12-31", end: "2021-01-01" }])',
    "INVALID_ROW",
    ["Swap the two"],
    'toSeries([{ ...phones2021, start: "2021-01-01", end: "2021-12-31" }])',
  ],
  [
    "a date of the language",
    'total([{ ...phones2021, start: new Date("2021-01-01") }])',
    "INVALID_ROW",
    ["an ISO day"],
    'total([{ ...phones2021, start: new Date("2021-01-01").toISOString().slice(0, 10) }])',
  ],
  [
    "two releases",
    "total([phones2021, { ...phones2021, value: 1, low: 1, high: 1 }])",
    "CONFLICTING_ROWS",
    ["Keep one row for each id"],
    "total([phones2021, { ...phones2021 }])",
  ],
  [
    "parts of each other",
    'total([{ ...phones2021, id: "a", partOf: "b" }, { ...phones2021, id: "b", partOf: "a" }])',
    "INVALID_ROW",
    ["in a ring", "`partOf`"],
    'total([{ ...phones2021, id: "a", partOf: "b" }, { ...phones2021, id: "b" }])',
  ],
  ["one row", "total(phones2021)", "INVALID_ROW", ["Pass an array of observations"], "total([phones2021])"],
  [
    "rows by id",
    "total([phones2021.id])",
    "INVALID_ROW",
    ["expected an object"],
    "total([getObservation(phones2021.id)])",
  ],
  [
    "a row that was not found",
    'total([getObservation("phones")])',
    "INVALID_ROW",
    ["found nothing"],
    "total([getObservation(phones2021.id)])",
  ],
  [
    "rows as JSON",
    "total(JSON.stringify([phones2021]))",
    "INVALID_ROW",
    ["Pass an array of observations"],
    "total(JSON.parse(JSON.stringify([phones2021])))",
  ],
  [
    "a status of one's own",
    'total([{ ...phones2021, status: "acutal" }])',
    "INVALID_ROW",
    ['Did you mean "actual"'],
  ],
  [
    "rows that are on their way",
    "total(Promise.resolve([phones2021]))",
    "INVALID_ROW",
    ["Pass an array of observations"],
    "total([phones2021])",
  ],
  ["no rows", "total([])", "OUT_OF_RANGE", ["Check the filter"], "total([phones2021])"],
];

/** That a call gives something: rows, a value, a text. */
function expectAnswer(answer: unknown): void {
  expect(answer ?? null).not.toBeNull();
  if (Array.isArray(answer) || typeof answer === "string") expect(answer.length).toBeGreaterThan(0);
}

describe("forty wrong or ambiguous calls", () => {
  it("are forty and more, each wanted for something else", () => {
    const wants = [...SUMS.map((s) => s.want), ...OPTIONS.map(([w]) => w), ...ROWS.map(([w]) => w)];
    expect(wants.length).toBeGreaterThanOrEqual(40);
    expect(new Set(wants).size).toBe(wants.length);
  });

  it.each(SUMS.map((s) => [s.want, s] as const))(
    "a sum of %s is refused, and the call in the hint works",
    (_, sum) => {
      const rows = run(sum.rows) as ObservationRecord[];
      expect(rows.length).toBeGreaterThan(1);
      const refusal = refusalOf("total(rows)", rows);
      expect(refusal.code).toBe(sum.code);
      for (const word of sum.words) expect(refusal.message).toContain(word);
      const ids = new Set(rows.map((r) => r.id));
      expect(refusal.ids.length).toBe(2);
      for (const id of refusal.ids) expect(ids).toContain(id);

      const call = /^This call works on the same rows: ([\s\S]*)$/.exec(refusal.hint)?.[1] as string;
      const answer = run(call, { rows });
      const results = (Array.isArray(answer) ? answer : [answer]) as Total[];
      expect(results.length).toBeGreaterThan(0);
      for (const result of results) {
        expect(result.count).toBeGreaterThan(0);
        // Every row that counts is one of those given; a sum is the plain sum of their ends.
        const counting = rows.filter((r) => result.observations.includes(r.id));
        expect(counting.length).toBe(call.startsWith("total(") ? result.count : 1);
        const ends = (end: "low" | "high") =>
          counting.some((r) => r[end] === null) ? null : counting.reduce((n, r) => n + (r[end] as number), 0);
        if (call.startsWith("total(")) {
          if (ends("low") !== null) expect(result.low).toBeCloseTo(ends("low") as number, 3);
          if (ends("high") !== null) expect(result.high).toBeCloseTo(ends("high") as number, 3);
        }
      }
      if (sum.gives !== undefined) expect(results[0]?.value).toBe(sum.gives);
    },
  );

  it.each([...OPTIONS, ...ROWS].map((r) => [r[0], r[1], r] as const))(
    "%s: %s is refused, and the way out works",
    (_, wrong, [, , code, words, right]) => {
      const refusal = refusalOf(wrong);
      expect(refusal.code).toBe(code);
      for (const word of words) expect(refusal.message).toContain(word);
      expect(refusal.hint).not.toBe("");
      if (right !== undefined) expectAnswer(run(right));
      else {
        // The suggested word in the place of the wrong one.
        const suggested = /Did you mean "([^"]+)"/.exec(refusal.message)?.[1] as string;
        const slip = /"?(\w[\w-]*)"?$/.exec(refusal.ids[0] ?? "")?.[1] as string;
        const fixed =
          code === "INVALID_ROW"
            ? wrong.replace(/(status: ")\w+/, `$1${suggested}`)
            : wrong.replace(slip, suggested);
        expect(fixed).not.toBe(wrong);
        expectAnswer(run(fixed));
      }
    },
  );
});

describe("questions that are answered, with what to bear in mind", () => {
  it("holds foreign investment of a year inside that year, and lists what straddles", () => {
    const years = aggregate(filterObservations(observations, { metric: "fdi-from-china" }), {
      by: "year",
      over: "time",
    });
    for (const r of years.filter((y) => y.group.year !== null)) {
      expect(r.start?.slice(0, 4)).toBe(String(r.group.year));
      expect(r.end?.slice(0, 4)).toBe(String(r.group.year));
      expect(r.covers?.missing.length === 0 || r.caveats.some((c) => c.startsWith("No values for"))).toBe(
        true,
      );
    }
    const out = years.find((y) => y.group.year === null);
    expect(out?.count).toBe(0);
    expect(out?.leftOut.some((l) => l.reason === "straddles")).toBe(true);
  });
  it("sees every value of a level: the highest, the lowest and the newest", () => {
    const rows = filterObservations(observations, { metric: "mobile-teledensity", status: "actual" });
    const reduced = (reduce: "max" | "min") =>
      aggregate(rows, { by: "metric", over: "time", reduce })[0]?.value;
    const values = rows.flatMap((r) => r.value ?? []);
    expect(reduced("max")).toBe(Math.max(...values));
    expect(reduced("min")).toBe(Math.min(...values));
  });
  it("takes the newest running total of a body, and adds none", () => {
    const own = { metric: "investment-mobile-networks", organisation: "zong" } as const;
    const sum = total(filterObservations(observations, { ...own, status: "actual", timing: "to-date" }));
    expect([sum.value, sum.low, sum.high, sum.count]).toEqual([null, 3_000_000_000, null, 1]);
  });
  it("credits no bidder with a whole auction", () => {
    const own = filterObservations(observations, { metric: "spectrum-price", organisation: "zong" });
    expect(own.every((r) => r.subject.type !== "event")).toBe(true);
    const with_ = filterObservations(observations, { metric: "spectrum-price", involving: "zong" });
    expect(with_.length).toBeGreaterThan(own.length);
  });
  it("says of documents of 2025 that they may overlap", () => {
    const sum = total(
      filterObservations(observations, { metric: "cooperation-documents", from: "2025", to: "2025" }),
    );
    expect(sum.caveats.some((c) => c.includes("never add both"))).toBe(true);
  });
  it("adds rows of one's own with twenty dimensions, and finds their total among them", () => {
    const along = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`d${i}`, "a"]));
    const dimensions = along(20);
    const own = { ...phones2021, metric: "gadgets" };
    const rows = [
      { ...own, id: "one", dimensions },
      { ...own, id: "two", dimensions: { ...dimensions, d0: "b" } },
      { ...own, id: "whole", dimensions: { d1: "a" }, value: 7, low: 7, high: 7 },
    ];
    const sum = total(rows);
    expect([sum.value, sum.observations]).toEqual([7, ["whole"]]);
    expect(sum.leftOut.map((l) => [l.reason, l.because])).toEqual([
      ["dimension", "whole"],
      ["dimension", "whole"],
    ]);
    expect(() => total(rows.slice(0, 2))).toThrow(expect.objectContaining({ code: "NOT_ADDITIVE" }));
  });
});

describe("the latest of each subject, added", () => {
  const said = (id: string, value: number, asOf: string, more: object = {}) => ({
    ...phones2021,
    ...{ id, value, low: value, high: value, asOf, ...more },
  });
  it("takes no part in the place of its whole, though the part was said later", () => {
    const rows = [said("whole", 100, "2021"), said("part", 7, "2022", { partOf: "whole" })];
    for (const given of [rows, [...rows].reverse()]) {
      const sum = total(given, { each: "latest" });
      expect([sum.value, sum.leftOut]).toEqual([100, [{ id: "part", reason: "part", because: "whole" }]]);
    }
  });
  it("names the value that counts for a part of an older whole", () => {
    const rows = [
      said("old", 100, "2021"),
      said("part", 7, "2021", { partOf: "old" }),
      said("new", 120, "2022", { period: "2022", start: "2022-01-01", end: "2022-12-31" }),
    ];
    const sum = total(rows, { each: "latest" });
    expect(sum.value).toBe(120);
    expect(sum.leftOut.map((l) => [l.id, l.because])).toEqual([
      ["old", "new"],
      ["part", "new"],
    ]);
  });
});
