/**
 * The records as they ship. Each `…Record` interface holds plain strings for ids, so that records of your own fit too;
 * the interface of the dataset itself (`CpecEvent`, `Observation`, …) narrows them to the ids that exist.
 */
import type {
  EventId,
  MetricId,
  OrganisationId,
  PlaceId,
  ProjectId,
  SectorId,
  SourceId,
  UnitId,
} from "./generated/ids.js";
import type {
  Channel,
  ClaimRank,
  Confidence,
  DateBasis,
  DatePrecision,
  Direction,
  EventKind,
  EventStatus,
  IdentifierScheme,
  Measure,
  NameUse,
  ObservationStatus,
  OrganisationKind,
  OrganisationRole,
  OutcomeVerdict,
  PlaceKind,
  PromiseCount,
  RedirectKind,
  Scope,
  SectorGroup,
  SourceForm,
  SourceKind,
  SubjectType,
  Timing,
  UnitKind,
} from "./vocabulary.js";

/** A date that knows how sure it is: an inclusive window of days. @group Types */
export interface FuzzyDate {
  /** The date as written, in the supported subset of EDTF (`2021-09-23`, `2022-01`, `2021-33`, `2023-05/2023-08`). */
  readonly edtf: string;
  /** First day it can be, ISO 8601. */
  readonly earliest: string;
  /** Last day it can be, ISO 8601. */
  readonly latest: string;
  readonly precision: DatePrecision;
  readonly basis: DateBasis;
  /** The words of the source that the date was worked out from. */
  readonly text?: string;
}

/** Who is quoted for a claim. People appear here only, as holders of an office. @group Types */
export interface SaidBy {
  readonly name?: string;
  readonly role?: string;
  readonly organisation?: string;
  readonly channel?: Channel;
}

/** A source saying this event, value or relation. @group Types */
export interface ClaimRecord {
  readonly source: string;
  /** Where in the source. */
  readonly locator?: string;
  /** The figure as printed, at most 60 characters. */
  readonly stated?: string;
  /** The value that this source gives, when it differs from the record's. */
  readonly value?: number;
  /** The date that this source gives, when it differs from the record's (EDTF). */
  readonly date?: string;
  /** The status that this source gives, when it differs from the record's. */
  readonly status?: EventStatus | ObservationStatus;
  readonly saidBy?: SaidBy;
  readonly rank?: ClaimRank;
  /** Why the claim is ranked or differs. */
  readonly note?: string;
}
/** A claim of the dataset. @group Types */
export interface Claim extends ClaimRecord {
  readonly source: SourceId;
}

/** An organisation's part in an event or project. @group Types */
export interface Participation {
  readonly id: OrganisationId;
  readonly role: OrganisationRole;
}

/** A statement that promised an event. @group Types */
export interface PromisedDate {
  /** Deadline as promised, EDTF, or `unknown`. */
  readonly by: string;
  /** When it was promised, EDTF; the publication of the first claim when left out. */
  readonly on?: string;
  readonly claims: readonly ClaimRecord[];
}

/** How a promise ended, where a source says so. @group Types */
export interface Outcome {
  readonly verdict: OutcomeVerdict;
  /** When it ended so, EDTF. */
  readonly on?: string;
  readonly note?: string;
  readonly claims: readonly ClaimRecord[];
}

/** One thing that happened, or was promised for a date; ids are plain strings. @group Types */
export interface EventRecord {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly kind: EventKind;
  readonly status: EventStatus;
  readonly date: FuzzyDate;
  readonly endDate?: FuzzyDate;
  /** ISO 8601 duration, for example `P20D`. */
  readonly duration?: string;
  /** The first is the primary sector. */
  readonly sectors: readonly string[];
  readonly organisations: readonly { readonly id: string; readonly role: OrganisationRole }[];
  readonly places: readonly string[];
  readonly scope: Scope;
  readonly project?: string;
  /** The event of which this is a part. */
  readonly partOf?: string;
  /** The event whose happening this one announced. */
  readonly promises?: string;
  /** Statements that promised this event, oldest first. */
  readonly promised: readonly PromisedDate[];
  readonly outcome?: Outcome;
  readonly caveats: readonly string[];
  /** At least one. */
  readonly claims: readonly ClaimRecord[];
}
/** An event of the dataset. @group Types */
export interface CpecEvent extends EventRecord {
  readonly id: EventId;
  readonly sectors: readonly SectorId[];
  readonly organisations: readonly Participation[];
  readonly places: readonly PlaceId[];
  readonly project?: ProjectId;
  readonly partOf?: EventId;
  readonly promises?: EventId;
  readonly claims: readonly Claim[];
}

/** What an observation is about. @group Types */
export interface Subject {
  readonly type: SubjectType;
  readonly id: string;
}

