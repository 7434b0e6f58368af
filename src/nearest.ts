/** Words for messages: the nearest known word, and a value as a reader would write it. */
import { distance } from "fastest-levenshtein";

/** The candidate nearest to a text, if one is near enough to be meant. */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(text.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) >= least) continue;
    const d = distance(text, candidate);
    if (d < least) {
      least = d;
      best = candidate;
    }
  }
  return best;
}

/** Characters that a terminal would hide or obey. */
const UNSEEN = /(?! )[\p{Cc}\p{Cf}\p{Cs}\p{Z}]/gu;

/** A value as a reader would write it, with hidden characters spelt out, cut to a length that fits a line. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  let text: string;
  try {
    text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  } catch {
    // Circular values and big integers have no JSON form.
    text = typeof value;
  }
  const cut = text.length > 80 ? `${text.slice(0, 77)}...` : text;
  return cut.replace(UNSEEN, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
}
