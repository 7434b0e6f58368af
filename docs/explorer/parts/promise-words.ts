/** The words for what came of a promise, the same in every view. */
import type { PromiseRecord } from "../../../src/promises.js";
import type { Verdict } from "../../../src/vocabulary.js";
import { number } from "./format.js";

export const VERDICT_NAMES: Readonly<Record<Verdict, string>> = {
  kept: "Kept",
  late: "Kept late",
  partly: "Partly kept",
  broken: "Broken",
  open: "Not due yet",
  unknown: "No later word",
};
export const VERDICT_MEANINGS: Readonly<Record<Verdict, string>> = {
  kept: "a source reports it done, in time where a deadline was given",
  late: "a source reports it done after the deadline",
  partly: "only a part is reported as done",
  broken: "a source says that it was given up, cancelled or failed",
  open: "the deadline is not over, or none was given",
  unknown: "nothing comparable was published since: not the same as not done",
};

const days = (n: number) => `${number(n)} ${n === 1 ? "day" : "days"}`;
/** A delay as a range of days; early is said as such. */
export function delayText(delay: PromiseRecord["delay"]): string {
  if (!delay) return "";
  const { min, max } = delay;
  if (min === max)
    return min === 0 ? "on the last day" : min > 0 ? `${days(min)} late` : `${days(-min)} early`;
  if (min > 0) return `${number(min)} to ${days(max)} late`;
  if (max <= 0) return `${number(-max)} to ${days(-min)} early`;
  return `from ${days(-min)} early to ${days(max)} late`;
}