/** One value of one metric; ids are plain strings. Rows of your own in this shape work with every helper. @group Types */
export interface ObservationRecord {
  /** Readable series key and time, unique, computed by the build. */
  readonly id: string;
  readonly metric: string;
  readonly unit: string;
  readonly measure: Measure;
  readonly sector: string;
  readonly scope: Scope;
  readonly subject: Subject;
  /** Closed values such as `{ technology: "2g" }`; empty for the total. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** The place where what is counted lies; Pakistan when left out. */
  readonly area?: string;
  readonly status: ObservationStatus;
  readonly timing: Timing;
  /** The time as written: `2021`, `FY2021-22`, `2022-01/2022-05`, `unknown`. */
  readonly period: string;
  /** First day, ISO 8601; `null` for running totals and deadlines. */
  readonly start: string | null;
  /** Last day or deadline, ISO 8601; `null` for open rates and unknown deadlines. */
  readonly end: string | null;
  /** In base units (never millions); `null` for ranges, bounds and missing values. */
  readonly value: number | null;
  /** Lower end; equals `value` for a single value, `null` when open. */
  readonly low: number | null;
  /** Upper end; equals `value` for a single value, `null` when open. */
  readonly high: number | null;
  readonly approximate: boolean;
  /** The day on which a promise or estimate was made, when that distinguishes two statements of it. */
  readonly asOf?: string;
  readonly event?: string;
  /** The observation of which this is a part (a phase of a plan). */
  readonly partOf?: string;
  /** The earlier statement that this one replaces. */
  readonly supersedes?: string;
  /** How the fulfilment of a promise is measured. */
  readonly counts?: PromiseCount;
  /** Start of what a cumulative promise counts, EDTF. */
  readonly since?: string;
  /** Whether more or less fulfils the promise; `at-least` when left out. */
  readonly direction?: Direction;
  readonly outcome?: Outcome;
  readonly caveats: readonly string[];
  readonly claims: readonly ClaimRecord[];
  readonly confidence: Confidence;
}
/** An observation of the dataset. @group Types */
export interface Observation extends ObservationRecord {
  readonly metric: MetricId;
  readonly unit: UnitId;
  readonly sector: SectorId;
  readonly event?: EventId;
  readonly claims: readonly Claim[];
}

/** A known change of method inside a metric. @group Types */
export interface MetricBreak {
  /** EDTF date from which the new method holds. */
  readonly at: string;
  readonly why: string;
  readonly claims: readonly ClaimRecord[];
}

/** A dimension of a metric. @group Types */
export interface Dimension {
  /** Whether no thing is counted under two of its values, so that they may be added. */
  readonly exclusive: boolean;
  /** Its closed values, with their meaning. */
  readonly values: Readonly<Record<string, string>>;
}

/** One quantity, defined once, with its observations; ids are plain strings. @group Types */
export interface MetricRecord {
  readonly id: string;
  readonly name: string;
  /** What is counted and what is not. */
  readonly definition: string;
  readonly unit: string;
  readonly measure: Measure;
  readonly sector: string;
  readonly scope: Scope;
  /** The place where what is counted lies; Pakistan when left out. */
  readonly area?: string;
  /** True for an achievement that can be promised. */
  readonly promisable?: true;
  readonly dimensions: Readonly<Record<string, Dimension>>;
  readonly breaks: readonly MetricBreak[];
  readonly observations: readonly ObservationRecord[];
}
/** A metric of the dataset. @group Types */
export interface Metric extends MetricRecord {
  readonly id: MetricId;
  readonly unit: UnitId;
  readonly sector: SectorId;
  readonly observations: readonly Observation[];
}

/** A further name of an organisation. @group Types */
export interface OrganisationName {
  readonly name: string;
  readonly use: NameUse;
  /** BCP 47 language tag; always given for native names. */
  readonly lang?: string;
}

/** An identifier in a register. @group Types */
export interface Identifier {
  readonly scheme: IdentifierScheme;
  readonly id: string;
}

/** A parent of an organisation, with its time. @group Types */
export interface Parenthood {
  readonly organisation: string;
  /** Share held, in per cent. */
  readonly share?: number;
  /** EDTF. */
  readonly from?: string;
  /** EDTF. */
  readonly until?: string;
  readonly claims: readonly ClaimRecord[];
}

/** A body that takes part; ids are plain strings. @group Types */
export interface OrganisationRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly names: readonly OrganisationName[];
  readonly kind: OrganisationKind;
  /** ISO 3166-1 alpha-2; `null` for a body of two countries. */
  readonly country: string | null;
  /** The present parent: the first of `parents` without an end. */
  readonly parent?: string;
  readonly parents: readonly Parenthood[];
  readonly sectors: readonly string[];
  readonly identifiers: readonly Identifier[];
  readonly claims: readonly ClaimRecord[];
}
/** An organisation of the dataset. @group Types */
export interface Organisation extends OrganisationRecord {
  readonly id: OrganisationId;
  readonly parent?: OrganisationId;
  readonly sectors: readonly SectorId[];
  readonly claims: readonly Claim[];
}

/**
 * A thread that ties events and observations together; it holds no status and no money of its own.
 * Ids are plain strings.
 * @group Types
 */
