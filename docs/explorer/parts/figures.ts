/** Figures of an index in full: what their file leaves out follows from the metric, the time and the names of bodies. */
import { periodWindow } from "../../../src/dates.js";
import { interval, timeOf, words } from "./format.js";
import type { FigureLine, FigureRow, MetricRow } from "./indices.js";

const daysOf = (date: string) => (date === "unknown" || date === ".." ? undefined : periodWindow(date));

export function figureRows(
  lines: readonly FigureLine[],
  metrics: ReadonlyMap<string, MetricRow>,
  bodies: ReadonlyMap<string, string>,
): FigureRow[] {
  return lines.map((line) => {
    const { metric, who, dimensions, status, timing, said, value } = line;
    const period = said.replace(/@.*/, "");
    const [from = "", to = from] = period.split("/");
    const part = dimensions.map((d) => words(d.replace(/.*=/, ""))).join(", ");
    const subject = who.includes("/") ? who : `place/${who}`;
    const { name, sector, symbol, unitKind } = metrics.get(metric) as MetricRow;
    return {
      ...line,
      id: [metric, who, ...dimensions, status, timing, said].join(":"),
      sectors: [sector],
      name: part ? `${name}, ${part}` : name,
      part,
      subject,
      about: line.about ?? bodies.get(subject.replace(/.*\//, "")) ?? subject,
      time: timeOf({ timing, period }),
      // A running total and a deadline begin on no day, unless a source gives one.
      start:
        timing === "by" || (timing === "to-date" && from === to) ? null : (daysOf(from)?.earliest ?? null),
      end: daysOf(to)?.latest ?? null,
      shown: line.shown ?? interval({ value, low: null, high: null }, { symbol, kind: unitKind }),
    };
  });
}
