/** Kinds of event. Meanings are in the data dictionary. @group Vocabularies */
export const EVENT_KINDS = /* @__PURE__ */ Object.freeze([
  "meeting",
  "agreement",
  "institution",
  "announcement",
  "licence",
  "investment",
  "construction",
  "launch",
  "operation",
  "completion",
  "training",
  "policy",
  "milestone",
  "setback",
] as const);
/** Kind of an event. @group Vocabularies */
export type EventKind = (typeof EVENT_KINDS)[number];

/** What is known of an event as of the dataset's date. @group Vocabularies */
export const EVENT_STATUSES = /* @__PURE__ */ Object.freeze([
  "occurred",
  "ongoing",
  "planned",
  "postponed",
  "cancelled",
  "unverified",
] as const);
/** Status of an event, as last known. @group Vocabularies */
export type EventStatus = (typeof EVENT_STATUSES)[number];

/** Parts that an organisation can play in an event or project. @group Vocabularies */
export const ORGANISATION_ROLES = /* @__PURE__ */ Object.freeze([
  "organiser",
  "host",
  "chair",
  "participant",
  "signatory",
  "announcer",
  "regulator",
  "licensee",
  "investor",
  "funder",
  "acquirer",
  "seller",
  "owner",
  "operator",
  "supplier",
  "manufacturer",
  "partner",
  "customer",
  "trainer",
  "beneficiary",
  "publisher",
] as const);
/** Part that an organisation plays in an event or project. @group Vocabularies */
export type OrganisationRole = (typeof ORGANISATION_ROLES)[number];

/** Kinds of organisation. @group Vocabularies */
export const ORGANISATION_KINDS = /* @__PURE__ */ Object.freeze([
  "government",
  "regulator",
  "public-fund",
  "state-enterprise",
  "company",
  "academia",
  "association",
  "bilateral-body",
  "media",
  "other",
] as const);
/** Kind of an organisation. @group Vocabularies */
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** Uses of a further name of an organisation. @group Vocabularies */
export const NAME_USES = /* @__PURE__ */ Object.freeze([
  "alias",
  "acronym",
  "former",
  "native",
  "misspelling",
] as const);
/** Use of a further name of an organisation. @group Vocabularies */
export type NameUse = (typeof NAME_USES)[number];

/** Registers that identify organisations and projects. @group Vocabularies */
export const IDENTIFIER_SCHEMES = /* @__PURE__ */ Object.freeze([
  "psx",
  "hkex",
  "sse",
  "szse",
  "ror",
  "lei",
  "wikidata",
  "aidata",
  "domain",
  "website",
] as const);
/** Register that identifies an organisation or a project. @group Vocabularies */
export type IdentifierScheme = (typeof IDENTIFIER_SCHEMES)[number];

/**
 * How an item relates to the corridor: `cpec` if either government names it part of CPEC or a CPEC body did it,
 * `bilateral` for Chinese and Pakistani parties without such a claim, `context` for items without a Chinese party.
 * @group Vocabularies
 */
export const SCOPES = /* @__PURE__ */ Object.freeze(["cpec", "bilateral", "context"] as const);
/** How an item relates to the corridor; see {@link SCOPES}. @group Vocabularies */
export type Scope = (typeof SCOPES)[number];

/** Scopes that counts and sums by sector take by default: `context` (no Chinese party) is left out. @group Vocabularies */
export const DEFAULT_SCOPES: readonly Scope[] = /* @__PURE__ */ Object.freeze(["cpec", "bilateral"]);

/** How values of a metric behave when added. @group Vocabularies */
export const MEASURES = /* @__PURE__ */ Object.freeze(["flow", "stock", "ratio"] as const);
/** `flow` over a time, `stock` at a moment, `ratio` (shares, rates, prices: never added). @group Vocabularies */
export type Measure = (typeof MEASURES)[number];

/** Whether a value came to be, was promised or was expected. @group Vocabularies */
export const OBSERVATION_STATUSES = /* @__PURE__ */ Object.freeze([
  "actual",
  "committed",
  "planned",
  "target",
  "forecast",
] as const);
/** Status of an observation. @group Vocabularies */
export type ObservationStatus = (typeof OBSERVATION_STATUSES)[number];

/** How a value relates to time. @group Vocabularies */
export const TIMINGS = /* @__PURE__ */ Object.freeze(["at", "during", "to-date", "per-year", "by"] as const);
/** `at` a moment, `during` a period, running total `to-date`, rate `per-year`, promised `by` a deadline. @group Vocabularies */
export type Timing = (typeof TIMINGS)[number];

/** What an observation can be about. @group Vocabularies */
export const SUBJECT_TYPES = /* @__PURE__ */ Object.freeze([
  "place",
  "organisation",
  "project",
  "event",
] as const);
/** Kind of the subject of an observation. @group Vocabularies */
export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** Precisions of a date. @group Vocabularies */
export const DATE_PRECISIONS = /* @__PURE__ */ Object.freeze([
  "day",
  "month",
  "quarter",
  "year",
  "range",
] as const);
/** Precision of a date; `range` is a window with one unknown day in it. @group Vocabularies */
export type DatePrecision = (typeof DATE_PRECISIONS)[number];

