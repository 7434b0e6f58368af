/** The rules across records, each with its reason. They see the shipped form and report every problem. */
import { settle } from "../claims.js";
import { dateWindow, overlaps, weekdayNamed, weekdayOf } from "../dates.js";
import { foldName } from "../text.js";
import type {
  ClaimRecord,
  DatasetRecords,
  EventRecord,
  MetricRecord,
  ObservationRecord,
  OrganisationRecord,
  SourceRecord,
} from "../types.js";
import { COLLECTIONS, type Collection, nearest, type Problem, show } from "./problems.js";
import { statedContains } from "./stated.js";

/** A rule across records. @group Schemas */
export interface Rule {
  readonly id: string;
  /** Why the rule exists, in one sentence. */
  readonly why: string;
}

interface CheckedRule extends Rule {
  readonly check: (data: Indexed, report: Report) => void;
}

type Path = readonly (string | number)[];
type Found = Pick<Problem, "found" | "expected" | "fix"> & {
  nearest?: string | undefined;
  level?: Problem["level"];
};
type Report = (collection: Collection, id: string, path: Path, problem: Found) => void;

interface Indexed extends DatasetRecords {
  readonly ids: Readonly<Record<Collection | "observations", ReadonlySet<string>>>;
  readonly source: (id: string) => SourceRecord | undefined;
  readonly observation: ReadonlyMap<string, ObservationRecord>;
  readonly event: ReadonlyMap<string, EventRecord>;
  readonly organisation: ReadonlyMap<string, OrganisationRecord>;
}

function index(data: DatasetRecords): Indexed {
  const observations = data.metrics.flatMap((m) => m.observations);
  const idsOf = (rows: readonly { id: string }[]) => new Set(rows.map((r) => r.id));
  const sources = new Map(data.sources.map((s) => [s.id, s]));
  return {
    ...data,
    ids: {
      events: idsOf(data.events),
      organisations: idsOf(data.organisations),
      metrics: idsOf(data.metrics),
      projects: idsOf(data.projects),
      sources: idsOf(data.sources),
      sectors: idsOf(data.sectors),
      places: idsOf(data.places),
      units: idsOf(data.units),
      redirects: new Set(Object.keys(data.redirects)),
      observations: idsOf(observations),
    },
    source: (id) => sources.get(id),
    observation: new Map(observations.map((o) => [o.id, o])),
    event: new Map(data.events.map((e) => [e.id, e])),
    organisation: new Map(data.organisations.map((o) => [o.id, o])),
  };
}

const eachObservation = (
  data: DatasetRecords,
  visit: (o: ObservationRecord, m: MetricRecord, i: number) => void,
) => {
  for (const m of data.metrics) m.observations.forEach((o, i) => void visit(o, m, i));
};

/** Every list of claims with its place. */
function eachClaim(
  data: DatasetRecords,
  visit: (claim: ClaimRecord, collection: Collection, id: string, path: Path) => void,
) {
  const list = (claims: readonly ClaimRecord[], collection: Collection, id: string, path: Path) => {
    claims.forEach((claim, i) => void visit(claim, collection, id, [...path, "claims", i]));
  };
  for (const e of data.events) {
    list(e.claims, "events", e.id, []);
    e.promised.forEach((p, i) => void list(p.claims, "events", e.id, ["promised", i]));
    if (e.outcome) list(e.outcome.claims, "events", e.id, ["outcome"]);
  }
  for (const p of data.projects) list(p.claims, "projects", p.id, []);
  for (const o of data.organisations) {
    list(o.claims, "organisations", o.id, []);
    o.parents.forEach((p, i) => void list(p.claims, "organisations", o.id, ["parents", i]));
  }
  for (const m of data.metrics) {
    m.breaks.forEach((b, i) => void list(b.claims, "metrics", m.id, ["breaks", i]));
    m.observations.forEach((o, i) => {
      list(o.claims, "metrics", m.id, ["observations", i]);
      if (o.outcome) list(o.outcome.claims, "metrics", m.id, ["observations", i, "outcome"]);
    });
  }
}

/** Collections that stand in one file. */
const TABLES: ReadonlySet<string> = new Set(["sectors", "places", "units"]);

