/** Series of rows, and which of them can hold or cross another: what the guard compares, so that it need not compare all rows. */
import { ascending, getOrAdd } from "./collect.js";
import type { Container } from "./containment.js";
import { dimensionKey } from "./keys.js";

/** Rows of one subject, area and set of dimensions. */
export interface Series<R> {
  readonly subject: string;
  readonly area: string;
  /** Its area and those in which that lies, and what holds its subject. */
  readonly areas: readonly string[];
  readonly containers: readonly Container[];
  readonly dimensions: Readonly<Record<string, string>>;
  readonly rows: R[];
  /** Those that count, in order of time, sharing no day. */
  kept: R[];
  /** Its place among all series, by name. */
  place: number;
}

/** Ids have no line breaks. */
export const seriesKey = (subject: string, area: string, dimensions: string) =>
  `${subject}\n${area}\n${dimensions}`;

/** A series with the number of subjects and places that hold it, and that of its dimensions. */
export interface Ranked<R> {
  readonly own: Series<R>;
  readonly depth: number;
  readonly size: number;
}

/** A coarser series, and when its subject holds that of the finer one. */
export interface Coarser<R> {
  readonly series: Series<R>;
  readonly container: Container | undefined;
  readonly sameSubject: boolean;
}

export const dimensionsIn = (series: { dimensions: object }) => Object.keys(series.dimensions).length;
/** Numbers series by their names, so that of several witnesses the same is named whatever the order of the input. */
export function number<R>(all: Iterable<Series<R>>): void {
  const named = [...all].map((series) => ({ series, dimensions: dimensionKey(series) }));
  named.sort(
    (a, b) =>
      ascending(a.series.subject, b.series.subject) ||
      ascending(a.series.area, b.series.area) ||
      ascending(a.dimensions, b.dimensions),
  );
  for (const [place, { series }] of named.entries()) series.place = place;
}

/** All sets of some dimensions, all of them the last. */
function someOf(dimensions: Readonly<Record<string, string>>): Readonly<Record<string, string>>[] {
  let sets: Record<string, string>[] = [{}];
  for (const [name, value] of Object.entries(dimensions))
    sets = sets.flatMap((set) => [set, { ...set, [name]: value }]);
  return sets;
}
/** A series of more dimensions whose subject holds that of another with fewer: the two share things, and neither holds the other. */
export interface Crossing<R> {
  readonly series: Series<R>;
  readonly container: Container | undefined;
}

/** With more dimensions than this, their sets are too many to list: series are compared one by one instead. */
const FEW = 8;
const hasFew = (series: { dimensions: object }) => dimensionsIn(series) <= FEW;
const hasAll = (series: Series<unknown>, dimensions: Readonly<Record<string, string>>) =>
  Object.entries(dimensions).every(([name, value]) => series.dimensions[name] === value);

/** Each series under all sets of fewer dimensions than it has; those of very many dimensions stand under `""`. */
export function byFewerDimensions<R>(all: Iterable<Series<R>>): Map<string, Series<R>[]> {
  const index = new Map<string, Series<R>[]>();
  const put = (key: string, series: Series<R>) => void getOrAdd(index, key, () => []).push(series);
  for (const series of all)
    if (!hasFew(series)) put("", series);
    else
      for (const set of someOf(series.dimensions).slice(0, -1))
        put(seriesKey(series.subject, series.area, dimensionKey({ dimensions: set })), series);
  return index;
}

/** The series that cross a series: of its subject in a wider area or of one that contains it, with more dimensions than it has. */
export function crossingWith<R>(own: Series<R>, finer: ReadonlyMap<string, Series<R>[]>): Crossing<R>[] {
  if (finer.size === 0) return [];
  const found: Crossing<R>[] = [];
  const { areas } = own;
  const dimensions = dimensionKey(own);
  const put = (subject: string, container: Container | undefined) => {
    const among = subject.startsWith("place/") ? [subject.slice("place/".length)] : areas;
    for (const area of among)
      for (const series of finer.get(seriesKey(subject, area, dimensions)) ?? [])
        found.push({ series, container });
    for (const series of finer.get("") ?? [])
      if (
        series.subject === subject &&
        among.includes(series.area) &&
        dimensionsIn(series) > dimensionsIn(own) &&
        hasAll(series, own.dimensions)
      )
        found.push({ series, container });
  };
  put(own.subject, undefined);
  for (const container of own.containers) put(container.subject, container);
  if (!own.subject.startsWith("place/")) for (const area of areas) put(`place/${area}`, undefined);
  return found.sort((a, b) => a.series.place - b.series.place);
}

/** The series that can hold a series, a total of its dimensions first: of its own subject or one that contains it, with its or fewer dimensions. */
export function coarserThan<R>(
  own: Series<R>,
  all: ReadonlyMap<string, Series<R>>,
  bySubject: ReadonlyMap<string, Series<R>[]>,
): Coarser<R>[] {
  const found: Coarser<R>[] = [];
  const { areas } = own;
  const sets = hasFew(own) ? someOf(own.dimensions) : undefined;
  const put = (subject: string, container: Container | undefined, sameSubject: boolean) => {
    const inSubject = bySubject.get(subject);
    if (!inSubject) return;
    const take = (series: Series<R> | undefined) => {
      if (series && series !== own) found.push({ series, container, sameSubject });
    };
    const among = subject.startsWith("place/") ? [subject.slice("place/".length)] : areas;
    if (sets && sets.length * among.length < inSubject.length)
      for (const area of among)
        for (const set of sets) take(all.get(seriesKey(subject, area, dimensionKey({ dimensions: set }))));
    else
      for (const series of inSubject)
        if (
          among.includes(series.area) &&
          Object.entries(series.dimensions).every(([k, v]) => own.dimensions[k] === v)
        )
          take(series);
  };
  put(own.subject, undefined, true);
  for (const container of own.containers) put(container.subject, container, false);
  if (!own.subject.startsWith("place/")) for (const area of areas) put(`place/${area}`, undefined, false);
  // The total of a dimension is named before a container; then the order is that of their names.
  const isTotal = ({ series, sameSubject }: Coarser<R>) =>
    sameSubject && dimensionsIn(series) < dimensionsIn(own);
  return found.sort((a, b) => Number(isTotal(b)) - Number(isTotal(a)) || a.series.place - b.series.place);
}
