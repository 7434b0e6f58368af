import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import jsonld from "jsonld";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordPath } from "../docs/explorer/parts/paths.js";
import {
  TABLES,
  toCSV,
  toDataPackage,
  toGeoJSON,
  toJSONLD,
  toNDJSON,
  toParquet,
} from "../src/export/index.js";
import * as library from "../src/index.js";
import { database } from "./duckdb.js";
import { event, row } from "./rows.js";
import { strayProperties } from "./schema-org.js";

const { events, observations, organisations, places, units } = library;
const folder = mkdtempSync(join(tmpdir(), "cpec-it-data-formats-"));
const put = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
let db: Awaited<ReturnType<typeof database>>;
/** The CSV of each table as DuckDB reads it, once. */
beforeAll(async () => {
  db = await database();
  for (const { name } of TABLES)
    await db.run(
      `create table ${name} as from read_csv('data/${name}.csv', all_varchar = true, header = true)`,
    );
});
const columnsOf = async (table: string) =>
  (await db.rows<{ column_name: string }>(`describe ${table}`)).map((c) => c.column_name);
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

describe("tables", () => {
  it("say what each column means, and reference tables that exist", () => {
    const names = TABLES.map((t) => t.name);
    expect(new Set(names).size).toBe(names.length);
    for (const table of TABLES) {
      const columns = table.columns.map((c) => c.name);
      expect(new Set(columns).size, table.name).toBe(columns.length);
      for (const key of table.key) expect(columns).toContain(key);
      for (const { description, references, name } of table.columns) {
        expect(description, `${table.name}.${name}`).not.toBe("");
        if (references) expect(names).toContain(references);
      }
    }
  });
  it("lay out every field of a record", () => {
    const table = TABLES.find((t) => t.name === "events");
    const roots = new Set(table?.columns.map((c) => c.path[0]));
    for (const key of new Set(events.flatMap((e) => Object.keys(e)))) expect(roots).toContain(key);
  });
});

