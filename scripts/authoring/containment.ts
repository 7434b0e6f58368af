/** What lies inside what: the table by which the guard drops a subject whose container is present (rule R6). */
import type { DatasetRecords } from "../../src/types.js";

/** Roles that make a project part of an organisation: its money and works are that body's. */
const HOLDS = new Set(["owner", "operator"]);

/** For each subject `type/id`, the subjects that directly contain it. Subjects that nothing contains are left out. */
export function containment(data: DatasetRecords): Record<string, string[]> {
  const within = new Map(data.places.map((p) => [p.id, p.within]));
  const chain = (place: string): string[] => {
    const next = within.get(place);
    return [place, ...(next === undefined ? [] : chain(next))];
  };
  /** Places that hold all of the given ones. */
  const common = (places: readonly string[]) =>
    places
      .map(chain)
      .reduce<string[]>((all, one, i) => (i === 0 ? one : all.filter((p) => one.includes(p))), []);
  const country = new Map(data.places.filter((p) => p.kind === "country").map((p) => [p.iso, p.id]));

  const table: Record<string, string[]> = {};
  const put = (subject: string, containers: (string | undefined)[]) => {
    const known = [...new Set(containers.filter((c): c is string => c !== undefined && c !== subject))];
    if (known.length > 0) table[subject] = known;
  };
  for (const p of data.places) put(`place/${p.id}`, [p.within && `place/${p.within}`]);
  for (const o of data.organisations) {
    const home = o.country === null ? undefined : country.get(o.country);
    put(`organisation/${o.id}`, [
      ...o.parents.filter((p) => p.until === undefined).map((p) => `organisation/${p.organisation}`),
      home && `place/${home}`,
    ]);
  }
  for (const p of data.projects)
    put(`project/${p.id}`, [
      p.partOf && `project/${p.partOf}`,
      ...p.organisations.filter((o) => HOLDS.has(o.role)).map((o) => `organisation/${o.id}`),
      ...common(p.places).map((place) => `place/${place}`),
    ]);
  for (const e of data.events)
    put(`event/${e.id}`, [
      e.partOf && `event/${e.partOf}`,
      e.project && `project/${e.project}`,
      ...common(e.places).map((place) => `place/${place}`),
    ]);
  return table;
}
