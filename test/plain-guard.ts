/**
 * The laws of sums once more, as plainly as they can be written: no index, no speed, read off the records themselves. The tests
 * compare the guard with it.
 */
import { dateWindow, events, type ObservationRecord, organisations, places, projects } from "../src/index.js";

type Row = ObservationRecord;
const START = (r: Row) => r.start ?? "0000-01-01";
const END = (r: Row) => r.end ?? "9999-12-31";
const meetsInTime = (a: Row, b: Row) => START(a) <= END(b) && START(b) <= END(a);
const holdsInTime = (a: Row, b: Row) => START(a) <= START(b) && END(a) >= END(b);
const isStatement = (r: Row) => r.timing === "by" || r.timing === "per-year";
const areaOf = (r: Row) => (r.subject.type === "place" ? r.subject.id : (r.area ?? "pakistan"));

/** A place and all that it lies in. */
function chainOf(place: string): string[] {
  const next = places.find((p) => p.id === place)?.within;
  return next === undefined ? [place] : [place, ...chainOf(next)];
}

/** What directly holds a subject, with the days on which it does. */
function holdersOf(subject: string): { subject: string; from: string; until: string }[] {
  const [type, id] = [subject.slice(0, subject.indexOf("/")), subject.slice(subject.indexOf("/") + 1)];
  const always = (holder: string) => ({ subject: holder, from: "0000-01-01", until: "9999-12-31" });
  if (type === "place")
    return chainOf(id)
      .slice(1, 2)
      .map((p) => always(`place/${p}`));
  if (type === "organisation")
    return (organisations.find((o) => o.id === id)?.parents ?? [])
      .filter((p) => p.share === undefined || p.share > 50)
      .map((p) => ({
        subject: `organisation/${p.organisation}`,
        from: p.from === undefined ? "0000-01-01" : dateWindow(p.from).earliest,
        until: p.until === undefined ? "9999-12-31" : dateWindow(p.until).latest,
      }));
  if (type === "event") {
    const whole = events.find((e) => e.id === id)?.partOf;
    return whole === undefined ? [] : [always(`event/${whole}`)];
  }
  const project = projects.find((p) => p.id === id);
  if (!project) return [];
  const lead = ["owner", "operator", "trainer", "manufacturer"]
    .map((role) => [...new Set(project.organisations.filter((o) => o.role === role).map((o) => o.id))])
    .find((bodies) => bodies.length > 0);
  return [
    ...(project.partOf === undefined ? [] : [always(`project/${project.partOf}`)]),
    ...(lead?.length === 1 ? [always(`organisation/${lead[0]}`)] : []),
  ];
}

/** Whether one subject is, or holds, another during the time of a row. */
function holdsSubject(wide: string, narrow: string, row: Row, seen: readonly string[] = []): boolean {
  if (wide === narrow) return true;
  if (seen.includes(narrow)) return false;
  const first = row.start ?? row.end;
  const last = row.end ?? row.start;
  return holdersOf(narrow).some(
    (h) =>
      (first === null || last === null ? h.until === "9999-12-31" : h.from <= first && last <= h.until) &&
      holdsSubject(wide, h.subject, row, [...seen, narrow]),
  );
}

/** Whether what a wide row counts holds what a narrow row counts, apart from dimensions and time. */
function holdsThing(wide: Row, narrow: Row): boolean {
  if (!chainOf(areaOf(narrow)).includes(areaOf(wide))) return false;
  return (
    wide.subject.type === "place" ||
    holdsSubject(
      `${wide.subject.type}/${wide.subject.id}`,
      `${narrow.subject.type}/${narrow.subject.id}`,
      narrow,
    )
  );
}
const someOfThe = (few: Row, many: Row) =>
  Object.entries(few.dimensions).every(([name, value]) => many.dimensions[name] === value);
const sameSeries = (a: Row, b: Row) =>
  a.subject.type === b.subject.type &&
  a.subject.id === b.subject.id &&
  areaOf(a) === areaOf(b) &&
  someOfThe(a, b) &&
  someOfThe(b, a);

/** Whether two rows count some of the same: `wide` is the one whose subject is not the narrower. */
const meet = (wide: Row, narrow: Row) =>
  holdsThing(wide, narrow) &&
  (someOfThe(wide, narrow) || someOfThe(narrow, wide)) &&
  meetsInTime(wide, narrow);

