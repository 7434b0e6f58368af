/** The zod schemas of the records as they ship. */
import * as z from "zod";
import { dateWindow } from "../dates.js";
import type * as T from "../types.js";
import * as V from "../vocabulary.js";
import type { Collection } from "./problems.js";
import type { Reference } from "./references.js";

const id = z.string().min(1).max(300);
const text = z.string().min(1);
const day = z.iso.date();
/** The id of the record itself. */
const ownId = id.meta({ description: "The record's own id." });
/** An id of another record. The rule `id-resolves` and the foreign keys of the exports follow from `references`. */
const idOf = (references: Reference, what: string) => id.meta({ description: `Id of ${what}.`, references });
const says = <T extends z.ZodType>(schema: T, description: string) => schema.meta({ description });
const isDate = (value: string) => {
  try {
    dateWindow(value);
    return true;
  } catch {
    return false;
  }
};
const edtf = z.string().refine(isDate, "an EDTF date").meta({ description: "EDTF date." });

const claim = z.strictObject({
  source: idOf("sources", "a source"),
  locator: text.exactOptional().meta({ description: "Where in the source." }),
  stated: text.max(60).exactOptional().meta({ description: "The figure as printed." }),
  value: z.number().exactOptional().meta({ description: "This source's value, when it differs." }),
  date: edtf.exactOptional().meta({ description: "This source's date, when it differs (EDTF)." }),
  status: z
    .enum([...new Set([...V.EVENT_STATUSES, ...V.OBSERVATION_STATUSES])])
    .exactOptional()
    .meta({ description: "This source's status, when it differs." }),
  saidBy: z
    .strictObject({
      name: says(text, "Name of the person quoted.").exactOptional(),
      role: says(text, "Office of the person quoted.").exactOptional(),
      organisation: idOf(
        "organisations",
        "an organisation that is quoted, or for which the person speaks",
      ).exactOptional(),
      channel: says(z.enum(V.CHANNELS), "How it was said.").exactOptional(),
    })
    .exactOptional()
    .meta({ description: "Who is quoted." }),
  rank: says(z.enum(V.CLAIM_RANKS), "Whether this claim decides, or is a known slip.").exactOptional(),
  note: text.exactOptional().meta({ description: "Why it is ranked or differs." }),
});
const claims = says(z.array(claim).min(1), "The sources that say so.");

const fuzzyDate = z
  .strictObject({
    edtf: says(edtf, "The date as written (EDTF)."),
    earliest: day.meta({ description: "First day it can be." }),
    latest: day.meta({ description: "Last day it can be." }),
    precision: says(z.enum(V.DATE_PRECISIONS), "How precise the date is."),
    basis: says(z.enum(V.DATE_BASES), "How the date was arrived at."),
    text: text.exactOptional().meta({ description: "The words it was worked out from." }),
  })
  .refine((d) => d.earliest <= d.latest, "a window whose first day is not after its last");

const participations = says(
  z.array(
    z.strictObject({
      id: idOf("organisations", "an organisation"),
      role: says(z.enum(V.ORGANISATION_ROLES), "Its part."),
    }),
  ),
  "Who took part, and how.",
);
const caveats = says(z.array(text), "What to know before using it.");
const scope = says(z.enum(V.SCOPES), "How it relates to the corridor.");
const sectors = says(z.array(idOf("sectors", "a sector")), "Sectors; the first is the primary one.");
const places = says(z.array(idOf("places", "a place")), "Places.");
const measure = says(z.enum(V.MEASURES), "How its values behave when added.");

const outcome = z
  .strictObject({
    verdict: says(z.enum(V.OUTCOMES), "How the promise ended, as a source says."),
    on: says(edtf, "When it ended so (EDTF).").exactOptional(),
    note: says(text, "What the source says.").exactOptional(),
    claims,
  })
  .exactOptional();
