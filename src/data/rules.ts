/** What the shipped columns leave out since it follows from other fields. Dates are known to be well written here. */
import type { Rule } from "./unpack.js";

const two = (n: number) => String(n).padStart(2, "0");
const lastDay = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

type Window = readonly [first: string, last: string, precision: string];

/** First day, last day and precision of a date or fiscal year. */
function windowOf(text: string): Window {
  let known = windows.get(text);
  if (!known) {
    known = readWindow(text);
    windows.set(text, known);
  }
  return known;
}
const windows = /* @__PURE__ */ new Map<string, Window>();

function readWindow(text: string): Window {
  const [from, to] = text.split("/") as [string, string?];
  if (to !== undefined) return [windowOf(from)[0], windowOf(to)[1], "range"];
  if (from.length === 10) return [from, from, "day"];
  if (from[0] === "F") {
    const year = Number(from.slice(2, 6));
    return [`${year}-07-01`, `${year + 1}-06-30`, "range"];
  }
  if (from.length === 4) return [`${from}-01-01`, `${from}-12-31`, "year"];
  const year = Number(from.slice(0, 4));
  const part = Number(from.slice(5));
  if (part > 12) {
    const month = (part - 32) * 3;
    return [`${year}-${two(month - 2)}-01`, `${year}-${two(month)}-${lastDay(year, month)}`, "quarter"];
  }
  return [`${from}-01`, `${from}-${lastDay(year, part)}`, "month"];
}

/** Rules of dates that know how sure they are. @internal */
export const dateRules: Readonly<Record<string, Rule>> = {
  earliest: (of, row) => windowOf(of.edtf?.[row] as string)[0],
  latest: (of, row) => windowOf(of.edtf?.[row] as string)[1],
  precision: (of, row) => windowOf(of.edtf?.[row] as string)[2],
};

/** Rules of observations. @internal */
export const observationRules: Readonly<Record<string, Rule>> = {
  start: (of, row) => {
    const timing = of.timing?.[row];
    const period = of.period?.[row] as string;
    if (timing === "to-date" || timing === "by") return null;
    if (timing !== "per-year") return windowOf(period)[0];
    const [from] = period.split("/") as [string];
    return from === ".." ? null : windowOf(from)[0];
  },
  end: (of, row) => {
    const period = of.period?.[row] as string;
    if (period === "unknown") return null;
    if (of.timing?.[row] !== "per-year") return windowOf(period)[1];
    const [, to] = period.split("/") as [string, string];
    return to === ".." ? null : windowOf(to)[1];
  },
  low: (of, row) => of.value?.[row],
  high: (of, row) => of.value?.[row],
  id: (of, row) => {
    const subject = of.subject?.[row] as { readonly type: string; readonly id: string };
    const dimensions = of.dimensions?.[row] as Readonly<Record<string, string>>;
    const asOf = of.asOf?.[row];
    const who = subject.type === "place" ? subject.id : `${subject.type}/${subject.id}`;
    let which = "";
    for (const name of Object.keys(dimensions).sort()) which += `:${name}=${dimensions[name]}`;
    return `${of.metric?.[row]}:${who}${which}:${of.status?.[row]}:${of.timing?.[row]}:${of.period?.[row]}${asOf === undefined ? "" : `@${asOf}`}`;
  },
};
