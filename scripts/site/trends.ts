/** What can be said of a series in words: its change, its trend and its gaps. */
import { interval, number, percent, period, withUnit } from "../../docs/explorer/parts/format.js";
import { el, type Markup } from "../../docs/explorer/parts/markup.js";
import type { SeriesTrend } from "../../src/trend.js";

interface UnitLike {
  readonly symbol: string;
  readonly kind: string;
}

export const CADENCES: Readonly<Record<string, string>> = {
  year: "calendar years",
  "fiscal-year": "fiscal years",
  quarter: "quarters",
  month: "months",
  level: "levels",
  "running-total": "running totals",
  rate: "rates a year",
  deadline: "by a deadline",
};

/** A difference of percentages is in points, not in per cent. */
function signed(n: number, unit?: UnitLike): string {
  const size = number(Math.abs(Number(n.toPrecision(4))));
  return `${n < 0 ? "−" : "+"}${unit?.symbol === "%" ? `${size} percentage points` : withUnit(size, unit)}`;
}

/** Codes of quarters and fiscal years inside a sentence, in words. */
const inWords = (text: string) =>
  text.replace(/\b(?:FY\d{4}-\d\d|\d{4}-(?:0[1-9]|1[0-2]|3[3-6])(?:-\d\d)?)\b/g, period);

/** What can be said of a series, in a sentence or two. */
export function trendItem(trend: SeriesTrend, label: string, unit: UnitLike | undefined): Markup {
  const { first, last, change, ratio, cagr, slope, significance } = trend;
  if (first === null || last === null || change === null) return null;
  const test = significance
    ? `Mann-Kendall: tau ${significance.tau.toFixed(2)}, p ${significance.p < 0.001 ? "below 0.001" : significance.p.toFixed(3)}, ${significance.significant ? `a significant ${significance.tau > 0 ? "rise" : "fall"}` : "no significant trend"}.`
    : null;
  return el(
    "li",
    {},
    el("strong", {}, label),
    `: from ${interval({ value: first.value, low: null, high: null }, unit)} (${period(first.period)}) to ${interval({ value: last.value, low: null, high: null }, unit)} (${period(last.period)}), ${signed(change, unit)}`,
    ratio !== null && `, ${number(Number(ratio.toPrecision(4)))} times as much`,
    ". ",
    trend.series.cadence === "running-total" &&
      "Running totals: no growth and no trend is reckoned of them, since they can only rise. ",
    cagr !== null && `Growth a year ${percent(cagr)}. `,
    slope ? `Median slope (Theil-Sen) ${signed(slope.theilSen, unit)} a year. ` : null,
    test,
    trend.caveats.length > 0 &&
      el(
        "ul",
        { class: "quiet" },
        trend.caveats.map((c) => el("li", {}, inWords(c))),
      ),
  );
}
