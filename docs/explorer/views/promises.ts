import type { PromiseRecord } from "../../../src/promises.js";
import { VERDICTS, type Verdict } from "../../../src/vocabulary.js";
import { few, link } from "../parts/cells.js";
import { day, plural } from "../parts/format.js";
import type { PromiseRow } from "../parts/indices.js";
import { el } from "../parts/markup.js";
import { recordPath } from "../parts/paths.js";
import { delayRanges, verdictBars, verdictLegend } from "../parts/promise-charts.js";
import { delayText, VERDICT_MEANINGS, VERDICT_NAMES } from "../parts/promise-words.js";
import { sectorName } from "../parts/sector-names.js";
import { changed, sharedFilter } from "../parts/state.js";
import { figure, type TableOf, type View } from "../parts/view.js";
import { namesOf } from "./timeline.js";

const delayOf = (p: PromiseRow): PromiseRecord["delay"] => p.delay && { min: p.delay[0], max: p.delay[1] };
const years = (list: readonly (string | null)[]) =>
  [...new Set(list.flatMap((d) => (d === null ? [] : [d.slice(0, 4)])))].sort().reverse();

/** Counts by sector, as the bars take them. */
function bySector(rows: readonly PromiseRow[]) {
  const groups = new Map<string, PromiseRow[]>();
  for (const p of rows) groups.set(p.sectors[0] ?? "", [...(groups.get(p.sectors[0] ?? "") ?? []), p]);
  return [...groups]
    .map(([key, list]) => ({
      key,
      promises: list.length,
      verdicts: Object.fromEntries(
        VERDICTS.map((v) => [v, list.filter((p) => p.verdict === v).length]),
      ) as Record<Verdict, number>,
    }))
    .sort((a, b) => b.promises - a.promises);
}

