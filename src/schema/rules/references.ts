/** Rules on ids: what they point to, and that nothing points in a ring. */
import { COLLECTIONS, type Collection, nearest, show } from "../problems.js";
import { eachReference, type Reference } from "../references.js";
import { SHAPES } from "../shipped.js";
import type { CheckedRule, Path } from "./rule.js";

/** Collections stored as one YAML file each, by id. */
const SINGLE_FILE: ReadonlySet<string> = new Set(["sectors", "places", "units"]);
/** From this many references on, a missing id is a record that went away, and not a slip of the pen. */
const MANY = 4;

export const uniqueIds: CheckedRule = {
  id: "id-unique",
  why: "Two records with one id cannot be distinguished.",
  check(data, report) {
    for (const collection of COLLECTIONS) {
      if (collection === "redirects") continue;
      const seen = new Set<string>();
      for (const { id } of data[collection]) {
        if (seen.has(id))
          report(collection, id, [], {
            found: `a second "${id}"`,
            expected: "one record per id",
            fix: "Merge the two, or give one another id.",
          });
        seen.add(id);
      }
    }
  },
};

export const idsResolve: CheckedRule = {
  id: "id-resolves",
  why: "A reference to nothing can't be followed.",
  check(data, report) {
    const missing = new Map<string, { into: Reference; ref: string; places: [Collection, string, Path][] }>();
    for (const collection of COLLECTIONS) {
      if (collection === "redirects") continue;
      for (const record of data[collection])
        eachReference(SHAPES[collection], record, (into, ref, path) => {
          if (data.ids[into].has(ref)) return;
          // Observations repeat fields of their metric, which reports them already.
          const [list, , key] = path;
          if (list === "observations" && path.length === 3 && record[key as keyof typeof record] === ref)
            return;
          const entry = missing.get(`${into} ${ref}`) ?? { into, ref, places: [] };
          entry.places.push([collection, record.id, path]);
          missing.set(`${into} ${ref}`, entry);
        });
    }
    for (const { into, ref, places } of missing.values()) {
      const retired = into === "observations" ? undefined : data.redirects[ref];
      const file = `data/${SINGLE_FILE.has(into) ? `${into}.yaml` : `${into}/${ref}.yaml`}`;
      const gone = places.length >= MANY && !retired && into !== "observations";
      const elsewhere = Object.entries(data.ids).find(([other, ids]) => other !== into && ids.has(ref))?.[0];
      const fix = retired
        ? `The id was retired: ${retired.why}`
        : into === "observations"
          ? "Copy the id that the build gives the observation."
          : elsewhere
            ? "Correct the id, or move it to the key of its kind."
            : gone
              ? `Restore the record in ${file}, or rename it with \`npm run rename\`, which takes its references along.`
              : `Correct the id, or add the record: ${file}.`;
      for (const [collection, id, path] of gone ? places.slice(0, 1) : places)
        report(collection, id, path, {
          found: gone
            ? `${show(ref)}, which ${places.length} places name`
            : `${show(ref)}${elsewhere ? `, which is one of the ${elsewhere}` : ""}`,
          expected: `the id of one of the ${data.ids[into].size} ${into}`,
          nearest: gone ? undefined : (retired?.to[0] ?? nearest(ref, data.ids[into])),
          fix,
        });
    }
  },
};

export const redirectsEndLive: CheckedRule = {
  id: "redirect-ends-live",
  why: "Whoever holds a retired id must reach a record in one step, or learn that there is none.",
  check(data, report) {
    const collections = ["events", "organisations", "metrics", "projects", "sources", "places"] as const;
    const homes = (id: string) => collections.filter((c) => data.ids[c].has(id));
    for (const [id, r] of Object.entries(data.redirects)) {
      const say = (found: string, expected: string, fix: string) =>
        report("redirects", id, ["to"], { found, expected, fix });
      if (homes(id).length > 0)
        say(`the live id "${id}"`, "an id that no record has", "Remove the redirect, or retire the record.");
      const wanted = { moved: "exactly one id", split: "two or more ids", retracted: "no id" }[r.kind];
      const fits = { moved: r.to.length === 1, split: r.to.length > 1, retracted: r.to.length === 0 }[r.kind];
      if (!fits) say(`${r.to.length} ids`, `${wanted}, as it is ${r.kind}`, "Correct `to` or `kind`.");
      for (const to of r.to)
        if (homes(to).length === 0)
          say(
            show(to),
            "a live record (no chains)",
            data.redirects[to] ? `Point to where "${to}" went.` : "Correct the id.",
          );
      const kinds = new Set(r.to.flatMap(homes));
      if (kinds.size > 1)
        say(
          `records of ${[...kinds].join(" and ")}`,
          "records of one collection, that of the retired id",
          "Leave out those of the other collection.",
        );
    }
  },
};

export const noCycles: CheckedRule = {
  id: "no-cycle",
  why: "Nothing is a part of itself.",
  check(data, report) {
    /** Follows each chain of parents; the first that comes back to its start is a ring. */
    const follow = (
      collection: Collection,
      ids: Iterable<string>,
      parents: (id: string) => readonly (string | undefined)[],
      at: (id: string) => [record: string, path: Path],
    ) => {
      for (const id of ids) {
        const seen = new Set<string>();
        const walk = (step: string, chain: readonly string[]): readonly string[] | undefined => {
          for (const next of parents(step)) {
            if (next === undefined) continue;
            if (next === id) return [...chain, next];
            if (seen.has(next)) continue;
            seen.add(next);
            const ring = walk(next, [...chain, next]);
            if (ring) return ring;
          }
          return undefined;
        };
        const ring = walk(id, [id]);
        if (!ring) continue;
        const [record, path] = at(id);
        report(collection, record, path, {
          found: ring.join(" > "),
          expected: "a chain that ends",
          fix: "Remove one of the links.",
        });
      }
    };
    const single = (collection: "events" | "projects" | "places" | "organisations", key: string) => {
      const rows = new Map<string, Readonly<Record<string, unknown>>>(
        data[collection].map((r) => [r.id, r as unknown as Readonly<Record<string, unknown>>]),
      );
      follow(
        collection,
        rows.keys(),
        (id) => [rows.get(id)?.[key] as string | undefined],
        (id) => [id, [key]],
      );
    };
    single("events", "partOf");
    single("events", "promises");
    single("projects", "partOf");
    single("places", "within");
    follow(
      "organisations",
      data.ids.organisations,
      // Whoever was a parent once may be a daughter later: only parents of today make a ring.
      (id) =>
        data.organisation.get(id)?.parents.flatMap((p) => (p.until === undefined ? [p.organisation] : [])) ??
        [],
      (id) => [id, ["parents"]],
    );
    for (const key of ["partOf", "supersedes"] as const)
      follow(
        "metrics",
        data.ids.observations,
        (id) => [data.observation.get(id)?.[key]],
        (id) => {
          const m = data.metrics.find((metric) => metric.observations.some((o) => o.id === id));
          return [m?.id ?? "", ["observations", m?.observations.findIndex((o) => o.id === id) ?? 0, key]];
        },
      );
  },
};
