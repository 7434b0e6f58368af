/** Everything a view shows is in its address, so that it can be shared: `#/timeline?sector=fibre-backbone&from=2020`. */
import { h } from "./dom.js";

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
  location.hash = addressOf(view, id, query);
}

export const linkTo = (view: string, id: string | undefined, text: string, query?: Query) =>
  h("a", { href: addressOf(view, id, query) }, text);
