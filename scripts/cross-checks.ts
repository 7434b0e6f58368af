// Compares series of the dataset with what other producers publish of the same thing, value by value, and writes docs/cross-checks.md:
// npx tsx scripts/cross-checks.ts. Each difference above the tolerance needs a line in scripts/cross-checks.yaml that explains it.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import type { DatasetRecords } from "../src/types.js";
import { readRecords } from "./read/dataset.js";

/** Differences up to this share are rounding and small revisions. */
export const TOLERANCE = 0.02;

type Observation = DatasetRecords["metrics"][number]["observations"][number];

/** One value of the dataset beside the value of another producer. */
export interface Row {
  readonly check: string;
  /** What is compared: the metric with its subject and parts, where a check takes in several. */
  readonly what: string;
  readonly period: string;
  /** The page that gives the value of the dataset, where one observation has several. */
  readonly source?: string;
  readonly ours: number;
  readonly theirs: number;
}

export interface Explanation {
  readonly check: string;
  /** The rows it holds for: periods, or sources, or `all`. */
  readonly of: readonly string[] | "all";
  readonly why: string;
}

export const CHECKS: Readonly<Record<string, { readonly title: string; readonly text: string }>> = {
  "exports-windows": {
    title: "Exports of IT services: windows against months",
    text: "Fiscal years and other windows as pages print them (`it-services-exports`), against the sum of the months of the State Bank's own series.",
  },
  "surplus-windows": {
    title: "Trade surplus in IT services: windows against months",
    text: "The surplus as pages print it (`it-services-trade-surplus`), against exports less imports of the State Bank's months.",
  },
  "exports-calendar": {
    title: "Exports of IT services: World Bank against State Bank",
    text: "Calendar years of the World Bank (`ict-service-exports-calendar`), against the sum of the State Bank's months.",
  },
  "same-value": {
    title: "One value, two producers",
    text: "Each claim of another origin, against the first claim of a statistical table or database for the same observation: State Bank, World Bank, International Telecommunication Union, AidData, TeleGeography.",
  },
  "subscriptions-year": {
    title: "Mobile subscriptions of a year without a month",
    text: "Counts that a page gives for a year (`mobile-subscribers`), against the count of the International Telecommunication Union for that year.",
  },
  "fixed-broadband": {
    title: "Fixed broadband in December",
    text: "All broadband less mobile broadband at the end of a December, against the International Telecommunication Union (`fixed-broadband-subscribers`).",
  },
  operators: {
    title: "3G and 4G of the four operators, summed",
    text: "3G and 4G subscriptions of Jazz, Telenor Pakistan, Ufone and Zong (`mobile-subscribers`) together, in the months that have all eight, against mobile broadband of the whole country (`mobile-broadband-subscribers`). The regulator counts both, so this tests the reading and not the count; SCO, the fifth operator, with about 1 % of the subscriptions, is not in the sum.",
  },
  "direct-investment": {
    title: "Direct investment of all countries, summed",
    text: "The fiscal years 2012-13 to 2023-24 of the State Bank (`fdi-total`) together, against the mean of the two calendar years that each lies in (`fdi-net-inflows-calendar`), together. Single years cannot be compared, because half-years differ too much.",
  },
  "investment-by-country": {
    title: "Direct investment by country: first figures against the later table",
    text: "Claims of other pages, against the table by country and fiscal year of the Board of Investment as a magazine printed it in November 2024.",
  },
  inhabitants: {
    title: "Inhabitants behind the density",
    text: "Mobile subscriptions divided by mobile teledensity, at the last month of each year that has both, against the population of the World Bank.",
  },
};

const OPERATORS = new Set(["jazz", "telenor-pakistan", "ufone", "zong"]);

