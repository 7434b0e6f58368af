/** Generated tables of the README and the guides. Those that follow from the data are written at a release, the dictionary with the code. */
import { readFileSync } from "node:fs";
import {
  computeTrends,
  conflicts,
  type DatasetInfo,
  delays,
  type Observation,
  promises,
  type SectorRecord,
  toSeries,
  VERDICTS,
} from "../../src/index.js";
import { dictionary } from "./dictionary.js";

/** A generated block in a Markdown file, between its two marks. */
const blockOf = (name: string) => new RegExp(`(<!-- ${name}: [^>]*-->\\n)[\\s\\S]*?(\\n<!-- /${name} -->)`);

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  [
    `| ${head.join(" | ")} |`,
    `|${head.map((_, i) => (i === 0 ? "---" : "---:")).join("|")}|`,
    ...rows.map((row) => `| ${row.join(" | ")} |`),
  ].join("\n");

/** The README's line of numbers. */
function numbers({ counts, coverage, newestSource }: DatasetInfo): string {
  const totals = [
    `${counts.events} events from ${coverage.years[0]} to ${coverage.years[1]}`,
    `${counts.organisations} organisations`,
    `${counts.projects} projects`,
    `${counts.metrics} metrics with ${counts.observations} observations`,
    `${counts.sources} sources`,
  ].join(", ");
  return `${totals}; the newest source is of ${newestSource}.`;
}

/** The README's table. */
function holdings({ coverage }: DatasetInfo, sectors: readonly SectorRecord[]): string {
  const rows = sectors.map(({ id, name }) => {
    const c = coverage.bySector[id as keyof typeof coverage.bySector];
    return [name, c.events, c.metrics, c.observations];
  });
  return table(["sector", "events", "metrics", "observations"], rows);
}

/** Events by year and sector. */
function byYear(info: DatasetInfo, sectors: readonly SectorRecord[]): string {
  const { eventsByYear, eventsBySectorAndYear } = info.coverage;
  const years = Object.keys(eventsByYear).sort();
  const counts = (of: Readonly<Record<string, number>>) => years.map((year) => of[year] ?? "");
  return table(
    ["sector", ...years],
    [
      ...sectors.map((s) => [
        s.name,
        ...counts(eventsBySectorAndYear[s.id as keyof typeof eventsBySectorAndYear]),
      ]),
      ["**all**", ...counts(eventsByYear)],
    ],
  );
}

/** Series with five or more single actual values, the span they cover, and the periods missing in between. */
function longSeries(observations: readonly Observation[]): string {
  const rows = toSeries(observations)
    .map((series) => ({ series, points: series.points.filter((p) => p.value !== null && p.end !== null) }))
    .filter(({ series, points }) => series.status === "actual" && points.length >= 5)
    .map(({ series, points }) => {
      const dimensions = Object.values(series.dimensions).join(", ");
      const subject = series.subject.id === "pakistan" ? "" : series.subject.id;
      const name = [`\`${series.metric}\``, subject, dimensions].filter((part) => part !== "").join(", ");
      return [name, series.cadence, points.length, points[0]?.period ?? "", points.at(-1)?.period ?? ""];
    });
  return `${rows.length} series:\n\n${table(["series", "cadence", "values", "first", "last"], rows)}`;
}

/** Trends of series with five or more actual values, strongest first. */
function trends(observations: readonly Observation[]): string {
  const short = (n: number) => n.toLocaleString("en-US", { maximumSignificantDigits: 3 });
  const rows = computeTrends(observations)
    .filter((t) => t.significance && t.series.status === "actual")
    .map((t) => {
      const { subject, dimensions, metric, cadence, unit } = t.series;
      const name = [
        `\`${metric}\``,
        subject.id === "pakistan" ? "" : subject.id,
        ...Object.values(dimensions),
      ];
      return [
        name.filter((part) => part !== "").join(", "),
        cadence,
        t.n,
        `${t.first?.period} to ${t.last?.period}`,
        t.ratio === null ? "" : `x ${short(t.ratio)}`,
        t.cagr === null ? "" : `${short(t.cagr * 100)} %`,
        t.slope ? `${short(t.slope.theilSen)} ${unit}` : "",
        t.significance
          ? `${t.significance.p < 0.001 ? "< 0.001" : short(t.significance.p)}${t.significance.significant ? "" : " (not significant)"}`
          : "",
        [t.gaps.length > 0 ? `${t.gaps.length} missing` : "", ...t.breaks.map((b) => `break ${b.at}`)]
          .filter((x) => x)
          .join(", "),
      ];
    });
  return table(
    ["series", "cadence", "n", "span", "ratio", "a year", "slope a year", "p", "gaps and breaks"],
    rows,
  );
}

