/** What contributors write: the zod schemas of the YAML records. `normalise.ts` turns them into what ships. */
import * as z from "zod";
import { dateWindow, periodWindow } from "../../src/dates.js";
import { MEANINGS } from "../../src/schema/meanings.js";
import * as V from "../../src/vocabulary.js";

/** Characters that hide or turn text: controls, zero-width, bidirectional marks, byte-order mark. */
const HIDDEN = /(?![\t\n])[\p{Cc}\p{Cf}]/u;

const text = (description: string, min = 1, max = 2000) =>
  z
    .string()
    .min(min)
    .max(max)
    .refine((s) => s === s.normalize("NFC"), "text in Unicode form NFC (retype it, or run a normaliser)")
    .refine((s) => !HIDDEN.test(s), "text without control, zero-width or bidirectional characters")
    .refine((s) => s === s.trim(), "text without space at its ends")
    .meta({ description });

const id = (what: string) =>
  z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    .min(2)
    .max(64)
    .meta({ description: `Id of ${what}.` });

const word = <T extends Record<string, string>>(
  values: readonly (keyof T & string)[],
  meanings: T,
  what: string,
) =>
  z
    .enum(values as unknown as readonly [keyof T & string, ...(keyof T & string)[]])
    .meta({ description: `${what} ${values.map((v) => `${v}: ${meanings[v]}`).join(" ")}` });

/** YAML reads a bare year as a number; it means the year. */
const label = z.union([z.string(), z.int().min(1000).max(9999)]).transform(String);
const message = (read: (s: string) => unknown) => (value: string, ctx: z.RefinementCtx) => {
  try {
    read(value);
  } catch (error) {
    ctx.addIssue({
      code: "custom",
      message: (error as { hint: string }).hint.replace(/^Expected |\.$/g, ""),
    });
  }
};
const edtf = (description: string) =>
  label.superRefine(message(dateWindow)).meta({ description, examples: ["2021-09-23", "2022-01", "2021"] });
const period = label
  .superRefine(message(periodWindow))
  .meta({ description: "A period.", examples: ["2021", "FY2021-22", "2022-01/2022-05"] });

const url = z
  .url({ protocol: /^https?$/ })
  .refine(
    (u) => !/[?&](utm_\w+|fbclid|gclid|igshid|mc_cid|mc_eid)=/.test(u),
    "an address without tracking parameters",
  )
  .meta({ description: "Address of the document, without tracking parameters." });

const caveats = z
  .array(text("A doubt or limit."))
  .min(1)
  .exactOptional()
  .meta({ description: "Doubts and limits, in own words." });

const claim = z
  .strictObject({
    source: id("a source"),
    at: text("Where in the source.", 1, 80).exactOptional(),
    stated: text("The figure as printed, at most 60 characters.", 1, 60).exactOptional(),
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
        organisation: id("the organisation spoken for").exactOptional(),
        channel: word(V.CHANNELS, MEANINGS.channel, "Channel.").exactOptional(),
      })
      .exactOptional()
      .meta({ description: "Who is quoted." }),
    rank: word(V.CLAIM_RANKS, MEANINGS.claimRank, "Rank.").exactOptional(),
    note: text("Why it is ranked or differs.", 1, 300).exactOptional(),
  })
  .meta({ description: "A source saying this." });
const claims = z.array(claim).min(1).meta({ description: "At least one source that says so." });

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

const sectors = z
  .array(id("a sector"))
  .min(1)
  .meta({ description: "Sectors; the first is the primary one." });
const places = z.array(id("a place")).min(1).exactOptional().meta({ description: "Where." });
const participations = z
  .array(
    z.strictObject({
      id: id("an organisation"),
      role: word(V.ORGANISATION_ROLES, MEANINGS.role, "Part played."),
    }),
  )
  .min(1)
  .meta({ description: "Who took part, and as what." });
