// What each command does. Exit codes: 0 done, 1 refused by the library (with its code and hint), 2 not understood, 3 nothing found.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as library from "../dist/index.js";

const {
  CpecDataError,
  cite,
  computeTrend,
  dataset,
  events,
  filterObservations,
  getEvent,
  getObservation,
  getSource,
  metrics,
  observations,
  organisations,
  periodWindow,
  projects,
  promises,
  toSeries,
  total,
} = library;

/** A call that makes no sense, whatever the data. */
class Misuse extends Error {}

const many = { type: "string", multiple: true };
const one = { type: "string" };
const FILTER = {
  metric: many,
  sector: many,
  organisation: many,
  involving: many,
  place: many,
  project: many,
  event: many,
  unit: many,
  status: many,
  timing: many,
  scope: many,
  from: one,
  to: one,
  dates: one,
  dimension: many,
  totals: { type: "boolean" },
};
const OUTPUT = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } };

const COMMANDS = {
  total: {
    usage: "total --metric ID [filters] [--each latest]",
    does: "adds what may be added, or says why not",
    options: { ...FILTER, each: one },
    run: showTotal,
  },
  series: {
    usage: "series --metric ID [filters] [--trend]",
    does: "values in order of time, each comparable series apart",
    options: { ...FILTER, trend: { type: "boolean" } },
    run: showSeries,
  },
  promises: {
    usage:
      "promises [--organisation ID] [--promised-by ID] [--project ID] [--verdict broken] [--by 2022] [--made 2021] [--as-of DATE]",
    does: "what was promised, and what came of it",
    options: {
      organisation: many,
      project: many,
      sector: many,
      metric: many,
      verdict: many,
      by: one,
      made: one,
      "promised-by": many,
      "as-of": one,
    },
    run: showPromises,
  },
  find: {
    usage: "find WORDS... [--in metrics]",
    does: "ids of metrics, organisations, projects and events whose id, names or texts hold all the words; with --in also of sources, places, sectors and units",
    options: { in: many },
    run: find,
  },
  cite: {
    usage: "cite [ID...] [--style text|bibtex|csl-json]",
    does: "the sources of events, observations, organisations and projects, by id; of the dataset itself without an id",
    options: { style: one },
    run: showCitations,
  },
  write: {
    usage: "write FOLDER [--format csv,parquet,ndjson,json,geojson,jsonld]",
    does: "writes the whole dataset in other formats, byte for byte as in the files of a release",
    options: { format: many },
    run: write,
  },
};

const HELP = `cpec-it-data ${dataset.version}: ${dataset.title.replace(/^[^:]*: /, "")}
Sources up to ${dataset.newestSource}. Data CC BY 4.0, code MIT.

${Object.values(COMMANDS)
  .map(({ usage, does }) => `  cpec-it-data ${usage}\n      ${does}`)
  .join("\n")}

Filters, each of which may be given several times:
  --metric --sector --organisation --involving --place --project --event --unit --status --timing --scope
  --from 2020 --to 2021-06   inside these dates (days, months, years, fiscal years FY2021-22); a total says how many of their days it covers
  --dimension technology=4g  exactly these dimensions; --totals: no dimension at all
Output: a table, or --json. Exit codes: 0 done, 1 refused by the library, 2 not understood, 3 nothing found.

  cpec-it-data find phones
  cpec-it-data total --metric phones-assembled --timing during --totals --from 2021 --to 2021
  cpec-it-data cite phones-assembled:pakistan:actual:during:2021`;

