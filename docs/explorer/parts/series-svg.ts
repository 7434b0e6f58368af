/** A chart of a series as plain markup: places across are shares of the width, so that it fits any width without a script. */
import type { Series, SeriesPoint } from "../../../src/series.js";
import { compact, interval, number, period, withUnit } from "./format.js";
import { el, type Markup } from "./markup.js";
import { recordPath } from "./paths.js";

interface UnitLike {
  readonly symbol: string;
  readonly kind: string;
}
interface Dot {
  readonly point: SeriesPoint;
  readonly x: number;
}

const GROUPS: readonly (readonly string[])[] = [
  ["year", "fiscal-year", "rate"],
  ["level", "running-total", "deadline"],
  ["quarter"],
  ["month"],
];

/** Series by the axis of time that they can share, whole years first. */
export const panels = (all: readonly Series[]): readonly (readonly Series[])[] =>
  GROUPS.map((cadences) => all.filter((s) => cadences.includes(s.cadence))).filter((group) =>
    drawable(group),
  );

/** The series that share an axis and have most values. */
export function mainSeries(all: readonly Series[]): readonly Series[] {
  const groups = GROUPS.map((cadences) => all.filter((s) => cadences.includes(s.cadence)));
  const size = (group: readonly Series[]) =>
    group.reduce((n, s) => n + s.points.filter((p) => p.x !== null).length, 0);
  // Whole years tell more than months, as soon as there are a few.
  if (size(groups[0] ?? []) > 3) return groups[0] ?? [];
  return groups.reduce((a, b) => (size(b) > size(a) * 1.5 ? b : a), groups[0] ?? []);
}

function niceStep(span: number, ticks: number): number {
  const raw = span / ticks;
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= raw) ?? raw;
}

const LEFT = 11;
const RIGHT = 94;
const TOP = 14;
const HEIGHT = 230;
const FOOT = 24;

export const drawable = (all: readonly Series[]) =>
  all.flatMap((s) => s.points).filter((p) => p.x !== null && (p.low ?? p.high) !== null).length > 2;

/** Whether the running totals of a series fall, which can only mean that its sources count differently. */
export const falls = (series: Series) =>
  series.cadence === "running-total" &&
  series.points.some((p, i) => {
    const before = series.points[i - 1];
    return before?.value != null && p.value !== null && p.value < before.value;
  });

