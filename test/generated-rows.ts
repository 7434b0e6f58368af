/** Observations made from a seed, with every trait that the guard judges: for tests of size and of equality with SQL. */
import { type ObservationRecord, periodWindow } from "../src/index.js";

/** A small generator of numbers from 0 to 1 (mulberry32): the same seed gives the same rows. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const two = (n: number) => String(n).padStart(2, "0");
const PERIODS = Array.from({ length: 12 }, (_, i) => 2010 + i).flatMap((year) => [
  `${year}`,
  `FY${year}-${two((year + 1) % 100)}`,
  `${year}-33`,
  `${year}-35`,
  `${year}-01/${year}-06`,
  `${year}-04/${year}-09`,
  `${year}-11/${year + 1}-02`,
  `${year}/${year + 1}`,
  ...Array.from({ length: 12 }, (_, m) => `${year}-${two(m + 1)}`),
  `${year}-03-15`,
  // Windows that share days and lie in no year.
  `${year}-07/${year + 1}-05`,
  `${year}-12/${year + 1}-08`,
  `${year}-02-10/${year}-10-20`,
]);
const WINDOWS = PERIODS.map((period) => ({ period, ...periodWindow(period) }));

/** Subjects of the dataset, so that some lie in others: always, or for some years only. */
const SUBJECTS = (
  [
    ["place", "pakistan"],
    ["place", "punjab"],
    ["place", "lahore"],
    ["place", "sindh"],
    ["place", "karachi"],
    ["place", "china"],
    ["organisation", "china-mobile"],
    ["organisation", "zong"],
    ["project", "zong-4g-network"],
    ["organisation", "daraz"],
    ["organisation", "alibaba"],
    ["organisation", "hmn-technologies"],
    ["organisation", "hengtong-optic-electric"],
    ["organisation", "hengtong-group"],
    ["organisation", "huawei"],
    ["organisation", "pta"],
    ["event", "b2b-conference-2025"],
    ["event", "huawei-ntc-mou-2025"],
    ["project", "a-project-of-ones-own"],
  ] as const
).map(([type, id]) => ({ type, id }));
const AREAS = [undefined, undefined, undefined, undefined, "punjab", "lahore", "china"];
const DIMENSIONS = [
  {},
  {},
  { technology: "2g" },
  { technology: "4g" },
  { sex: "women" },
  { technology: "2g", sex: "women" },
  { age: "young", sex: "women", technology: "4g" },
];
const CLAIMS = [{ source: "a-source" }];
const WITHDRAWN = [{ source: "a-source", rank: "deprecated" as const }];

/** Rows of `metrics` metrics. Parts name earlier rows and later statements replace earlier ones, so that no ring can arise. */
export function* generatedRows(count: number, metrics: number, seed: number): Generator<ObservationRecord> {
  const next = random(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T;
  const before = new Map<string, string[]>();
  for (let n = 0; n < count; n++) {
    const m = Math.floor(next() * metrics);
    const status = pick(["actual", "planned", "target"] as const);
    const timing = pick(["during", "during", "during", "at", "to-date", "per-year", "by"] as const);
    const { period, earliest, latest } = pick(WINDOWS);
    const spans = timing === "during" || timing === "at" || (timing === "per-year" && next() < 0.7);
    const size = Math.floor(next() * 1000);
    const shape = next();
    const [low, high] =
      shape < 0.02
        ? [null, null]
        : shape < 0.05
          ? [size, null]
          : shape < 0.08
            ? [null, size]
            : shape < 0.2
              ? [size, size + 9]
              : [size, size];
    const kin = `${m}|${status}|${timing}`;
    const link = next();
    const id = `r${n}`;
    const earlier = before.get(kin) ?? [];
    before.set(kin, [...earlier.slice(-4), id]);
    const other = earlier.length > 0 ? pick(earlier) : undefined;
    const area = pick(AREAS);
    const subject = pick(SUBJECTS);
    yield {
      id,
      metric: `metric-${m}`,
      unit: "handset",
      measure: (["flow", "flow", "stock", "ratio"] as const)[m % 4] as "flow",
      sector: "device-manufacturing",
      scope: pick(["cpec", "bilateral", "bilateral", "context"] as const),
      subject,
      ...(area !== undefined && subject.type !== "place" ? { area } : {}),
      dimensions: pick(DIMENSIONS),
      status,
      timing,
      period,
      start: spans ? earliest : null,
      end:
        timing === "during" || timing === "at" || (timing !== "per-year" && next() < 0.9) || next() < 0.3
          ? latest
          : null,
      value: low !== null && low === high ? low : null,
      low,
      high,
      approximate: next() < 0.1,
      ...(next() < 0.1 ? { asOf: pick(["2019", "2020-05", "2021-07-01"]) } : {}),
      ...(other && link < 0.04 ? { partOf: other } : {}),
      ...(other && link > 0.97 ? { supersedes: other } : {}),
      caveats: [],
      claims: next() < 0.02 ? WITHDRAWN : CLAIMS,
      confidence: "medium",
    };
  }
}
