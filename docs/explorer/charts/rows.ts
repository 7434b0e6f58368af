/** Charts of a row each: a name above its marks, places across as shares of the width, so that they fit any width. */
import { compact } from "../parts/format.js";
import type { ConflictRow } from "../parts/indices.js";
import { el, type Markup } from "../parts/markup.js";
import { recordPath } from "../parts/paths.js";

const pc = (n: number) => `${Math.round(n * 10_000) / 100}%`;

/** A multiple of the value held, in plain words. */
export const times = (n: number) => `${n >= 1 ? compact(n) : `1/${compact(Math.round(1 / n))}`} ×`;

/** What each side says, as a multiple of the value held, on a scale on which ten times as much is always as far. */
export function conflictDots(rows: readonly ConflictRow[]): Markup {
  const ratios = rows.flatMap((c) =>
    c.positions.flatMap(([, , ratio]) => (ratio ? [Math.log10(ratio)] : [])),
  );
  const low = Math.floor(Math.min(-1, ...ratios));
  const high = Math.ceil(Math.max(1, ...ratios));
  const X = (ratio: number) => 0.04 + (0.92 * (Math.log10(ratio) - low)) / (high - low);
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  const grid = (height: number) =>
    ticks.map((t) =>
      el("line", { x1: pc(X(t)), x2: pc(X(t)), y1: 0, y2: height, class: t === 1 ? "zero" : "grid" }),
    );
  return el(
    "div",
    { class: "bars" },
    el(
      "svg",
      { class: "delay-axis", width: "100%", height: 20, "aria-hidden": "true" },
      ticks.map((t, i) =>
        el(
          "text",
          {
            x: pc(i === 0 ? 0 : i === ticks.length - 1 ? 1 : X(t)),
            y: 14,
            "text-anchor": i === 0 ? "start" : i === ticks.length - 1 ? "end" : "middle",
            class: t !== 1 && ticks.length > 5 && i % 2 !== ticks.indexOf(1) % 2 ? "minor" : undefined,
          },
          t === 1 ? "held" : times(t),
        ),
      ),
    ),
    rows.map((c) => {
      const own = c.positions.flatMap(([says, who, ratio, held]) =>
        ratio ? [{ says, who, ratio, held }] : [],
      );
      const at = own.map((p) => X(p.ratio));
      return el(
        "div",
        { class: "delay-row" },
        el(
          "div",
          { class: "bar-name" },
          el("a", { href: recordPath(c.kind, c.id) }, c.name),
          el("span", { class: "quiet" }, ` ${own.map((p) => p.says).join(" or ")}`),
        ),
        el(
          "svg",
          { class: "bar-svg conflict", width: "100%", height: 16, "aria-hidden": "true" },
          grid(16),
          el("line", { x1: pc(Math.min(...at)), x2: pc(Math.max(...at)), y1: 8, y2: 8, class: "reach" }),
          own.map((p) =>
            el("circle", { cx: pc(X(p.ratio)), cy: 8, r: 5, class: p.held ? "held" : "other" }, [
              el("title", {}, `${p.says}${p.held ? " (held)" : ""}: ${p.who}`),
            ]),
          ),
        ),
      );
    }),
  );
}

export interface Amount {
  readonly name: string;
  readonly href: string;
  readonly status: string;
  readonly value: number;
  readonly shown: string;
  readonly time: string;
}

/** A row of a chart: a name, and below it the marks, which say in a picture what the name says. */
export const markedRow = (name: readonly Markup[], height: number, marks: Markup): Markup =>
  el(
    "div",
    { class: "delay-row" },
    el("div", { class: "bar-name" }, name),
    el("svg", { class: "bar-svg", width: "100%", height, "aria-hidden": "true" }, marks),
  );

/** The largest amounts, each by itself: they are never added. */
export function amountBars(rows: readonly Amount[]): Markup {
  const most = Math.max(1, ...rows.map((a) => a.value));
  return el(
    "div",
    { class: "bars" },
    rows.map((a) =>
      markedRow(
        [
          el("a", { href: a.href }, a.shown),
          ` ${a.name} `,
          el("span", { class: "quiet" }, `${a.status}, ${a.time}`),
        ],
        12,
        el("rect", { x: 0, y: 0, width: pc(a.value / most), height: 11, class: a.status }),
      ),
    ),
  );
}
