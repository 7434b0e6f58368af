import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer/src/write.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toParquet } from "../src/export/index.js";
import { classKey, getOrAdd, guard } from "../src/guard.js";
import {
  type AggregateRow,
  aggregate,
  aggregateBySector,
  countEvents,
  events,
  type ObservationRecord,
  observations,
} from "../src/index.js";
import { database } from "./duckdb.js";
import { generatedRows } from "./generated-rows.js";
import { row } from "./rows.js";

const folder = mkdtempSync(join(tmpdir(), "cpec-it-data-sql-"));
let db: Awaited<ReturnType<typeof database>>;
const GUARD = readFileSync("sql/guard.sql", "utf8");
const script = (name: string) => db.run(readFileSync(`sql/${name}.sql`, "utf8"));
const TABLES = ["events", "event_sectors", "event_organisations", "event_places", "containment"];

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
/** Blocks of the guide below a heading. */
const blockOf = (heading: string) =>
  new RegExp(`^## ${heading}$[\\s\\S]*?^\`\`\`sql\\n([\\s\\S]*?)^\`\`\``, "m").exec(
    readFileSync("docs/sql.md", "utf8"),
  )?.[1] ?? "";
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
/** Each total beside that of the helpers: the same rows, and the same interval. */
async function expectEqualTotals(rows: readonly AggregateRow[]) {
  const groups = new Map(
    (await db.rows<{ id: string; group_key: string }>("select id, group_key from grouped")).map((r) => [
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
    return !(
      close(sql?.value, r.value) &&
      close(sql?.low, r.low) &&
      close(sql?.high, r.high) &&
      Number(sql?.counted) === r.count &&
      Number(sql?.left_out) === r.leftOut.length &&
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
    await db.run(
      "create or replace view grouped as select *, metric || '|' || unit || '|' || status || '|' || timing as group_key from observations",
    );
    for (const name of ["guard", "totals"]) await script(name);
    const classes = classesOf(observations);
    const verdicts = verdictsOf([...classes.values()].map((rows) => guarded(rows)));
    expect(await verdictsInSql()).toEqual(verdicts);
    expect(new Set(Object.values(verdicts)).size).toBeGreaterThan(3);
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

it("the statements that the guide gives for DuckDB run as they stand", async () => {
  const fresh = await database();
  const text = blockOf("DuckDB").replaceAll("node_modules/cpec-it-data/", "");
  const statements = text.replace(/^\.read (.+)$/gm, (_, file) => readFileSync(file, "utf8"));
  await fresh.run(statements);
  const selects = text.split("\n").filter((line) => line.startsWith("SELECT "));
  expect(selects.length).toBeGreaterThan(1);
  for (const select of selects) expect((await fresh.rows(select)).length, select).toBeGreaterThan(0);
  fresh.close();
});

describe("the SQL guard", () => {
  it("keeps a chain of overlapping periods apart, widest first, and marks what clashes", async () => {
    const periods = [
      "2010",
      "2010-07/2011-05",
      "2011-04/2012-01",
      "2011-12/2012-08",
      "2012-07/2013-01",
      "2012-03",
    ];
    const rows = periods.map((period, i) => row({ id: `p${i}`, period }));
    await load(rows);
    await db.run("create or replace view grouped as select *, 'all' as group_key from observations");
    await script("guard");
    expect(await verdictsInSql()).toEqual(verdictsOf([guarded(rows)]));
    expect(await db.rows("select id, clash from guarded where clash = 1 order by id")).toEqual([
      { id: "p1", clash: 1 },
      { id: "p3", clash: 1 },
    ]);
  });
});

/** `npm run test:million` takes a million; the ordinary run has less time. */
const ROWS = Number(process.env.ROWS ?? 20_000);
it(`SQL and TypeScript agree on each of ${ROWS} generated rows`, { timeout: 900_000 }, async () => {
  const rows = [...generatedRows(ROWS, ROWS / 2500, 20_261_124)];
  await load(rows);
  await db.run(
    "create or replace view grouped as select *, metric || '|' || unit || '|' || status || '|' || timing as group_key from observations",
  );
  // Steps kept as tables, as the guide advises for large data.
  for (const [, step] of GUARD.matchAll(/VIEW (\w+) AS/g)) await db.run(`drop view if exists ${step}`);
  await db.run(GUARD.replaceAll("OR REPLACE VIEW guard_", "OR REPLACE TABLE guard_"));
  await db.run("create table decided as select id, verdict from guarded");
  const ids: string[] = [];
  const verdicts: string[] = [];
  for (const members of classesOf(rows).values()) {
    const { kept, leftOut } = guard(members);
    for (const { id } of kept) verdicts.push("counts") && ids.push(id);
    for (const { id, reason } of leftOut) verdicts.push(reason) && ids.push(id);
  }
  const file = join(folder, "helpers.parquet");
  writeFileSync(
    file,
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: "id", data: ids, type: "STRING" },
          { name: "verdict", data: verdicts, type: "STRING" },
        ],
      }),
    ),
  );
  expect(
    await db.rows(
      `select count(*) as n, count(*) filter (where d.verdict is distinct from h.verdict) as differ from decided d full join '${file}' h on h.id = d.id`,
    ),
  ).toEqual([{ n: String(ROWS), differ: "0" }]);
  const used = await db.rows<{ verdict: string; n: string }>(
    "select verdict, count(*) n from decided group by 1 order by 1",
  );
  expect(used.map((u) => u.verdict)).toEqual([
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
