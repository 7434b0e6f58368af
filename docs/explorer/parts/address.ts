/** Everything a view shows is in its address, so that it can be shared: `#/timeline?sector=fibre-backbone&from=2020`. */
import { h } from "./dom.js";
import { FOLDERS, recordPath } from "./paths.js";

export interface Address {
  readonly view: string;
  readonly id: string | undefined;
  readonly query: URLSearchParams;
}

export function readAddress(hash = location.hash): Address {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [view = "", ...rest] = path.split("/");
  let id: string | undefined;
  try {
    id = rest.length > 0 ? decodeURIComponent(rest.join("/")) : undefined;
  } catch {
    id = rest.join("/"); // a stray % is no reason to fail
  }
  return { view: view || "start", id, query: new URLSearchParams(query) };
}

type Query = Readonly<Record<string, string | undefined>>;

export function addressOf(view: string, id?: string, query: Query | URLSearchParams = {}): string {
  const entries = query instanceof URLSearchParams ? [...query] : Object.entries(query);
  const given = entries.filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== "",
  );
  const search = new URLSearchParams(given).toString().replaceAll("%2C", ",");
  return `#/${view}${id === undefined ? "" : `/${encodeURIComponent(id)}`}${search && `?${search}`}`;
}

/** Changes some parameters of the present address; an empty value takes one out. */
export function changeAddress(changes: Query) {
  const { view, id, query } = readAddress();
  for (const [key, value] of Object.entries(changes)) {
    if (value) query.set(key, value);
    else query.delete(key);
  }
  // A filter changes what there is to page through.
  for (const key of [...query.keys()]) if (/page$/.test(key)) query.delete(key);
  location.hash = addressOf(view, id, query);
}

/** Changes the present address without drawing the view anew: it shows that state already. */
export function keepInAddress(changes: Query) {
  const { view, id, query } = readAddress();
  for (const [key, value] of Object.entries(changes)) {
    if (value) query.set(key, value);
    else query.delete(key);
  }
  history.replaceState(history.state, "", addressOf(view, id, query));
}

/** Where a view or a record is: records have pages of their own, outside the explorer. */
export function pathTo(view: string, id?: string, query: Query = {}): string {
  const asked = Object.values(query).some((value) => value !== undefined && value !== "");
  if (id === undefined || !Object.hasOwn(FOLDERS, view) || (view === "metric" && asked))
    return addressOf(view, id, query);
  return recordPath(view, id);
}

export const linkTo = (view: string, id: string | undefined, text: string, query?: Query) =>
  h("a", { href: pathTo(view, id, query) }, text);