const listed = (values) => values.flatMap((value) => value.split(",")).filter((value) => value !== "");
/** Options of a command line as the helpers take them. */
function filterOf(values) {
  const filter = {};
  for (const [name, value] of Object.entries(values)) {
    if (!(name in FILTER) || name === "dimension" || name === "totals") continue;
    filter[name] = Array.isArray(value)
      ? listed(value).length === 1
        ? listed(value)[0]
        : listed(value)
      : value;
  }
  if (values.totals && values.dimension) throw new Misuse("--totals and --dimension exclude each other.");
  if (values.totals) filter.dimensions = {};
  if (values.dimension)
    filter.dimensions = Object.fromEntries(
      listed(values.dimension).map((text) => {
        const [name, value, ...rest] = text.split("=");
        if (!name || !value || rest.length > 0)
          throw new Misuse(`--dimension ${text}: expected a name and a value, such as technology=4g.`);
        return [name, value];
      }),
    );
  return filter;
}
const chosen = (values) => {
  if (!values.metric) throw new Misuse("Name a --metric; `cpec-it-data find WORDS --in metrics` lists them.");
  return filterObservations(observations, filterOf(values));
};

const NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });
/** An interval in words. */
const amount = ({ value, low, high, approximate }) => {
  const about = approximate ? "about " : "";
  if (value !== null) return about + NUMBER.format(value);
  if (low !== null && high !== null) return `${about}${NUMBER.format(low)} to ${NUMBER.format(high)}`;
  if (low !== null) return `at least ${NUMBER.format(low)}`;
  return high === null ? "unknown" : `at most ${NUMBER.format(high)}`;
};
/** Rows under a head, in columns of equal width. */
function table(head, rows) {
  const all = [head, ...rows].map((row) => row.map((cell) => String(cell ?? "")));
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i].length)));
  return all
    .map((row) =>
      row
        .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i])))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
const facts = (pairs) => table(["", ""], pairs).split("\n").slice(1).join("\n");

/** The period from --from to --to, of which a total says how much is known; an end that was not named is that of the rows. */
function within({ from, to }, rows) {
  if (!from && !to) return {};
  const days = rows
    .flatMap(({ start, end }) => [start, end])
    .filter((day) => day !== null)
    .sort();
  const [first, last] = [
    from ? periodWindow(from).earliest : days[0],
    to ? periodWindow(to).latest : days.at(-1),
  ];
  return days.length === 0 ? {} : { within: `${first}/${last}` };
}

function showTotal(values) {
  const rows = chosen(values);
  const result = total(rows, { ...(values.each && { each: values.each }), ...within(values, rows) });
  const { metric, unit, status, timing, start, end, covers, count, confidence, caveats, leftOut, sources } =
    result;
  const why = [...new Set(leftOut.map((l) => l.reason))].join(", ");
  return {
    json: result,
    text: facts([
      [metric, `${amount(result)} ${unit}`],
      ["status", `${status}, ${timing}`],
      ["from, to", `${start ?? "open"}, ${end ?? "open"}`],
      ...(covers ? [["days covered", `${covers.days} of ${covers.of}`]] : []),
      ["rests on", `${count} observation${count === 1 ? "" : "s"}, confidence ${confidence}`],
      ["left out", leftOut.length === 0 ? "nothing" : `${leftOut.length} (${why}); --json lists them`],
      ["sources", sources.join(", ")],
      ...caveats.map((caveat) => ["caveat", caveat]),
    ]),
  };
}

function showSeries(values) {
  const rows = chosen(values);
  const series = toSeries(rows, values.dates === "possible" ? {} : within(values, rows));
  const trends = values.trend ? series.map((s) => (s.points.length > 1 ? computeTrend(s) : null)) : undefined;
  return {
    found: series.length,
    json: trends ? series.map((s, i) => ({ ...s, trend: trends[i] })) : series,
    text: series
      .map((s, i) => {
        const trend = trends?.[i];
        return [
          `${s.metric}, ${s.subject.id}${Object.entries(s.dimensions)
            .map(([k, v]) => `, ${k} ${v}`)
            .join("")}: ${s.status}, ${s.cadence.replace(/^(\d\d)\/(\d\d)$/, "months $1 to $2")}, ${s.unit}`,
          table(
            ["period", "value", "confidence", "sources"],
            s.points.map((p) => [p.period, amount(p), p.confidence, p.sources.join(", ")]),
          ),
          ...((values.from || values.to) && s.covers?.missing.length > 0
            ? [`covers ${s.covers.days} of ${s.covers.of} days; missing ${s.covers.missing.join(", ")}`]
            : []),
          ...(trend ? [`change ${NUMBER.format(trend.change)}; ${trend.caveats.join(" ")}`] : []),
        ].join("\n");
      })
      .join("\n\n"),
  };
}

