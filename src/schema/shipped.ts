/** The zod schemas of the records as they ship. */
import * as z from "zod";
import { dateWindow } from "../dates.js";
import type * as T from "../types.js";
import * as V from "../vocabulary.js";
import type { Collection } from "./problems.js";

const id = z.string().min(1).max(300);
const text = z.string().min(1);
const day = z.iso.date();
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
  source: id.meta({ description: "Id of the source." }),
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
      name: text.exactOptional(),
      role: text.exactOptional(),
      organisation: id.exactOptional(),
      channel: z.enum(V.CHANNELS).exactOptional(),
    })
    .exactOptional()
    .meta({ description: "Who is quoted." }),
  rank: z.enum(V.CLAIM_RANKS).exactOptional(),
  note: text.exactOptional().meta({ description: "Why it is ranked or differs." }),
});
const claims = z.array(claim).min(1);

const fuzzyDate = z
  .strictObject({
    edtf,
    earliest: day.meta({ description: "First day it can be." }),
    latest: day.meta({ description: "Last day it can be." }),
    precision: z.enum(V.DATE_PRECISIONS),
    basis: z.enum(V.DATE_BASES),
    text: text.exactOptional().meta({ description: "The words it was worked out from." }),
  })
  .refine((d) => d.earliest <= d.latest, "a window whose first day is not after its last");

const participations = z.array(z.strictObject({ id, role: z.enum(V.ORGANISATION_ROLES) }));
const caveats = z.array(text);

/** Checks an event as it ships. @group Schemas */
export const eventSchema: z.ZodType<T.EventRecord> = z
  .strictObject({
    id,
    title: text.max(120),
    summary: text,
    kind: z.enum(V.EVENT_KINDS),
    status: z.enum(V.EVENT_STATUSES),
    date: fuzzyDate,
    endDate: fuzzyDate.exactOptional(),
    duration: z.string().regex(/^P/).exactOptional().meta({ description: "ISO 8601 duration." }),
    sectors: z.array(id).min(1).meta({ description: "The first is the primary sector." }),
    organisations: participations,
    places: z.array(id),
    scope: z.enum(V.SCOPES),
    project: id.exactOptional(),
    partOf: id.exactOptional().meta({ description: "The event of which this is a part." }),
    promises: id.exactOptional().meta({ description: "The event that this one announced." }),
    caveats,
    claims,
  })
  .meta({ title: "Event", description: "One thing that happened, or was promised for a date." });

const observation = z
  .strictObject({
    id,
    metric: id,
    unit: id,
    measure: z.enum(V.MEASURES),
    sector: id,
    scope: z.enum(V.SCOPES),
    subject: z.strictObject({ type: z.enum(V.SUBJECT_TYPES), id }),
    dimensions: z.record(id, id).meta({ description: "Closed values; empty for the total." }),
    status: z.enum(V.OBSERVATION_STATUSES),
    timing: z.enum(V.TIMINGS),
    period: text.meta({ description: "The time as written." }),
    start: day.nullable(),
    end: day.nullable(),
    value: z
      .number()
      .nullable()
      .meta({ description: "In base units; null for ranges, bounds and missing values." }),
    low: z.number().nullable().meta({ description: "Lower end; null when open." }),
    high: z.number().nullable().meta({ description: "Upper end; null when open." }),
    approximate: z.boolean(),
    asOf: edtf.exactOptional().meta({ description: "The day on which it was said." }),
    event: id.exactOptional(),
    partOf: id.exactOptional().meta({ description: "The observation of which this is a part." }),
    supersedes: id.exactOptional().meta({ description: "The earlier statement that this one replaces." }),
    caveats,
    claims,
    confidence: z.enum(V.CONFIDENCES),
  })
  .refine((o) => o.start === null || o.end === null || o.start <= o.end, "a start that is not after the end")
  .refine(
    (o) => o.low === null || o.high === null || o.low <= o.high,
    "a low end that is not above the high end",
  )
  .refine(
    (o) => o.value === null || (o.low === o.value && o.high === o.value),
    "equal ends for a single value",
  );

/** Checks an observation as it ships. @group Schemas */
export const observationSchema: z.ZodType<T.ObservationRecord> = observation.meta({
  title: "Observation",
  description: "One value of one metric, for one subject, at or over one time, with one status.",
});

