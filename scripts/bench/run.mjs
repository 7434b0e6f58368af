// Measures the built package beside its peers, in one run: `npm run bench`. Times are medians; ratios are what counts.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import {
  aggregate,
  aggregateBySector,
  computeTrend,
  conflicts,
  countEvents,
  events,
  filterEvents,
  filterObservations,
  network,
  observations,
  promises,
  timeline,
  toSeries,
  total,
} from "../../dist/index.js";
import { makeRows } from "./rows.mjs";

const here = import.meta.dirname;
const root = join(here, "../..");
const peer = createRequire(join(here, "package.json"));
const rounds = Number(process.env.ROUNDS ?? 5);
const median = (xs) => xs.sort((a, b) => a - b)[xs.length >> 1];
/** The median of some runs; short ones are warmed up, since their first calls measure how the engine compiles them. */
async function time(run, many = 0) {
  for (let i = 0; i <= many; i++) await run();
  const times = [];
  for (let i = 0; i < rounds + many; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return median(times);
}
const ms = (t) => `${t < 10 ? t.toFixed(2) : t.toFixed(0)} ms`;
const table = (title, head, rows) => {
  console.log(
    `\n### ${title}\n\n| ${head.join(" | ")} |\n|${head.map((_, i) => (i ? "---:" : "---")).join("|")}|`,
  );
  for (const row of rows) console.log(`| ${row.join(" | ")} |`);
};

/** The same guarded sum, written out as one loop over rows and a Map: what the guard must at least do. */
function plainLoop(rows) {
  const groups = new Map();
  for (const row of rows) {
    const dimensions = Object.keys(row.dimensions).length === 0 ? "" : JSON.stringify(row.dimensions);
    const key = `${row.sector}|${row.metric}|${row.unit}|${row.status}|${row.timing}|${dimensions}`;
    let group = groups.get(key);
    if (!group) {
      group = { low: 0, high: 0, ids: new Map(), series: new Map(), sources: new Set() };
      groups.set(key, group);
    }
    if (row.value === null && row.low === null && row.high === null) continue;
    if (row.claims.every((c) => c.rank === "deprecated")) continue;
    if (group.ids.has(row.id)) continue;
    group.ids.set(row.id, row);
    const subject = `${row.subject.type}/${row.subject.id}`;
    let windows = group.series.get(subject);
    if (!windows) {
      windows = [];
      group.series.set(subject, windows);
    }
    windows.push(row);
    for (const claim of row.claims) group.sources.add(claim.source);
  }
  for (const group of groups.values())
    for (const windows of group.series.values()) {
      windows.sort((a, b) => (a.start < b.start ? -1 : 1));
      let end = "";
      for (const row of windows) {
        if (row.start <= end) continue;
        end = row.end;
        group.low += row.low;
        group.high += row.high;
      }
    }
  return groups;
}

const { rollup, sum } = await import(peer.resolve("d3-array"));
const aq = await import(peer.resolve("arquero"));
const lodash = peer("lodash");
const toolkit = await import(peer.resolve("es-toolkit"));
const { DuckDBInstance } = await import(peer.resolve("@duckdb/node-api"));

const by = ["sector", "metric", "unit", "status", "timing"];
const keyOf = (row) => by.map((name) => row[name]).join("|");
const flat = (rows) =>
  rows.map((r) => ({
    sector: r.sector,
    metric: r.metric,
    unit: r.unit,
    status: r.status,
    timing: r.timing,
    value: r.value,
  }));

async function duckdb(rows) {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(
    "create table rows (sector varchar, metric varchar, unit varchar, status varchar, timing varchar, value double)",
  );
  const appender = await connection.createAppender("rows");
  for (const row of rows) {
    for (const name of by) appender.appendVarchar(row[name]);
    appender.appendDouble(row.value);
    appender.endRow();
  }
  appender.closeSync();
  const reader = await connection.runAndReadAll(`select ${by}, sum(value) from rows group by all`);
  connection.closeSync();
  return reader.getRows();
}

const results = [];
for (const n of [1_000, 100_000, 1_000_000]) {
  const rows = makeRows(n);
  const many = n === 1_000 ? 30 : 0;
  const plain = await time(() => plainLoop(rows), many);
  const ours = await time(
    () => aggregate(rows, { by: "sector", reduce: "sum", over: ["time", "subject"] }),
    many,
  );
  const peers = {
    "d3-array rollup": () => rollup(rows, (v) => sum(v, (r) => r.value), keyOf),
    "lodash groupBy + sumBy": () =>
      lodash.mapValues(lodash.groupBy(rows, keyOf), (v) => lodash.sumBy(v, "value")),
    "es-toolkit groupBy + sumBy": () =>
      Object.values(toolkit.groupBy(rows, keyOf)).map((v) => toolkit.sumBy(v, (r) => r.value)),
    "arquero, loading included": () =>
      aq
        .from(flat(rows))
        .groupby(...by)
        .rollup({ value: (d) => aq.op.sum(d.value) }),
    "DuckDB, loading included": () => duckdb(rows),
  };
  const check = aggregate(rows, { by: "sector", over: ["time", "subject"] }).reduce((s, r) => s + r.value, 0);
  if (check !== rows.reduce((s, r) => s + r.value, 0))
    throw new Error(`aggregate lost something of ${n} rows`);
  results.push([`${n.toLocaleString("en")} rows: a plain loop with the same guard`, ms(plain), "1.00"]);
  results.push(["aggregate", ms(ours), (ours / plain).toFixed(2)]);
  for (const [name, run] of Object.entries(peers)) {
    const t = await time(run, many);
    results.push([name, ms(t), (t / plain).toFixed(2)]);
  }
}
table(
  "Sums: aggregate by sector beside a plain loop and peers that have no guard",
  ["", "median", "beside the loop"],
  results,
);

// What the helpers compute of 1,000 rows of one's own, written with lodash: groups, sums, windows, ids in order and sources.
const _ = lodash;
const sourcesOf = (list) =>
  _.uniq(_.flatMap(list, (r) => _.map(_.reject(r.claims, { rank: "deprecated" }), "source")));
const sums = (rows, key) =>
  _.map(_.groupBy(rows, key), (group) => ({
    value: _.sumBy(group, "value"),
    start: _.minBy(group, "start").start,
    end: _.maxBy(group, "end").end,
    observations: _.map(_.sortBy(group, ["start", "end", "id"]), "id"),
    sources: sourcesOf(group),
    caveats: _.uniq(_.flatMap(group, "caveats")),
  }));
const counts = (rows) =>
  _.orderBy(
    _.map(rows, ([key, group]) => ({
      key,
      count: group.length,
      events: _.map(_.sortBy(group, "id"), "id"),
      sources: sourcesOf(group),
    })),
    ["count", "key"],
    ["desc", "asc"],
  );
const classOf = (r) =>
  [r.sector, r.metric, r.unit, r.measure, r.status, r.timing, ..._.entries(r.dimensions)].join("|");
const thousand = makeRows(1_000);
const oneMetric = thousand.map((r, i) => ({
  ...r,
  metric: "m",
  sector: "s",
  id: `m:${i}`,
  subject: { ...r.subject, id: `s${i}` },
}));
const someEvents = structuredClone(Array.from({ length: 1_000 }, (_, i) => events[i % events.length])).map(
  (event, i) => _.omit({ ...event, id: `event-${i}` }, "partOf"),
);
const happened = (e) => e.scope !== "context" && ["occurred", "ongoing"].includes(e.status);
const sameThing = {
  aggregate: [
    () => aggregate(thousand, { by: "sector", over: ["time", "subject"] }),
    () => sums(thousand, classOf),
  ],
  aggregateBySector: [
    () => aggregateBySector(thousand),
    () => sums(thousand, (r) => `${classOf(r)}|${r.start}|${r.end}`),
  ],
  total: [() => total(oneMetric), () => sums(oneMetric, classOf)],
  toSeries: [
    () => toSeries(thousand),
    () =>
      _.map(
        _.groupBy(thousand, (r) => `${classOf(r)}|${r.subject.type}/${r.subject.id}`),
        (group) =>
          _.map(_.sortBy(group, ["end", "start", "id"]), (r) => ({
            ..._.pick(r, ["period", "start", "end", "value", "low", "high", "confidence", "id"]),
            sources: sourcesOf([r]),
          })),
      ),
  ],
  "countEvents by sector": [
    () => countEvents(someEvents, { by: "sector" }),
    () => counts(_.entries(_.groupBy(_.filter(someEvents, happened), (e) => e.sectors[0]))),
  ],
  timeline: [() => timeline(someEvents), () => _.sortBy(someEvents, ["date.earliest", "id"])],
  filterObservations: [
    () => filterObservations(thousand, { status: "actual", from: "2012", to: "2015" }),
    () =>
      _.filter(thousand, (r) => r.status === "actual" && r.start <= "2015-12-31" && r.end >= "2012-01-01"),
  ],
  "filterObservations, of the dataset": [
    () => filterObservations(observations, { status: "actual", from: "2012", to: "2015" }),
    () =>
      _.filter(
        observations,
        (r) => r.status === "actual" && r.start <= "2015-12-31" && r.end >= "2012-01-01",
      ),
  ],
  filterEvents: [
    () => filterEvents(someEvents, { sector: "device-manufacturing" }),
    () => _.filter(someEvents, (e) => _.includes(e.sectors, "device-manufacturing")),
  ],
};
const beside = [];
for (const [name, [ours, theirs]] of Object.entries(sameThing)) {
  // In turn, so that both see the same machine.
  const times = [[], []];
  for (let round = 0; round < 70; round++)
    for (const [n, run] of [ours, theirs].entries()) {
      const start = performance.now();
      run();
      if (round >= 20) times[n].push(performance.now() - start);
    }
  const [a, b] = times.map(median);
  beside.push([name, ms(a), ms(b), (a / b).toFixed(1)]);
}
table(
  "1,000 records of one's own: each helper beside lodash for the same thing, without check and guard",
  ["", "helper", "lodash", "times"],
  beside,
);

// Ten times the rows should take about ten times as long: every helper is O(n log n) at most.
const SIZES = [20_000, 200_000];
const rowsOf = new Map(SIZES.map((n) => [n, makeRows(n)]));
const eventsOf = new Map(
  SIZES.map((n) => [
    n,
    Array.from({ length: n }, (_, i) => ({
      ...events[i % events.length],
      id: `event-${i}`,
      partOf: undefined,
    })),
  ]),
);
for (const list of eventsOf.values()) for (const event of list) delete event.partOf;
const helpers = {
  aggregate: (n) => aggregate(rowsOf.get(n), { by: ["sector", "year"], over: ["time", "subject"] }),
  aggregateBySector: (n) => aggregateBySector(rowsOf.get(n)),
  toSeries: (n) => toSeries(rowsOf.get(n)),
  filterObservations: (n) =>
    filterObservations(rowsOf.get(n), { status: "actual", from: "2012", to: "2015" }),
  "promises, of quantities": (n) => promises({ events: [], observations: rowsOf.get(n) }),
  "conflicts, of values": (n) => conflicts({ events: [], observations: rowsOf.get(n) }),
  timeline: (n) => timeline(eventsOf.get(n)),
  countEvents: (n) => countEvents(eventsOf.get(n), { by: ["organisation", "year"] }),
  filterEvents: (n) => filterEvents(eventsOf.get(n), { place: "pakistan" }),
  network: (n) => network(eventsOf.get(n)),
};
const growth = [];
for (const [name, run] of Object.entries(helpers)) {
  const [few, many] = [await time(() => run(SIZES[0])), await time(() => run(SIZES[1]))];
  growth.push([name, ms(few), ms(many), (many / few).toFixed(1)]);
}
table("Ten times the records", ["", "20,000", "200,000", "times"], growth);

const memory = (code) =>
  Number(
    execFileSync(process.execPath, ["--expose-gc", "--input-type=module", "-e", code], {
      cwd: here,
      encoding: "utf8",
    }),
  );
const grown = [100_000, 1_000_000].map((n) =>
  memory(`import { aggregate } from "../../dist/index.js"; import { makeRows } from "./rows.mjs";
    const rows = makeRows(${n}); gc(); const before = process.memoryUsage().heapUsed;
    globalThis.kept = aggregate(rows, { by: "sector", over: ["time", "subject"] });
    console.log(Math.round((process.memoryUsage().heapUsed - before) / 1024));`),
);
table(
  "Memory of the same, not collected",
  ["rows", "KiB", "times"],
  [
    ["100,000", grown[0], "1.0"],
    ["1,000,000", grown[1], (grown[1] / grown[0]).toFixed(1)],
  ],
);

const statistics = peer("simple-statistics");
const { TheilSenRegression } = await import(peer.resolve("ml-regression-theil-sen"));
const trends = [];
for (const n of [10, 1_000, 20_000]) {
  const points = Array.from({ length: n }, (_, x) => ({ x, y: x / 3 + ((x * 7919) % 101) }));
  const pairs = points.map((p) => [p.x, p.y]);
  const ours = await time(() => computeTrend(points));
  trends.push([
    `${n.toLocaleString("en")} points: computeTrend (least squares, Theil-Sen, Mann-Kendall)`,
    ms(ours),
    "1.00",
  ]);
  const line = await time(() => statistics.linearRegression(pairs));
  trends.push(["simple-statistics linearRegression", ms(line), (line / ours).toFixed(2)]);
  if (n <= 1_000) {
    const robust = await time(
      () =>
        new TheilSenRegression(
          points.map((p) => p.x),
          points.map((p) => p.y),
        ),
    );
    trends.push(["ml-regression-theil-sen", ms(robust), (robust / ours).toFixed(2)]);
  } else trends.push(["ml-regression-theil-sen", "not run: it lists n²/2 slopes", ""]);
}
table("Trends", ["", "median", "beside computeTrend"], trends);

async function bundled(code, resolveDir) {
  const out = await build({
    stdin: { contents: code, resolveDir },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import"],
    external: ["node:*", "fs", "path", "url"],
    logLevel: "silent",
  });
  return gzipSync(out.outputFiles[0].contents, { level: 9 }).length;
}
const kb = (n) => `${(n / 1000).toFixed(1)} kB`;
const eventRecords = JSON.parse(readFileSync(join(root, "data/events.json"), "utf8"));
const plainSize = gzipSync(JSON.stringify(eventRecords), { level: 9 }).length;
const ourSize = await bundled('import { events } from "cpec-it-data"; globalThis.kept = events;', root);
const sizes = [
  [
    "cpec-it-data `events`",
    eventRecords.length,
    kb(ourSize),
    `${(ourSize / plainSize).toFixed(3)} of its JSON`,
  ],
];
const PEERS = [
  [
    "countries-list `countries`",
    'import { countries } from "countries-list"; globalThis.kept = countries;',
    () => Object.keys(peer("countries-list").countries).length,
  ],
  [
    "world-countries",
    'import countries from "world-countries"; globalThis.kept = countries;',
    () => peer("world-countries").length,
  ],
  [
    "date-holidays",
    'import H from "date-holidays"; globalThis.kept = H;',
    () => Object.keys(new (peer("date-holidays").default ?? peer("date-holidays"))().getCountries()).length,
  ],
  [
    "web-features data.json",
    'import data from "web-features/data.json"; globalThis.kept = data;',
    () => Object.keys(peer("web-features/data.json").features).length,
  ],
];
for (const [name, code, count] of PEERS) {
  try {
    const size = await bundled(code, here);
    const records = count();
    sizes.push([name, records, kb(size), `${Math.round(size / records)} bytes a record`]);
  } catch (error) {
    sizes.push([
      name,
      "",
      "",
      `not bundled: ${String(error.message ?? error)
        .split("\n")[0]
        .slice(0, 60)}`,
    ]);
  }
}
table("Bundles of one import, minified, gzip", ["", "records", "size", ""], sizes);

const cold = (code) => {
  const run = (c) => {
    const start = performance.now();
    execFileSync(process.execPath, ["--input-type=module", "-e", c], { cwd: here });
    return performance.now() - start;
  };
  run(code);
  return median(Array.from({ length: rounds + 4 }, () => run(code)));
};
const bare = cold("0");
const parse =
  cold(
    `import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os"; for (const f of ["events", "organisations", "metrics", "projects", "sources", "sectors", "places", "units"]) JSON.parse(readFileSync(${JSON.stringify(`${root}/data/`)} + f + ".json", "utf8"));`,
  ) - bare;
const imports = [["read and parse the same JSON", ms(parse), "1.00"]];
for (const [name, code] of [
  ["import cpec-it-data", 'import "../../dist/index.js";'],
  ["import countries-list", 'import "countries-list";'],
  [
    "import world-countries",
    'import { createRequire } from "node:module"; createRequire(import.meta.url)("world-countries");',
  ],
  ["import date-holidays", 'import "date-holidays";'],
  ["import web-features", 'import "web-features";'],
  ["import vega-datasets", 'import "vega-datasets";'],
]) {
  const t = cold(code) - bare;
  imports.push([name, ms(t), (t / parse).toFixed(2)]);
}
table("Cold import, whole process less a bare start", ["", "median", "beside reading the JSON"], imports);

const project = mkdtempSync(join(tmpdir(), "cpec-it-data-types-"));
mkdirSync(join(project, "node_modules"));
symlinkSync(root, join(project, "node_modules/cpec-it-data"));
const typecheck = (code) => {
  writeFileSync(join(project, "use.mts"), code);
  const start = performance.now();
  execFileSync(
    process.execPath,
    [
      join(root, "node_modules/typescript/bin/tsc"),
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "--module",
      "nodenext",
      "--target",
      "es2022",
      "use.mts",
    ],
    { cwd: project },
  );
  return performance.now() - start;
};
const use =
  'import { type EventId, events, getMetric, total } from "cpec-it-data";\nconst id: EventId | undefined = events[0]?.id;\nconsole.log(id, total(getMetric("phones-assembled").observations.slice(0, 1)).value);\n';
const [empty, consumer] = ["export {};\n", use].map((code) =>
  median(Array.from({ length: rounds }, () => typecheck(code))),
);
table(
  "Type-check of a consumer (tsc, whole process)",
  ["", "median"],
  [
    ["an empty project", ms(empty)],
    ["one that uses the library", ms(consumer)],
    ["more", ms(consumer - empty)],
  ],
);
rmSync(project, { recursive: true });
