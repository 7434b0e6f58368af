import { events } from "./data/events.js";
import { metrics } from "./data/metrics.js";
import { observations } from "./data/observations.js";
import { organisations } from "./data/organisations.js";
import { places } from "./data/places.js";
import { projects } from "./data/projects.js";
import { redirects } from "./data/redirects.js";
import { sectors } from "./data/sectors.js";
import { sources } from "./data/sources.js";
import { units } from "./data/units.js";
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
import { text } from "./options.js";
import { foldName } from "./text.js";
import type {
  CpecEvent,
  Metric,
  Observation,
  Organisation,
  Place,
  Project,
  Sector,
  Source,
  Unit,
} from "./types.js";

/** A look-up by id: sure of ids that exist, unsure of any other string. @group Types */
export interface Lookup<Id extends string, R> {
  (id: Id): R;
  (id: string): R | undefined;
}

/** Builds the index on first use; follows `moved` redirects. */
function lookup<Id extends string, R extends { readonly id: Id }>(rows: readonly R[]): Lookup<Id, R> {
  let index: Map<string, R> | undefined;
  return ((id: string) => {
    index ??= new Map(rows.map((row) => [row.id, row]));
    const redirect = Object.hasOwn(redirects, id) ? redirects[id] : undefined;
    return index.get(id) ?? (redirect?.kind === "moved" ? index.get(redirect.to[0] ?? "") : undefined);
  }) as Lookup<Id, R>;
}

/**
 * Looks up an event by id: typed as `CpecEvent` for known ids, as `CpecEvent | undefined` for any other string. Retired ids
 * that moved are followed.
 * @example
 * ```ts
 * import { getEvent } from "cpec-it-data";
 * console.log(getEvent("jwg-it-established").date.edtf); // → 2021-09-23
 * ```
 * @group Look-ups
 */
export const getEvent: Lookup<EventId, CpecEvent> = /* @__PURE__ */ lookup(events);

/**
 * Looks up an organisation by id; see {@link getEvent}.
 * @example
 * ```ts
 * import { getOrganisation } from "cpec-it-data";
 * console.log(getOrganisation("pta").kind); // → regulator
 * ```
 * @group Look-ups
 */
export const getOrganisation: Lookup<OrganisationId, Organisation> = /* @__PURE__ */ lookup(organisations);

/**
 * Looks up a metric by id; see {@link getEvent}.
 * @example
 * ```ts
 * import { getMetric } from "cpec-it-data";
 * console.log(getMetric("phones-assembled").unit); // → handset
 * ```
 * @group Look-ups
 */
export const getMetric: Lookup<MetricId, Metric> = /* @__PURE__ */ lookup(metrics);

/**
 * Looks up a project by id; see {@link getEvent}.
 * @example
 * ```ts
 * import { getProject } from "cpec-it-data";
 * console.log(getProject("no-such-project")); // → undefined
 * ```
 * @group Look-ups
 */
export const getProject: Lookup<ProjectId, Project> = /* @__PURE__ */ lookup(projects);

/**
 * Looks up a source by id; see {@link getEvent}.
 * @example
 * ```ts
 * import { events, getSource } from "cpec-it-data";
 * const claim = events[0]?.claims[0];
 * console.log(claim && getSource(claim.source).publisher !== ""); // → true
 * ```
 * @group Look-ups
 */
export const getSource: Lookup<SourceId, Source> = /* @__PURE__ */ lookup(sources);

/**
 * Looks up a sector by id; see {@link getEvent}.
 * @example
 * ```ts
 * import { getSector } from "cpec-it-data";
 * console.log(getSector("fibre-backbone").group); // → networks
 * ```
 * @group Look-ups
 */
export const getSector: Lookup<SectorId, Sector> = /* @__PURE__ */ lookup(sectors);

/**
 * Looks up a place by id; see {@link getEvent}.
 * @example
 * ```ts
 * import { getPlace } from "cpec-it-data";
 * console.log(getPlace("gilgit-baltistan").iso); // → PK-GB
 * ```
 * @group Look-ups
 */
export const getPlace: Lookup<PlaceId, Place> = /* @__PURE__ */ lookup(places);

/**
 * Looks up a unit by id; see {@link getEvent}.
 * @example
 * ```ts
 * import { getUnit } from "cpec-it-data";
 * console.log(getUnit("kilometre").symbol); // → km
 * ```
 * @group Look-ups
 */
export const getUnit: Lookup<UnitId, Unit> = /* @__PURE__ */ lookup(units);

let byId: Map<string, Observation> | undefined;

/**
 * Looks up an observation by id; `undefined` for an id that does not exist.
 * @example
 * ```ts
 * import { getObservation } from "cpec-it-data";
 * console.log(getObservation("phones-assembled:pakistan:actual:during:2021")?.value); // → 24660000
 * ```
 * @group Look-ups
 */
export function getObservation(id: string): Observation | undefined {
  byId ??= new Map(observations.map((row) => [row.id, row]));
  return byId.get(id);
}

let names: Map<string, Organisation[]> | undefined;

/**
 * Organisations by any of their names: the name itself, aliases, acronyms, former and native names, and misspellings seen
 * in sources. Blind to case, accents and punctuation; the whole name must match.
 *
 * @returns all that bear the name, none if it is unknown.
 * @example
 * ```ts
 * import { findOrganisations } from "cpec-it-data";
 * console.log(findOrganisations("CMPak").map((o) => o.id)); // → ["zong"]
 * ```
 * @group Look-ups
 */
export function findOrganisations(name: string): readonly Organisation[] {
  text(name, "findOrganisations(): the name");
  if (!names) {
    names = new Map();
    for (const o of organisations)
      for (const folded of new Set([o.name, ...o.names.map((n) => n.name)].map(foldName)))
        names.set(folded, [...(names.get(folded) ?? []), o]);
  }
  return [...(names.get(foldName(name)) ?? [])];
}