const scope = word(V.SCOPES, MEANINGS.scope, "Relation to the corridor.");

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
      .regex(/^P(?=\d|T)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?)?$/)
      .exactOptional()
      .meta({ description: "ISO 8601 duration.", examples: ["P20D"] }),
    sectors,
    organisations: participations.exactOptional(),
    places,
    scope,
    project: id("a project").exactOptional(),
    partOf: id("the event of which this is a part").exactOptional(),
    promises: id("the event that this one announced").exactOptional(),
    caveats,
    claims,
  })
  .meta({ title: "Event", description: "One thing that happened, or was promised for a date." });

export const organisationSchema = z
  .strictObject({
    name: text("Common English name.", 2, 140),
    description: text("What it is, in one sentence.", 5, 400).exactOptional(),
    names: z
      .array(
        z.strictObject({
          name: text("The name.", 1, 140),
          use: word(V.NAME_USES, MEANINGS.nameUse, "Use."),
          lang: z
            .string()
            .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/)
            .exactOptional()
            .meta({ description: "BCP 47 tag.", examples: ["zh", "ur"] }),
        }),
      )
      .min(1)
      .exactOptional()
      .meta({ description: "Further names." }),
    kind: word(V.ORGANISATION_KINDS, MEANINGS.organisationKind, "Kind."),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .exactOptional()
      .meta({ description: "ISO 3166-1 alpha-2; left out for a body of two countries." }),
    parents: z
      .array(
        z.strictObject({
          organisation: id("the parent"),
          share: z.number().gt(0).max(100).exactOptional().meta({ description: "Share held, in per cent." }),
          from: edtf("Since when.").exactOptional(),
          until: edtf("Until when.").exactOptional(),
          claims,
        }),
      )
      .min(1)
      .exactOptional()
      .meta({ description: "Parents, with dates." }),
    sectors: sectors.exactOptional(),
    identifiers: z
      .array(
        z.strictObject({
          scheme: word(V.IDENTIFIER_SCHEMES, MEANINGS.identifierScheme, "Register."),
          id: text("The identifier.", 1, 200),
        }),
      )
      .min(1)
      .exactOptional()
      .meta({ description: "Identifiers in registers, from a source." }),
    claims,
  })
  .meta({ title: "Organisation", description: "A body that takes part." });

const number = z.number().meta({ description: "In base units, never millions." });
const value = z
  .union([
    number,
    z.strictObject({ low: number, high: number, approximate: z.literal(true).exactOptional() }),
    z.strictObject({ approximate: number }),
    z.strictObject({ moreThan: number }),
    z.strictObject({ atLeast: number }),
    z.strictObject({ lessThan: number }),
    z.strictObject({ atMost: number }),
  ])
  .meta({ description: "A number, or a range, bound or approximate value." });

export const TIME_KEYS = ["at", "during", "toDate", "perYear", "by"] as const;

const observation = z
  .strictObject({
    at: edtf("A level at this moment.").exactOptional(),
    during: period.exactOptional(),
    toDate: edtf("Running total up to this day.").exactOptional(),
    perYear: z
      .strictObject({ from: edtf("Since.").exactOptional(), to: edtf("Until.").exactOptional() })
      .exactOptional()
      .meta({ description: "A rate a year." }),
    by: z
      .union([
        label.superRefine((v, ctx) => {
          if (v !== "unknown") message(dateWindow)(v, ctx);
        }),
      ])
      .exactOptional()
      .meta({ description: "A promise with its deadline, or 'unknown'.", examples: ["2024-12", "unknown"] }),
    subject: z
      .union([
        z.strictObject({ place: id("a place") }),
        z.strictObject({ organisation: id("an organisation") }),
        z.strictObject({ project: id("a project") }),
        z.strictObject({ event: id("an event") }),
      ])
      .exactOptional()
      .meta({ description: "What it is about; Pakistan when left out." }),
    dimensions: z
      .record(id("a dimension"), id("a value of the dimension"))
      .exactOptional()
      .meta({ description: "Values declared by the metric; absent = the total." }),
    status: word(V.OBSERVATION_STATUSES, MEANINGS.observationStatus, "Status."),
    value: value.exactOptional(),
    asOf: edtf(
      "The day it was said, when the same thing was stated again with another figure.",
    ).exactOptional(),
    supersedes: text("Id of the earlier statement that this one replaces.", 2, 300).exactOptional(),
    scope: scope.exactOptional(),
    event: id("an event").exactOptional(),
    partOf: text("Id of the observation of which this is a part.", 2, 300).exactOptional(),
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
      });
    const v = o.value;
    if (typeof v === "object" && "low" in v && v.low > v.high)
      ctx.addIssue({ code: "custom", path: ["value"], message: "a range whose low is not above its high" });
    o.claims.forEach((c, i) => {
      if (o.value !== undefined && c.stated === undefined)
        ctx.addIssue({
          code: "custom",
          path: ["claims", i],
          message: "`stated`, the figure as the source prints it",
        });
    });
  })
  .meta({ description: "One value." });

