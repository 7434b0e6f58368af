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
  const isTable = (source: string) => kindOf.get(source) === "dataset";
  const of = (id: string) => records.metrics.find((m) => m.id === id)?.observations.filter(plain) ?? [];
  const rows: Row[] = [];

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

  for (const [check, id, total] of [
    ["exports-windows", "it-services-exports", (m: string[]) => summed(exports, m)],
    ["exports-calendar", "ict-service-exports-calendar", (m: string[]) => summed(exports, m)],
    [
      "surplus-windows",
      "it-services-trade-surplus",
      (m: string[]) => {
        const [out, back] = [summed(exports, m), summed(imports, m)];
        return out === null || back === null ? null : out - back;
      },
    ],
  ] as const)
    for (const o of of(id)) {
      const [ours, theirs] = [single(o), total(monthsOf(o))];
      if (o.timing === "during" && ours !== null && theirs !== null)
        rows.push({ check, what: id, period: o.period, ours, theirs });
    }

  for (const m of records.metrics)
    for (const o of m.observations) {
      const value = single(o);
      const table = o.claims.find((c) => isTable(c.source));
      const theirs = table?.value ?? value;
      if (!table || theirs === null) continue;
      const part = [
        ...(o.subject.type === "place" ? [] : [o.subject.id]),
        ...Object.values(o.dimensions),
      ].join(", ");
      for (const c of o.claims) {
        const ours = c.value ?? value;
        if (ours === null || originOf.get(c.source) === originOf.get(table.source)) continue;
        rows.push({
          check: "same-value",
          what: part ? `${m.id} (${part})` : m.id,
          period: o.period ?? "no date",
          source: c.source,
          ours,
          theirs,
        });
      }
    }

  const board = "gulf-economist-2024-11-18";
  for (const o of ["fdi-from-china", "fdi-total"].flatMap(of)) {
    const value = single(o);
    const table = o.claims.find((c) => c.source === board);
    const theirs = table?.value ?? value;
    if (!table || theirs === null) continue;
    for (const c of o.claims) {
      const ours = c.value ?? value;
      if (c.source !== board && ours !== null)
        rows.push({
          check: "investment-by-country",
          what: o.metric,
          period: o.period ?? "",
          source: c.source,
          ours,
          theirs,
        });
    }
  }

  const union = of("mobile-subscribers").filter((o) =>
    o.claims.some((c) => originOf.get(c.source) === "itu-mobile-subscriptions"),
  );
  for (const o of of("mobile-subscribers")) {
    const other = union.find((u) => u.period?.startsWith(`${o.period}-`));
    const [ours, theirs] = [single(o), other && single(other)];
    if (o.timing === "at" && /^\d{4}$/.test(o.period ?? "") && ours !== null && theirs)
      rows.push({ check: "subscriptions-year", what: o.metric, period: o.period as string, ours, theirs });
  }

  const valueAt = (id: string, period: string) => {
    const found = of(id).find((o) => o.timing === "at" && o.period === period);
    return found ? single(found) : null;
  };
  for (const o of of("fixed-broadband-subscribers")) {
    const month = `${o.period}-12`;
    const [all, mobile, theirs] = [
      valueAt("broadband-subscribers", month),
      valueAt("mobile-broadband-subscribers", month),
      single(o),
    ];
    if (all !== null && mobile !== null && theirs !== null)
      rows.push({
        check: "fixed-broadband",
        what: "broadband less mobile broadband",
        period: month,
        ours: all - mobile,
        theirs,
      });
  }

  const byOperator = new Map<string, number[]>();
  for (const o of records.metrics.find((m) => m.id === "mobile-subscribers")?.observations ?? []) {
    const value = single(o);
    if (o.subject.type === "place" || !o.period || value === null) continue;
    if (OPERATORS.has(o.subject.id) && ["3g", "4g"].includes(o.dimensions.technology ?? ""))
      byOperator.set(o.period, [...(byOperator.get(o.period) ?? []), value]);
  }
  for (const [period, values] of [...byOperator].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const theirs = valueAt("mobile-broadband-subscribers", period);
    if (values.length === 2 * OPERATORS.size && theirs !== null)
      rows.push({
        check: "operators",
        what: "operators' 3G and 4G",
        period,
        ours: sum(values),
        theirs,
      });
  }

  const calendar = new Map(of("fdi-net-inflows-calendar").map((o) => [o.period, single(o)]));
  const fiscal = Array.from({ length: 12 }, (_, i) => 2012 + i).map((year) => {
    const period = `FY${year}-${String(year + 1).slice(2)}`;
    const found = of("fdi-total").find((o) => o.period === period);
    const [first, second] = [calendar.get(`${year}`), calendar.get(`${year + 1}`)];
    return { ours: found ? single(found) : null, theirs: first && second ? (first + second) / 2 : null };
  });
  if (fiscal.every((f) => f.ours !== null && f.theirs !== null))
    rows.push({
      check: "direct-investment",
      what: "fdi-total",
      period: "FY2012-13 to FY2023-24",
      ours: sum(fiscal.map((f) => f.ours as number)),
      theirs: sum(fiscal.map((f) => f.theirs as number)),
    });

  const people = new Map(of("population").map((o) => [o.period, single(o)]));
  const densities = new Map<string, Row>();
  for (const o of of("mobile-teledensity")) {
    const [density, subscriptions, theirs] = [
      single(o),
      valueAt("mobile-subscribers", o.period ?? ""),
      people.get((o.period ?? "").slice(0, 4)),
    ];
    if (!density || subscriptions === null || !theirs) continue;
    const year = (o.period as string).slice(0, 4);
    const row: Row = {
      check: "inhabitants",
      what: "mobile-subscribers / mobile-teledensity",
      period: o.period as string,
      ours: Math.round((subscriptions / density) * 100),
      theirs,
    };
    const last = densities.get(year);
    if (!last || last.period < row.period) densities.set(year, row);
  }
  rows.push(...[...densities.values()].sort((a, b) => (a.period < b.period ? -1 : 1)));
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