const idsResolve: CheckedRule = {
  id: "id-resolves",
  why: "A reference to nothing can't be followed.",
  check(data, report) {
    const need = (
      kind: Collection | "observations",
      ref: string | undefined,
      collection: Collection,
      id: string,
      path: Path,
    ) => {
      if (ref === undefined || data.ids[kind].has(ref)) return;
      const retired = kind !== "observations" ? data.redirects[ref] : undefined;
      report(collection, id, path, {
        found: show(ref),
        expected: `the id of one of the ${data.ids[kind].size} ${kind}`,
        nearest: retired?.to[0] ?? nearest(ref, data.ids[kind]),
        fix: retired
          ? `The id was retired: ${retired.why}`
          : kind === "observations"
            ? "Copy the id that the build gives the observation."
            : `Correct the id, or add it to data/${TABLES.has(kind) ? `${kind}.yaml` : kind}.`,
      });
    };
    for (const e of data.events) {
      e.sectors.forEach((s, i) => void need("sectors", s, "events", e.id, ["sectors", i]));
      e.organisations.forEach(
        (o, i) => void need("organisations", o.id, "events", e.id, ["organisations", i, "id"]),
      );
      e.places.forEach((p, i) => void need("places", p, "events", e.id, ["places", i]));
      need("projects", e.project, "events", e.id, ["project"]);
      need("events", e.partOf, "events", e.id, ["partOf"]);
      need("events", e.promises, "events", e.id, ["promises"]);
    }
    for (const o of data.organisations) {
      o.sectors.forEach((s, i) => void need("sectors", s, "organisations", o.id, ["sectors", i]));
      o.parents.forEach(
        (p, i) =>
          void need("organisations", p.organisation, "organisations", o.id, ["parents", i, "organisation"]),
      );
    }
    for (const p of data.projects) {
      p.sectors.forEach((s, i) => void need("sectors", s, "projects", p.id, ["sectors", i]));
      p.places.forEach((s, i) => void need("places", s, "projects", p.id, ["places", i]));
      p.organisations.forEach(
        (o, i) => void need("organisations", o.id, "projects", p.id, ["organisations", i, "id"]),
      );
      need("projects", p.partOf, "projects", p.id, ["partOf"]);
      p.route.forEach((s, i) => void need("places", s, "projects", p.id, ["route", i]));
    }
    for (const p of data.places) need("places", p.within, "places", p.id, ["within"]);
    for (const m of data.metrics) {
      need("units", m.unit, "metrics", m.id, ["unit"]);
      need("sectors", m.sector, "metrics", m.id, ["sector"]);
      need("places", m.area, "metrics", m.id, ["area"]);
      m.observations.forEach((o, i) => {
        const at: Path = ["observations", i];
        need(`${o.subject.type}s`, o.subject.id, "metrics", m.id, [...at, "subject", o.subject.type]);
        need("places", o.area, "metrics", m.id, [...at, "area"]);
        need("events", o.event, "metrics", m.id, [...at, "event"]);
        need("observations", o.partOf, "metrics", m.id, [...at, "partOf"]);
        need("observations", o.supersedes, "metrics", m.id, [...at, "supersedes"]);
      });
    }
    eachClaim(data, (claim, collection, id, path) => {
      need("sources", claim.source, collection, id, [...path, "source"]);
      need("organisations", claim.saidBy?.organisation, collection, id, [...path, "saidBy", "organisation"]);
    });
  },
};

const redirectsEndLive: CheckedRule = {
  id: "redirect-ends-live",
  why: "Whoever holds a retired id must reach a record in one step, or learn that there is none.",
  check(data, report) {
    const live = (["events", "organisations", "metrics", "projects", "sources", "places"] as const).map(
      (c) => data.ids[c],
    );
    const isLive = (id: string) => live.some((ids) => ids.has(id));
    for (const [id, r] of Object.entries(data.redirects)) {
      const say = (found: string, expected: string, fix: string) =>
        report("redirects", id, ["to"], { found, expected, fix });
      if (isLive(id))
        say(
          `the live id "${id}"`,
          "an id that no record has",
          "Take the redirect out, or retire the record.",
        );
      const wanted = { moved: "exactly one id", split: "two or more ids", retracted: "no id" }[r.kind];
      const fits = { moved: r.to.length === 1, split: r.to.length > 1, retracted: r.to.length === 0 }[r.kind];
      if (!fits) say(`${r.to.length} ids`, `${wanted}, as it is ${r.kind}`, "Correct `to` or `kind`.");
      for (const to of r.to)
        if (!isLive(to))
          say(
            show(to),
            "a live record (no chains)",
            data.redirects[to] ? `Point to where "${to}" went.` : "Correct the id.",
          );
    }
  },
};

