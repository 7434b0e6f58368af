import table from "./generated/containment.json" with { type: "json" };

const closures = /* @__PURE__ */ new Map<string, ReadonlySet<string>>();

/**
 * All subjects (`type/id`) that contain a subject, directly or through others: a city's province and country, a
 * subsidiary's parents, a project's places and owners.
 * @internal
 */
export function containersOf(subject: string): ReadonlySet<string> {
  const known = closures.get(subject);
  if (known) return known;
  const found = new Set<string>();
  const queue = [subject];
  for (let next = queue.pop(); next !== undefined; next = queue.pop())
    for (const container of table[next] ?? [])
      if (container !== subject && !found.has(container)) {
        found.add(container);
        queue.push(container);
      }
  closures.set(subject, found);
  return found;
}
