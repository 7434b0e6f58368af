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
  url: { "@type": "@id" },
  license: { "@type": "@id" },
  contentUrl: { "@type": "@id" },
} as const;

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
const SOURCE_TYPE: Readonly<Partial<Record<string, string>>> = {
  newswire: "NewsArticle",
  newspaper: "NewsArticle",
  "trade-press": "Article",
  social: "SocialMediaPosting",
  forum: "DiscussionForumPosting",
  dataset: "Dataset",
  report: "Report",
};

/** EDTF that is ISO 8601 too; quarters and windows become the window of days. */
const isoDate = ({ edtf, earliest, latest }: FuzzyDate) =>
  /^\d{4}(-(0\d|1[0-2])(-\d\d)?)?$/.test(edtf)
    ? edtf
    : earliest === latest
      ? earliest
      : `${earliest}/${latest}`;

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
 * @param options - `base`: what the ids of nodes begin with; by default the package URL of this package.
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
  const { base = `pkg:npm/${info.name}#` } = options;
  const ref = (kind: string, id: string | undefined) =>
    id === undefined ? undefined : { "@id": `${base}${kind}/${encodeURIComponent(id)}` };
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
  const roles = (parts: readonly { readonly id: string; readonly role: string }[]) =>
    parts.map(({ id, role }) => ({
      "@type": "OrganizationRole",
      roleName: role,
      contributor: ref("organisations", id),
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
      duration: e.duration,
      eventStatus: EVENT_STATUS[e.status] && { "@id": `https://schema.org/${EVENT_STATUS[e.status]}` },
      about: refs("sectors", e.sectors),
      location: refs("places", e.places),
      contributor: roles(e.organisations),
      superEvent: ref("events", e.partOf),
      isPartOf: ref("projects", e.project),
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
      addressCountry: o.country,
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
      unitText: m.unit,
      statType: m.measure,
      about: ref("sectors", m.sector),
    });
  const observation = (o: ObservationRecord) =>
    tidy({
      ...ref("observations", o.id),
      "@type": ["Observation", "prov:Entity"],
      variableMeasured: ref("metrics", o.metric),
      observationAbout: ref(`${o.subject.type}s`, o.subject.id),
      observationDate: o.end ?? o.start,
      observationPeriod:
        o.start !== null && o.end !== null && o.start !== o.end ? `${o.start}/${o.end}` : undefined,
      value: o.value,
      minValue: o.value === null ? o.low : undefined,
      maxValue: o.value === null ? o.high : undefined,
      unitText: o.unit,
      measurementQualifier: `${o.status} ${o.timing}${o.approximate ? " approximate" : ""}`,
      additionalProperty: Object.entries(o.dimensions).map(([name, value]) => ({
        "@type": "PropertyValue",
        name,
        value,
      })),
      isPartOf: ref("observations", o.partOf),
      ...claimed(o.claims),
    });
  const project = (p: ProjectRecord) =>
    tidy({
      ...ref("projects", p.id),
      "@type": ["Project", "prov:Entity"],
      name: p.name,
      description: p.summary,
      about: refs("sectors", p.sectors),
      location: refs("places", p.places),
      contributor: roles(p.organisations),
      isPartOf: ref("projects", p.partOf),
      ...claimed(p.claims),
    });
  const source = (s: SourceRecord) =>
    tidy({
      ...ref("sources", s.id),
      "@type": [SOURCE_TYPE[s.kind] ?? "CreativeWork", "prov:Entity"],
      name: s.title,
      publisher: { "@type": "Organization", name: s.publisher },
      datePublished: s.published,
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
    "@id": `${base}dataset`,
    "@type": "Dataset",
    name: info.title,
    description: `${info.title}: events, figures, organisations and projects, each with its sources, up to ${info.newestSource}.`,
    url: options.base ?? "https://www.npmjs.com/package/cpec-it-data",
    identifier: `pkg:npm/${info.name}@${info.version}`,
    version: info.version,
    dateModified: info.newestSource,
    temporalCoverage: `${info.coverage.years[0]}/${info.newestSource}`,
    spatialCoverage: { "@type": "Country", name: "Pakistan" },
    keywords: ["China-Pakistan Economic Corridor", "telecommunications", "information technology"],
    inLanguage: "en",
    isAccessibleForFree: true,
    creator: { "@type": "Organization", name: "cpec-it-data contributors" },
    distribution: ["application/json", "text/csv", "application/vnd.apache.parquet"].map(
      (encodingFormat) => ({
        "@type": "DataDownload",
        encodingFormat,
        contentUrl: `https://www.npmjs.com/package/${info.name}/v/${info.version}`,
      }),
    ),
    license: "https://creativecommons.org/licenses/by/4.0/",
    creditText: info.citation,
  };
  return { "@context": CONTEXT, "@graph": [dataset, ...graph] };
}
