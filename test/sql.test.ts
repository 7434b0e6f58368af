import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer/src/write.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getOrAdd } from "../src/collect.js";
import { toParquet } from "../src/export/index.js";
import { classKey, guard } from "../src/guard.js";
import {
  type AggregateRow,
  aggregate,
  aggregateBySector,
  countEvents,
  delays,
  events,
  type ObservationRecord,
  observations,
  promises,
} from "../src/index.js";
import { database } from "./duckdb.js";
import { generatedRows } from "./generated-rows.js";
import { row } from "./rows.js";

const folder = mkdtempSync(join(tmpdir(), "cpec-it-data-sql-"));
let db: Awaited<ReturnType<typeof database>>;
const script = (name: string) => db.run(readFileSync(`sql/${name}.sql`, "utf8"));
const TABLES = ["events", "event_sectors", "event_organisations", "event_places", "containment", "promises"];

beforeAll(async () => {
  db = await database();
  for (const table of TABLES) await db.run(`create view ${table} as select * from 'data/${table}.parquet'`);
});
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

/** Gives the database rows, as a user would: written to Parquet by the package. */
async function load(rows: readonly ObservationRecord[]) {
  for (const table of ["observations", "observation_dimensions"]) {
    const file = join(folder, `${table}.parquet`);
    writeFileSync(file, toParquet(rows, { table }));
    await db.run(`create or replace table ${table} as select * from '${file}'`);
  }
}
/** One group for each class of rows that may be added at all. */
const BY_CLASS = `create or replace view grouped as
  select *, concat_ws('|', metric, unit, measure, status, timing) as group_key, false as straddles,
    null::date as window_start, null::date as window_end from observations`;
/** What the helpers say of each row. */
const verdictsOf = (rows: readonly Pick<AggregateRow, "observations" | "leftOut">[]) =>
  Object.fromEntries(
    rows.flatMap((r) => [
      ...r.observations.map((id) => [id, "counts"]),
      ...r.leftOut.map(({ id, reason }) => [id, reason]),
    ]),
  );
const verdictsInSql = async () =>
  Object.fromEntries(
    (await db.rows<{ id: string; verdict: string }>("select id, verdict from guarded")).map((r) => [
      r.id,
      r.verdict,
    ]),
  );
/** Each total beside that of the helpers: the same rows, the same interval, and the same days covered. */
async function expectEqualTotals(rows: readonly AggregateRow[]) {
  const groups = new Map(
    (await db.rows<{ id: string; group_key: string }>("select id, group_key from guarded")).map((r) => [
      r.id,
      r.group_key,
    ]),
  );
  const totals = new Map(
    (await db.rows<Record<string, number | string | null>>("select * from totals")).map((r) => [
      r.group_key,
      r,
    ]),
  );
  expect(totals.size).toBe(rows.length);
  const close = (a: unknown, b: unknown) =>
    a === b || Math.abs(Number(a) - Number(b)) <= 1e-12 * Math.abs(Number(b));
  const differing = rows.filter((r) => {
    const sql = totals.get(groups.get(r.observations[0] ?? (r.leftOut[0]?.id as string)) as string);
    const days = (column: string) => (sql?.[column] === null ? null : Number(sql?.[column]));
    return !(
      close(sql?.value, r.value) &&
      close(sql?.low, r.low) &&
      close(sql?.high, r.high) &&
      Number(sql?.counted) === r.count &&
      Number(sql?.left_out) === r.leftOut.length &&
      Number(sql?.clashes) === r.clash.length &&
      days("covers_days") === (r.covers?.days ?? null) &&
      days("covers_of") === (r.covers?.of ?? null) &&
      Boolean(sql?.approximate) === r.approximate
    );
  });
  expect(differing.slice(0, 3)).toEqual([]);
}

