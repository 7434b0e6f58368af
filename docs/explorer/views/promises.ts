import * as Plot from "@observablehq/plot";
import { dataset } from "../../../src/data/dataset.js";
import { observations } from "../../../src/data/observations.js";
import { projects } from "../../../src/data/projects.js";
import { compareDelivery } from "../../../src/delivery.js";
import { filterObservations } from "../../../src/filter.js";
import { type ProjectState, type ProjectStatus, projectStatus } from "../../../src/project-status.js";
import type { Project } from "../../../src/types.js";
import { SCOPES } from "../../../src/vocabulary.js";
import { type Address, addressOf, changeAddress, linkTo } from "../parts/address.js";
import { chart, PLOT, TIP } from "../parts/chart.js";
import { deliveryChart, deliveryTable } from "../parts/deliveries.js";
import { h } from "../parts/dom.js";
import { field, filterForm, select, sharedFilter } from "../parts/filters.js";
import { day, plural, words } from "../parts/format.js";
import { eventLink, eventOf, sectorLink, sectorOf } from "../parts/names.js";
import { sourceList } from "../parts/record.js";
import { table } from "../parts/table.js";

/** A day as asked for; what is no day counts as the newest. */
export function asOfFrom(query: URLSearchParams): string {
  const asked = query.get("asOf") ?? "";
  return /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : dataset.dataAsOf;
}

export const asOfField = (asOf: string) =>
  field(
    "As known on",
    h("input", {
      type: "date",
      name: "asOf",
      value: asOf,
      min: "2000-01-01",
      max: dataset.dataAsOf,
      onchange: (event) => {
        const { value } = event.target as HTMLInputElement;
        changeAddress({ asOf: value === dataset.dataAsOf ? "" : value });
      },
    }),
  );

const STAGES: readonly ProjectState[] = [
  "unknown",
  "proposed",
  "announced",
  "agreed",
  "under-way",
  "delivered",
  "operating",
];
/** A project that was stopped stands where it was announced, in another colour. */
const placeOfState = (state: ProjectState) => (STAGES.includes(state) ? words(state) : "announced");

interface Row {
  readonly project: Project;
  readonly status: ProjectStatus;
}

function stages(rows: readonly Row[], width: number) {
  const narrow = width < 600;
  const room = narrow ? 150 : 330;
  const cut = Math.floor(room / 7.4);
  const name = (r: Row) =>
    r.project.name.length > cut ? `${r.project.name.slice(0, cut - 1)}…` : r.project.name;
  const stopped = (r: Row) => r.status.state === "suspended" || r.status.state === "cancelled";
  const colour = (r: Row) =>
    stopped(r)
      ? "var(--cancelled)"
      : r.status.state === "unknown"
        ? "var(--unverified)"
        : ["delivered", "operating"].includes(r.status.state)
          ? "var(--ongoing)"
          : r.status.state === "under-way"
            ? "var(--actual)"
            : "var(--planned)";
  return Plot.plot({
    ...PLOT,
    width,
    height: rows.length * 20 + 60,
    marginLeft: room,
    marginTop: narrow ? 60 : 30,
    marginRight: 36,
    marginBottom: 8,
    x: {
      type: "point",
      domain: STAGES.map(words),
      label: null,
      axis: "top",
      tickRotate: narrow ? -40 : 0,
      tickSize: 0,
    },
    y: {
      type: "point",
      domain: rows.map((r) => r.project.id),
      label: null,
      tickSize: 0,
      tickFormat: (id: string) => name(rows.find((r) => r.project.id === id) as Row),
    },
    marks: [
      Plot.gridX({ stroke: "var(--line)", strokeOpacity: 1 }),
      Plot.ruleY(
        rows.filter((r) => r.status.state !== "unknown"),
        {
          y: (r: Row) => r.project.id,
          x1: () => "proposed",
          x2: (r: Row) => placeOfState(r.status.state),
          stroke: colour,
          strokeWidth: 3,
          strokeOpacity: 0.35,
        },
      ),
      Plot.dot(rows, {
        y: (r: Row) => r.project.id,
        x: (r: Row) => placeOfState(r.status.state),
        r: 5,
        fill: (r: Row) => (r.status.state === "unknown" ? "var(--surface)" : colour(r)),
        stroke: colour,
        strokeWidth: 1.5,
        symbol: (r: Row) => (stopped(r) ? "times" : "circle"),
      }),
      Plot.tip(
        rows,
        Plot.pointer({
          ...TIP,
          y: (r: Row) => r.project.id,
          x: (r: Row) => placeOfState(r.status.state),
          title: (r: Row) =>
            [
              r.project.name,
              `${words(r.status.state)}${r.status.since ? ` since ${day(r.status.since)} at the latest` : ""}`,
              r.status.event ? (eventOf.get(r.status.event)?.title ?? "") : "",
            ]
              .filter(Boolean)
              .join("\n"),
        }),
      ),
    ],
  });
}

