/** Events a year, as bars; and, when few are left, each event as a mark in the lane of its sector. */
import { day, number, words } from "../parts/format.js";
import type { EventRow, ListedEvent } from "../parts/indices.js";
import { el, type Markup } from "../parts/markup.js";
import { recordPath } from "../parts/paths.js";
import { SECTORS } from "../parts/sector-names.js";
import { changed, type Query } from "../parts/state.js";

const pc = (n: number) => `${Math.round(n * 10_000) / 100}%`;
const HEIGHT = 210;
const TOP = 18;
const FOOT = 22;
export const happened = (row: Pick<EventRow, "status">) =>
  row.status === "occurred" || row.status === "ongoing";

/** Events whose whole window lies in one year; each bar leads to its year. */
export function yearBars(rows: readonly EventRow[], query: Query): Markup {
  const years = new Map<number, { sure: number; other: number }>();
  for (const row of rows) {
    const year = Number(row.start.slice(0, 4));
    if (row.end.slice(0, 4) !== String(year)) continue;
    const own = years.get(year) ?? { sure: 0, other: 0 };
    if (happened(row)) own.sure++;
    else own.other++;
    years.set(year, own);
  }
  if (years.size === 0) return null;
  const first = Math.min(...years.keys());
  const count = Math.max(...years.keys()) - first + 1;
  const most = Math.max(...[...years.values()].map((y) => y.sure + y.other));
  const H = (n: number) => ((HEIGHT - TOP - FOOT) * n) / most;
  const all = Array.from({ length: count }, (_, i) => first + i);
  // Every year is named where there is room: see the style sheet.
  const minor = (year: number) =>
    [
      count > 14 && year % 5 !== 0 && "rare",
      count > 6 && (count > 14 ? year % 5 !== 0 : (first + count - 1 - year) % 2 !== 0) && "minor",
    ]
      .filter(Boolean)
      .join(" ") || undefined;
  return el(
    "svg",
    { class: "year-bars", width: "100%", height: HEIGHT, role: "group", "aria-label": "Events a year" },
    el("line", { x1: "0%", x2: "100%", y1: HEIGHT - FOOT, y2: HEIGHT - FOOT, class: "zero" }),
    all.map((year, i) => {
      const { sure, other } = years.get(year) ?? { sure: 0, other: 0 };
      const [x, width] = [(i + 0.1) / count, Math.min(0.8 / count, 0.06)];
      const middle = (i + 0.5) / count;
      const left = Math.max(x, middle - width / 2);
      const base = HEIGHT - FOOT;
      const said = `${year}: ${number(sure + other)} events, ${number(sure)} happened or ongoing, ${number(other)} planned, put off, cancelled or unverified`;
      return [
        el("text", { x: pc(middle), y: HEIGHT - 6, "text-anchor": "middle", class: minor(year) }, year),
        sure + other === 0
          ? null
          : el(
              "a",
              {
                href: changed("timeline", query, {
                  from: String(year),
                  to: String(year),
                  page: undefined,
                }),
                "aria-label": said,
              },
              el("title", {}, said),
              sure > 0 &&
                el("rect", {
                  x: pc(left),
                  width: pc(width),
                  y: base - H(sure),
                  height: H(sure),
                  class: "sure",
                }),
              other > 0 &&
                el("rect", {
                  x: pc(left),
                  width: pc(width),
                  y: base - H(sure + other),
                  height: H(other),
                  class: "other",
                }),
            ),
        sure + other > 0 &&
          el(
            "text",
            {
              x: pc(middle),
              y: base - H(sure + other) - 5,
              "text-anchor": "middle",
              class: count > 12 ? "minor count" : "count",
              "aria-hidden": "true",
            },
            sure + other,
          ),
      ];
    }),
  );
}

const DAY = 86_400_000;
const time = (iso: string) => Date.parse(`${iso}T00:00:00Z`);
const LANE = 12;
const HEADING = 22;
/** More marks than this are bars. */
export const FEW = 120;

/** A name as long as there is room for it. */
const shorten = (name: string, width: number) => {
  const room = Math.floor(width / 7.8);
  return name.length > room ? `${name.slice(0, room - 1)}…` : name;
};