const uniqueIds: CheckedRule = {
  id: "id-unique",
  why: "Two records under one id can't be told apart.",
  check(data, report) {
    for (const collection of COLLECTIONS) {
      if (collection === "redirects") continue;
      const seen = new Set<string>();
      for (const { id } of data[collection]) {
        if (seen.has(id))
          report(collection, id, [], {
            found: `a second "${id}"`,
            expected: "one record an id",
            fix: "Merge the two, or give one another id.",
          });
        seen.add(id);
      }
    }
  },
};

const oneKeyOneObservation: CheckedRule = {
  id: "observation-unique",
  why: "A figure told by five sources is one observation with five claims.",
  check(data, report) {
    const seen = new Map<string, string>();
    eachObservation(data, (o, m, i) => {
      const window = o.timing === "per-year" || o.end === null ? o.period : `${o.start}/${o.end}`;
      const key = [
        m.id,
        o.subject.type,
        o.subject.id,
        JSON.stringify(Object.entries(o.dimensions).sort()),
        o.status,
        o.timing,
        window,
        o.asOf ?? "",
      ].join("|");
      const first = seen.get(key);
      if (first !== undefined)
        report("metrics", m.id, ["observations", i, "time"], {
          found: `the same series and time as "${first}"`,
          expected: "one observation a series and time",
          fix: "Merge the claims, or tell two statements apart with `asOf`.",
        });
      else seen.set(key, o.id);
    });
  },
};

const partsWithinWholes: CheckedRule = {
  id: "part-not-above-whole",
  why: "A part can't be larger than its whole, or be of another kind.",
  check(data, report) {
    eachObservation(data, (o, m, i) => {
      const whole = o.partOf === undefined ? undefined : data.observation.get(o.partOf);
      if (!whole) return;
      const say = (found: string, expected: string, fix: string) =>
        report("metrics", m.id, ["observations", i, "partOf"], { found, expected, fix });
      if (whole.metric !== o.metric || whole.status !== o.status)
        say(
          `a part of "${whole.id}"`,
          "a whole of the same metric and status",
          "Correct `partOf`, or say it in a caveat.",
        );
      const least = o.low ?? o.high;
      if (least !== null && whole.high !== null && least > whole.high && !whole.approximate)
        say(
          `${least} of ${whole.high}`,
          "a part not above its whole",
          "Correct one of the two, or take `partOf` out.",
        );
    });
  },
};

const noCycles: CheckedRule = {
  id: "no-cycle",
  why: "Nothing is a part of itself.",
  check(data, report) {
    const walk = (
      collection: Collection,
      key: string,
      ids: Iterable<string>,
      next: (id: string) => string | undefined,
      at: (id: string) => [string, Path],
    ) => {
      for (const id of ids) {
        const chain = [id];
        for (let step = next(id); step !== undefined && chain.length < 100; step = next(step)) {
          chain.push(step);
          if (step !== id) continue;
          const [record, path] = at(id);
          report(collection, record, [...path, key], {
            found: chain.join(" > "),
            expected: "a chain that ends",
            fix: "Take one of the links out.",
          });
          break;
        }
      }
    };
    walk(
      "events",
      "partOf",
      data.ids.events,
      (id) => data.event.get(id)?.partOf,
      (id) => [id, []],
    );
    walk(
      "events",
      "promises",
      data.ids.events,
      (id) => data.event.get(id)?.promises,
      (id) => [id, []],
    );
    const project = new Map(data.projects.map((p) => [p.id, p.partOf]));
    walk(
      "projects",
      "partOf",
      data.ids.projects,
      (id) => project.get(id),
      (id) => [id, []],
    );
    const place = new Map(data.places.map((p) => [p.id, p.within]));
    walk(
      "places",
      "within",
      data.ids.places,
      (id) => place.get(id),
      (id) => [id, []],
    );
    walk(
      "organisations",
      "parents",
      data.ids.organisations,
      (id) => data.organisation.get(id)?.parent,
      (id) => [id, []],
    );
    const atObservation = (id: string): [string, Path] => {
      const o = data.observation.get(id) as ObservationRecord;
      const m = data.metrics.find((x) => x.id === o.metric) as MetricRecord;
      return [m.id, ["observations", m.observations.indexOf(o)]];
    };
    walk("metrics", "partOf", data.ids.observations, (id) => data.observation.get(id)?.partOf, atObservation);
    walk(
      "metrics",
      "supersedes",
      data.ids.observations,
      (id) => data.observation.get(id)?.supersedes,
      atObservation,
    );
  },
};