describe("the SQL views give the dataset the same verdicts and totals as the helpers", () => {
  beforeAll(() => load(observations));
  it("by sector, as aggregateBySector", async () => {
    for (const name of ["by-sector", "guard", "totals"]) await script(name);
    const rows = aggregateBySector(observations);
    expect(await verdictsInSql()).toEqual(verdictsOf(rows));
    await expectEqualTotals(rows);
  });
  it("by sector and year, over time and subjects, as aggregate", async () => {
    for (const name of ["by-year", "guard", "totals"]) await script(name);
    const rows = aggregate(observations, { by: ["sector", "year"], over: ["time", "subject"] });
    expect(await verdictsInSql()).toEqual(verdictsOf(rows));
    await expectEqualTotals(rows);
  });
  it("in one group for each metric, unit, status and timing, with every rule at work", async () => {
    await db.run(BY_CLASS);
    for (const name of ["guard", "totals"]) await script(name);
    const classes = classesOf(observations);
    const verdicts = verdictsOf([...classes.values()].map((rows) => guarded(rows)));
    expect(await verdictsInSql()).toEqual(verdicts);
    expect(await db.rows("select * from guard_rings")).toEqual([]);
    expect(new Set(Object.values(verdicts)).size).toBeGreaterThan(3);
  });
  it("and each container has fewer containers than what it holds, so that the widest come first", async () => {
    const sql = `with held as (
        select subject_type, subject_id, count(distinct container_type || '/' || container_id) n from containment group by all
      )
      select c.* from containment c
      join held h on h.subject_type = c.subject_type and h.subject_id = c.subject_id
      left join held w on w.subject_type = c.container_type and w.subject_id = c.container_id
      where coalesce(w.n, 0) >= h.n`;
    expect(await db.rows(sql)).toEqual([]);
  });
  it("counts of events by sector, year, kind, organisation and place, as countEvents", async () => {
    await script("count-events");
    const counts = await db.rows<{ field: string; group_key: string; counted: string }>(
      "select * from event_counts",
    );
    for (const by of ["sector", "year", "kind", "organisation", "place"] as const) {
      const expected = Object.fromEntries(countEvents(events, { by }).map((r) => [r.key ?? "", r.count]));
      expect(
        Object.fromEntries(counts.filter((c) => c.field === by).map((c) => [c.group_key, Number(c.counted)])),
      ).toEqual(expected);
    }
  });
});

describe("the ledger of promises as a table", () => {
  it("holds what promises() gives", async () => {
    const table = await db.rows(
      "select id, verdict, sector, by_latest, restated_by, delay_min, delay_max, promised_low, sources, sentence from promises order by id",
    );
    const ledger = promises();
    expect(table).toEqual(
      ledger.map((p) => ({
        id: p.id,
        verdict: p.verdict,
        sector: p.sector,
        by_latest: p.by?.latest ?? null,
        restated_by: p.restatedBy,
        delay_min: p.delay?.min ?? null,
        delay_max: p.delay?.max ?? null,
        promised_low: p.promised?.low ?? null,
        sources: p.sources,
        sentence: p.sentence,
      })),
    );
    expect(JSON.parse(readFileSync("data/promises.json", "utf8"))).toEqual(ledger);
  });
  it("is counted by sector as by delays()", async () => {
    await script("promises");
    const counts = await db.rows<Record<string, string>>("select * from promise_verdicts");
    const expected = delays({ by: "sector" }).map(({ key, promises: all, timed, verdicts }) => {
      const { open, unknown, ...rest } = verdicts;
      return { sector: key, promises: all, timed, ...rest, still_open: open, not_known: unknown };
    });
    const bySector = (rows: readonly object[]) =>
      Object.fromEntries(rows.map((r) => [(r as { sector: string }).sector, r]));
    const numbers = counts.map((r) =>
      Object.fromEntries(Object.entries(r).map(([k, v]) => [k, k === "sector" ? v : Number(v)])),
    );
    expect(bySector(numbers)).toEqual(bySector(expected));
  });
});