const cell = (text: string) => text.replaceAll("|", "\\|");

/** Promises by sector, each chain of restatements once. */
function verdicts(sectors: readonly SectorRecord[]): string {
  const median = (row: ReturnType<typeof delays>[number]) => {
    if (!row.medianDelay) return "";
    const { min, max } = row.medianDelay;
    return `${min === max ? min : `${min} to ${max}`} (of ${row.timed})`;
  };
  const rows = delays({ by: "sector" });
  const all = VERDICTS.map((v) => rows.reduce((n, row) => n + row.verdicts[v], 0));
  return table(
    ["sector", "promises", ...VERDICTS, "median delay in days"],
    [
      ...rows.map((row) => [
        sectors.find((s) => s.id === row.key)?.name ?? String(row.key),
        row.promises,
        ...VERDICTS.map((v) => row.verdicts[v] || ""),
        median(row),
      ]),
      ["**all**", rows.reduce((n, row) => n + row.promises, 0), ...all, ""],
    ],
  );
}

/** The ledger as it was known at some days. */
function knowledge(info: DatasetInfo): string {
  const rows = ["2012", "2016", "2020", "2023", info.newestSource].map((asOf) => {
    const found = promises({ asOf }).filter((p) => p.restatedBy === null);
    return [asOf, found.length, ...VERDICTS.map((v) => found.filter((p) => p.verdict === v).length)];
  });
  return table(["as of", "promises", ...VERDICTS], rows);
}

/** Promises that were late, broken or kept in part, by their newest wording, in order of their deadlines. */
function missed(): string {
  const found = promises({ verdict: ["late", "partly", "broken"] })
    .filter((p) => p.restatedBy === null)
    .sort((a, b) => ((a.by?.latest ?? "9") < (b.by?.latest ?? "9") ? -1 : 1));
  return table(
    ["promise", "verdict", "what came of it"],
    found.map((p) => [
      p.type === "event" ? cell(p.title) : `${cell(p.title)} (${p.subject.id})`,
      p.verdict,
      cell(p.sentence),
    ]),
  ).replace("|---|---:|---:|", "|---|---|---|");
}

/** Sources by kind, confidence of observations, and disagreements. */
function support(info: DatasetInfo, observations: readonly Observation[]): string {
  const { byKind, withAddress } = info.coverage.sources;
  const kinds = Object.entries(byKind).sort(([, a], [, b]) => b - a);
  const degrees = ["high", "medium", "low"] as const;
  const sure = degrees.map((d) => `${observations.filter((o) => o.confidence === d).length} ${d}`).join(", ");
  const disputed = new Set(conflicts().map((c) => c.id)).size;
  return [
    `${info.counts.sources} sources, ${withAddress} of them with an address: ${kinds.map(([kind, n]) => `${n} ${kind}`).join(", ")}.`,
    `Confidence of observations: ${sure}. Events and observations whose sources disagree: ${disputed}.`,
  ].join("\n\n");
}

/** Blocks by name, of one file. */
export type Blocks = Readonly<Record<string, string>>;

/** Blocks that follow from the code. Whoever changes a schema runs `npx tsx scripts/tables.ts`; the tests compare them. */
export const codeBlocks = (): Readonly<Record<string, Blocks>> => ({
  "docs/dictionary.md": { dictionary: dictionary() },
});

/** Blocks that follow from the data. `npm run version` writes them, so that a pull request of data never touches them. */
export const dataBlocks = (
  info: DatasetInfo,
  sectors: readonly SectorRecord[],
  observations: readonly Observation[],
): Readonly<Record<string, Blocks>> => ({
  "README.md": { numbers: numbers(info), holdings: holdings(info, sectors) },
  "docs/coverage.md": {
    years: byYear(info, sectors),
    support: support(info, observations),
    series: longSeries(observations),
  },
  "docs/promises.md": { verdicts: verdicts(sectors), knowledge: knowledge(info), missed: missed() },
  "docs/trends.md": { trends: trends(observations) },
});

/** A file's text with its generated blocks replaced. */
export function withBlocks(text: string, generated: Blocks): string {
  return Object.entries(generated).reduce((whole, [name, block]) => {
    if (!blockOf(name).test(whole)) throw new Error(`the marks of the block "${name}" are missing`);
    return whole.replace(blockOf(name), (_, start, end) => `${start}\n${block}\n${end}`);
  }, text);
}

/** The files whose blocks differ from the generated ones. */
export const outdated = (generated: Readonly<Record<string, Blocks>>): string[] =>
  Object.entries(generated)
    .filter(([file, blocks]) => {
      const text = readFileSync(file, "utf8");
      return withBlocks(text, blocks) !== text;
    })
    .map(([file]) => file);