const weekdaysMatch: CheckedRule = {
  id: "weekday-matches",
  why: "'On Thursday' resolved against the wrong page gives a wrong day.",
  check(data, report) {
    for (const e of data.events)
      for (const key of ["date", "endDate"] as const) {
        const date = e[key];
        const named = date?.text === undefined ? undefined : weekdayNamed(date.text);
        if (!date || named === undefined || date.precision !== "day") continue;
        const actual = weekdayOf(date.earliest);
        if (weekdayNamed(actual) !== named)
          report("events", e.id, [key], {
            found: `${date.earliest}, a ${actual}, from "${date.text}"`,
            expected: "the weekday that the words name",
            fix: "Resolve the day again from the date of the page.",
          });
      }
  },
};

const endNotBeforeStart: CheckedRule = {
  id: "end-not-before-start",
  why: "Nothing ends before it begins.",
  check(data, report) {
    for (const e of data.events)
      if (e.endDate && e.endDate.latest < e.date.earliest)
        report("events", e.id, ["endDate"], {
          found: `${e.endDate.edtf} after a start of ${e.date.edtf}`,
          expected: "an end on or after the start",
          fix: "Correct one of the two.",
        });
  },
};

/** Whether a claim's source can know of something that began on a day; undated sources may. */
const publishedFrom = (source: SourceRecord | undefined, day: string) =>
  !source || source.published === null || dateWindow(source.published).latest >= day;

const occurredNeedsWitness: CheckedRule = {
  id: "occurred-needs-source",
  why: "A page printed before a day can only say that something was planned for it.",
  check(data, report) {
    for (const e of data.events) {
      if (e.status !== "occurred" && e.status !== "ongoing") continue;
      const sources = e.claims
        .filter((c) => c.status === undefined || c.status === e.status)
        .map((c) => data.source(c.source));
      if (!sources.some((s) => publishedFrom(s, e.date.earliest)))
        report("events", e.id, ["status"], {
          found: `"${e.status}" on ${e.date.edtf}, with sources of ${sources.map((s) => s?.published).join(", ")}`,
          expected: "a source published on or after the date",
          fix: "Set `planned`, or add a later source.",
        });
      else if (sources.every((s) => s && s.published === null) && e.caveats.length === 0)
        report("events", e.id, ["status"], {
          found: `"${e.status}" with undated sources only`,
          expected: "a dated source, or a caveat that says that none is dated",
          fix: "Add a source, or a caveat.",
        });
    }
    eachObservation(data, (o, m, i) => {
      if (o.status !== "actual" || o.start === null) return;
      const start = o.start;
      if (!o.claims.some((c) => publishedFrom(data.source(c.source), start)))
        report("metrics", m.id, ["observations", i, "status"], {
          found: `"actual" for ${o.period}, with sources from before it`,
          expected: "a source published on or after its start",
          fix: "Set `planned`, `target` or `forecast`, or add a later source.",
        });
    });
  },
};

const statedHoldsValue: CheckedRule = {
  id: "stated-contains-value",
  why: "Slips of ten or a million show when the printed figure stands beside the stored one.",
  check(data, report) {
    eachObservation(data, (o, m, i) => {
      o.claims.forEach((c, j) => {
        if (c.stated === undefined) return;
        const stated = c.stated;
        const wanted =
          c.value !== undefined
            ? [c.value]
            : [...new Set([o.value, o.low, o.high])].filter((n): n is number => n !== null);
        for (const n of wanted)
          if (!statedContains(stated, n))
            report("metrics", m.id, ["observations", i, "claims", j, "stated"], {
              found: `${show(stated)} for ${n}`,
              expected: "a printed figure that rounds to the stored one",
              fix: "Correct the value (base units, not millions), or give this claim its own `value`.",
            });
      });
    });
  },
};