const identifiers = says(
  z.array(
    z.strictObject({
      scheme: says(z.enum(V.IDENTIFIER_SCHEMES), "Register."),
      id: says(text, "Code or address in the register."),
    }),
  ),
  "Identifiers in registers.",
);

const eventShape = z
  .strictObject({
    id: ownId,
    title: says(text.max(120), "What happened, in one line."),
    summary: says(text, "What happened, in a few sentences."),
    kind: says(z.enum(V.EVENT_KINDS), "Kind of event."),
    status: says(z.enum(V.EVENT_STATUSES), "Status as last known."),
    date: fuzzyDate,
    endDate: fuzzyDate.exactOptional(),
    duration: z.string().regex(/^P/).exactOptional().meta({ description: "ISO 8601 duration." }),
    sectors: sectors.min(1),
    organisations: participations,
    places,
    scope,
    project: idOf("projects", "a project to which it belongs").exactOptional(),
    partOf: idOf("events", "an event of which this is a part").exactOptional(),
    promises: idOf("events", "an event that this one announced").exactOptional(),
    promised: says(
      z.array(
        z.strictObject({
          by: says(text, "Deadline as promised (EDTF), or 'unknown'."),
          on: says(
            edtf,
            "When it was promised (EDTF); the publication of the first claim when left out.",
          ).exactOptional(),
          claims,
        }),
      ),
      "Statements that promised this event, oldest first.",
    ),
    outcome,
    caveats,
    claims,
  })
  .meta({ title: "Event", description: "One thing that happened, or was promised for a date." });
/** Checks an event as it ships. @group Schemas */
export const eventSchema: z.ZodType<T.EventRecord> = eventShape;

const observationShape = z
  .strictObject({
    id: says(id, "Series and time, readable and unique."),
    metric: idOf("metrics", "a metric"),
    unit: idOf("units", "a unit"),
    measure,
    sector: idOf("sectors", "a sector"),
    scope,
    subject: z.strictObject({
      type: says(z.enum(V.SUBJECT_TYPES), "Kind of record that the value is about."),
      id: id.meta({ description: "The record that the value is about.", referencesBy: "type" }),
    }),
    dimensions: z.record(id, id).meta({ description: "Closed values; empty for the total." }),
    area: idOf("places", "a place where what is counted lies; Pakistan when left out").exactOptional(),
    status: says(z.enum(V.OBSERVATION_STATUSES), "Whether it came to be, was promised or was expected."),
    timing: says(z.enum(V.TIMINGS), "How the value relates to time."),
    period: text.meta({ description: "The time as written." }),
    start: says(day.nullable(), "First day; null for running totals and deadlines."),
    end: says(day.nullable(), "Last day or deadline; null for open rates and unknown deadlines."),
    value: z
      .number()
      .nullable()
      .meta({ description: "In base units; null for ranges, bounds and missing values." }),
    low: z.number().nullable().meta({ description: "Lower end; null when open." }),
    high: z.number().nullable().meta({ description: "Upper end; null when open." }),
    approximate: says(z.boolean(), "Whether the source says about, nearly or the like."),
    asOf: edtf.exactOptional().meta({ description: "The day on which it was said." }),
    event: idOf("events", "an event that brought it").exactOptional(),
    partOf: idOf("observations", "an observation of which this is a part").exactOptional(),
    counts: says(z.enum(V.PROMISE_COUNTS), "How the fulfilment of a promise is measured.").exactOptional(),
    since: says(edtf, "Start of what a cumulative promise counts (EDTF).").exactOptional(),
    direction: says(
      z.enum(V.DIRECTIONS),
      "Whether more or less fulfils the promise; at-least when left out.",
    ).exactOptional(),
    outcome,
    supersedes: idOf("observations", "an observation, said earlier, that this one replaces").exactOptional(),
    caveats,
    claims,
    confidence: says(z.enum(V.CONFIDENCES), "Confidence, computed from the claims."),
  })
  .refine((o) => o.start === null || o.end === null || o.start <= o.end, "a start that is not after the end")
  .refine(
    (o) => o.low === null || o.high === null || o.low <= o.high,
    "a low end that is not above the high end",
  )
  .refine(
    (o) => o.value === null || (o.low === o.value && o.high === o.value),
    "equal ends for a single value",
  )
  .meta({
    title: "Observation",
    description: "One value of one metric, for one subject, at or over one time, with one status.",
  });