const single = (o: Observation) => (o.low !== null && o.low === o.high ? o.low : null);
const plain = (o: Observation) =>
  o.status === "actual" && o.subject.type === "place" && Object.keys(o.dimensions).length === 0;
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** The months of a window, as `2021-09`; empty when it doesn't consist of whole months. */
function monthsOf({ start, end }: Observation): string[] {
  if (!start || !end || !start.endsWith("-01")) return [];
  const next = new Date(`${end}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  if (next.getUTCDate() !== 1) return [];
  const months: string[] = [];
  for (
    const day = new Date(`${start}T00:00:00Z`);
    day < next && months.length < 1000;
    day.setUTCMonth(day.getUTCMonth() + 1)
  )
    months.push(day.toISOString().slice(0, 7));
  return months;
}

/** All comparisons that the records allow. */
export function compare(records: DatasetRecords): Row[] {
  const kindOf = new Map(records.sources.map((s) => [s.id, s.kind]));
  const originOf = new Map(records.sources.map((s) => [s.id, s.origin ?? s.id]));
  const of = (id: string) => records.metrics.find((m) => m.id === id)?.observations.filter(plain) ?? [];
  const rows: Row[] = [];
  type Value = number | null | undefined;
  const put = (check: string, what: string, period: string, ours: Value, theirs: Value, source?: string) => {
    if (typeof ours === "number" && typeof theirs === "number")
      rows.push({ check, what, period, ours, theirs, ...(source === undefined ? {} : { source }) });
  };
  const valueAt = (id: string, period: string) => {
    const found = of(id).find((o) => o.timing === "at" && o.period === period);
    return found && single(found);
  };

  /** What the State Bank's own series gives for each month. */
  const monthly = (id: string) =>
    new Map(
      of(id).flatMap((o) => {
        const claim = o.claims.find((c) => originOf.get(c.source) === "sbp-easydata-xmgs");
        const value = claim?.value ?? single(o);
        return claim && value !== null ? [[o.period, value] as const] : [];
      }),
    );
  const exports = monthly("it-services-exports");
  const imports = monthly("it-services-imports");
  const summed = (series: ReadonlyMap<string, number>, months: readonly string[]) =>
    months.length > 1 && months.every((m) => series.has(m))
      ? sum(months.map((m) => series.get(m) as number))
      : null;
  const surplus = (months: readonly string[]) => {
    const [out, back] = [summed(exports, months), summed(imports, months)];
    return out === null || back === null ? null : out - back;
  };
  for (const [check, id, total] of [
    ["exports-windows", "it-services-exports", (m: string[]) => summed(exports, m)],
    ["exports-calendar", "ict-service-exports-calendar", (m: string[]) => summed(exports, m)],
    ["surplus-windows", "it-services-trade-surplus", surplus],
  ] as const)
    for (const o of of(id))
      if (o.timing === "during") put(check, id, o.period, single(o), total(monthsOf(o)));

  /** Each claim from elsewhere beside the one of a table, which is not compared with itself. */
  const besides = (
    o: Observation,
    isTable: (source: string) => boolean,
    visit: (ours: Value, theirs: Value, source: string) => void,
  ) => {
    const table = o.claims.find((c) => isTable(c.source));
    for (const c of table ? o.claims : [])
      if (originOf.get(c.source) !== originOf.get(table?.source ?? ""))
        visit(c.value ?? single(o), table?.value ?? single(o), c.source);
  };
  for (const o of records.metrics.flatMap((m) => m.observations)) {
    const part = [...(o.subject.type === "place" ? [] : [o.subject.id]), ...Object.values(o.dimensions)];
    const what = part.length > 0 ? `${o.metric} (${part.join(", ")})` : o.metric;
    besides(
      o,
      (source) => kindOf.get(source) === "dataset",
      (ours, theirs, source) => put("same-value", what, o.period, ours, theirs, source),
    );
  }
  for (const o of ["fdi-from-china", "fdi-total"].flatMap(of))
    besides(
      o,
      (source) => source === "gulf-economist-2024-11-18",
      (ours, theirs, source) => put("investment-by-country", o.metric, o.period, ours, theirs, source),
    );

  const union = of("mobile-subscribers").filter((o) =>
    o.claims.some((c) => originOf.get(c.source) === "itu-mobile-subscriptions"),
  );
  for (const o of of("mobile-subscribers")) {
    const other = union.find((u) => u.period.startsWith(`${o.period}-`));
    if (o.timing === "at" && /^\d{4}$/.test(o.period))
      put("subscriptions-year", o.metric, o.period, single(o), other && (single(other) || null));
  }

  for (const o of of("fixed-broadband-subscribers")) {
    const month = `${o.period}-12`;
    const [all, mobile] = [
      valueAt("broadband-subscribers", month),
      valueAt("mobile-broadband-subscribers", month),
    ];
    if (typeof all === "number" && typeof mobile === "number")
      put("fixed-broadband", "broadband less mobile broadband", month, all - mobile, single(o));
  }

  const byOperator = new Map<string, number[]>();
  for (const o of records.metrics.find((m) => m.id === "mobile-subscribers")?.observations ?? []) {
    const value = single(o);
    if (o.subject.type === "place" || value === null) continue;
    if (OPERATORS.has(o.subject.id) && ["3g", "4g"].includes(o.dimensions.technology ?? ""))
      byOperator.set(o.period, [...(byOperator.get(o.period) ?? []), value]);
  }
  for (const [period, values] of [...byOperator].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (values.length === 2 * OPERATORS.size)
      put(
        "operators",
        "operators' 3G and 4G",
        period,
        sum(values),
        valueAt("mobile-broadband-subscribers", period),
      );

  const calendar = new Map(of("fdi-net-inflows-calendar").map((o) => [o.period, single(o)]));
  const fiscal = Array.from({ length: 12 }, (_, i) => 2012 + i).map((year) => {
    const found = of("fdi-total").find((o) => o.period === `FY${year}-${String(year + 1).slice(2)}`);
    const [first, second] = [calendar.get(`${year}`), calendar.get(`${year + 1}`)];
    return { ours: found ? single(found) : null, theirs: first && second ? (first + second) / 2 : null };
  });
  if (fiscal.every((f) => f.ours !== null && f.theirs !== null))
    put(
      "direct-investment",
      "fdi-total",
      "FY2012-13 to FY2023-24",
      sum(fiscal.map((f) => f.ours as number)),
      sum(fiscal.map((f) => f.theirs as number)),
    );

  const people = new Map(of("population").map((o) => [o.period, single(o)]));
  // The last month of each year that has both.
  const densities = new Map<string, readonly [period: string, inhabitants: number]>();
  for (const o of of("mobile-teledensity")) {
    const [density, subscriptions] = [single(o), valueAt("mobile-subscribers", o.period)];
    const year = o.period.slice(0, 4);
    if (!density || typeof subscriptions !== "number" || !people.get(year)) continue;
    if ((densities.get(year)?.[0] ?? "") < o.period)
      densities.set(year, [o.period, Math.round((subscriptions / density) * 100)]);
  }
  for (const [year, [period, ours]] of [...densities].sort(([a], [b]) => (a < b ? -1 : 1)))
    put("inhabitants", "mobile-subscribers / mobile-teledensity", period, ours, people.get(year));
  return rows;
}

export const difference = ({ ours, theirs }: Row) =>
  theirs === 0 ? (ours === 0 ? 0 : 1) : ours / theirs - 1;

/** Whether a row lies outside the tolerance; a hair is left for sums of floating-point numbers. */
export const isWide = (row: Row) => Math.abs(difference(row)) > TOLERANCE + 1e-9;

const explains = (e: Explanation, row: Row) =>
  e.check === row.check &&
  (e.of === "all" || e.of.includes(row.period) || (row.source !== undefined && e.of.includes(row.source)));

export const explanationOf = (row: Row, all: readonly Explanation[]) => all.find((e) => explains(e, row));

/** Wide rows that nothing explains, and explanations that no wide row needs any more. */
export function review(rows: readonly Row[], all: readonly Explanation[]) {
  const wide = rows.filter(isWide);
  return {
    unexplained: wide.filter((row) => !explanationOf(row, all)),
    unused: all.filter((e) => !wide.some((row) => explanationOf(row, all) === e)),
  };
}

export const readExplanations = (file = "scripts/cross-checks.yaml") =>
  parse(readFileSync(file, "utf8")) as Explanation[];

const figure = (n: number) =>
  Math.abs(n) >= 1e6
    ? `${(n / 1e6).toLocaleString("en", { maximumFractionDigits: 3 })} m`
    : n.toLocaleString("en");
const percent = (n: number) => {
  const shown = Math.abs(100 * n).toFixed(1);
  return `${shown === "0.0" ? "" : n > 0 ? "+" : "-"}${shown} %`;
};

/** The page, from the rows and their explanations. */
export function render(rows: readonly Row[], all: readonly Explanation[]): string {
  const within = (limit: number, of: readonly Row[]) =>
    of.filter((row) => Math.abs(difference(row)) <= limit + 1e-9).length;
  const shares = (of: readonly Row[]) =>
    `${of.length} compared, ${within(0.01, of)} within 1 %, ${within(TOLERANCE, of)} within 2 %`;
  const sections = Object.entries(CHECKS).map(([check, { title, text }]) => {
    const own = rows.filter((row) => row.check === check);
    if (own.length === 0) return "";
    const several = new Set(own.map((row) => row.what)).size > 1;
    const notes: string[] = [];
    const note = (row: Row) => {
      const why = explanationOf(row, all)?.why;
      if (why === undefined) return "**not explained**";
      if (!notes.includes(why)) notes.push(why);
      return `(${notes.indexOf(why) + 1})`;
    };
    const lines = own.map((row) =>
      [
        ...(several ? [`\`${row.what}\``] : []),
        row.period,
        figure(row.ours),
        figure(row.theirs),
        percent(difference(row)),
        ...(own.some((r) => r.source) ? [row.source ?? ""] : []),
        isWide(row) ? note(row) : "",
      ].join(" | "),
    );
    const head = [
      ...(several ? ["of"] : []),
      "period",
      "dataset",
      "other",
      "difference",
      ...(own.some((r) => r.source) ? ["page"] : []),
      "explained",
    ];
    const list = notes.map((why, i) => `(${i + 1}) ${why}  \n`).join("");
    return `## ${title}\n\n${text} ${shares(own)}.\n\n| ${head.join(" | ")} |\n|${head.map(() => "---").join("|")}|\n${lines.map((line) => `| ${line} |`).join("\n")}\n${list && `\n${list}`}`;
  });
  return `---
title: Cross-checks
group: Understand the data
---

# Cross-checks

Series of the dataset beside what other producers publish of the same thing, value by value. Written by \`npx tsx scripts/cross-checks.ts\` from the records;
a test fails on a difference above 2 % that has no explanation. A difference is the dataset's value over the other's, less one; "m" is million.

In all: ${shares(rows)}; ${rows.filter(isWide).length} wider, each with its explanation.

${sections.filter((s) => s !== "").join("\n")}`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const rows = compare(readRecords("data"));
  const all = readExplanations();
  const { unexplained, unused } = review(rows, all);
  for (const row of unexplained)
    console.error(
      `${row.check}: ${row.what} ${row.period}${row.source ? ` (${row.source})` : ""}: ${row.ours} against ${row.theirs}, ${percent(difference(row))}: not explained`,
    );
  for (const e of unused) console.error(`${e.check}: "${e.why}" explains no difference any more`);
  writeFileSync("docs/cross-checks.md", render(rows, all));
  console.log(
    `${rows.length} comparisons, ${unexplained.length} not explained, ${unused.length} idle explanations`,
  );
  if (unexplained.length + unused.length > 0) process.exitCode = 1;
}
