/** Events by sector and year: a table whose cells are shaded, so that it reads as a chart, as a table and by keyboard. */
import { number } from "../parts/format.js";
import type { EventRow } from "../parts/indices.js";
import { el, type Markup } from "../parts/markup.js";
import { recordPath } from "../parts/paths.js";
import { SECTORS, sectorName } from "../parts/sector-names.js";
import { changed, type Query } from "../parts/state.js";
import { happened } from "./years.js";

export interface SectorYear {
  readonly sector: string;
  readonly from: number;
  readonly to: number;
  readonly happened: number;
  readonly other: number;
}

/** The outermost whole of each event among those that count with it in one group: a part is not counted beside its whole. */
function counted(rows: readonly EventRow[], groupOf: (row: EventRow) => string) {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const groups = new Map<string, number>();
  for (const row of rows) {
    const group = groupOf(row);
    let at = row.partOf === null ? undefined : byId.get(row.partOf);
    let inWhole = false;
    for (; at; at = at.partOf === null ? undefined : byId.get(at.partOf)) inWhole ||= groupOf(at) === group;
    if (!inWhole) groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  return groups;
}

/** Counts of events in sectors and years, as `countEvents` has them; a window over two years is a row of its own. */
export function sectorYears(rows: readonly EventRow[]): SectorYear[] {
  const groupOf = (e: EventRow) => `${e.sectors[0]} ${e.start.slice(0, 4)} ${e.end.slice(0, 4)}`;
  const sure = counted(rows.filter(happened), groupOf);
  const other = counted(
    rows.filter((e) => !happened(e)),
    groupOf,
  );
  const order = new Map(SECTORS.map(([id], i) => [id, i]));
  return [...new Set([...sure.keys(), ...other.keys()])]
    .map((key): SectorYear => {
      const [sector = "", from, to] = key.split(" ");
      return {
        sector,
        from: Number(from),
        to: Number(to),
        happened: sure.get(key) ?? 0,
        other: other.get(key) ?? 0,
      };
    })
    .sort(
      (a, b) => (order.get(a.sector) ?? 0) - (order.get(b.sector) ?? 0) || a.from - b.from || a.to - b.to,
    );
}

const SHADES = 6;

export function heat(cells: readonly SectorYear[], query: Query): Markup {
  const whole = cells.filter((c) => c.from === c.to);
  if (whole.length === 0) return null;
  const last = Math.max(...whole.map((c) => c.from));
  // Few events are older than the main span: their years share a column.
  const first = Math.max(Math.min(...whole.map((c) => c.from)), last - 21);
  const early = whole.some((c) => c.from < first);
  // The newest first, as in every table: on a narrow page the rest is reached by scrolling.
  const years = Array.from({ length: last - first + 1 }, (_, i) => last - i);
  const most = Math.max(...whole.map((c) => c.happened), 1);
  const used = SECTORS.filter(([id]) => cells.some((c) => c.sector === id));
  const cell = (
    own: readonly SectorYear[],
    sector: string,
    label: string,
    changes: Record<string, string>,
  ) => {
    const sure = own.reduce((n, c) => n + c.happened, 0);
    const other = own.reduce((n, c) => n + c.other, 0);
    if (sure + other === 0) return el("td", {});
    const shade = sure === 0 ? 0 : Math.ceil((SHADES * Math.min(sure, most)) / most);
    const said = `${sectorName(sector)}, ${label}: ${number(sure)} happened or ongoing, ${number(other)} planned, put off, cancelled or unverified`;
    return el(
      "td",
      { class: `shade-${shade}` },
      el(
        "a",
        {
          href: changed("timeline", query, { sector, ...changes }),
          title: said,
        },
        sure > 0 ? String(sure) : null,
        other > 0 ? el("span", { class: "plus" }, `+${other}`) : null,
      ),
    );
  };
  return el(
    "div",
    { class: "heat-scroll", tabindex: 0, role: "group", "aria-label": "Events by sector and year" },
    el(
      "table",
      { class: "heat" },
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          el("th", { scope: "col" }, "Sector"),
          years.map((year) => el("th", { scope: "col" }, String(year))),
          early && el("th", { scope: "col" }, `to ${first - 1}`),
          el("th", { scope: "col", title: "In a window over two or more years" }, "window"),
        ),
      ),
      el(
        "tbody",
        {},
        used.map(([id, name]) => {
          const own = cells.filter((c) => c.sector === id);
          return el(
            "tr",
            {},
            el("th", { scope: "row" }, el("a", { href: recordPath("sector", id) }, name)),
            years.map((year) =>
              cell(
                own.filter((c) => c.from === year && c.to === year),
                id,
                String(year),
                { from: String(year), to: String(year) },
              ),
            ),
            early &&
              cell(
                own.filter((c) => c.to < first),
                id,
                `to ${first - 1}`,
                { to: String(first - 1) },
              ),
            cell(
              own.filter((c) => c.from !== c.to && c.to >= first),
              id,
              "in a window over two or more years",
              {},
            ),
          );
        }),
      ),
    ),
  );
}
