/** What contains what (law L3), read from the table that the build makes. */
import table from "./generated/containment.json" with { type: "json" };

/** A container of a subject, and when it holds it; `null` where that end is open. @internal */
export interface Container {
  /** `type/id`. */
  readonly subject: string;
  readonly from: string | null;
  readonly until: string | null;
}

/** A time as rows have it; `null` where an end is open. */
export interface Span {
  readonly start: string | null;
  readonly end: string | null;
}

const closures = /* @__PURE__ */ new Map<string, readonly Container[]>();
const later = (a: string | null, b: string | null) => (a === null || (b !== null && b > a) ? b : a);
const earlier = (a: string | null, b: string | null) => (a === null || (b !== null && b < a) ? b : a);

/**
 * All subjects that contain a subject, directly or through others: a city's province and country, a subsidiary's parents
 * during their parenthood, a project's whole and the body that leads it, an event's whole. A subject reached on two ways,
 * or in two times, stands in the list twice.
 * @internal
 */
export function containersOf(subject: string): readonly Container[] {
  const known = closures.get(subject);
  if (known) return known;
  const found = new Map<string, Container>();
  const queue: Container[] = [{ subject, from: null, until: null }];
  for (let next = queue.pop(); next !== undefined; next = queue.pop())
    for (const [container, since, to] of table[next.subject] ?? []) {
      const from = later(next.from, since);
      const until = earlier(next.until, to);
      const key = `${container}|${from}|${until}`;
      // Nothing lies in itself, and a container whose time is over before it begins never held the subject.
      if (container === subject || found.has(key) || (from !== null && until !== null && from > until))
        continue;
      const link = { subject: container, from, until };
      found.set(key, link);
      queue.push(link);
    }
  const list = [...found.values()];
  closures.set(subject, list);
  return list;
}

/** Whether a container holds its subject during all of a span: one of which only the end is known goes by that. @internal */
export function holdsDuring(container: Container, { start, end }: Span): boolean {
  if (container.from === null && container.until === null) return true;
  const first = start ?? end;
  const last = end ?? start;
  if (first === null || last === null) return container.until === null;
  return (
    (container.from === null || container.from <= first) &&
    (container.until === null || last <= container.until)
  );
}

/** All subjects (`type/id`) that hold a subject during a span, itself among them. @internal */
export function heldBy(subject: string, span: Span): string[] {
  const held = [subject];
  for (const container of containersOf(subject))
    if (holdsDuring(container, span)) held.push(container.subject);
  return held;
}

/** The place where what is counted lies when nothing else is said. */
export const DEFAULT_AREA = "pakistan";

/** A place and all that it lies in, from the smallest; itself alone where it is not in the dataset. @internal */
export function areasOf(place: string): readonly string[] {
  return [place, ...containersOf(`place/${place}`).map((c) => c.subject.slice("place/".length))];
}
