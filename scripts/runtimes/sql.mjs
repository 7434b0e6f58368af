// The SQL views in engines other than DuckDB, which the ordinary tests run. The guard is for DuckDB alone: it settles rows step by
// step, by a recursion that the others refuse. What else there is, ClickHouse runs, embedded, and must give what the helpers
// give; the grammars of Spark and Trino read it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const VIEWS = ["by-sector", "by-year", "totals", "promises"];

/** Statements of a script. */
const statements = (text) =>
  text
    .replace(/^\s*--.*$/gm, "")
    .split(";")
    .map((statement) => statement.trim())
    .filter(Boolean);

export async function clickhouse({ check, root, folder, require, versionOf }) {
  const { Session } = require("chdb");
  const session = new Session(join(folder, "clickhouse"));
  const rows = (sql) =>
    session
      .query(sql, "JSONEachRow")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  try {
    for (const setting of ["cast_keep_nullable = 1", "join_use_nulls = 1", "union_default_mode = 'DISTINCT'"])
      session.query(`SET ${setting}`);
    const [{ v }] = rows("SELECT version() AS v");
    const library = await import(pathToFileURL(join(root, "dist/index.js")).href);
    const { aggregate, aggregateBySector, countEvents, delays, events, observations } = library;
    for (const table of [
      "observations",
      "containment",
      "events",
      "event_sectors",
      "event_organisations",
      "event_places",
      "promises",
    ])
      session.query(
        `CREATE OR REPLACE VIEW ${table} AS SELECT * FROM file('${join(root, "data", `${table}.parquet`)}', Parquet)`,
      );
    const run = (file) => {
      for (const statement of statements(readFileSync(join(root, "sql", `${file}.sql`), "utf8")))
        session.query(statement);
    };
    const equal = (found, expected, what) => {
      if (JSON.stringify(found.sort()) !== JSON.stringify(expected.sort()))
        throw new Error(`${what} differ from the helpers'`);
      return { note: `${found.length} ${what} equal to the helpers'` };
    };
    const groupings = {
      "by-sector": () => aggregateBySector(observations),
      "by-year": () => aggregate(observations, { by: ["sector", "year"], over: ["time", "subject"] }),
    };
    for (const [name, helper] of Object.entries(groupings))
      await check(
        "ClickHouse",
        v,
        `sql/${name}.sql, totals.sql on the helpers' verdicts (embedded, chdb ${versionOf("chdb")})`,
        async () => {
          run(name);
          const results = helper();
          const verdicts = results.flatMap((row) => [
            ...row.observations.map((id) => [id, "counts"]),
            ...row.leftOut.map(({ id, reason }) => [id, reason]),
          ]);
          session.query("CREATE OR REPLACE TABLE verdicts (id String, verdict String) ENGINE = Memory");
          session.query(
            `INSERT INTO verdicts VALUES ${verdicts.map(([id, verdict]) => `('${id}', '${verdict}')`).join()}`,
          );
          // A replaced statement goes where the later one stands, which only the guard knows.
          session.query(
            "CREATE OR REPLACE VIEW guarded AS SELECT g.*, v.verdict AS verdict FROM grouped g JOIN verdicts v ON v.id = g.id WHERE v.verdict <> 'superseded'",
          );
          run("totals");
          const text = (value, low, high, counted, days, of) =>
            [value, low, high].map((n) => (n === null ? "" : Number(n).toPrecision(12))).join() +
            `|${counted}|${days ?? ""}|${of ?? ""}`;
          return equal(
            rows(
              "SELECT value, low, high, counted, covers_days, covers_of FROM totals WHERE counted > 0",
            ).map((r) => text(r.value, r.low, r.high, r.counted, r.covers_days, r.covers_of)),
            results
              .filter((r) => r.count > 0)
              .map((r) => text(r.value, r.low, r.high, r.count, r.covers?.days, r.covers?.of)),
            "totals",
          );
        },
      );
    await check("ClickHouse", v, "sql/count-events.sql", async () => {
      run("count-events");
      return equal(
        rows("SELECT field, group_key, counted FROM event_counts").map(
          (r) => `${r.field} ${r.group_key} ${r.counted}`,
        ),
        ["sector", "year", "kind", "organisation", "place"].flatMap((by) =>
          countEvents(events, { by }).map((row) => `${by} ${row.key ?? ""} ${row.count}`),
        ),
        "counts",
      );
    });
    await check("ClickHouse", v, "sql/promises.sql", async () => {
      run("promises");
      return equal(
        rows("SELECT sector, promises, kept, late, timed FROM promise_verdicts").map(
          (r) => `${r.sector} ${r.promises} ${r.kept} ${r.late} ${r.timed}`,
        ),
        delays({ by: "sector" }).map(
          (r) => `${r.key} ${r.promises} ${r.verdicts.kept} ${r.verdicts.late} ${r.timed}`,
        ),
        "rows",
      );
    });
  } finally {
    session.cleanup();
  }
}

export async function grammars({ check, root, folder, load, modules, versionOf }) {
  // The package holds modules that only bundlers resolve.
  const entry = join(folder, "grammars.mjs");
  writeFileSync(
    entry,
    `export { SparkSQL, TrinoSQL } from ${JSON.stringify(join(modules, "dt-sql-parser"))};\n`,
  );
  const outfile = join(folder, "out", "grammars.cjs");
  await (await load("esbuild")).build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "silent",
  });
  const parsers = (await import(pathToFileURL(outfile).href)).default;
  for (const [name, Parser, views] of [
    // This grammar of Spark knows no recursive query.
    ["Spark", parsers.SparkSQL, VIEWS],
    ["Trino", parsers.TrinoSQL, [...VIEWS, "count-events"]],
  ])
    await check(
      `${name} (grammar)`,
      `dt-sql-parser ${versionOf("dt-sql-parser")}`,
      `sql/${views.join(".sql, ")}.sql parsed`,
      async () => {
        const parser = new Parser();
        if (parser.validate("SELECT a FROM FROM b").length === 0)
          throw new Error("the parser accepts anything");
        for (const view of views) {
          const [problem] = parser.validate(readFileSync(join(root, "sql", `${view}.sql`), "utf8"));
          if (problem)
            throw new Error(`${view}.sql:${problem.startLine}:${problem.startColumn} ${problem.message}`);
        }
        return {};
      },
    );
}