export const metricSchema = z
  .strictObject({
    name: text("Name.", 3, 140),
    definition: text("What is counted and what is not.", 10, 900),
    unit: id("a unit"),
    measure: word(V.MEASURES, MEANINGS.measure, "How values add."),
    sector: id("a sector"),
    scope,
    dimensions: z
      .record(id("a dimension"), z.record(id("a value of the dimension"), text("Its meaning.", 1, 200)))
      .exactOptional()
      .meta({ description: "Closed values of each dimension, with their meaning." }),
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
    partOf: id("the project of which this is a part").exactOptional(),
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
    language: z
      .string()
      .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/)
      .meta({ description: "BCP 47 tag.", examples: ["en", "ur", "zh"] }),
    accessed: edtf("When it was read."),
    seen: word(V.SOURCE_FORMS, MEANINGS.sourceForm, "In what form it was read."),
    origin: id("the wire story or release that this is a copy of").exactOptional(),
    caveats,
  })
  .meta({ title: "Source", description: "One published document." });

export const sectorSchema = z.strictObject({
  name: text("Name.", 3, 80),
  group: z.enum(V.SECTOR_GROUPS),
  definition: text("What belongs to it.", 10, 600),
  codes: z.strictObject({
    isic: z.array(z.string().regex(/^\d{2,4}$/)),
    oecdIct: z.boolean(),
    crs: z.array(z.string().regex(/^\d{5}$/)),
  }),
});

export const placeSchema = z.strictObject({
  name: text("Name, as in ISO 3166 for countries and regions.", 2, 80),
  kind: z.enum(V.PLACE_KINDS),
  iso: z
    .string()
    .regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/)
    .exactOptional(),
  within: id("the next larger place").exactOptional(),
});

export const unitSchema = z.strictObject({
  name: text("Name.", 1, 80),
  symbol: text("Symbol.", 1, 30),
  kind: z.enum(V.UNIT_KINDS),
  code: text("ISO 4217 or UCUM code.", 1, 20).exactOptional(),
});

export const redirectSchema = z.strictObject({
  kind: z.enum(V.REDIRECT_KINDS),
  to: z.array(id("a live record")),
  why: text("Why.", 5, 300),
});

/** One file a record. */
export const RECORD_SCHEMAS = {
  events: eventSchema,
  organisations: organisationSchema,
  metrics: metricSchema,
  projects: projectSchema,
  sources: sourceSchema,
} as const;

/** One file for all: a map from id to fields. */
export const TABLE_SCHEMAS = {
  sectors: sectorSchema,
  places: placeSchema,
  units: unitSchema,
  redirects: redirectSchema,
} as const;

type Schemas = typeof RECORD_SCHEMAS & typeof TABLE_SCHEMAS;
/** All records as written, by collection and id. */
export type Authored = { readonly [K in keyof Schemas]: ReadonlyMap<string, z.output<Schemas[K]>> };
