/** Rules on texts: words that age, persons, money, and the language of the dataset. */
import type { DatasetRecords } from "../../types.js";
import { type Collection, show } from "../problems.js";
import type { CheckedRule, Found } from "./rule.js";

type Look = (text: string) => Found | undefined;

/** Titles, names and summaries in the dataset's own words. */
function ownTexts(
  data: DatasetRecords,
  visit: (collection: Collection, id: string, key: string, text: string) => void,
) {
  for (const e of data.events) {
    visit("events", e.id, "title", e.title);
    visit("events", e.id, "summary", e.summary);
  }
  for (const p of data.projects) visit("projects", p.id, "summary", p.summary);
  for (const o of data.organisations)
    if (o.description !== undefined) visit("organisations", o.id, "description", o.description);
}

const textRule = (id: string, why: string, look: Look): CheckedRule => ({
  id,
  why,
  check(data, report) {
    ownTexts(data, (collection, record, key, text) => {
      const problem = look(text);
      if (problem) report(collection, record, [key], problem);
    });
  },
});

const AGEING =
  /\b(recently|soon|will|upcoming|currently|nowadays|today|yesterday|tomorrow|state-of-the-art|world-class|iron brother\w*|time-tested|landmark|game[- ]changer)\b/i;
export const plainWording = textRule(
  "plain-wording",
  "Texts are read years later: 'recently' and 'will' age, and praise is not a fact.",
  (text) => {
    const word = AGEING.exec(text)?.[0];
    return word === undefined
      ? undefined
      : {
          found: `"${word}" in ${show(text)}`,
          expected: "neutral words in the past tense, with dates",
          fix: "Say when, or leave the word out.",
        };
  },
);

/** Small words and endings, without which no English sentence of some length gets by. */
const ENGLISH =
  /\b(?:the|of|in|and|a|an|to|for|was|were|by|with|on|at|from|its|as|is|\w+ed|\w+ing)\b|['’]s\b/i;
const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0;
export const inEnglish = textRule("in-english", "The dataset is written in one language.", (text) => {
  const foreign = count(text, /(?!\p{Script=Latin})\p{L}/gu);
  return (foreign === 0 || foreign <= 0.2 * count(text, /\p{L}/gu)) &&
    (ENGLISH.test(text) || text.split(/\s+/).length < 10)
    ? undefined
    : {
        found: show(text),
        expected: "English",
        fix: "Say it in English, in own words; native names belong into `names`.",
      };
});

/** Words between quotation marks from which on it is somebody else's sentence. */
const QUOTED = /[“"]([^”"]{60,})[”"]/;
const DATELINE =
  /^[A-Z]{4,}(?: [A-Z]+)*(?:, [A-Z][a-z]+ \d+)?(?:\s*\([A-Z]+\))?\s*[:–—-]\s|\((?:APP|Xinhua|INP|NNI|Reuters)\)/;
export const ownWords = textRule(
  "own-words",
  "A sentence of a source belongs to its author; the dataset states facts in words of its own.",
  (text) =>
    QUOTED.test(text) || DATELINE.test(text)
      ? {
          level: "warning",
          found: `a quotation or dateline in ${show(text)}`,
          expected: "own words",
          fix: "Say what happened in one to three sentences of your own.",
        }
      : undefined,
);

/** A headline in capitals, or a sentence for a title. */
export const titleForm: CheckedRule = {
  id: "title-form",
  why: "Titles stand in lists and charts: a phrase in plain case, without a full stop, that the summary says more than.",
  check(data, report) {
    for (const e of data.events) {
      const bare = (text: string) => text.replace(/\.$/, "").toLowerCase();
      const wrong =
        e.title.endsWith(".") && !/\b\p{Lu}\w{0,3}\.$/u.test(e.title)
          ? ["title", "a title without a full stop", "Remove it."]
          : !/\p{Ll}/u.test(e.title)
            ? ["title", "lower-case letters, and capitals for names alone", "Write it in plain case."]
            : bare(e.summary) === bare(e.title)
              ? [
                  "summary",
                  "more than the title says",
                  "Say in one to three sentences who did what, and where.",
                ]
              : undefined;
      if (wrong) {
        const [key, expected, fix] = wrong as ["title" | "summary", string, string];
        report("events", e.id, [key], { found: show(e[key]), expected, fix });
      }
    }
  },
};

const HONORIFIC = /\b(?:Mr|Mrs|Ms|Dr|Prof|Engr)\b\.?\s+\p{Lu}\p{Ll}+/u;
/** Whether a text holds a name, and not that of a thing named after the person ("... City"). */
const names = (text: string, name: string) =>
  text.includes(name) &&
  text
    .split(name)
    .slice(1)
    .some((rest) => !/^(?:['’]s)? \p{Lu}/u.test(rest));
export const noPersons: CheckedRule = {
  id: "no-persons",
  why: "The dataset is about bodies; a person is named only as an office-holder who said something.",
  check(data, report) {
    const quoted = new Set(
      data.claims.flatMap(({ claim }) =>
        / /.test(claim.saidBy?.name ?? "") ? [claim.saidBy?.name as string] : [],
      ),
    );
    const look = (collection: Collection, id: string, key: string, text: string) => {
      const person = HONORIFIC.exec(text)?.[0] ?? [...quoted].find((name) => names(text, name));
      if (person !== undefined)
        report(collection, id, [key], {
          level: "warning",
          found: `the person "${person}" in ${show(text)}`,
          expected: "bodies and offices",
          fix: "Name the office or the body; who said it belongs into `saidBy` of the claim.",
        });
    };
    for (const e of data.events) look("events", e.id, "title", e.title);
    for (const o of data.organisations) look("organisations", o.id, "name", o.name);
  },
};

const MONEY =
  /(?:US\$|\$|Rs\.?\s|PKR|USD|RMB|€)\s?\d|\d[\d.,]*\s*(?:million|billion|crore|lakh)?\s*(?:US )?(?:dollars|rupees|yuan|euros)\b/i;
export const projectsHoldNoMoney: CheckedRule = {
  id: "no-money-in-project",
  why: "Amounts are observations with a status, a time and a source; in a summary they have none of these.",
  check(data, report) {
    for (const p of data.projects) {
      const amount = MONEY.exec(p.summary)?.[0];
      if (amount !== undefined)
        report("projects", p.id, ["summary"], {
          level: "warning",
          found: `"${amount}" in ${show(p.summary)}`,
          expected: "what the project is, without money",
          fix: "Make it an observation whose subject is the project.",
        });
    }
  },
};