/** Checks a metric as it ships, with its observations. @group Schemas */
export const metricSchema: z.ZodType<T.MetricRecord> = z
  .strictObject({
    id,
    name: text,
    definition: text,
    unit: id,
    measure: z.enum(V.MEASURES),
    sector: id,
    scope: z.enum(V.SCOPES),
    dimensions: z.record(id, z.record(id, text)),
    breaks: z.array(z.strictObject({ at: edtf, why: text, claims })),
    observations: z.array(observation).min(1),
  })
  .meta({ title: "Metric", description: "One quantity, defined once, with its observations." });

/** Checks an organisation as it ships. @group Schemas */
export const organisationSchema: z.ZodType<T.OrganisationRecord> = z
  .strictObject({
    id,
    name: text,
    description: text.exactOptional(),
    names: z.array(z.strictObject({ name: text, use: z.enum(V.NAME_USES), lang: text.exactOptional() })),
    kind: z.enum(V.ORGANISATION_KINDS),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable()
      .meta({ description: "ISO 3166-1 alpha-2; null for a body of two countries." }),
    parent: id.exactOptional().meta({ description: "The present parent." }),
    parents: z.array(
      z.strictObject({
        organisation: id,
        share: z.number().gt(0).max(100).exactOptional().meta({ description: "Per cent." }),
        from: edtf.exactOptional(),
        until: edtf.exactOptional(),
        claims,
      }),
    ),
    sectors: z.array(id),
    identifiers: z.array(z.strictObject({ scheme: z.enum(V.IDENTIFIER_SCHEMES), id: text })),
    claims,
  })
  .meta({ title: "Organisation", description: "A body that takes part." });

/** Checks a project as it ships. @group Schemas */
export const projectSchema: z.ZodType<T.ProjectRecord> = z
  .strictObject({
    id,
    name: text,
    summary: text,
    sectors: z.array(id).min(1),
    places: z.array(id),
    organisations: participations,
    scope: z.enum(V.SCOPES),
    partOf: id.exactOptional(),
    claims,
  })
  .meta({ title: "Project", description: "A thread that ties events and observations together." });

/** Checks a source as it ships. @group Schemas */
export const sourceSchema: z.ZodType<T.SourceRecord> = z
  .strictObject({
    id,
    kind: z.enum(V.SOURCE_KINDS),
    title: text,
    publisher: text,
    published: edtf.nullable(),
    url: z.url({ protocol: /^https?$/ }).nullable(),
    archivedUrl: z.url({ protocol: /^https?$/ }).exactOptional(),
    language: text.meta({ description: "BCP 47 tag." }),
    accessed: edtf,
    seen: z.enum(V.SOURCE_FORMS),
    origin: id.exactOptional().meta({ description: "Shared by all copies of one wire story or release." }),
    caveats,
  })
  .meta({ title: "Source", description: "One published document." });

const sectorSchema: z.ZodType<T.SectorRecord> = z.strictObject({
  id,
  name: text,
  group: z.enum(V.SECTOR_GROUPS),
  definition: text,
  codes: z.strictObject({ isic: z.array(text), oecdIct: z.boolean(), crs: z.array(text) }),
});
const placeSchema: z.ZodType<T.PlaceRecord> = z.strictObject({
  id,
  name: text,
  kind: z.enum(V.PLACE_KINDS),
  iso: text.exactOptional(),
  within: id.exactOptional(),
});
const unitSchema: z.ZodType<T.UnitRecord> = z.strictObject({
  id,
  name: text,
  symbol: text,
  kind: z.enum(V.UNIT_KINDS),
  code: text.exactOptional(),
});
const redirectSchema: z.ZodType<T.Redirect> = z.strictObject({
  kind: z.enum(V.REDIRECT_KINDS),
  to: z.array(id),
  why: text,
});

/** The schema of each collection's JSON file: an array of records, or a map from retired id to redirect. @group Schemas */
export const COLLECTION_SCHEMAS: Readonly<Record<Collection, z.ZodType>> = {
  events: z.array(eventSchema),
  organisations: z.array(organisationSchema),
  metrics: z.array(metricSchema),
  projects: z.array(projectSchema),
  sources: z.array(sourceSchema),
  sectors: z.array(sectorSchema),
  places: z.array(placeSchema),
  units: z.array(unitSchema),
  redirects: z.record(z.string(), redirectSchema),
};
