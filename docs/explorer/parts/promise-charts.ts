/** Charts of promises as plain markup: places are shares of the width, so that they fit any width without a script. */
import type { DelayRow } from "../../../src/delays.js";
import type { PromiseRecord } from "../../../src/promises.js";
import { VERDICTS } from "../../../src/vocabulary.js";
import { markedRow } from "../charts/rows.js";
import { number } from "./format.js";
import { el, type Markup } from "./markup.js";
import { delayText, VERDICT_NAMES } from "./promise-words.js";

const at = (share: number) => `${Math.round(share * 10_000) / 100}%`;

export const verdictLegend = (): Markup =>
  el(
    "ul",
    { class: "legend", "aria-label": "Legend" },
    VERDICTS.map((v) => el("li", {}, el("span", { class: `swatch block v-${v}` }), VERDICT_NAMES[v])),
  );

/** Verdicts of each group as one bar, as long as the group has promises. */
export function verdictBars(
  rows: readonly Pick<DelayRow, "key" | "promises" | "verdicts">[],
  name: (key: string | null) => string,
  link: (key: string | null) => string | undefined,
): Markup {
  const most = Math.max(1, ...rows.map((r) => r.promises));
  return el(
    "div",
    { class: "bars" },
    rows.map((row) => {
      let sum = 0;
      const href = link(row.key);
      const said = VERDICTS.filter((v) => row.verdicts[v] > 0)
        .map((v) => `${number(row.verdicts[v])} ${VERDICT_NAMES[v].toLowerCase()}`)
        .join(", ");
      return el(
        "div",
        { class: "bar-row" },
        el(
          "div",
          { class: "bar-name" },
          href ? el("a", { href }, name(row.key)) : name(row.key),
          el("span", { class: "quiet" }, ` ${number(row.promises)}`),
        ),
        el(
          "svg",
          {
            class: "bar-svg",
            width: "100%",
            height: 24,
            role: "img",
            "aria-label": `${name(row.key)}: ${said}`,
          },
          VERDICTS.map((v) => {
            const n = row.verdicts[v];
            if (n === 0) return null;
            const from = sum / most;
            sum += n;
            return el(
              "g",
              {},
              el("title", {}, `${VERDICT_NAMES[v]}: ${number(n)}`),
              el("rect", { x: at(from), y: 1, width: at(n / most), height: 22, class: `v-${v}` }),
              n / most > 0.035 || n > 9
                ? el(
                    "text",
                    { x: at(from + n / most / 2), y: 16, "text-anchor": "middle", class: `on v-${v}` },
                    number(n),
                  )
                : null,
            );
          }),
        ),
      );
    }),
  );
}

/** A round step that gives few ticks. */
function stepOf(length: number): number {
  return [30, 90, 180, 365, 730, 1825].find((s) => length / s <= 6) ?? 3650;
}

/** How late or early each promise was, as a range of days from the last day of its deadline. */
export function delayRanges<P extends Pick<PromiseRecord, "delay" | "verdict">>(
  rows: readonly P[],
  name: (p: P) => string,
  link: (p: P) => string,
): Markup {
  const all = rows.flatMap((p) => (p.delay ? [{ p, ...p.delay }] : []));
  if (all.length === 0) return null;
  const low = Math.min(0, ...all.map((r) => r.min));
  const high = Math.max(0, ...all.map((r) => r.max));
  const step = stepOf(high - low || 1);
  const from = Math.floor(low / step) * step;
  const to = Math.max(from + step, Math.ceil(high / step) * step);
  const x = (days: number) => at(0.02 + (0.96 * (days - from)) / (to - from));
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
  const length = (n: number) => {
    if (step < 365) return `${number(n)} days`;
    const years = Math.round(n / 365);
    return years === 1 ? "1 year" : `${number(years)} years`;
  };
  const label = (n: number) => (n === 0 ? "deadline" : n < 0 ? `${length(-n)} early` : `${length(n)} late`);
  const axis = el(
    "svg",
    { class: "delay-axis", width: "100%", height: 20, "aria-hidden": "true" },
    ticks.map((n, i) =>
      el(
        "text",
        {
          x: x(n),
          y: 14,
          "text-anchor": i === 0 ? "start" : i === ticks.length - 1 ? "end" : "middle",
          class:
            n === 0
              ? "zero"
              : i === ticks.length - 1 || (i === 0 && -from > (to - from) * 0.35)
                ? undefined
                : "minor",
        },
        label(n),
      ),
    ),
  );
  return el(
    "div",
    { class: "bars delays" },
    axis,
    all
      .sort((a, b) => b.max - a.max || b.min - a.min)
      .map(({ p, min, max }) =>
        markedRow(
          [el("a", { href: link(p) }, name(p)), el("span", { class: "quiet" }, ` ${delayText(p.delay)}`)],
          16,
          [
            ticks.map((n) =>
              el("line", { x1: x(n), x2: x(n), y1: 0, y2: 16, class: n === 0 ? "zero" : "grid" }),
            ),
            el("line", { x1: x(min), x2: x(max), y1: 8, y2: 8, class: `range v-${p.verdict}` }),
            el("circle", { cx: x(min), cy: 8, r: 4.5, class: `v-${p.verdict}` }),
            el("circle", { cx: x(max), cy: 8, r: 4.5, class: `v-${p.verdict}` }),
          ],
        ),
      ),
  );
}