function classesOf(rows: readonly ObservationRecord[]) {
  const classes = new Map<string, ObservationRecord[]>();
  for (const row of rows) getOrAdd(classes, classKey(row), () => []).push(row);
  return classes;
}
/** The guard's word on one class. */
const guarded = (rows: readonly ObservationRecord[]) => {
  const { kept, leftOut } = guard(rows);
  return { observations: kept.map((r) => r.id), leftOut };
};

it("every statement that the guide gives runs as it stands, in its order", async () => {
  const fresh = await database();
  const blocks = [...readFileSync("docs/sql.md", "utf8").matchAll(/^```sql\n([\s\S]*?)^```/gm)];
  const text = blocks
    .map(([, block]) => block)
    .join("")
    .replaceAll("node_modules/cpec-it-data/", "")
    .replaceAll("'tables/", "'data/");
  const statements = text.split(/;\n|(?<=^\.read .+)\n/m).filter((s) => s.trim() !== "");
  let selects = 0;
  for (const statement of statements) {
    const file = /^\.read (.+)$/m.exec(statement)?.[1];
    if (file) await fresh.run(readFileSync(file, "utf8"));
    else if (/^\s*SELECT/.test(statement)) {
      selects += 1;
      expect((await fresh.rows(statement)).length, statement).toBeGreaterThan(0);
    } else await fresh.run(statement);
  }
  expect([blocks.length, selects]).toEqual([3, 7]);
  expect(await fresh.rows("select * from guard_rings")).toEqual([]);
  fresh.close();
});

describe("the SQL guard", () => {
  const judge = async (rows: readonly ObservationRecord[]) => {
    await load(rows);
    await db.run(BY_CLASS);
    for (const name of ["guard", "totals"]) await script(name);
    return verdictsInSql();
  };
  it("follows a chain of overlapping periods to its end, widest first, and names what clashes", async () => {
    const rows = Array.from({ length: 30 }, (_, i) => {
      const [start, end] = [i * 100, i * 100 + 150 - i].map((d) =>
        new Date(Date.UTC(2010, 0, 1 + d)).toISOString().slice(0, 10),
      );
      return row({ id: `p${i}`, period: `${start}/${end}` });
    });
    const verdicts = await judge(rows);
    expect(verdicts).toEqual(verdictsOf([guarded(rows)]));
    expect(Object.values(verdicts).filter((v) => v === "clash")).toHaveLength(15);
    expect(await db.rows("select clashes, covers_days < covers_of as holes from totals")).toEqual([
      { clashes: "15", holes: true },
    ]);
  });
  it("refuses rings: the group has no verdict but `ring`, and no total", async () => {
    const rings = [
      row({ id: "a", partOf: "b" }),
      row({ id: "b", partOf: "a" }),
      row({ id: "c" }),
      row({ id: "x", metric: "other", supersedes: "y" }),
      row({ id: "y", metric: "other", supersedes: "x" }),
      row({ id: "itself", metric: "third", partOf: "itself" }),
      row({ id: "beside", metric: "third" }),
      row({ id: "sound", metric: "fourth" }),
    ];
    const verdicts = await judge(rings);
    expect(verdicts).toEqual({
      ...Object.fromEntries(["a", "b", "c", "x", "y", "itself", "beside"].map((id) => [id, "ring"])),
      sound: "counts",
    });
    expect(
      (await db.rows<{ id: string }>("select id from guard_rings order by id")).map((r) => r.id),
    ).toEqual(["a", "b", "itself", "x", "y"]);
    expect(
      await db.rows<{ value: number | null }>("select metric, value from totals where value is not null"),
    ).toEqual([{ metric: "fourth", value: rings[7]?.value }]);
    for (const metric of ["phones", "other", "third"])
      expect(() => guard(rings.filter((r) => r.metric === metric))).toThrow(/in a ring/);
  });
  it("puts a replaced statement where the one that replaced it stands, in another year too", async () => {
    const rows = [
      row({ id: "old", period: "2020" }),
      row({ id: "new", period: "2021", supersedes: "old" }),
      row({ id: "fiscal", period: "FY2020-21" }),
    ];
    await load(rows);
    for (const name of ["by-year", "guard", "totals"]) await script(name);
    const helper = aggregate(rows, { by: ["sector", "year"], over: ["time", "subject"] });
    expect(await verdictsInSql()).toEqual(verdictsOf(helper));
    expect(await verdictsInSql()).toEqual({ old: "superseded", new: "counts", fiscal: "straddles" });
    await expectEqualTotals(helper);
  });
});

