import { dataset } from "../../../src/data/dataset.js";
import { events } from "../../../src/data/events.js";
import { observations } from "../../../src/data/observations.js";
import { type PromiseRecord, promises } from "../../../src/promises.js";
import { VERDICTS, type Verdict } from "../../../src/vocabulary.js";
import { type Address, addressOf, changeAddress } from "../parts/address.js";
import { h, nodesOf } from "../parts/dom.js";
import { figure } from "../parts/figure.js";
import { field, filterForm, select, sharedFilter } from "../parts/filters.js";
import { day, plural } from "../parts/format.js";
import { ledgerTable, promiseName } from "../parts/ledger.js";
import { sectorOf } from "../parts/names.js";
import { recordPath } from "../parts/paths.js";
import { delayRanges, verdictBars, verdictLegend } from "../parts/promise-charts.js";
import { VERDICT_MEANINGS, VERDICT_NAMES } from "../parts/promise-words.js";

/** A day as asked for; what is no day counts as the newest. */
export function asOfFrom(query: URLSearchParams): string {
  const asked = query.get("asOf") ?? "";
  return /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : dataset.newestSource;
}

export const asOfField = (asOf: string) =>
  field(
    "As known on",
    h("input", {
      type: "date",
      name: "asOf",
      value: asOf,
      min: "2000-01-01",
      max: dataset.newestSource,
      onchange: (event) => {
        const { value } = event.target as HTMLInputElement;
        changeAddress({ asOf: value === dataset.newestSource ? "" : value });
      },
    }),
  );

const scopeOf = new Map<string, string>(
  [...events, ...observations].map((record) => [record.id as string, record.scope]),
);
/** The scope of what was promised. */
const scopeOfPromise = (p: PromiseRecord) =>
  scopeOf.get(p.type === "event" ? p.id.replace(/#\d+$/, "") : p.id);

const yearOf = (iso: string | undefined) => iso?.slice(0, 4);
const yearsOf = (list: readonly (string | undefined)[]) =>
  [...new Set(list.filter((y) => y !== undefined))].sort().reverse();

/** Counts by sector of rows that are at hand already. */
function bySector(rows: readonly PromiseRecord[]) {
  const groups = new Map<string, PromiseRecord[]>();
  for (const p of rows) groups.set(p.sector, [...(groups.get(p.sector) ?? []), p]);
  return [...groups]
    .map(([key, list]) => ({
      key,
      promises: list.length,
      verdicts: Object.fromEntries(
        VERDICTS.map((v) => [v, list.filter((p) => p.verdict === v).length]),
      ) as Record<Verdict, number>,
      timed: 0,
      medianDelay: null,
      ids: list.map((p) => p.id),
    }))
    .sort((a, b) => b.promises - a.promises);
}

export default function view({ query }: Address): Node[] {
  const asOf = asOfFrom(query);
  const { scope, organisation, sector } = sharedFilter(query, ["years"]);
  const [made, due, verdict] = [query.get("made"), query.get("due"), query.get("verdict")];
  const scopes = scope === undefined ? undefined : [scope].flat();
  const all = promises({
    asOf,
    ...(organisation === undefined ? {} : { organisation }),
    ...(sector === undefined ? {} : { sector }),
  }).filter((p) => scopes === undefined || (scopes as string[]).includes(scopeOfPromise(p) ?? ""));
  const found = all
    .filter(
      (p) =>
        (!made || yearOf(p.madeOn?.earliest) === made) &&
        (!due || (due === "none" ? p.by === null : yearOf(p.by?.latest) === due)) &&
        (!verdict || p.verdict === verdict),
    )
    // Newest promise first.
    .sort((a, b) => ((a.madeOn?.earliest ?? "") < (b.madeOn?.earliest ?? "") ? 1 : -1));
  const newest = found.filter((p) => p.restatedBy === null);
  const timed = found.filter((p) => p.delay !== null && p.delay.max !== 0 && p.restatedBy === null);
  const latest = [...timed].sort((a, b) => (b.delay?.max ?? 0) - (a.delay?.max ?? 0)).slice(0, 20);
  const count = (v: Verdict) => newest.filter((p) => p.verdict === v).length;
  const name = (p: PromiseRecord) => promiseName(p);
  return [
    h("h1", {}, "Promises"),
    h(
      "p",
      { class: "lead" },
      `What somebody said would be done, and what came of it, as known on ${day(asOf)}. `,
      h(
        "strong",
        {},
        newest.length === 0
          ? "No promise fits these filters."
          : `Of ${plural(newest.length, "promise")}, ${count("kept")} were kept, ${count("late")} late, ${count("partly")} in part, ${count("broken")} broken; ${count("open")} are not due yet, and of ${count("unknown")} no later word was found.`,
      ),
      " No later word is not the same as not done.",
    ),
    filterForm({
      without: ["years"],
      more: [
        field(
          "Verdict",
          select("verdict", [["", "All"], ...VERDICTS.map((v) => [v, VERDICT_NAMES[v]] as const)]),
        ),
        field(
          "Year made",
          select("made", [
            ["", "Any"],
            ...yearsOf(all.map((p) => yearOf(p.madeOn?.earliest))).map((y) => [y, y] as const),
          ]),
        ),
        field(
          "Year due",
          select("due", [
            ["", "Any"],
            ["none", "No deadline given"],
            ...yearsOf(all.map((p) => yearOf(p.by?.latest))).map((y) => [y, y] as const),
          ]),
        ),
        asOfField(asOf),
      ],
    }),
    ...(newest.length === 0
      ? []
      : [
          figure({
            id: "verdicts",
            title: "What came of promises, by sector",
            note: `Promises restated later count once, by their newest wording. As known on ${day(asOf)}.`,
            legend: nodesOf(verdictLegend()),
            body: nodesOf(
              verdictBars(
                bySector(newest),
                (key) => sectorOf.get(key ?? "")?.name ?? String(key),
                (key) =>
                  addressOf("promises", undefined, {
                    ...Object.fromEntries(query),
                    sector: key ?? undefined,
                  }),
              ),
            ),
          }),
        ]),
    h("details", { class: "meanings" }, [
      h("summary", {}, "What the verdicts mean"),
      h(
        "dl",
        {},
        VERDICTS.flatMap((v) => [h("dt", {}, VERDICT_NAMES[v]), h("dd", {}, VERDICT_MEANINGS[v])]),
      ),
    ]),
    ledgerTable(found, plural(found.length, "promise")),
    ...(latest.length > 0
      ? [
          figure({
            id: "delays",
            title:
              timed.length > latest.length
                ? `How late: the ${latest.length} longest of ${plural(timed.length, "known delay")}`
                : `How late or early: ${plural(timed.length, "known delay")}`,
            note: "From the last day of the deadline. A line is the window in which it came about: no source gives the day.",
            body: nodesOf(delayRanges(latest, name, (p) => recordPath("promise", p.id))),
          }),
        ]
      : []),
    h(
      "p",
      {},
      h("a", { href: "../guide/projects.html" }, "How far each project had come"),
      ", with the day of the newest word on it.",
    ),
  ];
}
