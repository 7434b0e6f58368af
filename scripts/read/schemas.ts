/** What contributors write: the zod schemas of the YAML records. `normalise.ts` turns them into what ships. */
import * as z from "zod";
import { dateWindow, periodWindow } from "../../src/dates.js";
import { MEANINGS } from "../../src/schema/meanings.js";
import type { Reference } from "../../src/schema/references.js";
import * as V from "../../src/vocabulary.js";

/** Characters that hide or reverse text: controls, zero-width, bidirectional marks, halves of a character. */
const HIDDEN = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}]/u;

/** Tests that every text of a record must pass, each with its fix. */
const TEXT_RULES: readonly [bad: (text: string) => boolean, expected: string, fix: string][] = [
  [
    (s) => s !== s.normalize("NFC"),
    "text in Unicode form NFC",
    "Run `npm run fix`, or retype the accented letters.",
  ],
  [
    (s) => HIDDEN.test(s),
    "text without control, zero-width or bidirectional characters",
    "Retype the text; copying from a page or a PDF brings such characters in.",
  ],
  [
    (s) => /\uFFFD|\u00e2\u20ac|\u00c3[\u0080-\u00bf]/.test(s),
    "text whose letters survived copying",
    "Copy it again, as UTF-8.",
  ],
  [(s) => /[^\S\n ]/u.test(s), "plain spaces", "Replace tabs and special spaces by plain ones."],
  [(s) => s !== s.trim() || s.includes("  "), "single spaces, and none at the ends", "Remove the spaces."],
  [
    (s) => s.includes("\n"),
    "one line of text",
    "Write it in one line, or quote it and let it go on indented.",
  ],
  [
    (s) => /&(?:\w+|#\d+);|<\/?[a-z][^>]*>/i.test(s),
    "plain text without HTML",
    "Write the character itself.",
  ],
  [
    (s) =>
      /[\w.+-]+@[\w-]+\.[a-z]{2,}/i.test(s) ||
      /(?:\+|\b00)\d{2,3}[\s-]?\(?\d{2,4}\)?(?:[\s-]?\d{2,4}){2,}/.test(s),
    "text without mail addresses and phone numbers",
    "Leave it out: nobody's contact belongs into the dataset.",
  ],
  [
    (s) => /^[=@]|^[+-](?!\s?(?:US|Rs|PKR|RMB)?\s?[\d$€£¥.])/.test(s),
    "text that a spreadsheet doesn't take for a formula",
    "Start it with a letter, a figure or a quotation mark.",
  ],
  [
    (s) => /^“[^“”]*”$/.test(s),
    "text without typographic quotes around it",
    'Remove them: YAML knows straight quotes alone, "...".',
  ],
  [
    (s) => /\b(?:TODO|TBD|FIXME|lorem ipsum)\b|^(?:x{3,}|[.?-]{2,})$/i.test(s),
    "the text itself, not a placeholder",
    "Write it, or remove the key where it may be absent.",
  ],
  [(s) => /\p{Emoji_Presentation}/u.test(s), "text without emoji", "Remove it."],
];

const text = (description: string, min = 1, max = 2000) =>
  z
    .string()
    .min(min)
    .max(max)
    .superRefine((s, ctx) => {
      for (const [bad, message, fix] of TEXT_RULES)
        if (bad(s)) ctx.addIssue({ code: "custom", message, params: { fix } });
    })
    .meta({ description });

/** Collections that records refer to. */
export type Referenced = Exclude<Reference, "metrics">;

/** Form of an id. An id is also a file name, so it has letters, digits and hyphens only. */
export const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** An id, and the collection of which it must be one, if it is a reference. */
const id = (what: string, references?: Referenced) =>
  z
    .string()
    .regex(ID, "an id: lower-case ASCII letters, digits and single hyphens")
    .min(2)
    .max(64)
    .meta({ description: `Id of ${what}.`, ...(references ? { references } : {}) });

/** A list without duplicates; items with one `keyOf` are the same. */
const list = <S extends z.ZodType>(item: S, keyOf: (item: z.output<S>) => string = String) =>
  z
    .array(item)
    .min(1)
    .superRefine((items, ctx) => {
      const keys = items.map(keyOf);
      keys.forEach((key, i) => {
        const first = keys.indexOf(key);
        if (first < i)
          ctx.addIssue({
            code: "custom",
            path: [i],
            message: `each item once; it is the same as item ${first + 1}`,
            params: { fix: "Remove one of the two." },
          });
      });
    });

const word = <T extends Record<string, string>>(
  values: readonly (keyof T & string)[],
  meanings: T,
  what: string,
) =>
  z
    .enum(values as unknown as readonly [keyof T & string, ...(keyof T & string)[]])
    .meta({ description: `${what} ${values.map((v) => `${v}: ${meanings[v]}`).join(" ")}`, what });

/** YAML reads a bare year as a number; it means the year. */
const label = z.union([z.string(), z.int().min(1000).max(9999)]).transform(String);
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** The form of a date that was written as people do; nothing where day and month could be either. */
function dateMeant(text: string): string | undefined {
  const two = (n: string | number) => String(n).padStart(2, "0");
  const [, y, m, d] = /^(\d{4})[-./](\d\d?)[-./](\d\d?)(?:T.*)?$/.exec(text) ?? [];
  if (y && m && d) return `${y}-${two(m)}-${two(d)}`;
  const [, a = "", b = "", year] = /^(\d\d?)[-./](\d\d?)[-./](\d{4})$/.exec(text) ?? [];
  if (year && (text.includes(".") || Number(a) > 12)) return `${year}-${two(b)}-${two(a)}`;
  const [, day, name = "", of] = /^(?:(\d\d?)\s+)?([A-Za-z]{3})[a-z]*\s+(\d{4})$/.exec(text) ?? [];
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  if (of && month > 0) return `${of}-${two(month)}${day ? `-${two(day)}` : ""}`;
  const [, from, quarter, to] = /^(\d{4})-(?:[Qq]([1-4])|(\d{4}))$/.exec(text) ?? [];
  if (from) return quarter ? `${from}-${32 + Number(quarter)}` : `${from}/${to}`;
  return undefined;
}
const message =
  (read: (s: string) => unknown, more = "or ") =>
  (value: string, ctx: z.RefinementCtx) => {
    try {
      read(value);
    } catch (error) {
      const near = dateMeant(value);
      ctx.addIssue({
        code: "custom",
        message: (error as { hint: string }).hint
          .replace(/^Expected |\.$/g, "")
          .replace(/or (?=a window ")/, more),
        params: {
          nearest: near === value ? undefined : near,
          fix: "Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms.",
        },
      });
    }
  };
const edtf = (description: string) =>
  label.superRefine(message(dateWindow)).meta({ description, examples: ["2021-09-23", "2022-01", "2021"] });
const period = label
  .superRefine(message(periodWindow, 'a fiscal year "FY2021-22", or '))
  .meta({ description: "A period.", examples: ["2021", "FY2021-22", "2022-01/2022-05"] });

/** Parameters by which sites follow readers. They are not part of an address. */
export const TRACKING = /^(?:utm_\w+|fbclid|gclid|yclid|igshid|igsh|mc_cid|mc_eid|spm)$/;
/** Hosts that lead elsewhere. */
const REDIRECTORS =
  /^(?:bit\.ly|t\.co|goo\.gl|tinyurl\.com|ow\.ly|is\.gd|buff\.ly|rb\.gy|cutt\.ly|shorturl\.at|tiny\.cc|t\.ly|lnkd\.in|fb\.me|wp\.me|dlvr\.it|rebrand\.ly|l\.facebook\.com|lm\.facebook\.com|l\.instagram\.com|out\.reddit\.com|feedproxy\.google\.com|news\.google\.com)$/;
/** Parameters that open a page for one reader only. */
const PRIVATE =
  /^(?:(?:access_?|auth_?|id_?)?token|session(?:_?id)?|sid|phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken|auth|api_?key|sig|signature)$/i;
const SEARCHES =
  /^(?:www\.)?(?:google\.[a-z.]+|bing\.com|duckduckgo\.com|baidu\.com|search\.yahoo\.com|yandex\.[a-z]+)$/;

/** Tests that every address must pass, each with its fix. */
const URL_RULES: readonly [bad: (url: URL, text: string) => boolean, expected: string, fix: string][] = [
  [
    (_, text) => /\s/.test(text),
    "an address without spaces",
    "Remove the space, or write it as %20 if the page has it.",
  ],
  [
    (u, text) =>
      /^https?:\/\/.*https?:\/\//.test(text) &&
      !/(?:^|\.)(?:archive\.|web\.archive|webcache|perma\.cc)/.test(u.hostname),
    "one address",
    "Keep the address of the page; an archived copy belongs into `archivedUrl`.",
  ],
  [
    (u, text) => /[^\x21-\x7e]|[<>"{}|\\^`]/.test(text) || /(?:^|\.)xn--/.test(u.hostname),
    "an address in ASCII, as browsers copy it; letters of other scripts can look like Latin ones",
    "Run `npm run fix`, or copy the address from the browser's bar.",
  ],
  [
    (u) => [...u.searchParams.keys()].some((k) => TRACKING.test(k)),
    "an address without tracking parameters",
    "Run `npm run fix`, or cut the address before them.",
  ],
  [
    (u) => [...u.searchParams.keys()].some((k) => PRIVATE.test(k)) || /;jsessionid=/i.test(u.pathname),
    "an address without a token or session",
    "Cut the parameter, and see that the page still opens.",
  ],
  [
    (u) => u.username !== "" || u.password !== "",
    "an address without a user name",
    "Remove it, up to the @.",
  ],
  [
    (u) =>
      REDIRECTORS.test(u.hostname) || (/(?:^|\.)google\.[a-z.]+$/.test(u.hostname) && u.pathname === "/url"),
    "the address of the page itself",
    "Open the short link and copy where it leads.",
  ],
  [
    (u) =>
      (SEARCHES.test(u.hostname) && /^\/(?:search|s|web)?$/.test(u.pathname) && u.search !== "") ||
      /^\/search\/?$/.test(u.pathname),
    "the page itself, not a search for it",
    "Open the result and copy its address.",
  ],
  [
    (u) =>
      /(?:^|\.)(?:ampproject\.org|webcache\.googleusercontent\.com)$/.test(u.hostname) ||
      (/(?:^|\.)google\.[a-z.]+$/.test(u.hostname) && u.pathname.startsWith("/amp/")),
    "the page itself, not a copy in a cache",
    "Open the page at its publisher and copy its address.",
  ],
  [
    (u) =>
      !u.hostname.includes(".") ||
      /^[\d.]+$|^\[|(?:^|\.)(?:localhost|local|internal|test|invalid)$/.test(u.hostname),
    "the address of a public page",
    "Copy the address from a page that everybody can open.",
  ],
  [
    (_, text) => /[.,;:!?'*]$/.test(text),
    "an address without the punctuation of the sentence it was copied from",
    "Remove the last character, and see that the page still opens.",
  ],
];

const url = z
  .url({ protocol: /^https?$/, error: "an address that starts with https:// or http://, without spaces" })
  .superRefine((text, ctx) => {
    // z.url() has already reported invalid URLs.
    if (!URL.canParse(text)) return;
    for (const [bad, message, fix] of URL_RULES)
      if (bad(new URL(text), text)) ctx.addIssue({ code: "custom", message, params: { fix } });
  })
  .meta({
    description: "Address of the document, without tracking parameters.",
    examples: ["https://example.org/2022/03/plant"],
  });

const LANGUAGE_FORM = "a BCP 47 tag of a language that exists, such as en, ur, zh or zh-Hans";
const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });
const TAG = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;
/** Whether a tag names a language, script and region that exist, in its shortest form. */
function isLanguage(tag: string): boolean {
  try {
    return LANGUAGES.of(tag) !== undefined && Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}
const language = z
  .string()
  .regex(TAG, LANGUAGE_FORM)
  .refine((tag) => !TAG.test(tag) || isLanguage(tag), LANGUAGE_FORM);

const REGIONS = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
/** A code that nobody uses has no name; one that is used in place of another (UK) has a canonical form (GB). */
const country = z.string().superRefine((code, ctx) => {
  const near = /^[A-Za-z]{2}$/.test(code) ? Intl.getCanonicalLocales(`und-${code}`)[0]?.slice(4) : undefined;
  const isKnown = near !== undefined && REGIONS.of(near) !== undefined;
  if (!isKnown || near !== code)
    ctx.addIssue({
      code: "custom",
      message: "two capital letters of ISO 3166-1, such as PK or CN",
      params: { nearest: isKnown ? near : undefined, fix: "Correct the text." },
    });
});

const caveats = list(text("A doubt or limit."))
  .exactOptional()
  .meta({ description: "Doubts and limits, in own words." });

const claim = z
  .strictObject({
    source: id("a source", "sources"),
    at: text("Where in the source.", 1, 80).exactOptional(),
    stated: text(
      "The figure as printed, at most 60 characters; required where an observation has a value.",
      1,
      60,
    ).exactOptional(),
    value: z
      .number()
      .exactOptional()
      .meta({ description: "This source's value in base units, when it differs." }),
    date: edtf("This source's date, when it differs.").exactOptional(),
    status: z
      .enum([...new Set([...V.EVENT_STATUSES, ...V.OBSERVATION_STATUSES])])
      .exactOptional()
      .meta({ description: "This source's status, when it differs." }),
    saidBy: z
      .strictObject({
        name: text("Name of the office-holder quoted.", 1, 80).exactOptional(),
        role: text("Office held.", 1, 120).exactOptional(),
        organisation: id("the organisation spoken for", "organisations").exactOptional(),
        channel: word(V.CHANNELS, MEANINGS.channel, "Channel.").exactOptional(),
      })
      .refine((by) => Object.keys(by).length > 0, "who is quoted, or no `saidBy`")
      .exactOptional()
      .meta({ description: "Who is quoted." }),
    rank: word(V.CLAIM_RANKS, MEANINGS.claimRank, "Rank.").exactOptional(),
    note: text("Why it is ranked or differs.", 1, 300).exactOptional(),
  })
  .meta({ description: "A source saying this." });
const claims = list(claim, (c) => JSON.stringify(c)).meta({
  description: "At least one source that says so.",
});

const fuzzyDate = (description: string) =>
  z
    .union([
      label.superRefine(message(dateWindow)),
      z.strictObject({
        edtf: edtf("The date."),
        basis: word(V.DATE_BASES, MEANINGS.dateBasis, "How it was arrived at.").exactOptional(),
        text: text("The words it was worked out from.", 1, 80).exactOptional(),
      }),
    ])
    .meta({ description });

const sectors = list(id("a sector", "sectors")).meta({
  description: "Sectors; the first is the primary one.",
});
const places = list(id("a place", "places")).exactOptional().meta({ description: "Where." });
const participations = list(
  z.strictObject({
    id: id("an organisation", "organisations"),
    role: word(V.ORGANISATION_ROLES, MEANINGS.role, "Part played."),
  }),
  (p) => `${p.id} ${p.role}`,
).meta({ description: "Who took part, and as what." });
const scope = word(V.SCOPES, MEANINGS.scope, "Relation to the corridor.");

const outcome = z
  .strictObject({
    verdict: word(V.OUTCOMES, MEANINGS.outcome, "How the promise ended, as a source says."),
    on: edtf("When it ended so.").exactOptional(),
    note: text("What the source says, in own words.", 5, 300).exactOptional(),
    claims,
  })
  .exactOptional()
  .meta({ description: "How the promise ended, where a source says so." });
/** A date, or `unknown`. */
const deadline = (description: string) =>
  label
    .superRefine((v, ctx) => {
      if (v !== "unknown") message(dateWindow)(v, ctx);
    })
    .meta({ description, examples: ["2024-12", "unknown"] });

export const eventSchema = z
  .strictObject({
    title: text("What happened, in the past tense, at most 120 characters.", 5, 120),
    summary: text("One to three sentences in own words.", 10, 900),
    kind: word(V.EVENT_KINDS, MEANINGS.eventKind, "Kind."),
    status: word(V.EVENT_STATUSES, MEANINGS.eventStatus, "Status as last known."),
    date: fuzzyDate("When it happened or was promised for."),
    endDate: fuzzyDate("When it ended.").exactOptional(),
    duration: z
      .string()
      .regex(
        /^P(?=\d|T)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?)?$/,
        "an ISO 8601 duration, such as P20D for 20 days or P3M for three months",
      )
      .exactOptional()
      .meta({ description: "ISO 8601 duration.", examples: ["P20D"] }),
    sectors,
    organisations: participations.exactOptional(),
    places,
    scope,
    project: id("a project", "projects").exactOptional(),
    partOf: id("the event of which this is a part", "events").exactOptional(),
    promises: id("the event that this one announced", "events").exactOptional(),
    promised: z
      .array(
        z.strictObject({
          by: deadline("Deadline as promised, or 'unknown'."),
          on: edtf("When it was promised; the publication of the first claim when left out.").exactOptional(),
          claims,
        }),
      )
      .min(1)
      .exactOptional()
      .meta({ description: "Statements that promised this event, oldest first." }),
    outcome,
    caveats,
    claims,
  })
  .meta({ title: "Event", description: "One thing that happened, or was promised for a date." });

const identifiers = z
  .array(
    z.strictObject({
      scheme: word(V.IDENTIFIER_SCHEMES, MEANINGS.identifierScheme, "Register."),
      id: text("The identifier.", 1, 200),
    }),
  )
  .min(1)
  .exactOptional()
  .meta({ description: "Identifiers in registers, from a source." });

export const organisationSchema = z
  .strictObject({
    name: text("Common English name.", 2, 140),
    description: text("What it is, in one sentence.", 5, 400).exactOptional(),
    names: z
      .array(
        z.strictObject({
          name: text("The name.", 1, 140),
          use: word(V.NAME_USES, MEANINGS.nameUse, "Use."),
          lang: language.exactOptional().meta({ description: "BCP 47 tag.", examples: ["zh", "ur"] }),
        }),
      )
      .min(1)
      .exactOptional()
      .meta({ description: "Further names." }),
    kind: word(V.ORGANISATION_KINDS, MEANINGS.organisationKind, "Kind."),
    country: country
      .exactOptional()
      .meta({ description: "ISO 3166-1 alpha-2; left out for a body of two countries." }),
    parents: z
      .array(
        z
          .strictObject({
            organisation: id("the parent", "organisations"),
            share: z
              .number()
              .gt(0)
              .max(100)
              .exactOptional()
              .meta({ description: "Share held, in per cent." }),
            from: edtf("Since when.").exactOptional(),
            until: edtf("Until when.").exactOptional(),
            claims,
          })
          .superRefine((p, ctx) => inOrder(p.from, p.until, "until", ctx)),
      )
      .min(1)
      .exactOptional()
      .meta({ description: "Parents, with dates." }),
    sectors: sectors.exactOptional(),
    identifiers,
    claims,
  })
  .meta({ title: "Organisation", description: "A body that takes part." });

/** Larger whole numbers are not exact in JSON. */
const LARGEST = Number.MAX_SAFE_INTEGER;
const number = z
  .number()
  .min(-LARGEST)
  .max(LARGEST)
  .meta({ description: "In base units, never millions.", examples: [24660000] });
const end = (description: string) =>
  number.meta({ description: `${description} In base units.`, examples: [80] });
const value = z
  .union([
    number,
    z.strictObject({
      low: end("Lower end of a range."),
      high: end("Upper end of a range."),
      approximate: z.literal(true).exactOptional().meta({ description: "True where the source says about." }),
    }),
    z.strictObject({ approximate: end("The value, of which the source says about.") }),
    z.strictObject({ moreThan: end("The value is above this.") }),
    z.strictObject({ atLeast: end("The value is this or above.") }),
    z.strictObject({ lessThan: end("The value is below this.") }),
    z.strictObject({ atMost: end("The value is this or below.") }),
  ])
  .meta({ description: "A number, or a range, bound or approximate value." });

/** Reports a second date that lies before the first. Dates that can't be read are reported elsewhere. */
function inOrder(from: string | undefined, to: string | undefined, key: string, ctx: z.RefinementCtx) {
  if (from === undefined || to === undefined) return;
  if (dateWindow(from).earliest > dateWindow(to).latest)
    ctx.addIssue({
      code: "custom",
      path: [key],
      message: `a date not before ${from}, where it begins`,
      params: { fix: "Swap the two, or correct one." },
    });
}

/** The id that the build gives an observation: metric, subject, dimensions, status and time. */
const observationId = (description: string) =>
  text(description, 2, 300).meta({ description, references: "observations" });

export const TIME_KEYS = ["at", "during", "toDate", "perYear", "by"] as const;

const observation = z
  .strictObject({
    at: edtf("A level at this moment.").exactOptional(),
    during: period.exactOptional(),
    toDate: edtf("Running total up to this day.").exactOptional(),
    perYear: z
      .strictObject({ from: edtf("Since.").exactOptional(), to: edtf("Until.").exactOptional() })
      .superRefine((p, ctx) => inOrder(p.from, p.to, "to", ctx))
      .exactOptional()
      .meta({ description: "A rate a year." }),
    by: deadline("A promise with its deadline, or 'unknown'.").exactOptional(),
    subject: z
      .union([
        z.strictObject({ place: id("a place", "places") }),
        z.strictObject({ organisation: id("an organisation", "organisations") }),
        z.strictObject({ project: id("a project", "projects") }),
        z.strictObject({ event: id("an event", "events") }),
      ])
      .exactOptional()
      .meta({ description: "What it is about; Pakistan when left out." }),
    dimensions: z
      .record(id("a dimension"), id("a value of the dimension"))
      .exactOptional()
      .meta({ description: "Values declared by the metric; absent = the total." }),
    area: id("the place where what is counted lies, when not that of the metric", "places").exactOptional(),
    status: word(V.OBSERVATION_STATUSES, MEANINGS.observationStatus, "Status."),
    value: value.exactOptional(),
    counts: word(V.PROMISE_COUNTS, MEANINGS.promiseCount, "How fulfilment is measured.").exactOptional(),
    since: edtf("Start of what a cumulative promise counts, when the source gives one.").exactOptional(),
    direction: word(
      V.DIRECTIONS,
      MEANINGS.direction,
      "Whether more or less fulfils it; at-least when left out.",
    ).exactOptional(),
    outcome,
    asOf: edtf(
      "The day it was said, when the same thing was stated again with another figure.",
    ).exactOptional(),
    supersedes: observationId("Id of the earlier statement that this one replaces.").exactOptional(),
    scope: scope.exactOptional(),
    event: id("an event", "events").exactOptional(),
    partOf: observationId("Id of the observation of which this is a part.").exactOptional(),
    caveats,
    claims,
  })
  .superRefine((o, ctx) => {
    const given = TIME_KEYS.filter((key) => o[key] !== undefined);
    if (given.length !== 1)
      ctx.addIssue({
        code: "custom",
        path: given.length > 1 ? [given[1] as string] : [],
        message: `exactly one of ${TIME_KEYS.join(", ")}`,
        params: {
          found: given.join(" and ") || "no time",
          fix: "Say once when the value holds: at a moment, during a period, toDate for a running total, perYear, or by a deadline.",
        },
      });
    const v = o.value;
    if (typeof v === "object" && "low" in v && v.low >= v.high)
      ctx.addIssue({
        code: "custom",
        path: ["value"],
        message: "a range whose low is below its high",
        params: {
          fix: v.low > v.high ? "Swap the two, or correct one." : `Write the number alone: ${v.low}.`,
        },
      });
    o.claims.forEach((c, i) => {
      if (o.value !== undefined && c.stated === undefined)
        ctx.addIssue({
          code: "custom",
          path: ["claims", i],
          message: "`stated`, the figure as the source prints it",
          params: {
            found: `a claim of "${c.source}" without it`,
            fix: 'Add it as text, at most 60 characters: stated: "24.66 million".',
          },
        });
    });
  })
  .meta({ description: "One value." });

export const metricSchema = z
  .strictObject({
    name: text("Name.", 3, 140),
    definition: text("What is counted and what is not.", 10, 900),
    unit: id("a unit", "units"),
    measure: word(V.MEASURES, MEANINGS.measure, "How values add."),
    sector: id("a sector", "sectors"),
    scope,
    area: id("the place where what is counted lies; Pakistan when left out", "places").exactOptional(),
    promisable: z.literal(true).exactOptional().meta({
      description:
        "True for an achievement that can be promised; left out for prices, costs, attributes and values of contracts.",
    }),
    dimensions: z
      .record(
        id("a dimension"),
        z.strictObject({
          exclusive: z.boolean().meta({
            description: "Whether no thing is counted under two of its values, so that they may be added.",
          }),
          values: z
            .record(id("a value of the dimension"), text("Its meaning.", 1, 200))
            .meta({ description: "Its values, with their meaning." }),
        }),
      )
      .exactOptional()
      .meta({ description: "Dimensions, each with its closed values." }),
    breaks: z
      .array(z.strictObject({ at: edtf("From when."), why: text("What changed.", 5, 300), claims }))
      .min(1)
      .exactOptional()
      .meta({ description: "Known changes of method." }),
    observations: z.array(observation).min(1).meta({ description: "The values." }),
  })
  .meta({ title: "Metric", description: "One quantity, defined once, with its observations." });

export const projectSchema = z
  .strictObject({
    name: text("Name.", 3, 140),
    summary: text("What it is, in own words; no status and no money.", 10, 900),
    sectors,
    places,
    organisations: participations.exactOptional(),
    scope,
    partOf: id("the project of which this is a part", "projects").exactOptional(),
    route: list(id("a place", "places"))
      .exactOptional()
      .meta({ description: "Places along a cable or fibre, in order." }),
    identifiers,
    claims,
  })
  .meta({ title: "Project", description: "A thread that ties events and observations together." });

export const sourceSchema = z
  .strictObject({
    kind: word(V.SOURCE_KINDS, MEANINGS.sourceKind, "Kind."),
    title: text("Headline.", 1, 300),
    publisher: text("Publisher.", 1, 140),
    published: edtf("Date of publication.").exactOptional(),
    url: url.exactOptional(),
    archivedUrl: url.exactOptional(),
    language: language.meta({ description: "BCP 47 tag.", examples: ["en", "ur", "zh"] }),
    accessed: edtf("When it was read."),
    seen: word(V.SOURCE_FORMS, MEANINGS.sourceForm, "In what form it was read."),
    origin: id("the wire story or release that this is a copy of").exactOptional(),
    caveats,
  })
  .meta({ title: "Source", description: "One published document." });

export const sectorSchema = z
  .strictObject({
    name: text("Name.", 3, 80),
    group: z.enum(V.SECTOR_GROUPS).meta({ description: "The group it belongs to." }),
    definition: text("What belongs to it.", 10, 600),
    codes: z
      .strictObject({
        isic: z
          .array(z.string().regex(/^\d{2,4}$/, "an ISIC code of two to four digits, in quotes"))
          .meta({ description: "Classes of ISIC Rev. 4." }),
        oecdIct: z.boolean().meta({ description: "Whether all of it is ICT as the OECD defines it." }),
        crs: z
          .array(z.string().regex(/^\d{5}$/, "a CRS code of five digits, in quotes"))
          .meta({ description: "Purposes of the Creditor Reporting System of the OECD." }),
      })
      .meta({ description: "Codes of other lists; an empty list where none fits." }),
  })
  .meta({ title: "Sector", description: "A field of work, under one of five groups." });

export const placeSchema = z
  .strictObject({
    name: text("Name, as in ISO 3166 for countries and regions.", 2, 80),
    kind: z.enum(V.PLACE_KINDS).meta({ description: "Kind of place." }),
    iso: z
      .string()
      .regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/, "a code of ISO 3166, such as PK or PK-PB")
      .exactOptional()
      .meta({ description: "Code of ISO 3166.", examples: ["PK", "PK-PB"] }),
    within: id("the next larger place", "places").exactOptional(),
    latitude: z.number().min(-90).max(90).exactOptional().meta({ description: "Degrees north, WGS 84." }),
    longitude: z.number().min(-180).max(180).exactOptional().meta({ description: "Degrees east, WGS 84." }),
  })
  .meta({ title: "Place", description: "A country, a region of ISO 3166-2, or a city." });

export const unitSchema = z
  .strictObject({
    name: text("Name.", 1, 80),
    symbol: text("Symbol.", 1, 30),
    kind: z.enum(V.UNIT_KINDS).meta({ description: "What it measures." }),
    code: text("ISO 4217 or UCUM code.", 1, 20).exactOptional(),
  })
  .meta({
    title: "Unit",
    description: "What a metric is counted or measured in; nothing is ever converted.",
  });

export const redirectSchema = z
  .strictObject({
    kind: z.enum(V.REDIRECT_KINDS).meta({ description: "What became of the id." }),
    to: z.array(id("a live record")).meta({ description: "Where it went: one id, several, or none." }),
    why: text("Why.", 5, 300),
  })
  .meta({ title: "Redirect", description: "A retired id and what became of it." });

/** Collections with one file per record. */
export const RECORD_SCHEMAS = {
  events: eventSchema,
  organisations: organisationSchema,
  metrics: metricSchema,
  projects: projectSchema,
  sources: sourceSchema,
} as const;

/** Collections in a single file: a map from id to fields. */
export const TABLE_SCHEMAS = {
  sectors: sectorSchema,
  places: placeSchema,
  units: unitSchema,
  redirects: redirectSchema,
} as const;

type Schemas = typeof RECORD_SCHEMAS & typeof TABLE_SCHEMAS;
/** All records as written, by collection and id. */
export type Authored = { readonly [K in keyof Schemas]: ReadonlyMap<string, z.output<Schemas[K]>> };
