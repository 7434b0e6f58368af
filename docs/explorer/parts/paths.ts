/** Addresses inside the site. Every page lies one folder deep, so they are the same from the explorer and from a record's page. */

/** Kinds of record with a page of their own, and the folder of these pages. */
export const FOLDERS: Readonly<Record<string, string>> = {
  event: "event",
  organisation: "organisation",
  project: "project",
  metric: "metric",
  observation: "figure",
  promise: "promise",
  place: "place",
  source: "source",
  sector: "sector",
  unit: "unit",
};

/** A name of a file from an id: letters, digits and `. @ + - ~` stay. */
export const fileName = (id: string) => id.replace(/[^A-Za-z0-9.@+~-]+/g, "_");

export const recordPath = (kind: string, id: string) => `../${FOLDERS[kind]}/${fileName(id)}.html`;
export const guidePath = (page: string) => `../api/documents/${page}.html`;

type Query = Readonly<Record<string, string | undefined>>;
export function viewPath(view: string, query: Query = {}): string {
  const given = Object.entries(query).filter((e): e is [string, string] => Boolean(e[1]));
  const search = new URLSearchParams(given).toString().replaceAll("%2C", ",");
  return `../explorer/${view}.html${search && `?${search}`}`;
}
