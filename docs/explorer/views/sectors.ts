import { OBSERVATION_STATUSES } from "../../../src/vocabulary.js";
import { heat, type SectorYear, sectorYears } from "../charts/heat.js";
import { type Amount, amountBars } from "../charts/rows.js";
import { link, sectorLink, tag } from "../parts/cells.js";
import { figureRows } from "../parts/figures.js";
import { number, plural } from "../parts/format.js";
import type { FigureRow } from "../parts/indices.js";
import { el } from "../parts/markup.js";
import { recordPath } from "../parts/paths.js";
import { sectorName } from "../parts/sector-names.js";
import { type Query, sharedFilter, statusFilter } from "../parts/state.js";
import { figure, legend, type TableOf, type View } from "../parts/view.js";
import { namesOf } from "./timeline.js";

export const CURRENCIES = [
  ["usd", "US dollars"],
  ["pkr", "Pakistani rupees"],
  ["cny", "Chinese yuan"],
] as const;
const currencyOf = (query: Query) =>
  CURRENCIES.find(([id]) => id === query.get("currency"))?.[0] ?? CURRENCIES[0][0];
const LARGEST = 15;

const view: View<"events" | "organisations" | "amounts" | "metrics"> = {
  name: "sectors",
  needs: ["events", "organisations", "amounts", "metrics"],
  byKey: ["amounts", "currency"],
  file(need, query) {
    const currency = currencyOf(query);
    return need === "amounts" && currency !== CURRENCIES[0][0] ? `amounts-${currency}` : need;
  },
  show({ events, organisations, amounts: all, metrics }, query, environment) {
    const names = namesOf(organisations);
    const metricOf = new Map(metrics.map((m) => [m.id, m]));
    const fits = sharedFilter(query, names);
    const status = statusFilter(query, OBSERVATION_STATUSES);
    const found = events.filter(fits);
    const cells = sectorYears(found);
    const currency = currencyOf(query);
    const amounts = figureRows(all, metricOf, names)
      .filter((f) => metricOf.get(f.metric)?.unit === currency && fits(f) && status(f.status))
      .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
    const sure = cells.reduce((n, c) => n + c.happened, 0);
    const busiest = [...new Set(cells.map((c) => c.sector))]
      .map((sector) => ({
        sector,
        n: cells.filter((c) => c.sector === sector).reduce((n, c) => n + c.happened, 0),
      }))
      .sort((a, b) => b.n - a.n)[0];
    const table: TableOf<SectorYear> = {
      key: "events-by-sector-and-year",
      caption: "Events by sector and year",
      second: true,
      rows: cells,
      columns: [
        { label: "Sector", value: (c) => sectorName(c.sector), show: (c) => sectorLink(c.sector) },
        { label: "Year", value: (c) => (c.from === c.to ? String(c.from) : `${c.from} to ${c.to}`) },
        { label: "Happened or ongoing", value: (c) => c.happened, numeric: true },
        { label: "Planned, put off, cancelled or unverified", value: (c) => c.other, numeric: true },
      ],
    };
    const money: TableOf<FigureRow> = {
      key: "amounts",
      caption: plural(amounts.length, "amount"),
      rows: amounts,
      records: { file: "figures", ids: amounts.map((f) => f.id) },
      columns: [
        { label: "id", value: (f) => f.id, hidden: true },
        {
          label: "Amount",
          value: (f) => f.value,
          show: (f) => link("observation", f.id, f.shown),
          numeric: true,
        },
        {
          label: "Sector",
          value: (f) => sectorName(f.sectors[0] ?? ""),
          show: (f) => sectorLink(f.sectors[0]),
        },
        { label: "Metric", side: true, value: (f) => f.name, show: (f) => link("metric", f.metric, f.name) },
        {
          label: "About",
          value: (f) => f.about,
          show: (f) => el("a", { href: recordPath(...(f.subject.split("/") as [string, string])) }, f.about),
        },
        { label: "Status", value: (f) => f.status, show: (f) => tag(f.status) },
        { label: "Time", value: (f) => f.end ?? f.start, show: (f) => f.time },
        { label: "Sources", side: true, value: (f) => f.sources, numeric: true },
      ],
    };
    // The sums of statistics are larger than any project, and would leave no room for it; of one quantity, the largest stands.
    const seen = new Set<string>();
    const largest = amounts
      .filter((f) => {
        const quantity = `${f.subject} ${f.metric} ${f.status}`;
        if (f.value === null || f.subject.startsWith("place/") || seen.has(quantity)) return false;
        seen.add(quantity);
        return true;
      })
      .slice(0, LARGEST);
    const symbol = CURRENCIES.find(([id]) => id === currency)?.[1] ?? currency;
    return {
      title: "Sectors",
      lead: [
        `${number(sure)} events that happened or go on, by sector and year`,
        busiest ? `; most of them in ${sectorName(busiest.sector)} (${number(busiest.n)})` : "",
        ". Amounts stand below, each by itself: different quantities are never added. All scopes count unless you choose one.",
      ],
      filters: {
        statuses: OBSERVATION_STATUSES,
        more: [{ key: "currency", label: "Amounts in", choices: CURRENCIES, fallback: "usd" }],
      },
      tables: [table, money],
      parts: [
        cells.length > 0
          ? figure(environment, {
              id: "events-by-sector",
              title: "Events by sector and year",
              note: "A cell leads to its events. A part is not counted beside its whole.",
              legend: legend([
                ["happened or ongoing: the number, darker for more", "block occurred"],
                ["+1: planned, put off, cancelled or unverified", "block planned solid"],
              ]),
              body: heat(cells, query),
            })
          : el("p", { class: "quiet" }, "No event fits these filters."),
        largest.length > 0
          ? figure(environment, {
              id: "amounts-by-sector",
              title: `Largest amounts of projects and organisations in ${symbol}`,
              note: "Each amount by itself, statuses apart, and of one quantity the largest. Sums of statistics of whole countries stand in the table only.",
              legend: legend(
                OBSERVATION_STATUSES.filter((s) => largest.some((f) => f.status === s)).map(
                  (s) => [s, `block solid ${s}`] as const,
                ),
              ),
              body: amountBars(
                largest.map(
                  (f): Amount => ({
                    name: `${f.about}: ${f.name}`,
                    href: recordPath("observation", f.id),
                    status: f.status,
                    value: f.value ?? 0,
                    shown: f.shown,
                    time: f.time,
                  }),
                ),
              ),
            })
          : el("p", { class: "quiet" }, "No amount fits these filters."),
        { table: "amounts" },
        { table: "events-by-sector-and-year" },
      ],
    };
  },
};
export default view;
