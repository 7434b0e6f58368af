// How the check and the normalising scale: the dataset itself, and copies of it with ids of their own, up to ten times.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readDataset } from "../read/dataset.js";

const FOLDERS = ["events", "organisations", "metrics", "projects", "sources"];
const ids = new Set(
  FOLDERS.flatMap((f) => readdirSync(join("data", f)).map((name) => name.replace(/\.yaml$/, ""))),
);

/** A record's text with every id of the dataset, name and address marked as those of the k-th copy. */
const copyOf = (text: string, k: number) =>
  text
    .replace(/(?<=[:\s[{/"'])[a-z0-9]+(?:-[a-z0-9]+)*(?=$|[\s,\]}:"'])/gm, (word) =>
      ids.has(word) ? `${word}-x${k}` : word,
    )
    .replace(
      /^((?:- )?name: )(.*)$/gm,
      (_, key, name) => `${key}${name.replace(/["']$/, "")} x${k}${/["']$/.exec(name)?.[0] ?? ""}`,
    )
    .replace(/^(url: "?[^"\s]+)/gm, `$1#x${k}`);

const seconds: string[][] = [];
for (const times of [1, 2, 5, 10]) {
  const root = mkdtempSync(join(tmpdir(), "cpec-it-data-scale-"));
  for (const table of ["sectors", "places", "units", "redirects"])
    cpSync(`data/${table}.yaml`, join(root, `${table}.yaml`));
  for (const folder of FOLDERS) {
    mkdirSync(join(root, folder));
    for (const name of readdirSync(join("data", folder))) {
      const text = readFileSync(join("data", folder, name), "utf8");
      for (let k = 0; k < times; k++)
        writeFileSync(
          join(root, folder, k === 0 ? name : name.replace(/\.yaml$/, `-x${k}.yaml`)),
          k === 0 ? text : copyOf(text, k),
        );
    }
  }
  const start = performance.now();
  const { records } = readDataset(root);
  const took = (performance.now() - start) / 1000;
  const files =
    FOLDERS.length > 0 ? [...FOLDERS].reduce((n, f) => n + readdirSync(join(root, f)).length, 0) : 0;
  const observations = records.metrics.reduce((n, m) => n + m.observations.length, 0);
  seconds.push([
    `${times} x`,
    files.toLocaleString("en"),
    observations.toLocaleString("en"),
    `${took.toFixed(2)} s`,
    `${((took / files) * 1000).toFixed(2)} ms`,
  ]);
  rmSync(root, { recursive: true });
}
console.log(
  "\n### Check: read, validate, normalise and run every rule\n\n| dataset | files | observations | took | a file |\n|---|---:|---:|---:|---:|",
);
for (const row of seconds) console.log(`| ${row.join(" | ")} |`);