/** How a date was arrived at. @group Vocabularies */
export const DATE_BASES = /* @__PURE__ */ Object.freeze(["stated", "resolved", "inferred"] as const);
/** `stated` by the source, `resolved` from words such as "on Tuesday", or `inferred` from neighbours. @group Vocabularies */
export type DateBasis = (typeof DATE_BASES)[number];

/** Kinds of source. @group Vocabularies */
export const SOURCE_KINDS = /* @__PURE__ */ Object.freeze([
  "official",
  "filing",
  "newswire",
  "newspaper",
  "trade-press",
  "company",
  "social",
  "forum",
  "dataset",
  "report",
] as const);
/** Kind of a source. @group Vocabularies */
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** In what form a source was read. @group Vocabularies */
export const SOURCE_FORMS = /* @__PURE__ */ Object.freeze(["original", "reprint", "excerpt"] as const);
/** In what form a source was read: the `original`, a `reprint`, or a stored `excerpt`. @group Vocabularies */
export type SourceForm = (typeof SOURCE_FORMS)[number];

/** Channels through which someone quoted spoke. @group Vocabularies */
export const CHANNELS = /* @__PURE__ */ Object.freeze([
  "statement",
  "filing",
  "speech",
  "interview",
  "meeting",
  "social-media",
  "unattributed",
] as const);
/** Channel through which someone quoted spoke. @group Vocabularies */
export type Channel = (typeof CHANNELS)[number];

/** Ranks of a claim. @group Vocabularies */
export const CLAIM_RANKS = /* @__PURE__ */ Object.freeze(["preferred", "normal", "deprecated"] as const);
/** `preferred` decides, `deprecated` is a known slip kept for the record. @group Vocabularies */
export type ClaimRank = (typeof CLAIM_RANKS)[number];

/** Degrees of confidence in an observation. @group Vocabularies */
export const CONFIDENCES = /* @__PURE__ */ Object.freeze(["high", "medium", "low"] as const);
/** Confidence in an observation, computed from its claims by the rule in the guide Method. @group Vocabularies */
export type Confidence = (typeof CONFIDENCES)[number];

/** How the fulfilment of a promise is measured. Meanings are in the data dictionary. @group Vocabularies */
export const PROMISE_COUNTS = /* @__PURE__ */ Object.freeze(["cumulative", "yearly", "level"] as const);
/** How the fulfilment of a promised quantity is measured; see {@link PROMISE_COUNTS}. @group Vocabularies */
export type PromiseCount = (typeof PROMISE_COUNTS)[number];

/** Whether more or less of a promised quantity fulfils it. @group Vocabularies */
export const DIRECTIONS = /* @__PURE__ */ Object.freeze(["at-least", "at-most"] as const);
/** Whether more (`at-least`) or less (`at-most`) of a promised quantity fulfils it. @group Vocabularies */
export type Direction = (typeof DIRECTIONS)[number];

/** Outcomes of a promise that a source states. @group Vocabularies */
export const OUTCOMES = /* @__PURE__ */ Object.freeze(["kept", "late", "partly", "broken"] as const);
/** Outcome of a promise that a source states. @group Vocabularies */
export type OutcomeVerdict = (typeof OUTCOMES)[number];

/**
 * Verdicts on a promise. `kept`, `late`, `partly` and `broken` rest on a source; `open` is not due yet; `unknown` says that no
 * comparable word was found since.
 * @group Vocabularies
 */
export const VERDICTS = /* @__PURE__ */ Object.freeze([
  "kept",
  "late",
  "partly",
  "broken",
  "open",
  "unknown",
] as const);
/** Verdict on a promise; see {@link VERDICTS}. @group Vocabularies */
export type Verdict = (typeof VERDICTS)[number];

/** Kinds of place. @group Vocabularies */
export const PLACE_KINDS = /* @__PURE__ */ Object.freeze(["world", "country", "region", "city"] as const);
/** Kind of a place; `region` is an ISO 3166-2 subdivision. @group Vocabularies */
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** Groups of sectors. @group Vocabularies */
export const SECTOR_GROUPS = /* @__PURE__ */ Object.freeze([
  "networks",
  "devices",
  "services",
  "people-and-rules",
  "cross-sector",
] as const);
/** Group of a sector. @group Vocabularies */
export type SectorGroup = (typeof SECTOR_GROUPS)[number];

/** Kinds of unit. @group Vocabularies */
export const UNIT_KINDS = /* @__PURE__ */ Object.freeze([
  "currency",
  "ratio",
  "count",
  "length",
  "area",
  "mass",
  "duration",
  "frequency",
  "power",
  "energy",
  "data",
  "data-rate",
] as const);
/** Kind of a unit: what it measures. @group Vocabularies */
export type UnitKind = (typeof UNIT_KINDS)[number];

/** What became of a retired id. @group Vocabularies */
export const REDIRECT_KINDS = /* @__PURE__ */ Object.freeze(["moved", "split", "retracted"] as const);
/** What became of a retired id. @group Vocabularies */
export type RedirectKind = (typeof REDIRECT_KINDS)[number];

/** One value or several, any of which fits. @group Types */
export type OneOrMore<T extends string> = T | readonly T[];