export interface ProjectRecord {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly sectors: readonly string[];
  readonly places: readonly string[];
  readonly organisations: readonly { readonly id: string; readonly role: OrganisationRole }[];
  readonly scope: Scope;
  readonly partOf?: string;
  /** Places along a cable or fibre, in order. */
  readonly route: readonly string[];
  readonly identifiers: readonly Identifier[];
  readonly claims: readonly ClaimRecord[];
}
/** A project of the dataset. @group Types */
export interface Project extends ProjectRecord {
  readonly id: ProjectId;
  readonly sectors: readonly SectorId[];
  readonly places: readonly PlaceId[];
  readonly organisations: readonly Participation[];
  readonly partOf?: ProjectId;
  readonly claims: readonly Claim[];
}

/** One published document; ids are plain strings. @group Types */
export interface SourceRecord {
  readonly id: string;
  readonly kind: SourceKind;
  readonly title: string;
  readonly publisher: string;
  /** EDTF; `null` when the document shows no date. */
  readonly published: string | null;
  readonly url: string | null;
  readonly archivedUrl?: string;
  /** BCP 47 language tag. */
  readonly language: string;
  /** EDTF. */
  readonly accessed: string;
  readonly seen: SourceForm;
  /** Shared by all copies of one wire story or press release: independence is counted by origin. */
  readonly origin?: string;
  readonly caveats: readonly string[];
}
/** A source of the dataset. @group Types */
export interface Source extends SourceRecord {
  readonly id: SourceId;
}

/** A sector, with its outward codes; ids are plain strings. @group Types */
export interface SectorRecord {
  readonly id: string;
  readonly name: string;
  readonly group: SectorGroup;
  readonly definition: string;
  readonly codes: {
    /** Classes of ISIC Rev. 4. */
    readonly isic: readonly string[];
    /** Whether the OECD counts these classes as the ICT sector. */
    readonly oecdIct: boolean;
    /** Purpose codes of the OECD Creditor Reporting System. */
    readonly crs: readonly string[];
  };
}
/** A sector of the dataset. @group Types */
export interface Sector extends SectorRecord {
  readonly id: SectorId;
}

/** A place, named as in ISO 3166; ids are plain strings. @group Types */
export interface PlaceRecord {
  readonly id: string;
  readonly name: string;
  readonly kind: PlaceKind;
  /** ISO 3166-1 alpha-2 or ISO 3166-2 code. */
  readonly iso?: string;
  /** The next larger place. */
  readonly within?: string;
  /** Degrees north, WGS 84. */
  readonly latitude?: number;
  /** Degrees east, WGS 84. */
  readonly longitude?: number;
}
/** A place of the dataset. @group Types */
export interface Place extends PlaceRecord {
  readonly id: PlaceId;
  readonly within?: PlaceId;
}

/** A unit of measurement; ids are plain strings. @group Types */
export interface UnitRecord {
  readonly id: string;
  readonly name: string;
  readonly symbol: string;
  readonly kind: UnitKind;
  /** ISO 4217 for currencies, UCUM for physical units. */
  readonly code?: string;
}
/** A unit of the dataset. @group Types */
export interface Unit extends UnitRecord {
  readonly id: UnitId;
}

/** What became of a retired id. @group Types */
export interface Redirect {
  readonly kind: RedirectKind;
  /** Where it went; empty when retracted. */
  readonly to: readonly string[];
  readonly why: string;
}

/** What the dataset holds and how to cite it. @group Types */
export interface DatasetInfo {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly licence: { readonly code: string; readonly data: string };
  readonly citation: string;
  /** Publication day of the newest source, ISO 8601: what the dataset knows ends here. */
  readonly newestSource: string;
  /** The latest day on which a source was read, ISO 8601. */
  readonly readOn: string;
  readonly counts: Readonly<
    Record<
      | "events"
      | "organisations"
      | "metrics"
      | "observations"
      | "projects"
      | "sources"
      | "sectors"
      | "places"
      | "units",
      number
    >
  >;
  /** What is held, by sector and year. */
  readonly coverage: {
    /** First and last year of any event. */
    readonly years: readonly [first: number, last: number];
    readonly bySector: Readonly<
      Record<SectorId, { readonly events: number; readonly metrics: number; readonly observations: number }>
    >;
    /** Events by the year in which they began; a window over two years counts under its first. */
    readonly eventsByYear: Readonly<Record<string, number>>;
    /** The same for each sector, by primary sector. */
    readonly eventsBySectorAndYear: Readonly<Record<SectorId, Readonly<Record<string, number>>>>;
    /** Sources by kind, and how many of them have an address. */
    readonly sources: {
      readonly byKind: Readonly<Partial<Record<SourceKind, number>>>;
      readonly withAddress: number;
    };
  };
}

/** All records of a dataset, by collection; ids are plain strings, so that a dataset of your own fits. @group Types */
export interface DatasetRecords {
  readonly events: readonly EventRecord[];
  readonly organisations: readonly OrganisationRecord[];
  readonly metrics: readonly MetricRecord[];
  readonly projects: readonly ProjectRecord[];
  readonly sources: readonly SourceRecord[];
  readonly sectors: readonly SectorRecord[];
  readonly places: readonly PlaceRecord[];
  readonly units: readonly UnitRecord[];
  readonly redirects: Readonly<Record<string, Redirect>>;
}