const claimsSettle: CheckedRule = {
  id: "claims-settle",
  why: "Where sources differ, a stated rule decides, not the person who types.",
  check(data, report) {
    const say = (
      collection: Collection,
      id: string,
      path: Path,
      typed: unknown,
      settled: { says: unknown; rule: string } | undefined,
    ) => {
      if (settled && settled.says !== typed)
        report(collection, id, path, {
          found: show(typed),
          expected: `${show(settled.says)}, which the claims give by the rule "${settled.rule}"`,
          fix: "Store what the rule gives, or rank a claim `preferred` or `deprecated` and say why in its note.",
        });
    };
    for (const e of data.events) {
      say(
        "events",
        e.id,
        ["date"],
        e.date.edtf,
        settle(e.claims, (c) => c.date ?? e.date.edtf, data.source),
      );
      say(
        "events",
        e.id,
        ["status"],
        e.status,
        settle(e.claims, (c) => c.status ?? e.status, data.source),
      );
    }
    eachObservation(data, (o, m, i) => {
      // A range or bound is an agreed reading of words; only single values are settled among claims.
      if (o.value === null) return;
      say(
        "metrics",
        m.id,
        ["observations", i, "value"],
        o.value,
        settle(o.claims, (c) => c.value ?? (o.value as number), data.source),
      );
      say(
        "metrics",
        m.id,
        ["observations", i, "status"],
        o.status,
        settle(o.claims, (c) => c.status ?? o.status, data.source),
      );
    });
  },
};

const timingFitsMeasure: CheckedRule = {
  id: "timing-fits-measure",
  why: "A stock has a moment, a flow a period, and what is promised is not yet actual.",
  check(data, report) {
    const allowed = {
      stock: ["at", "by", "to-date"],
      flow: ["during", "to-date", "per-year", "by"],
      ratio: ["at", "during", "by", "per-year"],
    } as const;
    eachObservation(data, (o, m, i) => {
      if (!(allowed[m.measure] as readonly string[]).includes(o.timing))
        report("metrics", m.id, ["observations", i, "time"], {
          found: `${o.timing} for a ${m.measure}`,
          expected: `one of ${allowed[m.measure].join(", ")}`,
          fix: "Use another key for the time, or another metric.",
        });
      if (o.timing === "by" && o.status === "actual")
        report("metrics", m.id, ["observations", i, "status"], {
          found: "an actual value with a deadline",
          expected: "committed, planned, target or forecast",
          fix: "Say when it came to be with `at`, `during` or `toDate`.",
        });
    });
  },
};

const dimensionsDeclared: CheckedRule = {
  id: "dimension-declared",
  why: "Dimensions are closed, so that a total and its parts can be told apart.",
  check(data, report) {
    eachObservation(data, (o, m, i) => {
      for (const [name, value] of Object.entries(o.dimensions)) {
        const values = m.dimensions[name]?.values;
        if (values && value in values) continue;
        report("metrics", m.id, ["observations", i, "dimensions", name], {
          found: `${name}: ${value}`,
          expected: values
            ? `one of ${Object.keys(values).join(", ")}`
            : `one of the dimensions ${Object.keys(m.dimensions).join(", ") || "(none declared)"}`,
          nearest: nearest(values ? value : name, Object.keys(values ?? m.dimensions)),
          fix: "Declare it under the metric's `dimensions`, or correct it.",
        });
      }
    });
  },
};

