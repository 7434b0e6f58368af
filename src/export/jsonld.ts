import { dayNumber } from "../dates.js";
import { CpecDataError } from "../errors.js";
import info from "../generated/dataset.json" with { type: "json" };
import type {
  ClaimRecord,
  EventRecord,
  FuzzyDate,
  MetricRecord,
  ObservationRecord,
  OrganisationRecord,
  PlaceRecord,
  ProjectRecord,
  SectorRecord,
  SourceRecord,
} from "../types.js";

/** Records to be written as JSON-LD, by collection. @group Types */
export interface LinkedRecords {
  readonly events?: Iterable<EventRecord>;
  readonly organisations?: Iterable<OrganisationRecord>;
  readonly metrics?: Iterable<MetricRecord>;
  readonly observations?: Iterable<ObservationRecord>;
  readonly projects?: Iterable<ProjectRecord>;
  readonly sources?: Iterable<SourceRecord>;
  readonly sectors?: Iterable<SectorRecord>;
  readonly places?: Iterable<PlaceRecord>;
}

/** A node of JSON-LD. @group Types */
export type LinkedNode = Readonly<Record<string, unknown>>;

/** A document of JSON-LD. @group Types */
export interface LinkedData {
  readonly "@context": Readonly<Record<string, unknown>>;
  readonly "@graph": readonly LinkedNode[];
}

const CONTEXT = {
  "@vocab": "https://schema.org/",
  prov: "http://www.w3.org/ns/prov#",
  dct: "http://purl.org/dc/terms/",
  sdmx: "http://purl.org/linked-data/sdmx/2009/attribute#",
  url: { "@type": "@id" },
  license: { "@type": "@id" },
  contentUrl: { "@type": "@id" },
} as const;

/** The folder of the pages of each collection. */
const PAGES: Readonly<Record<string, string>> = {
  events: "event",
  organisations: "organisation",
  projects: "project",
  metrics: "metric",
  observations: "figure",
  places: "place",
  sources: "source",
  sectors: "sector",
};

/** @internal */
export const KEYWORDS = ["China-Pakistan Economic Corridor", "telecommunications", "information technology"];

const EVENT_STATUS: Readonly<Partial<Record<string, string>>> = {
  planned: "EventScheduled",
  postponed: "EventPostponed",
  cancelled: "EventCancelled",
};
const ORGANISATION_TYPE: Readonly<Partial<Record<string, string>>> = {
  government: "GovernmentOrganization",
  regulator: "GovernmentOrganization",
  company: "Corporation",
  "state-enterprise": "Corporation",
  media: "NewsMediaOrganization",
};
// A source that is a dataset stays a CreativeWork: data search wants a description and a licence of every Dataset.
const SOURCE_TYPE: Readonly<Partial<Record<string, string>>> = {
  newswire: "NewsArticle",
  newspaper: "NewsArticle",
  "trade-press": "Article",
  social: "SocialMediaPosting",
  forum: "DiscussionForumPosting",
  report: "Report",
};

/** EDTF that is a date of ISO 8601 too: no quarter, no window. */
const ISO_DATE = /^\d{4}(-(0\d|1[0-2])(-\d\d)?)?$/;
/** A day, or the month or year in which the whole window lies: schema.org knows no windows. */
const isoDate = ({ earliest, latest }: FuzzyDate) =>
  earliest === latest
    ? earliest
    : earliest.slice(0, 7) === latest.slice(0, 7)
      ? earliest.slice(0, 7)
      : earliest.slice(0, 4) === latest.slice(0, 4)
        ? earliest.slice(0, 4)
        : undefined;
/** A window of days, for which Dublin Core has a word. */
const windowOf = ({ earliest, latest }: FuzzyDate) =>
  earliest === latest ? undefined : `${earliest}/${latest}`;

/** Leaves out what is undefined or an empty list. */
const tidy = (node: Record<string, unknown>): LinkedNode =>
  Object.fromEntries(
    Object.entries(node).filter(
      ([, v]) => v !== undefined && v !== null && !(Array.isArray(v) && v.length === 0),
    ),
  );

/**
 * Writes records as JSON-LD with the words of schema.org: Event, Organization, Observation and StatisticalVariable,
 * Project, Place, DefinedTerm for sectors, and a Dataset that holds them. Each claim is an entity of PROV: what the source
 * says, where in it, and whom it quotes. The context stands in the document, so that no reader needs the network.
 *
 * @param records - records by collection; inputs are not changed.
 * @param options - `base`: the address of the site that `npm run docs` builds, with a slash at its end: the id of a record
 * is then the address of its page. Without it, ids are package URLs, which lead nowhere.
 * @throws CpecDataError `INVALID_DATA` for a record that lacks what its collection needs.
 * @see schema.org; W3C, PROV-O: The PROV Ontology, 2013.
 * @example
 * ```ts
 * import { getEvent } from "cpec-it-data";
 * import { toJSONLD } from "cpec-it-data/export";
 * const graph = toJSONLD({ events: [getEvent("jwg-it-established")] })["@graph"];
 * console.log(graph.map((node) => node.name).length, graph[1]?.startDate); // → 2 2021-09-23
 * ```
 * @group Formats
 */