/** Many lines in one chart have a colour each; the lines of one subject have the colours of their statuses. */
export function seriesSvg(
  all: readonly Series[],
  unit: UnitLike | undefined,
  label: string,
  lineOf?: (series: Series) => number,
): Markup {
  const dots = all.map((series) => ({
    series,
    dots: series.points.flatMap((point): Dot[] =>
      point.x === null || (point.low ?? point.high) === null ? [] : [{ point, x: point.x }],
    ),
  }));
  const flat = dots.flatMap((d) => d.dots);
  const xs = flat.map((d) => d.x);
  const [first, last] = [
    Math.floor(Math.min(...xs)),
    Math.max(Math.ceil(Math.max(...xs)), Math.min(...xs) + 1),
  ];
  const ys = flat.flatMap((d) => [d.point.low, d.point.high].filter((v) => v !== null));
  const ratio = all[0]?.measure === "ratio";
  const low = ratio ? Math.min(0, ...ys) : Math.min(0, ...ys);
  const high = Math.max(...ys, low + 1e-9);
  const step = niceStep(high - low, 4);
  const top = Math.ceil(high / step) * step;
  const base = Math.floor(low / step) * step;
  const X = (x: number) => LEFT + ((RIGHT - LEFT) * (x - first)) / (last - first);
  const Y = (y: number) => TOP + (HEIGHT - TOP - FOOT) * (1 - (y - base) / (top - base));
  const pc = (n: number) => `${Math.round(n * 100) / 100}%`;
  const years = last - first;
  const yearStep = [1, 2, 5, 10].find((s) => years / s <= 8) ?? 10;
  const ticks = Array.from({ length: years + 1 }, (_, i) => first + i).filter((y) => y % yearStep === 0);
  const marks = Array.from({ length: Math.round((top - base) / step) + 1 }, (_, i) => base + i * step);
  return el(
    "svg",
    { class: "series-svg", width: "100%", height: HEIGHT, role: "group", "aria-label": label },
    marks.map((y) => [
      el("line", { x1: pc(LEFT), x2: pc(RIGHT), y1: Y(y), y2: Y(y), class: "grid" }),
      el("text", { x: pc(LEFT - 1), y: Y(y) + 4, "text-anchor": "end" }, compact(y)),
    ]),
    ticks.map((x) => [
      el("line", { x1: pc(X(x)), x2: pc(X(x)), y1: HEIGHT - FOOT, y2: HEIGHT - FOOT + 4, class: "zero" }),
      el("text", { x: pc(X(x)), y: HEIGHT - 6, "text-anchor": "middle" }, String(x)),
    ]),
    dots.map(({ series, dots: own }) => {
      const single = own.filter((d) => d.point.value !== null);
      // Promises are points of their own: a line would say that one led to the next.
      const joined = series.status === "actual" && series.cadence !== "deadline" && !falls(series);
      const newest = single.at(-1);
      const before = single.at(-2);
      // Where the line falls, its last value stands below it.
      const falling = newest && before && (before.point.value as number) > (newest.point.value as number);
      return el(
        "g",
        { class: lineOf ? `line-${(lineOf(series) % 8) + 1}` : `s-${series.status}` },
        joined
          ? single.slice(1).map((d, i) => {
              const from = single[i] as Dot;
              const gap = series.timing === "during" && d.x - from.x > 1.5;
              return el("line", {
                x1: pc(X(from.x)),
                y1: Y(from.point.value as number),
                x2: pc(X(d.x)),
                y2: Y(d.point.value as number),
                class: gap ? "gap" : "run",
              });
            })
          : null,
        own.map(({ point, x }) => {
          const said = `${period(point.period)}: ${interval(point, unit)} (${series.status})`;
          const y = Y(point.value ?? ((point.low ?? point.high ?? 0) + (point.high ?? point.low ?? 0)) / 2);
          return el(
            "a",
            { href: recordPath("observation", point.observation), "aria-label": said },
            el("title", {}, said),
            point.value === null && point.low !== null && point.high !== null
              ? el("line", {
                  x1: pc(X(x)),
                  x2: pc(X(x)),
                  y1: Y(point.low),
                  y2: Y(point.high),
                  class: "range",
                })
              : null,
            el("circle", {
              cx: pc(X(x)),
              cy: y,
              r: own.length > 60 ? 2.5 : 4,
              class: point.value === null || series.status !== "actual" ? "hollow" : undefined,
            }),
          );
        }),
        newest && series.status === "actual" && !lineOf
          ? el(
              "text",
              {
                x: pc(X(newest.x)),
                y: falling
                  ? Math.min(HEIGHT - FOOT - 6, Y(newest.point.value as number) + 20)
                  : Math.max(11, Y(newest.point.value as number) - 9),
                "text-anchor": X(newest.x) > 75 ? "end" : "middle",
                class: "direct",
              },
              withUnit(compact(newest.point.value as number), unit),
            )
          : null,
      );
    }),
  );
}

/** How much of the time is known: `Known for 7 of the 20 years from 2004 to 2023.` */
export function knownYears(all: readonly Series[]): string | undefined {
  const yearly = all.find(
    (s) => s.status === "actual" && (s.cadence === "year" || s.cadence === "fiscal-year"),
  );
  if (!yearly || yearly.points.length < 2) return undefined;
  const years = yearly.points.map((p) => Number(p.start?.slice(0, 4)));
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const what = yearly.cadence === "year" ? "years" : "fiscal years";
  return `Known for ${number(new Set(years).size)} of the ${number(last - first + 1)} ${what} from ${first} to ${last}.`;
}