const plausible: CheckedRule = {
  id: "plausible",
  why: "Counts are whole, shares are at most 100, and a value ten times its neighbours is mostly a slip.",
  check(data, report) {
    const kind = new Map(data.units.map((u) => [u.id, u.kind]));
    const series = new Map<string, { o: ObservationRecord; m: MetricRecord; i: number }[]>();
    eachObservation(data, (o, m, i) => {
      const ends = [o.low, o.high].filter((n): n is number => n !== null);
      const at: Path = ["observations", i, "value"];
      if (kind.get(m.unit) === "count" && ends.some((n) => !Number.isInteger(n)))
        report("metrics", m.id, at, {
          found: show(o.value ?? ends),
          expected: "a whole number, as the unit is counted",
          fix: "Store base units, or use another unit.",
        });
      if (m.unit === "percent" && o.caveats.length === 0 && ends.some((n) => n > 100 || n < -100))
        report("metrics", m.id, at, {
          found: show(o.value ?? ends),
          expected: "a share from 0 to 100, or a caveat that explains it",
          fix: "Correct it, or say in `caveats` why it can be above 100.",
        });
      if (o.value === null || o.start === null) return;
      const length = Date.parse(o.end ?? o.start) - Date.parse(o.start);
      const key = [
        m.id,
        o.subject.id,
        JSON.stringify(o.dimensions),
        o.status,
        o.timing,
        o.timing === "during" ? Math.round(length / 864e5 / 28) : "",
      ].join("|");
      const list = series.get(key) ?? [];
      list.push({ o, m, i });
      series.set(key, list);
    });
    for (const list of series.values()) {
      list.sort((a, b) => ((a.o.start as string) < (b.o.start as string) ? -1 : 1));
      list.forEach(({ o, m, i }, n) => {
        const around = [list[n - 1], list[n + 1]].flatMap((x) => (x?.o.value ? [Math.abs(x.o.value)] : []));
        const v = Math.abs(o.value as number);
        if (around.length < 2 || v === 0) return;
        if (around.every((a) => v >= 10 * a) || around.every((a) => a >= 10 * v))
          report("metrics", m.id, ["observations", i, "value"], {
            level: "warning",
            found: `${o.value} between ${around.join(" and ")}`,
            expected: "a value less than ten times off its neighbours",
            fix: "Check the unit: million, billion, lakh or crore.",
          });
      });
    }
  },
};

/** How sources print the currencies of the dataset; a bare $ is the dollar of the United States. */
const CURRENCIES: Readonly<Record<string, RegExp>> = {
  usd: /(?:US|(?<![A-Z]))\$|\bUSD\b|dollar/i,
  pkr: /\bRs\b|\bPKR\b|rupee/i,
  cny: /\bRMB\b|\bCNY\b|yuan|¥|元/i,
  eur: /€|\bEUR\b|\beuros?\b/i,
};

const unitFits: CheckedRule = {
  id: "unit-fits",
  why: "A rupee stored as a dollar, or a share as a count, is wrong by a factor nobody sees.",
  check(data, report) {
    const kind = new Map(data.units.map((u) => [u.id, u.kind]));
    for (const m of data.metrics)
      if (kind.get(m.unit) === "ratio" && m.measure !== "ratio")
        report("metrics", m.id, ["measure"], {
          found: `a ${m.measure} in ${m.unit}`,
          expected: "ratio, as shares never add",
          fix: "Set `measure: ratio`, or another unit.",
        });
    eachObservation(data, (o, m, i) => {
      if (kind.get(m.unit) === "count" && [o.low, o.high].some((n) => n !== null && n < 0))
        report("metrics", m.id, ["observations", i, "value"], {
          found: show(o.value ?? [o.low, o.high]),
          expected: "no count below zero",
          fix: "Take the sign off, or use a metric of change.",
        });
      o.claims.forEach((c, j) => {
        const stated = c.stated ?? "";
        const printed = Object.keys(CURRENCIES).filter((unit) => CURRENCIES[unit]?.test(stated));
        const wrong =
          kind.get(m.unit) === "currency"
            ? printed.length > 0 && !printed.includes(m.unit)
            : kind.get(m.unit) === "count" && (/%|per ?cent/i.test(stated) || printed.length > 0);
        if (wrong)
          report("metrics", m.id, ["observations", i, "claims", j, "stated"], {
            found: `${show(stated)} for a value in ${m.unit}`,
            expected: `a figure printed in ${m.unit}; nothing is converted`,
            fix: "Use a metric of the unit that the source prints.",
          });
      });
    });
  },
};

