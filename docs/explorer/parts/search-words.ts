/** What the search takes for a word, and in which file stands what has it: the same for the build and for the page. */
import { foldName } from "../../../src/text.js";

/** Small words that no record is about. */
const IDLE = new Set(
  "a an and are as at be by did do does for from has have how in is it its mean of on or that the there this to was were what when where which who with".split(
    " ",
  ),
);

/** Chinese has no spaces: names are found by their pairs of characters too. */
export const searchWords = (text: string): string[] =>
  foldName(text)
    .split(" ")
    .flatMap((word) =>
      !/\p{Script=Han}/u.test(word) || word.length < 3
        ? [word]
        : [word, ...Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2))],
    )
    .filter((word) => word && !IDLE.has(word));

/** The first letters of a word; what is not written in Latin letters shares one file. */
export const startOf = (word: string, letters: 2 | 3) =>
  /^[a-z0-9]/.test(word) ? word.slice(0, letters) : "_";

/** A file for words that many pages have holds the nearest only. */
export const MOST_IN_FILE = 600;