/** Places each event in the first free lane of its sector, so that no two cover each other. */
export function lanes(rows: readonly ListedEvent[], width: number): Markup {
  const from = Math.min(...rows.map((e) => time(e.start)));
  const to = Math.max(...rows.map((e) => time(e.until ?? e.end) + DAY));
  const spare = Math.max((to - from) * 0.02, 10 * DAY);
  const [first, length] = [from - spare, to - from + 2 * spare];
  const X = (t: number) => (t - first) / length;
  const gap = 12 / Math.max(200, width);
  const marks: Markup[] = [];
  let y = 20;
  for (const [sector, name] of SECTORS) {
    const own = rows
      .filter((e) => e.sectors[0] === sector)
      .sort((a, b) => (a.start + a.end < b.start + b.end ? -1 : 1));
    if (own.length === 0) continue;
    marks.push(
      el("line", { x1: "0%", x2: "100%", y1: y + 4, y2: y + 4, class: "grid" }),
      el("text", { x: "0%", y: y + 17, class: "lane-name" }, shorten(`${name} (${own.length})`, width)),
    );
    y += HEADING;
    const free: number[] = [];
    for (const e of own) {
      const [x1, x2] = [X(time(e.start)), X(time(e.end) + (e.date ? DAY : 0))];
      const end = e.until === null ? x2 : Math.max(x2, X(time(e.until)));
      let lane = free.findIndex((at) => at < x1 - gap / 2);
      if (lane < 0) lane = free.length;
      free[lane] = Math.max(end, x1) + gap / 2;
      const at = y + lane * LANE + LANE / 2;
      const said = `${e.title}. ${e.date ?? day(e.start)}, ${words(e.status)}`;
      marks.push(
        el(
          "a",
          { href: recordPath("event", e.id), "aria-label": said, class: `mark ${e.status}` },
          el("title", {}, said),
          end > x2 && el("line", { x1: pc(x1), x2: pc(end), y1: at, y2: at, class: "lasts" }),
          !e.date
            ? el("circle", { cx: pc(x1), cy: at, r: 4.5, class: happened(e) ? "sure" : "other" })
            : el("rect", {
                x: pc(x1),
                width: pc(Math.max(x2 - x1, gap / 2)),
                y: at - 4,
                height: 8,
                rx: 3,
                class: happened(e) ? "sure" : "other",
              }),
        ),
      );
    }
    y += free.length * LANE + 6;
  }
  const [a, b] = [new Date(first), new Date(first + length)];
  const years = b.getUTCFullYear() - a.getUTCFullYear();
  const every = [1, 2, 5, 10].find((s) => years / s <= Math.max(2, width / 70)) ?? 10;
  const ticks = Array.from({ length: years + 1 }, (_, i) => a.getUTCFullYear() + i)
    .filter((year) => year % every === 0)
    .map((year) => ({ x: X(Date.UTC(year, 0, 1)), label: String(year) }))
    .filter(({ x }) => x > 0.02 && x < 0.96);
  // Within one year the months stand there, with their year.
  const months =
    ticks.length > 1
      ? []
      : Array.from({ length: 24 }, (_, i) => new Date(Date.UTC(a.getUTCFullYear(), i * 3, 1)))
          .map((d) => ({
            x: X(d.getTime()),
            label: d.toLocaleDateString("en", { month: "short", year: "numeric", timeZone: "UTC" }),
          }))
          .filter(({ x }) => x > 0.04 && x < 0.92);
  const shown = months.length > 1 ? months.filter((_, i) => i % Math.ceil(months.length / 4) === 0) : ticks;
  return el(
    "svg",
    { class: "lanes", width: "100%", height: y, role: "group", "aria-label": "Each event in its time" },
    shown.map(({ x, label }) => [
      el("line", { x1: pc(x), x2: pc(x), y1: 18, y2: y, class: "grid" }),
      el("text", { x: pc(x), y: 12, "text-anchor": "middle" }, label),
    ]),
    marks,
  );
}