const readAfterPublished: CheckedRule = {
  id: "read-after-published",
  why: "Nobody reads a page before it is out: one of the two days is a slip.",
  check(data, report) {
    for (const s of data.sources)
      if (s.published !== null && dateWindow(s.published).earliest > dateWindow(s.accessed).latest)
        report("sources", s.id, ["accessed"], {
          found: `read on ${s.accessed}, published on ${s.published}`,
          expected: "a day on or after the publication",
          fix: "Correct one of the two.",
        });
  },
};

const scopeHasParties: CheckedRule = {
  id: "scope-has-parties",
  why: "Bilateral means a Chinese and a Pakistani party; context means no Chinese party.",
  check(data, report) {
    const chinese = (id: string, depth = 0): boolean => {
      const o = data.organisation.get(id);
      if (!o) return false;
      return (
        o.country === "CN" ||
        o.country === "HK" ||
        o.kind === "bilateral-body" ||
        (depth < 8 && o.parents.some((p) => chinese(p.organisation, depth + 1)))
      );
    };
    for (const e of data.events) {
      // A party that can't be read is told by another rule.
      if (e.organisations.some((o) => !data.organisation.has(o.id))) continue;
      const party = e.organisations.some((o) => o.role !== "publisher" && chinese(o.id));
      if (e.scope === "bilateral" && !party)
        report("events", e.id, ["scope"], {
          found: "bilateral without a Chinese party",
          expected: "an organisation of China (or owned from there) among `organisations`",
          fix: "Add the party, or set the scope `context`.",
        });
      if (e.scope === "context" && party)
        report("events", e.id, ["scope"], {
          found: "context with a Chinese party",
          expected: "bilateral or cpec",
          fix: "Correct the scope, or the list of organisations.",
        });
    }
  },
};

const oneBodyOnce: CheckedRule = {
  id: "name-unique",
  why: "No body stands in the dataset twice.",
  check(data, report) {
    const seen = new Map<string, string>();
    for (const o of data.organisations) {
      const names = [
        o.name,
        ...o.names.filter((n) => n.use !== "acronym" && n.use !== "misspelling").map((n) => n.name),
      ];
      for (const folded of new Set(names.map(foldName))) {
        const other = seen.get(folded);
        if (other !== undefined)
          report("organisations", o.id, ["name"], {
            found: `the name "${folded}", which "${other}" has too`,
            expected: "one record a body",
            fix: "Merge the two, or tell the names apart.",
          });
        else seen.set(folded, o.id);
      }
      o.names.forEach((n, i) => {
        if (n.use === "native" && n.lang === undefined)
          report("organisations", o.id, ["names", i], {
            found: `the native name ${show(n.name)} without a language`,
            expected: "`lang`, such as zh or ur",
            fix: "Add `lang`.",
          });
      });
    }
  },
};

const oneSourceOnce: CheckedRule = {
  id: "source-unique",
  why: "One document cited twice counts as two.",
  check(data, report) {
    const seen = new Map<string, string>();
    for (const s of data.sources) {
      if (s.url === null) continue;
      const key = s.url.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
      const other = seen.get(key);
      if (other !== undefined)
        report("sources", s.id, ["url"], {
          found: `the address of "${other}"`,
          expected: "one source an address",
          fix: "Merge the two.",
        });
      else seen.set(key, s.id);
    }
  },
};

const neverWeakAlone: CheckedRule = {
  id: "weak-alone",
  why: "A forum, blog or reader's letter supports a record only beside a better source.",
  check(data, report) {
    const weak = (claims: readonly ClaimRecord[]) =>
      claims.every((c) => data.source(c.source)?.kind === "forum");
    const say = (collection: Collection, id: string, path: Path) =>
      report(collection, id, path, {
        found: "claims of forums and blogs only",
        expected: "at least one other source",
        fix: "Find a better source, or leave the record out.",
      });
    for (const e of data.events) if (weak(e.claims)) say("events", e.id, ["claims"]);
    eachObservation(data, (o, m, i) => {
      if (weak(o.claims)) say("metrics", m.id, ["observations", i, "claims"]);
    });
  },
};

