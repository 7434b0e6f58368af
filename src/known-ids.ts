/** Ids that filters accept: those of the dataset, retired ones that moved, and those that the caller's own rows bear. */
import { CpecDataError } from "./errors.js";
import links from "./generated/links.json" with { type: "json" };
import { show } from "./nearest.js";
import { SHORT_LIST, suggestion } from "./options.js";

export type Collection = "events" | "projects" | "organisations" | "metrics" | "places" | "sectors" | "units";
const sets = /* @__PURE__ */ new Map<Collection, ReadonlySet<string>>();

/** All ids of a collection. */
function idsOf(collection: Collection): ReadonlySet<string> {
  let set = sets.get(collection);
  if (!set) {
    const ids = links[collection];
    set = new Set(Array.isArray(ids) ? ids : Object.keys(ids));
    sets.set(collection, set);
  }
  return set;
}

/**
 * The wanted ids of a filter as a set, with retired ids followed; `undefined` where nothing is wanted. An id that is neither
 * of the dataset nor in the caller's rows is an error, since it would silently find nothing.
 * @internal
 */
export function wantedIds(
  helper: string,
  name: string,
  wanted: string | readonly string[] | undefined,
  collection: Collection,
  inRows: () => Iterable<string | undefined>,
): ReadonlySet<string> | undefined {
  if (wanted === undefined) return undefined;
  const known = idsOf(collection);
  let own: Set<string | undefined> | undefined;
  return new Set(
    (typeof wanted === "string" ? [wanted] : wanted).map((id) => {
      if (known.has(id)) return id;
      const moved = Object.hasOwn(links.moved, id) ? links.moved[id] : undefined;
      if (moved !== undefined && known.has(moved)) return moved;
      own ??= new Set(inRows());
      if (own.has(id)) return id;
      throw new CpecDataError(
        "UNKNOWN_VALUE",
        `${helper}: "${name}" is ${show(id)}, which is not the id of one of the ${collection}.`,
        {
          ids: [id],
          hint: `${suggestion(id, known)}${
            known.size <= SHORT_LIST
              ? `Expected one of ${[...known].join(", ")}.`
              : `Look ids up with ${collection === "organisations" ? "findOrganisations()" : `the exported list of ${collection}`}.`
          }`,
        },
      );
    }),
  );
}
