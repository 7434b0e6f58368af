/** Verdicts on promises as sentences that a reader can print. */
import { units } from "./data/units.js";
import type { Interval } from "./interval.js";
import type { PromiseRecord } from "./promises.js";
import type { DayWindow } from "./verdicts.js";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const monthOf = (day: string) => MONTHS[Number(day.slice(5, 7)) - 1] as string;
const yearOf = (day: string) => day.slice(0, 4);
const lastOfMonth = (day: string) => new Date(Date.parse(day) + 86_400_000).getUTCDate() === 1;

/** A day in words: `4 March 2022`. */
const dayWords = (day: string) => `${Number(day.slice(8))} ${monthOf(day)} ${yearOf(day)}`;
/** A window in words: a day, a month, a year, or a span. */
function windowWords({ earliest, latest }: DayWindow): string {
  if (earliest === latest) return dayWords(earliest);
  if (earliest.endsWith("-01-01") && latest.endsWith("-12-31"))
    return yearOf(earliest) === yearOf(latest)
      ? yearOf(earliest)
      : `${yearOf(earliest)} to ${yearOf(latest)}`;
  if (earliest.endsWith("-01") && lastOfMonth(latest)) {
    if (earliest.slice(0, 7) === latest.slice(0, 7)) return `${monthOf(earliest)} ${yearOf(earliest)}`;
    const first =
      yearOf(earliest) === yearOf(latest) ? monthOf(earliest) : `${monthOf(earliest)} ${yearOf(earliest)}`;
    return `${first} to ${monthOf(latest)} ${yearOf(latest)}`;
  }
  return `${dayWords(earliest)} to ${dayWords(latest)}`;
}
/** When something happened: `on 4 March 2022`, `in March 2022`, `between May and August 2023`. */
const happened = (window: DayWindow) =>
  window.earliest === window.latest
    ? `on ${dayWords(window.earliest)}`
    : windowWords(window).includes(" to ")
      ? `between ${windowWords(window).replace(" to ", " and ")}`
      : `in ${windowWords(window)}`;
/** A deadline: `by 4 March 2022`; a month, a year or a span of them by its end: `by the end of January 2022`. */
function deadline({ earliest, latest }: DayWindow): string {
  if (earliest === latest || !earliest.endsWith("-01") || !lastOfMonth(latest))
    return `by ${dayWords(latest)}`;
  const years = earliest.endsWith("-01-01") && latest.endsWith("-12-31");
  return `by the end of ${years ? "" : `${monthOf(latest)} `}${yearOf(latest)}`;
}

const SCALES: readonly [number, string][] = [
  [1e12, "trillion"],
  [1e9, "billion"],
  [1e6, "million"],
];
function numberWords(n: number): string {
  const [size, name] = SCALES.find(([scale]) => Math.abs(n) >= scale) ?? [1, ""];
  const text = (n / size).toLocaleString("en-US", { maximumFractionDigits: 2 });
  return name === "" ? text : `${text} ${name}`;
}
/** An amount with its unit: `US$ 15 billion`, `100,000 km`, `2.5 to 3 million handsets`, `more than 80 %`. */
export function amountWords({ value, low, high, approximate }: Interval, unit: string | null): string {
  const known = units.find((u) => u.id === unit);
  const number =
    value !== null
      ? numberWords(value)
      : low !== null && high !== null
        ? `${numberWords(low)} to ${numberWords(high)}`
        : low !== null
          ? `at least ${numberWords(low)}`
          : high !== null
            ? `at most ${numberWords(high)}`
            : "nothing known";
  const about = value !== null && approximate ? "about " : "";
  if (known?.kind === "currency" && /^at (?:least|most) /.test(number))
    return number.replace(/^(at \w+) /, `$1 ${known.symbol} `);
  if (!known) return `${about}${number} ${unit ?? ""}`.trim();
  return `${about}${known.kind === "currency" ? `${known.symbol} ${number}` : `${number} ${known.symbol}`}`;
}

function delayWords(
  { min, max }: { readonly min: number; readonly max: number },
  by: DayWindow | null,
): string {
  const days = (n: number) => `${n.toLocaleString("en-US")} ${n === 1 ? "day" : "days"}`;
  if (min === max)
    return min === 0
      ? by?.earliest === by?.latest
        ? "as promised"
        : "on the last day"
      : min > 0
        ? `${days(min)} late`
        : `${days(-min)} early`;
  if (min > 0) return `${min.toLocaleString("en-US")} to ${days(max)} late`;
  if (max > 0) return "in time or late";
  return max === 0 ? `up to ${days(-min)} early` : `${(-max).toLocaleString("en-US")} to ${days(-min)} early`;
}

const percent = (share: number) =>
  `${(share * 100).toLocaleString("en-US", { maximumSignificantDigits: 2 })} %`;
function shareWords(share: PromiseRecord["share"]): string {
  if (!share) return "";
  const { low, high } = share;
  if (low !== null && high !== null)
    return low === high ? percent(low) : `${percent(low)} to ${percent(high)}`;
  if (low !== null) return `at least ${percent(low)}`;
  return high === null ? "" : `at most ${percent(high)}`;
}

/** What was promised and by when, and what came of it. @internal */
export function sentenceOf(p: Omit<PromiseRecord, "sentence">): string {
  const what = p.promised ? `${amountWords(p.promised, p.unit)} promised` : "Promised";
  const promise = `${what[0]?.toUpperCase()}${what.slice(1)}${p.by ? ` ${deadline(p.by)}` : " without a deadline"}`;
  const word =
    p.newestWord === null
      ? "No dated source mentions it."
      : `The newest report on its subject dates from ${dayWords(p.newestWord)}.`;
  const reached = p.reached ? amountWords(p.reached, p.unit) : "";
  const share = shareWords(p.share);
  const soFar =
    reached &&
    `${reached} reported${p.reached?.end ? ` up to ${dayWords(p.reached.end)}` : ""}${share && ` (${share})`}`;
  const best =
    p.counts === "yearly" && reached ? `${reached} in the best year${share && ` (${share})`}` : soFar;
  switch (p.verdict) {
    case "kept":
    case "late":
      return `${promise}; ${done(p, reached)}${p.delay ? `, ${delayWords(p.delay, p.by)}` : p.verdict === "late" ? " late" : ""}.`;
    case "broken":
      return `${promise}; a source says that it was given up or failed${p.knownOn ? ` (${dayWords(p.knownOn)})` : ""}.`;
    case "partly":
      return `${promise}; ${soFar || "only a part was done, as a source says"}.`;
    case "open":
      return p.by
        ? `${promise}, which is not over yet${best ? `; ${best}` : ""}. ${word}`
        : `${promise}; ${best || "not done as far as is known"}. ${word}`;
    default:
      if (p.doneOn) return `${promise}; ${done(p, reached)}, and no source says whether in time.`;
      if (p.restatedBy !== null)
        return `${promise}; it was promised anew later${p.by ? ", and no source says that it was done in time" : ""}.`;
      if (!soFar)
        return `${promise}; no source says ${p.type === "event" ? "that it was done" : "what came of it"}. ${word}`;
      return p.by && (p.reached?.end ?? "") >= p.by.latest
        ? `${promise}; ${soFar}, which leaves open whether it was kept. ${word}`
        : `${promise}; ${soFar}, and no later figure was found. ${word}`;
  }
}

/** That it came about, and when. */
function done({ type, doneOn }: Pick<PromiseRecord, "type" | "doneOn">, reached: string): string {
  const what = type === "event" ? "it happened" : reached ? `${reached} reached` : "it was reached";
  return doneOn ? `${what} ${happened(doneOn)}` : what;
}