describe("CSV", () => {
  it("quotes commas, quotes and line breaks, and ends lines with CRLF (RFC 4180)", () => {
    expect(toCSV([{ a: 'say "x", y', b: "two\nlines", c: null, d: -5, e: true }])).toBe(
      'a,b,c,d,e\r\n"say ""x"", y","two\nlines",,-5,true\r\n',
    );
  });
  it("has the columns of series.csv where the formula for spreadsheets looks for them", () => {
    const [, ...pairs] = /=SUMIFS\((\w):\1, (\w):\2, "phones-assembled", (\w):\3, 2021\)/.exec(
      readFileSync("docs/recipes.md", "utf8"),
    ) ?? [""];
    const head = readFileSync("data/series.csv", "utf8").split("\r\n")[0]?.split(",") ?? [];
    expect(pairs.map((letter) => head[letter.charCodeAt(0) - 65])).toEqual(["value", "metric", "year"]);
  });
  it("writes no formula when asked, and leaves numbers alone", () => {
    for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u200b=1", "＝1", "\n+1"]) {
      const [, cell = ""] = toCSV([{ a: text }], { formulaSafe: true }).split(/^a\r\n/);
      expect(cell.replace(/^"/, "")[0], JSON.stringify(text)).toBe("'");
    }
    expect(toCSV([{ a: -1, "=b": "plain" }], { formulaSafe: true })).toBe("a,'=b\r\n-1,plain\r\n");
    expect(toCSV([{ a: "=1" }])).toBe("a\r\n=1\r\n");
  });
  it("keeps the columns of a table even without rows", () => {
    expect(toCSV([], { table: "units" })).toBe("id,name,symbol,kind,code\r\n");
  });
  it("takes results too, and refuses a table or a row that it can't write", () => {
    expect(toCSV([{ group: { year: 2021 }, value: 3 }])).toBe("group_year,value\r\n2021,3\r\n");
    expect(() => toCSV(units, { table: "unit" })).toThrow(
      /There is no table "unit"\. Expected one of events,/,
    );
    expect(() => toCSV([null as never])).toThrow(/Row 1 is not an object/);
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(() => toCSV([loop])).toThrow(/holds itself/);
  });
  it("is read by DuckDB, row by row as it was written", async () => {
    for (const table of TABLES) {
      const [count] = await db.rows<{ n: string }>(`select count(*) n from ${table.name}`);
      expect(await columnsOf(table.name)).toEqual(table.columns.map((c) => c.name));
      const parquet = await db.rows<{ n: string }>(`select count(*) n from 'data/${table.name}.parquet'`);
      expect(count, table.name).toEqual(parquet[0]);
    }
    const read = await db.rows<{ id: string; title: string; sectors: string }>(
      "select id, title, sectors from events",
    );
    expect(read).toEqual(events.map((e) => ({ id: e.id, title: e.title, sectors: e.sectors.join(";") })));
  });
});

const python = (() => {
  try {
    return execFileSync("python3", ["--version"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
})();
describe.skipIf(!python)(`Python's own readers (${python ?? "python3 is not installed: skipped"})`, () => {
  const run = (code: string, ...args: string[]) =>
    JSON.parse(execFileSync("python3", ["-c", code, ...args], { encoding: "utf8" }));
  it("read the CSV", () => {
    const code =
      "import csv,json,sys; print(json.dumps([[r['id'],r['value'],json.loads(r['claims'])[0]['source']] for r in csv.DictReader(open(sys.argv[1],encoding='utf-8',newline=''))]))";
    expect(run(code, "data/observations.csv")).toEqual(
      observations.map((o) => [o.id, o.value === null ? "" : String(o.value), o.claims[0]?.source]),
    );
    const texts = ['a "quote"', "a,comma", "a\r\nbreak", "ünï 中文", " spaces "];
    const file = put("texts.csv", toCSV(texts.map((id) => ({ id }))));
    expect(
      run(
        "import csv,json,sys; print(json.dumps([r[0] for r in csv.reader(open(sys.argv[1],encoding='utf-8',newline=''))]))",
        file,
      ),
    ).toEqual(["id", ...texts]);
  });
  it("run what the guide shows", () => {
    const [, code = ""] = /^```python\n([\s\S]*?)^```/m.exec(readFileSync("docs/formats.md", "utf8")) ?? [];
    const here = code.replace("tables/", "data/");
    expect(run(`${here}\nprint(json.dumps([len(rows), claims[0]["source"]]))`)).toEqual([
      observations.length,
      observations[0]?.claims[0]?.source,
    ]);
  });
  it("read the NDJSON and the JSON", () => {
    const code =
      "import json,sys; print(json.dumps([json.loads(l) for l in open(sys.argv[1],encoding='utf-8')]))";
    expect(run(code, "data/organisations.ndjson")).toEqual(organisations);
    expect(
      run(
        "import json,sys; print(json.dumps(len(json.load(open(sys.argv[1],encoding='utf-8')))))",
        "data/events.json",
      ),
    ).toBe(events.length);
  });
});

describe("Parquet", () => {
  it("has typed columns with nested claims, as DuckDB reads them", async () => {
    const types = await db.rows<{ column_name: string; column_type: string }>(
      "describe select * from 'data/observations.parquet'",
    );
    const typeOf = Object.fromEntries(types.map((t) => [t.column_name, t.column_type]));
    expect(typeOf.value).toBe("DOUBLE");
    expect(typeOf.start_day).toBe("DATE");
    expect(typeOf.approximate).toBe("BOOLEAN");
    expect(typeOf.dimensions).toBe("MAP(VARCHAR, VARCHAR)");
    expect(typeOf.caveats).toBe("VARCHAR[]");
    expect(typeOf.claims).toMatch(/^STRUCT\("?source"? VARCHAR, .*"?value"? DOUBLE.*\)\[\]$/);
  });
  it("gives every observation back", async () => {
    const read = await db.rows(
      "select id, subject_type, subject_id, dimensions, start_day, end_day, value, low, high, approximate, as_of, list_transform(claims, c -> c.source) sources, list_transform(claims, c -> c.stated) stated, caveats from 'data/observations.parquet'",
    );
    expect(read).toEqual(
      observations.map((o) => ({
        id: o.id,
        subject_type: o.subject.type,
        subject_id: o.subject.id,
        dimensions: Object.keys(o.dimensions)
          .sort()
          .map((key) => ({ key, value: o.dimensions[key] })),
        start_day: o.start,
        end_day: o.end,
        value: o.value,
        low: o.low,
        high: o.high,
        approximate: o.approximate,
        as_of: o.asOf ?? null,
        sources: o.claims.map((c) => c.source),
        stated: o.claims.map((c) => c.stated ?? null),
        caveats: o.caveats,
      })),
    );
  });
  it("writes a selection and rows of one's own, the same bytes for the same rows", async () => {
    const own = [
      row({ id: "a", caveats: ["one", "two"], value: 1.5 }),
      row({
        id: "b",
        dimensions: { technology: "2g" },
        value: null,
        low: 3,
        high: null,
        claims: [{ source: "s", rank: "deprecated" }],
      }),
    ];
    const file = put("own.parquet", toParquet(own, { table: "observations" }));
    expect(await db.rows(`select id, value, low, high, dimension_key, retracted from '${file}'`)).toEqual([
      { id: "a", value: 1.5, low: 1.5, high: 1.5, dimension_key: "", retracted: false },
      { id: "b", value: null, low: 3, high: null, dimension_key: "technology=2g", retracted: true },
    ]);
    expect(toParquet(own, { table: "observations" })).toEqual(toParquet(own, { table: "observations" }));
    expect(
      await db.rows(`select count(*) n from '${put("none.parquet", toParquet([], { table: "events" }))}'`),
    ).toEqual([{ n: "0" }]);
  });
  it("refuses a value of another type, naming the column", () => {
    const wrong = { ...row(), value: "12" };
    expect(() => toParquet([wrong], { table: "observations" })).toThrow(
      /Column "value" holds "12"\. Expected a number/,
    );
    expect(() => toParquet([{ id: 1 }], { table: "units" })).toThrow(/Column "id" holds 1/);
  });
});

describe("NDJSON", () => {
  it("gives each record on a line", () => {
    expect(
      toNDJSON(events)
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(events);
    expect(toNDJSON([])).toBe("");
  });
});

describe("GeoJSON", () => {
  it("invents no coordinates", () => {
    for (const file of ["events", "projects", "places"]) {
      const { features } = JSON.parse(readFileSync(`data/${file}.geojson`, "utf8"));
      expect(features.length).toBeGreaterThan(0);
      expect(features.every((f: { geometry: unknown }) => f.geometry === null)).toBe(true);
    }
  });
  it("takes coordinates of one's own, longitude first", () => {
    const one = event({ places: ["here", "nowhere"] });
    const two = event({ places: ["here", "there"] });
    const coordinates = { here: [73, 33], there: [116, 39] } as const;
    const { features } = toGeoJSON([one, two], { coordinates });
    expect(features.map((f) => f.geometry)).toEqual([
      { type: "Point", coordinates: [73, 33] },
      {
        type: "MultiPoint",
        coordinates: [
          [73, 33],
          [116, 39],
        ],
      },
    ]);
    expect(features[0]?.properties.title).toBe(one.title);
    expect(() => toGeoJSON(places, { coordinates: { here: [33, 173] } })).toThrow(/longitude first/);
  });
});

describe("JSON-LD", () => {
  const expand = (document: unknown) =>
    jsonld.expand(document as jsonld.JsonLdDocument, {
      documentLoader: async (url) => {
        throw new Error(`A context asked for ${url}.`);
      },
    });
  it("expands without the network, every term with an address", async () => {
    const document = JSON.parse(readFileSync("data/dataset.jsonld", "utf8"));
    const nodes = await expand(document);
    expect(nodes).toHaveLength(document["@graph"].length);
    const terms = new Set<string>();
    const walk = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(walk);
      else if (typeof value === "object" && value !== null)
        for (const [key, inner] of Object.entries(value)) {
          if (!key.startsWith("@")) terms.add(key);
          walk(inner);
        }
    };
    walk(nodes);
    for (const term of terms)
      expect(term).toMatch(
        /^(https:\/\/schema\.org\/|http:\/\/www\.w3\.org\/ns\/prov#|http:\/\/purl\.org\/dc\/terms\/|http:\/\/purl\.org\/linked-data\/sdmx\/2009\/attribute#)\w+$/,
      );
    expect(terms).toContain("http://www.w3.org/ns/prov#hadPrimarySource");
  });
  it("gives each type only the properties that schema.org 30.0 allows for it", () => {
    const { "@graph": graph } = JSON.parse(readFileSync("data/dataset.jsonld", "utf8"));
    expect(strayProperties(graph)).toEqual([]);
    for (const node of graph)
      for (const key of ["startDate", "endDate", "datePublished", "observationDate"])
        if (key in node) expect(node[key], node["@id"]).toMatch(/^\d{4}(-\d\d(-\d\d)?)?$/);
  });
  it("gives records the addresses of their pages, once the site has one", () => {
    const base = "https://example.org/site/";
    const graph = toJSONLD(library, { base })["@graph"] as readonly { "@id": string; "@type": string }[];
    expect(graph[0]?.["@id"]).toBe(base);
    const ids = new Set(graph.map((node) => node["@id"]));
    expect(ids.size).toBe(graph.length);
    const kinds = [
      "event",
      "organisation",
      "project",
      "metric",
      "observation",
      "place",
      "source",
      "sector",
    ] as const;
    const pages = kinds.flatMap((kind) =>
      library[`${kind}s`].map(({ id }) => recordPath(kind, id).replace("../", base)),
    );
    expect(pages.filter((page) => !ids.has(page))).toEqual([]);
  });
  it("describes the dataset as schema.org and data search ask for it", () => {
    const [dataset] = JSON.parse(readFileSync("data/dataset.jsonld", "utf8"))["@graph"];
    expect(dataset["@type"]).toBe("Dataset");
    for (const key of [
      "name",
      "license",
      "creator",
      "url",
      "identifier",
      "version",
      "keywords",
      "distribution",
    ])
      expect(dataset[key], key).toBeTruthy();
    // The bounds of data search engines.
    expect(dataset.description.length).toBeGreaterThan(50);
    expect(dataset.description.length).toBeLessThan(5000);
    expect(dataset.temporalCoverage).toMatch(/^\d{4}\/\d{4}-\d\d-\d\d$/);
  });
  it("refers to nodes that are there", async () => {
    const graph = JSON.parse(readFileSync("data/dataset.jsonld", "utf8"))["@graph"] as { "@id": string }[];
    const ids = new Set(graph.map((node) => node["@id"]));
    expect(ids.size).toBe(graph.length);
    const lost = [...JSON.stringify(graph).matchAll(/"@id":"(pkg:[^"]+)"/g)]
      .map((m) => m[1] as string)
      .filter((id) => !ids.has(id));
    expect(lost).toEqual([]);
  });
  it("states date, value, part and quoted source of a record", async () => {
    const one = event({
      on: "2021-33",
      organisations: [{ id: "pta", role: "host" }],
      claims: [{ source: "s", locator: "para 2", saidBy: { organisation: "pta" } }],
    });
    const [, node] = toJSONLD({ events: [one] }, { base: "https://example.org/" })["@graph"];
    expect(node).toMatchObject({
      "@id": "https://example.org/event/a-meeting.html",
      startDate: "2021",
      "dct:date": "2021-01-01/2021-03-31",
      contributor: [
        { roleName: "host", contributor: { "@id": "https://example.org/organisation/pta.html" } },
      ],
      "prov:wasDerivedFrom": [
        {
          "prov:hadPrimarySource": { "@id": "https://example.org/source/s.html" },
          "prov:atLocation": "para 2",
          "prov:wasAttributedTo": { "@id": "https://example.org/organisation/pta.html" },
        },
      ],
    });
  });
});

describe("Croissant", () => {
  const document = JSON.parse(readFileSync("data/croissant.json", "utf8"));
  it("expands without the network, every term with an address", async () => {
    const [node] = (await jsonld.expand(document, {
      documentLoader: async (url) => {
        throw new Error(`A context asked for ${url}.`);
      },
    })) as Record<string, unknown>[];
    const terms =
      /^(https:\/\/schema\.org\/|http:\/\/mlcommons\.org\/croissant\/|http:\/\/purl\.org\/dc\/terms\/)\w+$/;
    for (const term of Object.keys(node ?? {}).filter((k) => !k.startsWith("@"))) expect(term).toMatch(terms);
  });
  it("has what the specification requires, for the files as they are", async () => {
    for (const key of ["conformsTo", "description", "license", "name", "url", "creator", "datePublished"])
      expect(document[key], key).toBeTruthy();
    const ids = new Set<string>();
    for (const file of document.distribution) {
      ids.add(file["@id"]);
      const content = readFileSync(join("data", file.contentUrl));
      expect(file.sha256).toBe(createHash("sha256").update(content).digest("hex"));
      expect(file.contentSize).toBe(`${content.length} B`);
    }
    expect(ids.size).toBe(TABLES.length);
    const fields = new Set<string>(
      document.recordSet.flatMap((set: { field: { "@id": string }[] }) => set.field.map((f) => f["@id"])),
    );
    for (const set of document.recordSet) {
      expect(set.field.map((f: { name: string }) => f.name)).toEqual(await columnsOf(set.name));
      for (const key of set.key) expect(fields).toContain(key["@id"]);
      for (const { source, references } of set.field) {
        expect(ids).toContain(source.fileObject["@id"]);
        if (references) expect(fields).toContain(references.field["@id"]);
      }
    }
  });
  // What mlcroissant 1.1.0 wants: it joins what is referenced, and loads nothing that is joined twice or with itself.
  it("refers only to other record sets that refer to none", () => {
    type RecordSet = { name: string; field: { references?: { field: { "@id": string } } }[] };
    const targets = new Map(
      document.recordSet.map(({ name, field }: RecordSet) => [
        name,
        field.flatMap(({ references }) => references?.field["@id"].split("/")[0] ?? []),
      ]),
    );
    expect(targets.get("event_claims")).toContain("sources");
    for (const [name, into] of targets as Map<string, string[]>)
      for (const target of into) {
        expect(target).not.toBe(name);
        expect(targets.get(target), `${name} -> ${target}`).toEqual([]);
      }
  });
  it("has every term of the specification's context", () => {
    const terms =
      "@language @vocab sc cr rai dct citeAs column conformsTo data dataType examples extract field fileProperty fileObject fileSet format includes isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated replace separator source subField transform";
    for (const term of terms.split(" ")) expect(document["@context"], term).toHaveProperty([term]);
  });
});

describe("Data Package", () => {
  const descriptor = JSON.parse(readFileSync("data/datapackage.json", "utf8")) as ReturnType<
    typeof toDataPackage
  >;
  it("passes the official profile of version 2", () => {
    const ajv = new Ajv({ strict: false, logger: false });
    addFormats.default(ajv);
    const validate = ajv.compile(
      JSON.parse(readFileSync("test/fixtures/datapackage/datapackage-2.0.json", "utf8")),
    );
    expect(validate(descriptor), ajv.errorsText(validate.errors)).toBe(true);
    expect(validate({ ...descriptor, resources: [] })).toBe(false);
    expect(validate({ ...descriptor, resources: [{ name: "x" }] })).toBe(false);
  });
  it("gives the size and the hash of each file", () => {
    for (const { path, bytes, hash } of descriptor.resources) {
      const content = readFileSync(`data/${path}`);
      expect(bytes).toBe(content.length);
      expect(hash).toBe(`sha256:${createHash("sha256").update(content).digest("hex")}`);
    }
  });
  it("has primary keys that are unique and foreign keys that resolve, as DuckDB sees the files", async () => {
    const broken: string[] = [];
    for (const { name, schema } of descriptor.resources) {
      const key = schema.primaryKey.map((k) => `"${k}"`).join(",");
      const twice = await db.rows(`select ${key} from ${name} group by all having count(*) > 1`);
      if (twice.length > 0) broken.push(`${name} has ${JSON.stringify(twice[0])} twice`);
      for (const { fields, reference } of schema.foreignKeys ?? []) {
        const lost = await db.rows(
          `select distinct "${fields[0]}" id from ${name} where "${fields[0]}" is not null and "${fields[0]}" not in (select id from ${reference.resource ?? name})`,
        );
        if (lost.length > 0) broken.push(`${name}.${fields[0]}: ${JSON.stringify(lost)}`);
      }
    }
    expect(broken).toEqual([]);
  });
  it("has every closed value of a field in its enum, and nothing missing that is required", async () => {
    for (const { name: table, schema } of descriptor.resources)
      for (const { name, constraints } of schema.fields) {
        if (!constraints) continue;
        const values = await db.rows<{ v: string | null }>(`select distinct "${name}" v from ${table}`);
        const found = values.map((r) => r.v);
        if (constraints.required) expect(found, `${table} ${name}`).not.toContain(null);
        if (constraints.enum)
          expect(
            found.filter((v) => v !== null && !constraints.enum?.includes(v)),
            `${table} ${name}`,
          ).toEqual([]);
      }
  });
  it("leaves out keys into tables that are left out", () => {
    const [one] = toDataPackage({ tables: ["event_sectors"] }).resources;
    expect(one?.schema.foreignKeys).toBeUndefined();
  });
});

describe("texts that mean something to somebody", () => {
  const hostile = [
    "'; DROP TABLE events; --",
    '" or 1=1 --',
    '=HYPERLINK("http://example.org")',
    "<script>alert(1)</script>",
    "| a | b |\n|---|",
    "a,b;c\r\nd",
    "\\",
    "$(x)`y`",
  ];
  it("stay texts in CSV, Parquet, NDJSON and JSON-LD, and in SQL over them", async () => {
    const rows = hostile.map((id) => row({ id, caveats: [id], dimensions: { [id]: id } }));
    const files = [
      `read_csv('${put("hostile.csv", toCSV(rows, { table: "observations" }))}', all_varchar = true, header = true)`,
      `'${put("hostile.parquet", toParquet(rows, { table: "observations" }))}'`,
      `read_json('${put("hostile.ndjson", toNDJSON(rows))}', format = 'newline_delimited')`,
    ];
    for (const file of files) {
      const read = await db.rows<{ id: string }>(`select id from ${file}`);
      expect(read.map((r) => r.id)).toEqual(hostile);
    }
    const nodes = toJSONLD({ observations: rows })["@graph"].slice(1);
    expect(nodes.map((n) => n["@id"])).toEqual(
      hostile.map((id) => `pkg:npm/cpec-it-data#observations/${encodeURIComponent(id)}`),
    );
  });
  it("run nothing in a spreadsheet, when asked", () => {
    const csv = toCSV(
      hostile.map((id) => row({ id })),
      { table: "observations", formulaSafe: true },
    );
    expect(csv).toContain(`"'=HYPERLINK(""http://example.org"")"`);
    expect(csv).not.toMatch(/(^|,|")=/m);
  });
});

describe("the files of the package", () => {
  it("have the checksums that SHA256SUMS gives, as sha256sum reads it", () => {
    expect(() =>
      execFileSync("sha256sum", ["--check", "--quiet", "--strict", "SHA256SUMS"], { cwd: "data" }),
    ).not.toThrow();
    const listed = readFileSync("data/SHA256SUMS", "utf8")
      .trimEnd()
      .split("\n")
      .map((l) => l.split("  ")[1]);
    expect(listed).toEqual(
      readdirSync("data")
        .filter((f) => /\.\w+$/.test(f) && !f.endsWith(".yaml"))
        .sort(),
    );
  });
});

describe("the research crate of a release", () => {
  const graph = JSON.parse(readFileSync("data/ro-crate-metadata.json", "utf8"))["@graph"] as {
    "@id": string;
    "@type": string;
    [key: string]: unknown;
  }[];
  const node = (id: string) => graph.find((n) => n["@id"] === id);
  it("has the descriptor and the root that RO-Crate 1.2 requires", () => {
    expect(node("ro-crate-metadata.json")).toMatchObject({
      "@type": "CreativeWork",
      about: { "@id": "./" },
      conformsTo: { "@id": "https://w3id.org/ro/crate/1.2" },
    });
    const root = node("./") as (typeof graph)[number];
    expect(root).toMatchObject({ "@type": "Dataset", name: library.dataset.title });
    expect(root.datePublished).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    for (const linked of ["license", "author"] as const)
      expect(node((root[linked] as { "@id": string })["@id"])).toBeDefined();
  });
  it("lists every file of the release with its size and media type", () => {
    const parts = ((node("./") as (typeof graph)[number]).hasPart as { "@id": string }[]).map(
      (part) => part["@id"],
    );
    const built = readdirSync("data").filter((f) => /\.\w+$/.test(f) && !f.endsWith(".yaml"));
    expect(parts).toEqual(built.filter((f) => f !== "ro-crate-metadata.json").sort());
    for (const part of parts) {
      expect(node(part)).toMatchObject({
        "@type": "File",
        contentSize: String(statSync(`data/${part}`).size),
        encodingFormat: expect.stringContaining("/"),
      });
    }
  });
});

describe("the files of a release", () => {
  const FLAT = /\.(json|csv|ndjson|parquet|geojson|jsonld)$/;
  const built = readdirSync("data").filter((f) => FLAT.test(f));
  /** Each row of the table of formats: the files that it names, and whether the package holds them. */
  const rows = readFileSync("docs/formats.md", "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, , files = "", where = ""] = line.split("|");
      const named = [...files.matchAll(/`([^`]+)`/g)].map((m) => m[1] as string);
      return /^ (yes|no|only .*|all but .*) $/.test(where) && named.length > 0 ? [{ named, where }] : [];
    });
  const tables = TABLES.map((t) => t.name).filter((name) => name !== "series");
  const collections = TABLES.flatMap((t) =>
    t.list === undefined && !["containment", "series"].includes(t.name) ? [t.name] : [],
  );
  const filesOf = (named: readonly string[]) =>
    named.flatMap((name) =>
      name.startsWith("<table>")
        ? [...(name.endsWith(".parquet") ? ["series"] : []), ...tables].map((t) => name.replace("<table>", t))
        : name.startsWith("<collection>")
          ? collections.map((c) => name.replace("<collection>", c))
          : [name],
    );
  it("are all that the guide names, and no other", () => {
    expect(rows.flatMap(({ named }) => filesOf(named)).sort()).toEqual([...built, "SHA256SUMS"].sort());
  });
  it("are in the package where the guide says so", () => {
    const { files } = JSON.parse(readFileSync("package.json", "utf8")) as { files: string[] };
    const packed = [...built, "SHA256SUMS"].filter((file) =>
      files.some(
        (f) =>
          (f === `data/${file}` || (f === "data/*.json" && file.endsWith(".json"))) &&
          !files.includes(`!data/${file}`),
      ),
    );
    const said = rows.flatMap(({ named, where }) => {
      const listed = [...where.matchAll(/`([^`]+)`/g)].map((m) => m[1]);
      if (where.trim().startsWith("only") || where.trim() === "no") return listed;
      return filesOf(named).filter((file) => !listed.includes(file));
    });
    expect(packed.sort()).toEqual(said.sort());
  });
  it("are all uploaded by one command, to the tag of the version", () => {
    const gh = put("gh", '#!/bin/sh\nprintf "%s\\n" "$@" > "$ASKED"\n');
    chmodSync(gh, 0o755);
    const asked = join(folder, "asked");
    const env = { ...process.env, ASKED: asked, PATH: `${folder}:${process.env.PATH}` };
    execFileSync("npm", ["run", "--silent", "release:assets"], { env, stdio: "pipe" });
    const [what, how, tag, clobber, ...files] = readFileSync(asked, "utf8").trim().split("\n");
    expect([what, how, tag, clobber]).toEqual([
      "release",
      "upload",
      `v${library.dataset.version}`,
      "--clobber",
    ]);
    expect(files.sort()).toEqual([...built, "SHA256SUMS"].sort());
  });
});
