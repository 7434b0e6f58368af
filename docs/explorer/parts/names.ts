/** Names of what every view mentions. Metrics, projects and sources are not here: their files are large or rarely needed. */
import { events } from "../../../src/data/events.js";
import { organisations } from "../../../src/data/organisations.js";
import { places } from "../../../src/data/places.js";
import { sectors } from "../../../src/data/sectors.js";
import { units } from "../../../src/data/units.js";
import { linkTo } from "./address.js";

const index = <R extends { readonly id: string }>(rows: readonly R[]) =>
  new Map<string, R>(rows.map((r) => [r.id, r]));

export const sectorOf = index(sectors);
export const organisationOf = index(organisations);
export const placeOf = index(places);
export const unitOf = index(units);
export const eventOf = index(events);

export const sectorLink = (id: string) => linkTo("sector", id, sectorOf.get(id)?.name ?? id);
export const organisationLink = (id: string) =>
  linkTo("organisation", id, organisationOf.get(id)?.name ?? id);
export const placeLink = (id: string) => linkTo("place", id, placeOf.get(id)?.name ?? id);
export const eventLink = (id: string) => linkTo("event", id, eventOf.get(id)?.title ?? id);
