/** Reads the figures out of a printed text such as "$2.5-3 million" and compares them with a stored number. */

/** A printed number: its value, and how far a stored value may lie from it at the printed precision. */
interface PrintedNumber {
  readonly value: number;
  readonly step: number;
}

const SCALE: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  lakh: 1e5,
  lakhs: 1e5,
  lac: 1e5,
  lacs: 1e5,
  m: 1e6,
  mn: 1e6,
  mln: 1e6,
  mio: 1e6,
  million: 1e6,
  millions: 1e6,
  crore: 1e7,
  crores: 1e7,
  cr: 1e7,
  b: 1e9,
  bn: 1e9,
  bln: 1e9,
  billion: 1e9,
  billions: 1e9,
  tn: 1e12,
  trillion: 1e12,
  万: 1e4,
  亿: 1e8,
};

const WORDS: Readonly<Record<string, number>> = /* @__PURE__ */ Object.fromEntries([
  ..."zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
    .split(" ")
    .map((word, n) => [word, n] as const),
  ...["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"].map(
    (word, n) => [word, (n + 3) * 10] as const,
  ),
  ["half", 0.5],
  ["dozen", 12],
  ["hundred", 100],
]);

const SCALES = /* @__PURE__ */ Object.keys(SCALE).sort((a, b) => b.length - a.length);
const NUMBER = /* @__PURE__ */ new RegExp(
  `(\\d[\\d,]*(?:\\.\\d+)?|\\b(?:${Object.keys(WORDS).join("|")})\\b)(?:\\s*-?\\s*(${SCALES.join("|")})(?![a-z]))?`,
  "giu",
);

/** All numbers printed in a text, each also under the reading in which it shares the scale of the next ("2.5-3 million"). */
export function printedNumbers(text: string): PrintedNumber[] {
  const found: PrintedNumber[] = [];
  let nextScale = 1;
  for (const match of [...text.matchAll(NUMBER)].reverse()) {
    const digits = (match[1] as string).toLowerCase();
    const word = WORDS[digits];
    const plain = word ?? Number(digits.replaceAll(",", ""));
    // "-$12.3 million": a sign before the figure or its currency, not the dash of a range.
    const sign = /(?:^|[\s(])[-−]\s?(?:US|Rs\.?|PKR|USD)?\s?\$?$/.test(text.slice(0, match.index)) ? -1 : 1;
    const decimals = word === undefined ? (digits.split(".")[1]?.length ?? 0) : 0;
    const own = match[2] ? (SCALE[match[2].toLowerCase()] ?? 1) : 1;
    for (const scale of new Set([own, match[2] ? own : nextScale, 1])) {
      if (!Number.isFinite(plain)) continue;
      // "m" can also be metres and "b" bits: the bare number stays a possible reading of short scales only.
      if (scale === 1 && own !== 1 && (match[2] as string).length > 1) continue;
      found.push({ value: sign * plain * scale, step: scale / 10 ** decimals });
    }
    if (match[2]) nextScale = own;
  }
  return found;
}

const ABOVE = /more than|over|above|exceed|at least|upwards|beyond|plus|crossed|surpass|topped|[>≥+]/i;
const BELOW =
  /less than|under|below|up to|as high as|as many as|as much as|at most|maximum|within|nearly|almost|close to|[<≤]/i;
const ABOUT = /about|around|some |approx|roughly|estimated|nearly|almost|close to|circa|~/i;
/** Words before a printed figure, or signs behind it, by which a source leaves its value open. */
export const ABOUT_WORDS =
  /(?:\b(?:more than|over|above|exceed(?:s|ed|ing)?|at least|upwards of|nearly|almost|close to|about|around|approx\w*\.?|roughly|some|estimated|up to|as (?:high|many|much) as|at most|less than|fewer than|under|below|crossed|surpass\w*|between)|[~<>≥≤≈])\s*(?:at\s|the\s|a\s)?\s*(?:US|USD|Rs\.?|PKR|RMB)?\s?[$€¥£]?\s?(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|half|hundred|million)\b)|\d(?:\s*(?:million|billion|m|bn|%))?\s?\+(?!\d)|\d\s*(?:to|[-–—])\s*\d[\d.,]*\s*(?:million|billion|%|per ?cent|[km]\b)|\bor more\b|\bplus\b/i;
/** SI-prefixed units (Tbps, GW, PB) may be stored in another prefix of the same unit. */
const PREFIXED =
  /\d\s*(?:[kMGTPE](?:bps|bit\/s|bits?|b\/s|B|bytes?|Wh?|Hz|Wp)|(?:kilo|mega|giga|tera|peta|exa)\w+|tonnes?|tons?)\b/;
const PREFIX_FACTORS = [1e-6, 1e-3, 1e3, 1e6];

/** "2.5-3 million" prints its ends exactly: nothing in between is meant. */
const RANGE = /\d\s*(?:[-–—]|to)\s*\d/;

const near = (a: number, b: number, tolerance: number) => Math.abs(a - b) < tolerance + 1e-9 * Math.abs(b);

/**
 * Whether a printed text contains a stored number: a printed number that rounds or truncates to it at the printed
 * precision, or one that its "more than", "up to" or "about" allows.
 */
export function statedContains(stated: string, value: number): boolean {
  const factors = PREFIXED.test(stated) ? [1, ...PREFIX_FACTORS] : [1];
  const isRange = RANGE.test(stated);
  return printedNumbers(stated).some(({ value: printed, step }) =>
    factors.some((factor) => {
      const p = printed * factor;
      const s = step * factor;
      if (near(p, value, isRange ? 0 : s / 2)) return true;
      // Papers cut digits off as often as they round.
      if (s < 0.01 * Math.abs(p) && value >= p && value < p + s) return true;
      if (ABOVE.test(stated) && value >= p && value <= p * 1.25) return true;
      if (BELOW.test(stated) && value <= p && value >= p * 0.75) return true;
      return ABOUT.test(stated) && near(p, value, 0.1 * Math.abs(p));
    }),
  );
}
