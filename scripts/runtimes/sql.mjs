// The SQL views in engines other than DuckDB, which the ordinary tests run: ClickHouse runs them, embedded, and must give the
// verdicts of the helpers; the grammars of Spark and Trino read them.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const VIEWS = ["by-sector", "by-year", "guard", "totals", "count-events"];

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
    const [{ v }] = rows("SELECT version() AS v");
    const library = await import(pathToFileURL(join(root, "dist/index.js")).href);
    const { aggregate, aggregateBySector, countEvents, events, observations } = library;
    for (const table of [
      "observations",
      "observation_dimensions",
      "containment",
      "events",
      "event_sectors",
      "event_organisations",
      "event_places",
    ])
      session.query(
        `CREATE OR REPLACE VIEW ${table} AS SELECT * FROM file('${join(root, "data", `${table}.parquet`)}', Parquet)`,
      );
    const groupings = {
      "by-sector": () => aggregateBySector(observations),
      "by-year": () => aggregate(observations, { by: ["sector", "year"], over: ["time", "subject"] }),
    };
    for (const [name, helper] of Object.entries(groupings))
      await check(
        "ClickHouse",
        v,
        `sql/${name}.sql, guard.sql, totals.sql (embedded, chdb ${versionOf("chdb")})`,
        async () => {
          for (const file of [name, "guard", "totals"])
            for (const statement of statements(readFileSync(join(root, "sql", `${file}.sql`), "utf8"))) {
              // The steps of the guard as tables: ClickHouse plans no query of so many nested views.
              const step = /^CREATE OR REPLACE VIEW (guard_\w+) AS/.exec(statement);
              if (step) session.query(`DROP TABLE IF EXISTS ${step[1]}`);
              session.query(
                step ? statement.replace(step[0], `CREATE TABLE ${step[1]} ENGINE = Memory AS`) : statement,
              );
            }
          const expected = helper().flatMap((row) => [
            ...row.observations.map((id) => `${id} counts`),
            ...row.leftOut.map(({ id, reason }) => `${id} ${reason}`),
          ]);
          const found = rows("SELECT id, verdict FROM guarded").map((row) => `${row.id} ${row.verdict}`);
          if (JSON.stringify(found.sort()) !== JSON.stringify(expected.sort()))
            throw new Error("verdicts differ from the helpers'");
          const sum = (values) => values.reduce((a, b) => a + (b ?? 0), 0);
          const theirs = sum(rows("SELECT value FROM totals").map((row) => row.value));
          const ours = sum(helper().map((row) => row.value));
          if (Math.abs(theirs - ours) > 1e-9 * Math.abs(ours))
            throw new Error(`totals add up to ${theirs} instead of ${ours}`);
          return { note: `${found.length} verdicts equal to the helpers'` };
        },
      );
    await check("ClickHouse", v, "sql/count-events.sql", async () => {
      for (const statement of statements(readFileSync(join(root, "sql/count-events.sql"), "utf8")))
        session.query(statement);
      const found = rows("SELECT field, group_key, counted FROM event_counts").map(
        (r) => `${r.field} ${r.group_key} ${r.counted}`,
      );
      const expected = ["sector", "year", "kind", "organisation", "place"].flatMap((by) =>
        countEvents(events, { by }).map((row) => `${by} ${row.key ?? ""} ${row.count}`),
      );
      if (JSON.stringify(found.sort()) !== JSON.stringify(expected.sort()))
        throw new Error("counts differ from the helpers'");
      return { note: `${found.length} counts equal to the helpers'` };
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
  for (const [name, Parser] of [
    ["Spark", parsers.SparkSQL],
    ["Trino", parsers.TrinoSQL],
  ])
    await check(
      `${name} (grammar)`,
      `dt-sql-parser ${versionOf("dt-sql-parser")}`,
      `sql/*.sql parsed`,
      async () => {
        const parser = new Parser();
        if (parser.validate("SELECT a FROM FROM b").length === 0)
          throw new Error("the parser accepts anything");
        for (const view of VIEWS) {
          const [problem] = parser.validate(readFileSync(join(root, "sql", `${view}.sql`), "utf8"));
          if (problem)
            throw new Error(`${view}.sql:${problem.startLine}:${problem.startColumn} ${problem.message}`);
        }
        return {};
      },
    );
}