export default function view({ query }: Address): Node[] {
  const asOf = asOfFrom(query);
  const wanted = sharedFilter(query, SCOPES, ["status", "years"]);
  const rows = filterObservations(observations, wanted);
  const due = query.get("due");
  const deliveries = compareDelivery({ rows, asOf }).filter(
    (d) => !due || (d.due === due && d.delivery !== "met"),
  );
  const fits = (asked: string | readonly string[] | undefined, own: readonly string[]) =>
    asked === undefined || [asked].flat().some((one) => own.includes(one));
  const shown = projects
    .filter((p) => fits(wanted.scope, [p.scope]))
    .filter((p) => fits(wanted.sector, p.sectors))
    .filter((p) =>
      fits(
        wanted.organisation,
        p.organisations.map((o) => o.id),
      ),
    )
    .map((project): Row => ({ project, status: projectStatus(project, { asOf }) }))
    .sort(
      (a, b) =>
        STAGES.indexOf(b.status.state) - STAGES.indexOf(a.status.state) ||
        (a.project.name < b.project.name ? -1 : 1),
    );
  return [
    h("h1", {}, "Promises"),
    h(
      "p",
      { class: "lead" },
      `What was announced beside what was reported of it, as far as it was known on ${day(asOf)}. No report is not the same as not done: the records hold only what their sources say.`,
    ),
    filterForm({
      without: ["years"],
      allScopes: true,
      more: [
        asOfField(asOf),
        field(
          "Due",
          select("due", [
            ["", "All"],
            ["overdue", "Overdue and not met"],
            ["not-due", "Not due yet"],
            ["no-deadline", "No deadline"],
          ]),
        ),
      ],
    }),
    ...(shown.length > 0 && !due
      ? [
          h("h2", {}, `How far ${plural(shown.length, "project")} had come`),
          chart<Row>({
            label: `Stage of ${plural(shown.length, "project")} on ${day(asOf)}. The table of projects below says the same.`,
            draw: (width) => stages(shown, width),
            follow: (row) => addressOf("project", row.project.id, { asOf: query.get("asOf") ?? undefined }),
          }),
        ]
      : []),
    h("h2", {}, "How much of each promise was reported as delivered"),
    deliveryChart(deliveries) ??
      h("p", { class: "quiet" }, "For none of these promises is anything comparable reported."),
    deliveryTable(deliveries, plural(deliveries.length, "promise")),
    ...(due
      ? []
      : [
          table({
            caption: plural(shown.length, "project"),
            file: "projects",
            rows: shown,
            records: shown.map((r) => ({ ...r.project, status: r.status })),
            columns: [
              { label: "id", value: (r) => r.project.id, hidden: true },
              {
                label: "Project",
                value: (r) => r.project.name,
                show: (r) =>
                  linkTo("project", r.project.id, r.project.name, { asOf: query.get("asOf") ?? undefined }),
              },
              { label: "State", value: (r) => words(r.status.state) },
              {
                label: "Since, at the latest",
                value: (r) => r.status.since ?? null,
                show: (r) => (r.status.since ? day(r.status.since) : ""),
              },
              {
                label: "Rests on",
                value: (r) => r.status.event ?? r.status.observation ?? "",
                show: (r) =>
                  r.status.event
                    ? eventLink(r.status.event)
                    : r.status.observation
                      ? linkTo("observation", r.status.observation, "a figure")
                      : "nothing known by then",
              },
              {
                label: "Sector",
                value: (r) => sectorOf.get(r.project.sectors[0] ?? "")?.name ?? "",
                show: (r) => sectorLink(r.project.sectors[0] ?? ""),
              },
              {
                label: "Sources",
                value: (r) => r.status.sources.join("; "),
                show: (r) => sourceList(r.status.sources),
              },
            ],
          }),
        ]),
  ];
}
