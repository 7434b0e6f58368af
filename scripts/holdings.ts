/** The README's table of what the dataset holds. */
import type { DatasetInfo, SectorRecord } from "../src/types.js";

export const START = "<!-- holdings: written by `npm run readme`, checked by the tests -->";
export const END = "<!-- /holdings -->";

/** The table as Markdown. */
export function holdings(info: DatasetInfo, sectors: readonly SectorRecord[]): string {
  const { counts, coverage } = info;
  const totals = [
    `${counts.events} events from ${coverage.years[0]} to ${coverage.years[1]}`,
    `${counts.organisations} organisations`,
    `${counts.projects} projects`,
    `${counts.metrics} metrics with ${counts.observations} observations`,
    `${counts.sources} sources`,
  ].join(", ");
  const rows = sectors.map(({ id, name }) => {
    const c = coverage.bySector[id as keyof typeof coverage.bySector];
    return `| ${name} | ${c.events} | ${c.metrics} | ${c.observations} |`;
  });
  return [
    `${totals}; data as of ${info.dataAsOf}.`,
    "",
    "| sector | events | metrics | observations |",
    "|---|---:|---:|---:|",
    ...rows,
  ].join("\n");
}

/** A README with its table replaced. */
export function withHoldings(readme: string, table: string): string {
  const [before, rest] = readme.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error("README.md lacks the holdings markers");
  return `${before}${START}\n\n${table}\n\n${END}${after}`;
}