const view: View<"promises" | "organisations"> = {
  name: "promises",
  needs: ["promises", "organisations"],
  byKey: ["promises", "asOf"],
  file: (need, query) => (need === "promises" && query.has("asOf") ? `promises-${query.get("asOf")}` : need),
  show({ promises, organisations }, query, environment) {
    const names = namesOf(organisations);
    // A promise has no time of its own that the shared filter could take: year made and year due are asked for instead.
    const shared = new URLSearchParams(query);
    shared.delete("from");
    shared.delete("to");
    const fits = sharedFilter(shared, names);
    const [made, due, verdict] = [query.get("made"), query.get("due"), query.get("verdict")];
    const all = promises.filter(fits);
    const found = all
      .filter(
        (p) =>
          (!made || p.start?.slice(0, 4) === made) &&
          (!due || (due === "none" ? p.end === null : p.end?.slice(0, 4) === due)) &&
          (!verdict || p.verdict === verdict),
      )
      .sort((a, b) => ((a.start ?? "") < (b.start ?? "") ? 1 : -1));
    const newest = found.filter((p) => !p.replaced);
    const timed = newest.filter((p) => p.delay !== null && p.delay[1] !== 0);
    const latest = [...timed].sort((a, b) => (b.delay?.[1] ?? 0) - (a.delay?.[1] ?? 0)).slice(0, 20);
    const count = (v: Verdict) => newest.filter((p) => p.verdict === v).length;
    const asOf = query.get("asOf");
    const known = asOf ? day(`${asOf.slice(0, 4)}-12-31`) : "";
    const table: TableOf<PromiseRow> = {
      key: "promises",
      caption: plural(found.length, "promise"),
      rows: found,
      records: { file: asOf ? `promises-${asOf.slice(0, 4)}` : "promises", ids: found.map((p) => p.id) },
      columns: [
        { label: "id", value: (p) => p.id, hidden: true },
        {
          label: "Verdict",
          value: (p) => VERDICT_NAMES[p.verdict],
          show: (p) => el("span", { class: `tag v-${p.verdict}` }, VERDICT_NAMES[p.verdict]),
        },
        {
          label: "Promise",
          value: (p) => p.name,
          show: (p) =>
            el(
              "div",
              { class: "promise-cell" },
              link("promise", p.id, p.name),
              el("div", { class: "quiet" }, p.sentence, p.replaced ? " A later wording replaced it." : null),
            ),
        },
        { label: "Made", value: (p) => p.start, show: (p) => p.made },
        { label: "Due", value: (p) => p.end, show: (p) => p.due },
        { label: "Delay", value: (p) => p.delay?.[1] ?? null, show: (p) => delayText(delayOf(p)) },
        { label: "delay at least", value: (p) => p.delay?.[0] ?? null, hidden: true },
        { label: "newest word", value: (p) => p.newestWord, hidden: true },
        {
          label: "Bodies",
          side: true,
          value: (p) => p.own.map((id) => names.get(id) ?? id).join("; "),
          show: (p) => few(p.own.map((id) => link("organisation", id, names.get(id) ?? id))),
        },
        { label: "sector", value: (p) => p.sectors.map(sectorName).join("; "), hidden: true },
        { label: "Sources", value: (p) => p.publishers },
      ],
    };
    return {
      title: "Promises",
      lead: [
        known ? `As known at the end of ${asOf?.slice(0, 4)}: ` : "",
        el(
          "strong",
          {},
          newest.length === 0
            ? "No promise fits these filters."
            : `Of ${plural(newest.length, "promise")}, ${count("kept")} were kept, ${count("late")} late, ${count("partly")} in part, ${count("broken")} broken; ${count("open")} are not due yet, and of ${count("unknown")} no later word was found.`,
        ),
        " No later word is not the same as not done.",
      ],
      filters: {
        without: ["years"],
        more: [
          {
            key: "verdict",
            label: "Verdict",
            choices: [["", "All"], ...VERDICTS.map((v) => [v, VERDICT_NAMES[v]] as const)],
          },
          {
            key: "made",
            label: "Year made",
            choices: [["", "Any"], ...years(all.map((p) => p.start)).map((y) => [y, y] as const)],
          },
          {
            key: "due",
            label: "Year due",
            choices: [
              ["", "Any"],
              ["none", "No deadline given"],
              ...years(all.map((p) => p.end)).map((y) => [y, y] as const),
            ],
          },
          {
            key: "asOf",
            label: "As known",
            choices: [["", "now"], ...environment.years.map((y) => [y, `at the end of ${y}`] as const)],
          },
        ],
      },
      tables: [table],
      parts: [
        newest.length === 0
          ? null
          : figure(environment, {
              id: "verdicts",
              title: "What came of promises, by sector",
              note: `Promises restated later count once, by their newest wording.${known ? ` As known on ${known}.` : ""}`,
              legend: verdictLegend(),
              body: verdictBars(
                bySector(newest),
                (key) => sectorName(key ?? ""),
                (key) => changed("promises", query, { sector: key ?? undefined, page: undefined }),
              ),
            }),
        el("details", { class: "meanings" }, [
          el("summary", {}, "What the verdicts mean"),
          el(
            "dl",
            {},
            VERDICTS.map((v) => [el("dt", {}, VERDICT_NAMES[v]), el("dd", {}, VERDICT_MEANINGS[v])]),
          ),
        ]),
        { table: "promises" },
        latest.length > 0
          ? figure(environment, {
              id: "delays",
              title:
                timed.length > latest.length
                  ? `How late: the ${latest.length} longest of ${plural(timed.length, "known delay")}`
                  : `How late or early: ${plural(timed.length, "known delay")}`,
              note: "From the last day of the deadline. A line is the window in which it came about: no source gives the day.",
              body: delayRanges(
                latest.map((p) => ({ ...p, delay: delayOf(p) })),
                (p) => p.name,
                (p) => recordPath("promise", p.id),
              ),
            })
          : null,
        el(
          "p",
          {},
          el("a", { href: "../guide/projects.html" }, "How far each project had come"),
          ", with the day of the newest word on it.",
        ),
      ],
    };
  },
};
export default view;
