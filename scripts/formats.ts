// Writes the dataset in every format of cpec-it-data/export into data/, with a Data Package and checksums. Run after data.ts.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { containersOf } from "../src/containment.js";
import {
  TABLES,
  toCroissant,
  toCSV,
  toDataPackage,
  toGeoJSON,
  toJSONLD,
  toNDJSON,
  toParquet,
  toTidy,
} from "../src/export/index.js";
import containment from "../src/generated/containment.json" with { type: "json" };
import * as library from "../src/index.js";
import { roCrate } from "./derive/ro-crate.js";

const FORMATS =
  /\.(csv|ndjson|geojson|jsonld|parquet)$|^(croissant\.json|datapackage\.json|ro-crate-metadata\.json|changes\.json|SHA256SUMS)$/;

/** Each subject with all that hold it: the closure that the guard of the helpers walks. */
const closure = Object.keys(containment)
  .sort()
  .flatMap((subject) =>
    containersOf(subject).map(({ subject: container, from, until }, n, all) => {
      const position = all.slice(0, n + 1).filter((c) => c.subject === container).length;
      const [[subject_type, subject_id], [container_type, container_id]] = [subject, container].map((key) =>
        key.split("/"),
      ) as [[string, string], [string, string]];
      return {
        subject_type,
        subject_id,
        container_type,
        container_id,
        position,
        from_date: from,
        until_date: until,
      };
    }),
  );
const { dataset, redirects, ...collections } = library;
const records: Readonly<Record<string, readonly object[]>> = {
  ...collections,
  redirects: Object.entries(redirects).map(([id, redirect]) => ({ id, ...redirect })),
  containment: closure,
  promises: library.promises(),
  series: toTidy(library.observations),
} as never;

const files = new Map<string, string | Uint8Array>();
for (const table of TABLES) {
  const rows = records[table.of] as readonly object[];
  files.set(`${table.name}.csv`, toCSV(rows, { table: table.name }));
  files.set(`${table.name}.parquet`, toParquet(rows, { table: table.name }));
  if (table.list === undefined && !["containment", "series"].includes(table.name))
    files.set(`${table.name}.ndjson`, toNDJSON(rows));
}
const { events, projects, places } = library;
for (const [name, features] of Object.entries({
  events: toGeoJSON(events),
  projects: toGeoJSON(projects),
  places: toGeoJSON(places),
}))
  files.set(`${name}.geojson`, `${JSON.stringify(features)}\n`);
// Once the site has an address, ids are the addresses of its pages.
const { homepage } = JSON.parse(readFileSync("package.json", "utf8")) as { homepage?: string };
files.set("dataset.jsonld", `${JSON.stringify(toJSONLD(library, homepage ? { base: homepage } : {}))}\n`);

files.set("promises.json", `${JSON.stringify(records.promises)}\n`);
files.set("changes.json", readFileSync("changes.json", "utf8"));

const digest = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");
const described = [...files].map(
  ([path, content]) => [path, { bytes: Buffer.byteLength(content), hash: digest(content) }] as const,
);
files.set(
  "datapackage.json",
  `${JSON.stringify(toDataPackage({ files: Object.fromEntries(described) }), null, 1)}\n`,
);
files.set("croissant.json", `${JSON.stringify(toCroissant({ files: Object.fromEntries(described) }))}\n`);

for (const file of readdirSync("data")) if (FORMATS.test(file)) rmSync(join("data", file));
for (const [file, content] of files) writeFileSync(join("data", file), content);
const inRelease = readdirSync("data").filter((file) => file.endsWith(".json") || FORMATS.test(file));
const sizes = Object.fromEntries(inRelease.map((file) => [file, statSync(join("data", file)).size]));
writeFileSync("data/ro-crate-metadata.json", `${JSON.stringify(roCrate(sizes), null, 1)}\n`);
// In the form that `sha256sum --check` reads.
writeFileSync(
  "data/SHA256SUMS",
  [...inRelease, "ro-crate-metadata.json"]
    .sort()
    .map((file) => `${digest(readFileSync(join("data", file)))}  ${file}\n`)
    .join(""),
);
console.log(`${files.size + 1} files in other formats, and their checksums`);
