/** What lies inside what: the table by which a sum leaves out what something else in it already holds (law L3). */
import { dateWindow } from "../../src/dates.js";
import type { DatasetRecords, PlaceRecord, ProjectRecord } from "../../src/types.js";

/** A container of a subject, with the first and the last day on which it holds it; `null` where it always did. */
export type Link = readonly [container: string, from: string | null, until: string | null];

/** Roles that make a project one body's own, the most telling first. */
const LEADS = ["owner", "operator", "trainer", "manufacturer"] as const;

/** The one body whose own a project is; nobody's where two share it, since no share of its figures is known. */
function leadOf(project: ProjectRecord): string | undefined {
  for (const role of LEADS) {
    const bodies = new Set(project.organisations.filter((o) => o.role === role).map((o) => o.id));
    if (bodies.size > 0) return bodies.size === 1 ? [...bodies][0] : undefined;
  }
  return undefined;
}

/**
 * For each subject `type/id`, the subjects that directly contain it: place within place, project and event in the one of
 * which it is a part, project in the body that leads it, subsidiary in its parent during its parenthood (a holding of half
 * or less makes no subsidiary). Subjects that nothing contains are left out. Where the thing counted lies is not in
 * this table: the observation's `area` says it.
 */
export function containment(data: DatasetRecords): Record<string, Link[]> {
  const table: Record<string, Link[]> = {};
  const put = (subject: string, container: string | undefined, from?: string, until?: string) => {
    if (container === undefined || container === subject) return;
    table[subject] ??= [];
    table[subject].push([
      container,
      from === undefined ? null : dateWindow(from).earliest,
      until === undefined ? null : dateWindow(until).latest,
    ]);
  };
  for (const p of data.places) put(`place/${p.id}`, p.within && `place/${p.within}`);
  for (const o of data.organisations)
    for (const p of o.parents)
      if (p.share === undefined || p.share > 50)
        put(`organisation/${o.id}`, `organisation/${p.organisation}`, p.from, p.until);
  for (const p of data.projects) {
    put(`project/${p.id}`, p.partOf && `project/${p.partOf}`);
    const lead = leadOf(p);
    put(`project/${p.id}`, lead && `organisation/${lead}`);
  }
  for (const e of data.events) put(`event/${e.id}`, e.partOf && `event/${e.partOf}`);
  return table;
}

/** The smallest place that holds all of some places; nothing where there is none. */
export function commonPlace(places: readonly string[], all: readonly PlaceRecord[]): { place?: string } {
  const within = new Map(all.map((p) => [p.id, p.within]));
  const chain = (place: string): string[] => {
    const next = within.get(place);
    return [place, ...(next === undefined ? [] : chain(next))];
  };
  const [first, ...rest] = places.map(chain);
  const place = first?.find((p) => rest.every((other) => other.includes(p)));
  return place === undefined ? {} : { place };
}