function showPromises(values) {
  const options = {};
  for (const name of ["organisation", "project", "sector", "metric", "verdict"])
    if (values[name]) options[name] = listed(values[name]);
  for (const name of ["by", "made"]) if (values[name]) options[name] = values[name];
  if (values["promised-by"]) options.promisedBy = listed(values["promised-by"]);
  if (values["as-of"]) options.asOf = values["as-of"];
  const found = promises(options);
  return {
    found: found.length,
    json: found,
    text: table(
      ["verdict", "by", "promise", "sentence"],
      found.map((p) => [p.verdict, p.by?.latest ?? "no deadline", p.id, p.sentence]),
    ),
  };
}

/** Text without accents and case, for comparing. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
/** A date as people read it: EDTF has the numbers 33 to 36 for quarters. */
const dateOf = ({ edtf }) => edtf.replace(/(\d{4})-3([3-6])/g, (_, year, n) => `${year} Q${n - 2}`);
function find(values, words) {
  const wanted = words.flatMap((word) => folded(word).split(/\s+/)).filter((word) => word !== "");
  if (wanted.length === 0) throw new Misuse("Name at least one word.");
  const collections = {
    metrics: [
      metrics,
      (m) => [m.id, m.name, m.definition],
      (m) =>
        `${m.name} (${m.unit}, ${m.observations.length} observation${m.observations.length === 1 ? "" : "s"})`,
    ],
    organisations: [organisations, (o) => [o.id, o.name, ...o.names.map((n) => n.name)], (o) => o.name],
    projects: [projects, (p) => [p.id, p.name, p.summary], (p) => p.name],
    events: [events, (e) => [e.id, e.title, e.summary], (e) => `${dateOf(e.date)} ${e.status}: ${e.title}`],
    sources: [library.sources, (s) => [s.id, s.title, s.publisher], (s) => `${s.publisher}: ${s.title}`],
    places: [library.places, (p) => [p.id, p.name], (p) => p.name],
    sectors: [library.sectors, (s) => [s.id, s.name, s.definition], (s) => s.name],
    units: [library.units, (u) => [u.id, u.name, u.symbol], (u) => u.name],
  };
  const names = values.in ? listed(values.in) : ["metrics", "organisations", "projects", "events"];
  for (const name of names)
    if (!Object.hasOwn(collections, name))
      throw new Misuse(`--in ${name}: expected ${Object.keys(collections).join(", ")}.`);
  const found = names.flatMap((name) => {
    const [rows, texts, title] = collections[name];
    return rows
      .filter((row) => {
        const text = folded(texts(row).join(" "));
        return wanted.every((word) => text.includes(word));
      })
      .map((row) => ({ collection: name, id: row.id, title: title(row) }));
  });
  return {
    found: found.length,
    json: found,
    text: table(
      ["collection", "id", "title"],
      found.map((f) => [f.collection, f.id, f.title]),
    ),
  };
}

function showCitations(values, ids) {
  const { style } = values;
  const options = style ? { style } : {};
  const records = [...new Set(ids)].map((id) => {
    const record =
      getObservation(id) ??
      getEvent(id) ??
      library.getOrganisation(id) ??
      library.getProject(id) ??
      library.getMetric(id) ??
      getSource(id);
    if (!record)
      throw new CpecDataError("UNKNOWN_ID", `There is no record "${id}".`, {
        ids: [id],
        hint: "`cpec-it-data find WORDS` lists ids; a total lists those of its observations.",
      });
    return "observations" in record ? { claims: record.observations.flatMap((o) => o.claims) } : record;
  });
  const cited = (records.length === 0 ? [dataset] : records).map((record) => cite(record, options));
  return {
    json: cited.flat(),
    text: cited.map((c) => (typeof c === "string" ? c : JSON.stringify(c, null, 2))).join("\n"),
  };
}