/** Whether a row that counts holds all that another counts. */
export function holds(wide: Row, narrow: Row): boolean {
  if (!holdsThing(wide, narrow) || !someOfThe(wide, narrow) || !holdsInTime(wide, narrow)) return false;
  if (!sameSeries(wide, narrow)) return true;
  const sameTime = START(wide) === START(narrow) && END(wide) === END(narrow);
  const sameValue = wide.low === narrow.low && wide.high === narrow.high;
  return sameValue || (!sameTime && !isStatement(wide));
}

/** Number of subjects and places that hold what a row counts, at any time. */
function depthOf(row: Row): number {
  const found = new Set<string>();
  const visit = (subject: string) => {
    for (const h of holdersOf(subject))
      if (!found.has(h.subject)) {
        found.add(h.subject);
        visit(h.subject);
      }
  };
  if (row.subject.type !== "place") visit(`${row.subject.type}/${row.subject.id}`);
  return chainOf(areaOf(row)).length + (row.subject.type === "place" ? 0 : 1 + found.size);
}
const widthOf = (row: Row) =>
  isStatement(row) ? 0 : Date.parse(END(row)) - Date.parse(START(row).replace(/^0000/, "0001"));

/** Ids of the rows of one class that count: from the widest down, each that meets none before it. */
export function plainlyCounted(rows: readonly Row[]): string[] {
  const valid = rows.filter(
    (r) =>
      (r.low !== null || r.high !== null) &&
      !(r.claims.length > 0 && r.claims.every((c) => c.rank === "deprecated")),
  );
  const byId = new Map(rows.map((r) => [r.id, r]));
  const replaced = new Set(valid.map((r) => r.supersedes).filter((id) => id !== undefined));
  /** The nearest whole of a row that has a value. */
  const wholeOf = (row: Row): Row | undefined => {
    let whole = row.partOf === undefined ? undefined : byId.get(row.partOf);
    while (whole && !valid.includes(whole))
      whole = whole.partOf === undefined ? undefined : byId.get(whole.partOf);
    return whole && (row.timing !== "during" || holdsInTime(whole, row)) ? whole : undefined;
  };
  const standsBehind = (row: Row): boolean => replaced.has(row.id) || wholeOf(row) !== undefined;
  const declared = valid.filter(standsBehind);
  /** Of several that replace a statement, the last by id. */
  const newest = (row: Row) =>
    valid
      .filter((r) => r.supersedes === row.id)
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, 1);
  /** Whether the links of a row lead to another: then the other does not stand behind it, whatever their subjects. */
  const leadsTo = (from: Row, to: Row, seen: readonly Row[] = []): boolean => {
    const next = newest(from)[0] ?? wholeOf(from);
    return (
      next !== undefined && (next === to || (!seen.includes(next) && leadsTo(next, to, [...seen, next])))
    );
  };
  // What lies in a row that stands behind another stands behind it too.
  const free = valid.filter(
    (row) =>
      !declared.includes(row) &&
      !declared.some((d) => {
        // A replaced statement holds nothing any more.
        if (replaced.has(d.id)) return false;
        const differs =
          !sameSeries(d, row) || (!isStatement(row) && (START(d) !== START(row) || END(d) !== END(row)));
        return differs && !leadsTo(d, row) && holdsThing(d, row) && someOfThe(d, row) && holdsInTime(d, row);
      }),
  );
  const inOrder = [...free].sort(
    (a, b) =>
      depthOf(a) - depthOf(b) ||
      Object.keys(a.dimensions).length - Object.keys(b.dimensions).length ||
      widthOf(b) - widthOf(a) ||
      ((a.asOf ?? "") > (b.asOf ?? "") ? -1 : (a.asOf ?? "") < (b.asOf ?? "") ? 1 : 0) ||
      (START(a) < START(b) ? -1 : START(a) > START(b) ? 1 : 0) ||
      (END(a) < END(b) ? -1 : END(a) > END(b) ? 1 : 0) ||
      (a.id < b.id ? -1 : 1),
  );
  const counted: Row[] = [];
  for (const row of inOrder) if (!counted.some((c) => meet(c, row))) counted.push(row);
  return counted.map((r) => r.id).sort();
}
