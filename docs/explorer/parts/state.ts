/** What a view shows is in its address: filters, order and page. `timeline.html?sector=fibre-backbone&from=2020`. */

import type { Filtered } from "./indices.js";
import { viewPath } from "./paths.js";
import { SECTORS } from "./sector-names.js";

export type Query = URLSearchParams;

/** The address of a view with some parameters changed; an empty value takes one out. */
export function changed(view: string, query: Query, changes: Readonly<Record<string, string | undefined>>) {
  const next = new URLSearchParams(query);
  for (const [key, value] of Object.entries(changes)) {
    if (value) next.set(key, value);
    else next.delete(key);
  }
  return viewPath(view, Object.fromEntries(next));
}

const listOf = (value: string | null) => (value ?? "").split(",").filter(Boolean);
const yearOf = (value: string | null) =>
  value !== null && /^(?:19|20)\d\d$/.test(value) ? value : undefined;

const SCOPES: readonly string[] = ["cpec", "bilateral", "context"];
const SECTOR_IDS = new Set(SECTORS.map(([id]) => id));

/** The test of the shared filters, as the library's filters have it with `dates: "possible"`; what no id has is left out. */
export function sharedFilter(query: Query, bodies: { has(id: string): boolean }) {
  const known = (key: string, has: (id: string) => boolean) => {
    const wanted = listOf(query.get(key)).filter(has);
    return wanted.length > 0 ? new Set(wanted) : undefined;
  };
  const sectors = known("sector", (id) => SECTOR_IDS.has(id));
  const organisations = known("organisation", (id) => bodies.has(id));
  const scopes = known("scope", (id) => SCOPES.includes(id));
  const years = [yearOf(query.get("from")), yearOf(query.get("to"))];
  const [from, to] = years[0] !== undefined && years[1] !== undefined ? [...years].sort() : years;
  return (row: Filtered) =>
    (!sectors || row.sectors.some((id) => sectors.has(id))) &&
    (!organisations || [...row.own, ...row.owners].some((id) => organisations.has(id))) &&
    (!scopes || scopes.has(row.scope)) &&
    (to === undefined || (row.start ?? "0000") <= `${to}-12-31`) &&
    (from === undefined || (row.end ?? "9999") >= `${from}-01-01`);
}

/** The statuses asked for, among those that there are. */
export function statusFilter(query: Query, statuses: readonly string[]) {
  const wanted = listOf(query.get("status")).filter((s) => statuses.includes(s));
  return (status: string) => wanted.length === 0 || wanted.includes(status);
}

/** Ids in an address that do not exist. */
export const strangers = (query: Query, bodies: { has(id: string): boolean } | undefined) => [
  ...listOf(query.get("sector")).filter((id) => !SECTOR_IDS.has(id)),
  ...(bodies ? listOf(query.get("organisation")).filter((id) => !bodies.has(id)) : []),
];
