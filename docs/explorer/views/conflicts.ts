import { conflictDots } from "../charts/rows.js";
import { link } from "../parts/cells.js";
import { capital, number, plural } from "../parts/format.js";
import type { ConflictRow } from "../parts/indices.js";
import { el } from "../parts/markup.js";
import { guidePath } from "../parts/paths.js";
import { sharedFilter } from "../parts/state.js";
import { figure, legend, type TableOf, type View } from "../parts/view.js";
import { namesOf } from "./timeline.js";

const WIDEST = 20;

const view: View<"conflicts" | "organisations"> = {
  name: "conflicts",
  needs: ["conflicts", "organisations"],
  show({ conflicts, organisations }, query, environment) {
    const fits = sharedFilter(query, namesOf(organisations));
    const kind = query.get("field");
    const found = conflicts.filter((c) => (!kind || c.field === kind) && fits(c));
    const widest = found
      .filter((c) => c.positions.filter(([, , ratio]) => ratio).length > 1)
      .slice(0, WIDEST);
    const table: TableOf<ConflictRow> = {
      key: "conflicts",
      caption: plural(found.length, "conflict"),
      rows: found,
      records: { file: "conflicts", ids: found.map((c) => `${c.id} ${c.field}`) },
      columns: [
        { label: "id", value: (c) => c.id, hidden: true },
        { label: "Record", value: (c) => c.name, show: (c) => link(c.kind, c.id, c.name) },
        { label: "On", side: true, value: (c) => c.field },
        { label: "Held", value: (c) => c.held, show: (c) => el("strong", {}, c.held) },
        {
          label: "Claims",
          value: (c) => c.positions.map(([says, who]) => `${says} (${who})`).join("; "),
          show: (c) =>
            el(
              "ul",
              { class: "plain" },
              c.positions.map(([says, who]) =>
                el("li", {}, `${says}: `, el("span", { class: "quiet" }, who)),
              ),
            ),
        },
        {
          label: "Times apart",
          side: true,
          value: (c) => c.spread,
          show: (c) => (c.spread === null ? "" : number(Number(c.spread.toPrecision(3)))),
          numeric: true,
        },
        { label: "Decided by", value: (c) => c.rule, show: (c) => capital(c.rule) },
      ],
    };
    return {
      title: "Conflicts",
      lead: [
        el("strong", {}, `${plural(found.length, "record")} whose sources disagree`),
        " on a value beyond its rounding, on a date or on a status. All claims stay; a stated rule decides which one the record holds.",
      ],
      filters: {
        more: [
          {
            key: "field",
            label: "On",
            choices: [
              ["", "Value, date or status"],
              ["value", "A value"],
              ["date", "A date"],
              ["status", "A status"],
            ],
          },
        ],
      },
      tables: [table],
      parts: [
        widest.length > 0
          ? figure(environment, {
              id: "widest",
              title: "Widest apart: claims as multiples of the value held",
              note: "Each step of the scale is ten times as much.",
              legend: legend([
                ["the value held", "dot solid actual"],
                ["another claim, as a multiple of it", "dot planned"],
              ]),
              body: conflictDots(widest),
            })
          : null,
        { table: "conflicts" },
        el(
          "p",
          {},
          "The rules, in order, are in the guide ",
          el("a", { href: guidePath("Method") }, "Method"),
          ".",
        ),
      ],
    };
  },
};
export default view;