/** Checks an observation as it ships. @group Schemas */
export const observationSchema: z.ZodType<T.ObservationRecord> = observationShape;

const metricShape = z
  .strictObject({
    id: ownId,
    name: says(text, "Name."),
    definition: says(text, "What is counted and what is not."),
    unit: idOf("units", "a unit"),
    measure,
    sector: idOf("sectors", "a sector"),
    scope,
    area: idOf("places", "a place where what is counted lies; Pakistan when left out").exactOptional(),
    promisable: z
      .literal(true)
      .exactOptional()
      .meta({ description: "True for an achievement that can be promised." }),
    dimensions: says(
      z.record(
        id,
        z.strictObject({
          exclusive: says(z.boolean(), "Whether no thing is counted under two of its values."),
          values: says(z.record(id, text), "Its closed values, with their meaning."),
        }),
      ),
      "Dimensions, each with its closed values.",
    ),
    breaks: says(
      z.array(
        z.strictObject({
          at: says(edtf, "From when the new method holds (EDTF)."),
          why: says(text, "What changed."),
          claims,
        }),
      ),
      "Known changes of method.",
    ),
    observations: z.array(observationShape).min(1),
  })
  .meta({ title: "Metric", description: "One quantity, defined once, with its observations." });
/** Checks a metric as it ships, with its observations. @group Schemas */
export const metricSchema: z.ZodType<T.MetricRecord> = metricShape;

const organisationShape = z
  .strictObject({
    id: ownId,
    name: says(text, "Name in English."),
    description: says(text, "What it is.").exactOptional(),
    names: says(
      z.array(
        z.strictObject({
          name: says(text, "A further name."),
          use: says(z.enum(V.NAME_USES), "What kind of name."),
          lang: says(text, "BCP 47 tag.").exactOptional(),
        }),
      ),
      "Further names.",
    ),
    kind: says(z.enum(V.ORGANISATION_KINDS), "Kind of body."),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable()
      .meta({ description: "ISO 3166-1 alpha-2; null for a body of two countries." }),
    parent: idOf("organisations", "an organisation that is the present parent").exactOptional(),
    parents: says(
      z.array(
        z.strictObject({
          organisation: idOf("organisations", "an organisation"),
          share: z.number().gt(0).max(100).exactOptional().meta({ description: "Share held, per cent." }),
          from: says(edtf, "Since when (EDTF).").exactOptional(),
          until: says(edtf, "Until when (EDTF).").exactOptional(),
          claims,
        }),
      ),
      "All parents, with their time.",
    ),
    sectors,
    identifiers,
    claims,
  })
  .meta({ title: "Organisation", description: "A body that takes part." });
/** Checks an organisation as it ships. @group Schemas */
export const organisationSchema: z.ZodType<T.OrganisationRecord> = organisationShape;

const projectShape = z
  .strictObject({
    id: ownId,
    name: says(text, "Name."),
    summary: says(text, "What it is, in a few sentences."),
    sectors: sectors.min(1),
    places,
    organisations: participations,
    scope,
    partOf: idOf("projects", "a project of which this is a part").exactOptional(),
    route: says(z.array(idOf("places", "a place")), "Places along a cable or fibre, in order."),
    identifiers,
    claims,
  })
  .meta({ title: "Project", description: "A thread that ties events and observations together." });
/** Checks a project as it ships. @group Schemas */
export const projectSchema: z.ZodType<T.ProjectRecord> = projectShape;

