import { ascending, getOrAdd } from "./collect.js";
import { getOrganisation } from "./find.js";
import { noOptions } from "./options.js";
import { checkEvents } from "./rows.js";
import type { EventRecord } from "./types.js";
import type { OrganisationKind } from "./vocabulary.js";

/** An organisation in a network. @group Types */
export interface NetworkNode {
  readonly id: string;
  readonly name: string;
  readonly kind: OrganisationKind | null;
  readonly country: string | null;
  /** Number of events in which it takes part. */
  readonly count: number;
  readonly events: readonly string[];
}

/** Two organisations that took part in the same events. @group Types */
export interface NetworkLink {
  readonly source: string;
  readonly target: string;
  /** Number of events that they share. */
  readonly weight: number;
  readonly events: readonly string[];
}

/**
 * Who works with whom: organisations as nodes, and a link between two for the events that both took part in, in the form
 * that d3-force and graphology read. An event counts once a pair, whatever the roles; every scope and status counts, so
 * filter first. Organisations that are alone in their events are nodes without links.
 *
 * @param events - events, of the dataset or of your own; not changed.
 * @returns nodes by number of events, links by weight.
 * @see {@link countEvents}; {@link filterEvents}.
 * @example
 * ```ts
 * import { events, filterEvents, network } from "cpec-it-data";
 * const { nodes, links } = network(filterEvents(events, { project: "xiaomi-lahore-plant" }));
 * console.log(nodes.length > 2, links.some((link) => link.source === "air-link" || link.target === "air-link")); // → true true
 * ```
 * @group Helpers
 */
export function network(events: Iterable<EventRecord>): { nodes: NetworkNode[]; links: NetworkLink[] };
export function network(
  events: Iterable<EventRecord>,
  options?: unknown,
): { nodes: NetworkNode[]; links: NetworkLink[] } {
  noOptions("network()", options);
  const counts = new Map<string, Set<string>>();
  const pairs = new Map<string, Set<string>>();
  const add = (map: Map<string, Set<string>>, key: string, event: string) =>
    getOrAdd(map, key, () => new Set()).add(event);
  const inTime = [...checkEvents("network()", events).rows].sort(
    (a, b) => ascending(a.date.earliest ?? "", b.date.earliest ?? "") || ascending(a.id, b.id),
  );
  for (const event of inTime) {
    const ids = [...new Set(event.organisations.map((o) => o.id))].sort();
    ids.forEach((a, i) => {
      add(counts, a, event.id);
      for (const b of ids.slice(i + 1)) add(pairs, `${a}|${b}`, event.id);
    });
  }
  const nodes = [...counts].map(([id, set]): NetworkNode => {
    const organisation = getOrganisation(id);
    return {
      id,
      name: organisation?.name ?? id,
      kind: organisation?.kind ?? null,
      country: organisation?.country ?? null,
      count: set.size,
      events: [...set],
    };
  });
  const links = [...pairs].map(([key, set]): NetworkLink => {
    const [source, target] = key.split("|") as [string, string];
    return { source, target, weight: set.size, events: [...set] };
  });
  nodes.sort((a, b) => b.count - a.count || ascending(a.id, b.id));
  links.sort((a, b) => b.weight - a.weight || ascending(a.source + a.target, b.source + b.target));
  return { nodes, links };
}
