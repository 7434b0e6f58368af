/** The ledger and the networks of records, computed once for all pages. */
import { events } from "../../src/data/events.js";
import { observations } from "../../src/data/observations.js";
import { organisations } from "../../src/data/organisations.js";
import { projects } from "../../src/data/projects.js";
import { type PromiseRecord, promises } from "../../src/promises.js";

const group = <T>(rows: readonly T[], keys: (row: T) => readonly (string | undefined)[]) => {
  const map = new Map<string, T[]>();
  for (const row of rows)
    for (const key of new Set(keys(row)))
      if (key !== undefined) {
        const own = map.get(key);
        if (own) own.push(row);
        else map.set(key, [row]);
      }
  return (key: string): readonly T[] => map.get(key) ?? [];
};

export const ledger: readonly PromiseRecord[] = promises();
export const promisesOfProject = group(ledger, (p) => [p.project ?? undefined]);
export const promisesOfMetric = group(ledger, (p) => [p.metric ?? undefined]);
export const promisesOfSector = group(ledger, (p) => [p.sector]);
export const promisesOfEvent = group(ledger, (p) => [p.type === "event" ? p.subject.id : undefined]);
export const promisesOn = group(ledger, (p) => p.evidence);
export const promiseOf = new Map(ledger.map((p) => [p.id, p]));

export const partsOfEvent = group(events, (e) => [e.partOf]);
export const announcementsOf = group(events, (e) => [e.promises]);
export const eventsOfProject = group(events, (e) => [e.project]);
export const figuresOfEvent = group(observations, (o) => [
  o.event,
  o.subject.type === "event" ? o.subject.id : undefined,
]);
export const figuresOfSource = group(observations, (o) => o.claims.map((c) => c.source));
export const eventsOfSource = group(events, (e) => e.claims.map((c) => c.source));
export const childrenOf = group(organisations, (o) => o.parents.map((p) => p.organisation));
export const projectsOfOrganisation = group(projects, (p) => p.organisations.map((o) => o.id));
export const projectsAt = group(projects, (p) => [...p.places, ...p.route]);
export const partsOfProject = group(projects, (p) => [p.partOf]);
export const laterThan = group(observations, (o) => [o.supersedes]);
export const partsOfFigure = group(observations, (o) => [o.partOf]);