export function toJSONLD(records: LinkedRecords, options: { readonly base?: string } = {}): LinkedData {
  const { base } = options;
  const ref = (kind: string, id: string | undefined) =>
    id === undefined
      ? undefined
      : {
          "@id":
            base === undefined
              ? `pkg:npm/${info.name}#${kind}/${encodeURIComponent(id)}`
              : `${base}${PAGES[kind]}/${id.replace(/[^A-Za-z0-9.@+~-]+/g, "_")}.html`,
        };
  const refs = (kind: string, ids: readonly string[]) => ids.map((id) => ref(kind, id));

  const claimed = (claims: readonly ClaimRecord[]) => ({
    "prov:wasDerivedFrom": claims.map((claim) => {
      const { saidBy } = claim;
      const organisation = ref("organisations", saidBy?.organisation);
      const speaker = saidBy?.name
        ? tidy({
            "@type": ["Person", "prov:Person"],
            name: saidBy.name,
            jobTitle: saidBy.role,
            worksFor: organisation,
          })
        : organisation;
      return tidy({
        "@type": ["Claim", "prov:Entity"],
        "prov:hadPrimarySource": ref("sources", claim.source),
        "prov:atLocation": claim.locator,
        "prov:value": claim.stated,
        "prov:wasAttributedTo": speaker,
        creativeWorkStatus: claim.rank,
        description: claim.note,
      });
    }),
  });
  // A role of schema.org stands between two nodes, and repeats the property that it qualifies.
  const roles = (property: string, parts: readonly { readonly id: string; readonly role: string }[]) =>
    parts.map(({ id, role }) => ({
      "@type": "OrganizationRole",
      roleName: role,
      [property]: ref("organisations", id),
    }));

  const event = (e: EventRecord) =>
    tidy({
      ...ref("events", e.id),
      "@type": ["Event", "prov:Entity"],
      name: e.title,
      description: e.summary,
      additionalType: e.kind,
      startDate: isoDate(e.date),
      endDate: e.endDate && isoDate(e.endDate),
      "dct:date": windowOf(e.date),
      duration: e.duration,
      eventStatus: EVENT_STATUS[e.status] && { "@id": `https://schema.org/${EVENT_STATUS[e.status]}` },
      about: refs("sectors", e.sectors),
      location: refs("places", e.places),
      contributor: roles("contributor", e.organisations),
      superEvent: ref("events", e.partOf),
      "dct:isPartOf": ref("projects", e.project),
      ...claimed(e.claims),
    });
  const organisation = (o: OrganisationRecord) =>
    tidy({
      ...ref("organisations", o.id),
      "@type": [ORGANISATION_TYPE[o.kind] ?? "Organization", "prov:Organization"],
      name: o.name,
      description: o.description,
      alternateName: o.names.map(({ name, lang }) => (lang ? { "@value": name, "@language": lang } : name)),
      parentOrganization: ref("organisations", o.parent),
      address: o.country && { "@type": "PostalAddress", addressCountry: o.country },
      url: o.identifiers.find((i) => i.scheme === "website")?.id,
      identifier: o.identifiers
        .filter((i) => i.scheme !== "website")
        .map(({ scheme, id }) => ({ "@type": "PropertyValue", propertyID: scheme, value: id })),
      knowsAbout: refs("sectors", o.sectors),
      ...claimed(o.claims),
    });
  const metric = (m: MetricRecord) =>
    tidy({
      ...ref("metrics", m.id),
      "@type": "StatisticalVariable",
      name: m.name,
      description: m.definition,
      "sdmx:unitMeasure": m.unit,
      statType: m.measure,
      "dct:subject": ref("sectors", m.sector),
    });
  const observation = (o: ObservationRecord) =>
    tidy({
      ...ref("observations", o.id),
      "@type": ["Observation", "prov:Entity"],
      variableMeasured: ref("metrics", o.metric),
      observationAbout: ref(`${o.subject.type}s`, o.subject.id),
      observationDate: o.end ?? o.start,
      observationPeriod:
        o.start !== null && o.end !== null ? `P${dayNumber(o.end) - dayNumber(o.start) + 1}D` : undefined,
      "dct:temporal":
        o.start !== null && o.end !== null && o.start !== o.end ? `${o.start}/${o.end}` : undefined,
      value: o.value,
      minValue: o.value === null ? o.low : undefined,
      maxValue: o.value === null ? o.high : undefined,
      unitText: o.unit,
      additionalProperty: [
        ["status", o.status],
        ["timing", o.timing],
        ...(o.approximate ? [["approximate", true]] : []),
        ...Object.entries(o.dimensions),
      ].map(([name, value]) => ({
        "@type": "PropertyValue",
        name,
        value,
      })),
      "dct:isPartOf": ref("observations", o.partOf),
      ...claimed(o.claims),
    });
  const project = (p: ProjectRecord) =>
    tidy({
      ...ref("projects", p.id),
      "@type": ["Project", "prov:Entity"],
      name: p.name,
      description: p.summary,
      "dct:subject": refs("sectors", p.sectors),
      location: refs("places", p.places),
      member: roles("member", p.organisations),
      "dct:isPartOf": ref("projects", p.partOf),
      ...claimed(p.claims),
    });
  const source = (s: SourceRecord) =>
    tidy({
      ...ref("sources", s.id),
      "@type": [SOURCE_TYPE[s.kind] ?? "CreativeWork", "prov:Entity"],
      name: s.title,
      publisher: { "@type": "Organization", name: s.publisher },
      ...(s.published !== null && {
        [ISO_DATE.test(s.published) ? "datePublished" : "dct:date"]: s.published,
      }),
      url: s.url,
      archivedAt: s.archivedUrl,
      inLanguage: s.language,
    });
  const sector = (s: SectorRecord) =>
    tidy({
      ...ref("sectors", s.id),
      "@type": "DefinedTerm",
      name: s.name,
      description: s.definition,
      inDefinedTermSet: s.group,
    });
  const place = (p: PlaceRecord) =>
    tidy({
      ...ref("places", p.id),
      "@type":
        { world: "Place", country: "Country", region: "AdministrativeArea", city: "City" }[p.kind] ?? "Place",
      name: p.name,
      identifier: p.iso && { "@type": "PropertyValue", propertyID: "ISO 3166", value: p.iso },
      containedInPlace: ref("places", p.within),
      latitude: p.latitude,
      longitude: p.longitude,
    });

  const nodes = <R extends { readonly id: string }>(
    name: string,
    rows: Iterable<R> | undefined,
    write: (row: R) => LinkedNode,
  ): LinkedNode[] =>
    [...(rows ?? [])].map((row, i) => {
      try {
        return write(row);
      } catch (error) {
        throw new CpecDataError(
          "INVALID_DATA",
          `Row ${i + 1} of ${name} can't be written: ${(error as Error).message}.`,
          {
            hint: "Expected records as they ship; check them with cpec-it-data/schema.",
          },
        );
      }
    });
  const graph = [
    ...nodes("events", records.events, event),
    ...nodes("organisations", records.organisations, organisation),
    ...nodes("metrics", records.metrics, metric),
    ...nodes("observations", records.observations, observation),
    ...nodes("projects", records.projects, project),
    ...nodes("sources", records.sources, source),
    ...nodes("sectors", records.sectors, sector),
    ...nodes("places", records.places, place),
  ];
  const dataset = {
    "@id": base ?? `pkg:npm/${info.name}#dataset`,
    "@type": "Dataset",
    name: info.title,
    description: `${info.title}: events, figures, organisations and projects, each with its sources, up to ${info.newestSource}.`,
    url: base ?? "https://www.npmjs.com/package/cpec-it-data",
    identifier: `pkg:npm/${info.name}@${info.version}`,
    version: info.version,
    dateModified: info.newestSource,
    temporalCoverage: `${info.coverage.years[0]}/${info.newestSource}`,
    spatialCoverage: { "@type": "Country", name: "Pakistan" },
    keywords: KEYWORDS,
    inLanguage: "en",
    isAccessibleForFree: true,
    creator: { "@type": "Organization", name: "cpec-it-data contributors" },
    distribution: [
      ["application/gzip", `https://registry.npmjs.org/${info.name}/-/${info.name}-${info.version}.tgz`],
      ["text/csv", `https://cdn.jsdelivr.net/npm/${info.name}@${info.version}/data/series.csv`],
    ].map(([encodingFormat, contentUrl]) => ({ "@type": "DataDownload", encodingFormat, contentUrl })),
    license: "https://creativecommons.org/licenses/by/4.0/",
    creditText: info.citation,
  };
  return { "@context": CONTEXT, "@graph": [dataset, ...graph] };
}