const sourceShape = z
  .strictObject({
    id: ownId,
    kind: says(z.enum(V.SOURCE_KINDS), "Kind of source."),
    title: says(text, "Title."),
    publisher: says(text, "Who published it."),
    published: says(edtf.nullable(), "When it was published (EDTF); null when it shows no date."),
    url: says(z.url({ protocol: /^https?$/ }).nullable(), "Address; null when none is known."),
    archivedUrl: says(z.url({ protocol: /^https?$/ }), "Address of an archived copy.").exactOptional(),
    language: text.meta({ description: "BCP 47 tag." }),
    accessed: says(edtf, "When it was read (EDTF)."),
    seen: says(z.enum(V.SOURCE_FORMS), "In what form it was read."),
    origin: id.exactOptional().meta({ description: "Shared by all copies of one wire story or release." }),
    caveats,
  })
  .meta({ title: "Source", description: "One published document." });
/** Checks a source as it ships. @group Schemas */
export const sourceSchema: z.ZodType<T.SourceRecord> = sourceShape;

const sectorShape = z
  .strictObject({
    id: ownId,
    name: says(text, "Name."),
    group: says(z.enum(V.SECTOR_GROUPS), "Group of sectors."),
    definition: says(text, "What belongs to it."),
    codes: z.strictObject({
      isic: says(z.array(text), "Classes of ISIC Rev. 4."),
      oecdIct: says(z.boolean(), "Whether the OECD counts these classes as the ICT sector."),
      crs: says(z.array(text), "Purpose codes of the OECD Creditor Reporting System."),
    }),
  })
  .meta({ title: "Sector", description: "A field of work, with its outward codes." });
const placeShape = z
  .strictObject({
    id: ownId,
    name: says(text, "Name as in ISO 3166, or the common English one."),
    kind: says(z.enum(V.PLACE_KINDS), "Kind of place."),
    iso: says(text, "ISO 3166-1 alpha-2 or ISO 3166-2 code.").exactOptional(),
    within: idOf("places", "a place in which it lies").exactOptional(),
    latitude: says(z.number().min(-90).max(90), "Degrees north, WGS 84.").exactOptional(),
    longitude: says(z.number().min(-180).max(180), "Degrees east, WGS 84.").exactOptional(),
  })
  .meta({ title: "Place", description: "A place; the dataset takes no position on borders." });
const unitShape = z
  .strictObject({
    id: ownId,
    name: says(text, "Name."),
    symbol: says(text, "Symbol."),
    kind: says(z.enum(V.UNIT_KINDS), "What it measures."),
    code: says(text, "ISO 4217 for currencies, UCUM for physical units.").exactOptional(),
  })
  .meta({ title: "Unit", description: "A unit of measurement." });
const redirectShape = z
  .strictObject({
    kind: says(z.enum(V.REDIRECT_KINDS), "What became of it."),
    to: says(z.array(id), "Ids to which it went; empty when retracted."),
    why: says(text, "Why."),
  })
  .meta({ title: "Redirect", description: "What became of a retired id." });

/**
 * The schema of a record of each collection. Unlike the schemas above they are not annotated, so that the type test compares what
 * they give with the interfaces of `types.ts`. @internal
 */
export const SHAPES = {
  events: eventShape,
  organisations: organisationShape,
  metrics: metricShape,
  projects: projectShape,
  sources: sourceShape,
  sectors: sectorShape,
  places: placeShape,
  units: unitShape,
  redirects: redirectShape,
} as const;

/** The schema of each collection's JSON file: an array of records, or a map from retired id to redirect. @group Schemas */
export const COLLECTION_SCHEMAS: Readonly<Record<Collection, z.ZodType>> = {
  events: z.array(eventSchema),
  organisations: z.array(organisationSchema),
  metrics: z.array(metricSchema),
  projects: z.array(projectSchema),
  sources: z.array(sourceSchema),
  sectors: z.array(sectorShape),
  places: z.array(placeShape),
  units: z.array(unitShape),
  redirects: z.record(z.string(), redirectShape),
};