/** The text of a file of the package. */
const shipped = (path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
/** Rows of a table that no collection holds, from its shipped CSV. */
function shippedRows(table) {
  const text = shipped(`data/${table.name}.csv`);
  const [head, ...lines] = [...text.matchAll(/((?:[^"\r\n]|"(?:[^"]|"")*")*)\r\n/g)].map(([, line]) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
      quoted === undefined ? bare : quoted.replaceAll('""', '"'),
    ),
  );
  const read = (text, type) =>
    text === ""
      ? null
      : type === "number" || type === "integer"
        ? Number(text)
        : type === "boolean"
          ? text === "true"
          : type === "list"
            ? text.split(";")
            : type === "string" || type === "date"
              ? text
              : JSON.parse(text);
  return lines.map((line) => {
    const row = {};
    head.forEach((name, i) => {
      const column = table.columns.find((c) => c.name === name);
      let at = row;
      for (const key of column.path.slice(0, -1)) at = at[key] ??= {};
      at[column.path.at(-1) ?? name] = read(line[i] ?? "", column.type);
    });
    return row;
  });
}

async function write(values, folders) {
  const formats = values.format ? listed(values.format) : ["csv"];
  const known = ["csv", "parquet", "ndjson", "json", "geojson", "jsonld"];
  for (const format of formats)
    if (!known.includes(format)) throw new Misuse(`--format ${format}: expected ${known.join(", ")}.`);
  if (folders.length !== 1) throw new Misuse("Name one folder to write into.");
  const [folder] = folders;
  const { TABLES, toCSV, toGeoJSON, toJSONLD, toNDJSON, toParquet, toTidy } = await import(
    "../dist/export.js"
  );
  const { redirects } = library;
  const collections = new Map(Object.entries(library).filter(([, value]) => Array.isArray(value)));
  const rowsOf = (table) => {
    if (table.of === "series") return toTidy(observations);
    if (table.of === "promises") return promises();
    if (table.of === "redirects")
      return Object.entries(redirects).map(([id, redirect]) => ({ id, ...redirect }));
    return collections.get(table.of) ?? shippedRows(table);
  };
  const files = new Map();
  for (const table of TABLES) {
    const rows = rowsOf(table);
    if (formats.includes("csv")) files.set(`${table.name}.csv`, toCSV(rows, { table: table.name }));
    if (formats.includes("parquet"))
      files.set(`${table.name}.parquet`, toParquet(rows, { table: table.name }));
    const isCollection = collections.has(table.of) || ["redirects", "promises"].includes(table.of);
    if (table.list !== undefined || !isCollection) continue;
    if (formats.includes("ndjson")) files.set(`${table.name}.ndjson`, toNDJSON(rows));
    if (formats.includes("json")) files.set(`${table.name}.json`, `${JSON.stringify(rows)}\n`);
  }
  if (formats.includes("geojson"))
    for (const name of ["events", "projects", "places"])
      files.set(`${name}.geojson`, `${JSON.stringify(toGeoJSON(collections.get(name)))}\n`);
  if (formats.includes("jsonld")) {
    const { homepage } = JSON.parse(shipped("package.json"));
    files.set("dataset.jsonld", `${JSON.stringify(toJSONLD(library, homepage ? { base: homepage } : {}))}\n`);
  }
  // What describes the CSV files, so that readers of Data Package and Croissant find the files that it names.
  if (formats.includes("csv"))
    for (const name of ["datapackage.json", "croissant.json"]) files.set(name, shipped(`data/${name}`));
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  return { json: [...files.keys()], text: `${files.size} files in ${folder}` };
}

/**
 * What to type instead, for who has no line of code to change: the call of a hint as a command and the options to add.
 * `aggregate` keeps apart what `series` shows apart.
 */
function insteadOf({ code, message, hint = "" }) {
  const [, collection] = /the id of one of the (\w+)/.exec(message) ?? [];
  if (code === "UNKNOWN_VALUE" && collection) return ["find", "WORDS", "--in", collection];
  const [, helper] = /This call works on the same rows: (total|aggregate)\(/.exec(hint) ?? [];
  if (!helper) return undefined;
  const options = [];
  const [, filter = ""] = /filterObservations\(rows, \{ (.*?) \}\)/.exec(hint) ?? [];
  const rest = filter.replace(/dimensions: \{(.*?)\}/, (_, pairs) => {
    const found = [...pairs.matchAll(/"?([\w-]+)"?: "([^"]*)"/g)];
    if (found.length === 0) options.push("--totals");
    for (const [, name, value] of found) options.push("--dimension", `${name}=${value}`);
    return "";
  });
  for (const [, name, value] of rest.matchAll(/(\w+): "([^"]*)"/g)) options.push(`--${name}`, value);
  if (/each: "latest"/.test(hint)) options.push("--each", "latest");
  return [helper === "total" ? "total" : "series", "...", ...options];
}
const about = (command) =>
  `cpec-it-data ${command.usage}\n  ${command.does}\nOptions: ${[...Object.keys(command.options), "json"].map((o) => `--${o}`).join(" ")}`;
const commandOf = (name) => {
  if (Object.hasOwn(COMMANDS, name)) return COMMANDS[name];
  throw new Misuse(`There is no command "${name}". Commands: ${Object.keys(COMMANDS).join(", ")}.`);
};
/** The options and words of a command line. */
function read(command, args) {
  let parsed;
  try {
    parsed = parseArgs({ args, options: { ...command.options, ...OUTPUT }, allowPositionals: true });
  } catch (problem) {
    throw new Misuse(`${problem.message.split(". To specify")[0]}.\n${about(command)}`);
  }
  for (const [name, value] of Object.entries(parsed.values))
    if (typeof value !== "boolean" && [value].flat().some((v) => listed([v]).length === 0))
      throw new Misuse(`--${name} is empty.`);
  return parsed;
}

/** Runs one command line, and gives its exit code. */
export async function run(args, { out, error }) {
  const [name, ...rest] = args;
  const json = rest.includes("--json");
  try {
    if (name === undefined || ["--help", "-h", "help"].includes(name)) {
      out(rest.length > 0 ? about(commandOf(rest[0])) : HELP);
      return name === undefined ? 2 : 0;
    }
    if (["--version", "-v"].includes(name)) {
      out(dataset.version);
      return 0;
    }
    const command = commandOf(name);
    const { values, positionals } = read(command, rest);
    if (values.help) {
      out(about(command));
      return 0;
    }
    if (positionals.length > 0 && !["find", "cite", "write"].includes(name))
      throw new Misuse(`"${positionals[0]}" was not expected.\n${about(command)}`);
    const result = await command.run(values, positionals);
    if (result.found === 0) {
      if (json) out("[]");
      else error("Nothing found.");
      return 3;
    }
    out(values.json ? JSON.stringify(result.json, null, 2) : result.text);
    return 0;
  } catch (problem) {
    const expected = problem instanceof CpecDataError || problem instanceof Misuse;
    // What the disk refuses is said as it is; anything else is a mistake of this program, and shows where.
    if (!expected && problem.syscall === undefined) throw problem;
    const { code = "USAGE", message, hint, ids } = problem;
    const instead = expected ? insteadOf(problem) : undefined;
    error(
      json
        ? JSON.stringify({ error: { code, message, hint, ids, instead } })
        : `${expected ? `${code}: ` : ""}${message}${instead ? `\nOn the command line: cpec-it-data ${instead.join(" ")}` : ""}`,
    );
    return problem instanceof Misuse ? 2 : 1;
  }
}