const everythingCited: CheckedRule = {
  id: "cited",
  why: "A source or organisation that nothing mentions is dead weight.",
  check(data, report) {
    const used = new Set<string>();
    eachClaim(data, (claim) => {
      used.add(`sources/${claim.source}`);
      if (claim.saidBy?.organisation !== undefined) used.add(`organisations/${claim.saidBy.organisation}`);
    });
    for (const r of [...data.events, ...data.projects])
      for (const o of r.organisations) used.add(`organisations/${o.id}`);
    for (const o of data.organisations)
      for (const p of o.parents) {
        used.add(`organisations/${p.organisation}`);
        used.add(`organisations/${o.id}`);
      }
    eachObservation(data, (o) => void used.add(`${o.subject.type}s/${o.subject.id}`));
    for (const collection of ["sources", "organisations"] as const)
      for (const { id } of data[collection])
        if (!used.has(`${collection}/${id}`))
          report(collection, id, [], {
            level: "warning",
            found: "a record that nothing mentions",
            expected: "a claim, event, project or observation that does",
            fix: "Use it or take it out.",
          });
  },
};

const plainWording: CheckedRule = {
  id: "plain-wording",
  why: "Texts are read years later: 'recently' and 'will' age, and praise is not a fact.",
  check(data, report) {
    const bad =
      /\b(recently|soon|will|upcoming|currently|nowadays|today|yesterday|tomorrow|state-of-the-art|world-class|iron brother\w*|time-tested|landmark|game[- ]changer)\b/i;
    const look = (collection: Collection, id: string, key: string, text: string) => {
      const word = bad.exec(text)?.[0];
      if (word !== undefined)
        report(collection, id, [key], {
          found: `"${word}" in ${show(text)}`,
          expected: "neutral words in the past tense, with dates",
          fix: "Say when, or leave the word out.",
        });
    };
    for (const e of data.events) {
      look("events", e.id, "title", e.title);
      look("events", e.id, "summary", e.summary);
    }
    for (const p of data.projects) look("projects", p.id, "summary", p.summary);
    for (const o of data.organisations)
      if (o.description !== undefined) look("organisations", o.id, "description", o.description);
  },
};

const supersedesSame: CheckedRule = {
  id: "supersedes-like",
  why: "Only a statement of the same thing can replace one.",
  check(data, report) {
    eachObservation(data, (o, m, i) => {
      const older = o.supersedes === undefined ? undefined : data.observation.get(o.supersedes);
      if (older && (older.metric !== o.metric || older.subject.id !== o.subject.id))
        report("metrics", m.id, ["observations", i, "supersedes"], {
          found: `"${older.id}"`,
          expected: "a statement of the same metric and subject",
          fix: "Correct `supersedes`.",
        });
    });
  },
};

const wholesInTime: CheckedRule = {
  id: "part-in-time",
  why: "A part of a year lies in that year.",
  check(data, report) {
    eachObservation(data, (o, m, i) => {
      const whole = o.partOf === undefined ? undefined : data.observation.get(o.partOf);
      if (whole && o.timing === "during" && whole.timing === "during" && !overlaps(o, whole))
        report("metrics", m.id, ["observations", i, "partOf"], {
          found: `${o.period}, part of ${whole.period}`,
          expected: "a part whose time lies in its whole's",
          fix: "Correct `partOf`.",
        });
    });
  },
};

const CHECKED: readonly CheckedRule[] = [
  uniqueIds,
  idsResolve,
  redirectsEndLive,
  noCycles,
  oneKeyOneObservation,
  partsWithinWholes,
  wholesInTime,
  supersedesSame,
  weekdaysMatch,
  endNotBeforeStart,
  occurredNeedsWitness,
  statedHoldsValue,
  claimsSettle,
  timingFitsMeasure,
  dimensionsDeclared,
  plausible,
  unitFits,
  readAfterPublished,
  scopeHasParties,
  oneBodyOnce,
  oneSourceOnce,
  neverWeakAlone,
  everythingCited,
  plainWording,
];

/** The rules across records, each with its reason. @group Schemas */
export const RULES: readonly Rule[] = CHECKED;

/** Runs every rule and returns every problem. @internal */
export function runRules(data: DatasetRecords): Problem[] {
  const problems: Problem[] = [];
  const indexed = index(data);
  for (const rule of CHECKED)
    rule.check(indexed, (collection, id, path, { level = "error", nearest: near, ...problem }) => {
      problems.push({
        rule: rule.id,
        level,
        collection,
        id,
        path,
        ...problem,
        ...(near === undefined ? {} : { nearest: near }),
      });
    });
  return problems;
}