/** `.ci/run` takes more; docs/releasing.md has the call for a million. */
const ROWS = Number(process.env.ROWS ?? 5_000);
describe(`SQL and TypeScript agree on each of ${ROWS} generated rows`, () => {
  const rows: ObservationRecord[] = [];
  beforeAll(async () => {
    for (const r of generatedRows(ROWS, ROWS / 2500, 20_261_124)) rows.push(r);
    await load(rows);
  }, 300_000);
  const drop = (step: string) =>
    db.run(`drop view if exists ${step}`).catch(() => db.run(`drop table if exists ${step}`));
  /** Compares verdict by verdict, in the database: a million of them are too much for the text of an assertion. */
  async function expectEqualVerdicts(judged: Iterable<Pick<AggregateRow, "observations" | "leftOut">>) {
    // Steps kept as tables, as the guide advises for large data.
    const steps = readFileSync("sql/guard.sql", "utf8");
    for (const [, step] of steps.matchAll(/VIEW (\w+) AS/g)) await drop(step as string);
    await db.run(steps.replaceAll("OR REPLACE VIEW guard_", "OR REPLACE TABLE guard_"));
    await db.run("create or replace table decided as select id, verdict from guarded");
    const ids: string[] = [];
    const verdicts: string[] = [];
    for (const { observations: kept, leftOut } of judged) {
      for (const id of kept) verdicts.push("counts") && ids.push(id);
      for (const { id, reason } of leftOut) verdicts.push(reason) && ids.push(id);
    }
    const file = join(folder, "helpers.parquet");
    const columnData = [
      { name: "id", data: ids, type: "STRING" as const },
      { name: "verdict", data: verdicts, type: "STRING" as const },
    ];
    writeFileSync(file, new Uint8Array(parquetWriteBuffer({ columnData })));
    const joined = `from decided d full join '${file}' h on h.id = d.id`;
    expect(
      await db.rows(
        `select h.verdict as helper, d.verdict as sql, count(*) as n, min(d.id) as example ${joined} where d.verdict is distinct from h.verdict group by all`,
      ),
    ).toEqual([]);
    expect(await db.rows(`select count(*) as n ${joined}`)).toEqual([{ n: String(ROWS) }]);
    const used = await db.rows<{ verdict: string }>("select distinct verdict from decided order by 1");
    return used.map((u) => u.verdict);
  }
  it("in one group a class", { timeout: 1_800_000 }, async () => {
    await db.run(BY_CLASS);
    expect(await expectEqualVerdicts([...classesOf(rows).values()].map(guarded))).toEqual([
      "clash",
      "contained",
      "counts",
      "dimension",
      "missing",
      "overlap",
      "part",
      "retracted",
      "superseded",
    ]);
  });
  it("by sector and year", { timeout: 1_800_000 }, async () => {
    await script("by-year");
    const metrics = new Map<string, ObservationRecord[]>();
    for (const r of rows) getOrAdd(metrics, r.metric, () => []).push(r);
    function* judged() {
      for (const of of metrics.values())
        yield* aggregate(of, { by: ["sector", "year"], over: ["time", "subject"] });
    }
    expect(await expectEqualVerdicts(judged())).toContain("straddles");
  });
});
