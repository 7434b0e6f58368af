/** A small dataset, as contributors write it, in a folder of its own. Tests change one thing in it. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { expect } from "vitest";
import { readDataset } from "../scripts/read/dataset.js";
import { describe as explain } from "../src/schema/problems.js";

/** Its files. */
export const BASE: Record<string, string> = {
  "sources/paper-2022-03-05.yaml": `kind: newspaper
title: A plant was opened
publisher: A paper
published: "2022-03-05"
url: https://example.org/plant
language: en
accessed: "2026-11-24"
seen: excerpt
`,
  "sources/ministry-2022-03-04.yaml": `kind: official
title: A plant was opened
publisher: A ministry
published: "2022-03-04"
language: en
accessed: "2026-11-24"
seen: excerpt
`,
  "organisations/a-maker.yaml": `name: A Maker
kind: company
country: CN
claims:
  - source: paper-2022-03-05
`,
  "projects/a-plant.yaml": `name: A plant
summary: A plant for phones.
sectors: [device-manufacturing]
places: [lahore]
scope: bilateral
claims:
  - source: paper-2022-03-05
`,
  "events/plant-opening.yaml": `title: A plant was opened in Lahore
summary: A maker opened a plant for phones.
kind: launch
status: occurred
date: { edtf: 2022-03-04, basis: resolved, text: on Friday }
sectors: [device-manufacturing]
organisations:
  - id: a-maker
    role: manufacturer
places: [lahore]
scope: bilateral
project: a-plant
claims:
  - source: paper-2022-03-05
    at: para 1
  - source: ministry-2022-03-04
`,
  "metrics/phones-made.yaml": `name: Phones made
definition: Handsets made by plants.
unit: handset
measure: flow
sector: device-manufacturing
scope: bilateral
dimensions:
  technology:
    { exclusive: true, values: { 2g: 2G handsets } }
observations:
  - during: 2021
    status: actual
    value: 24660000
    claims:
      - source: paper-2022-03-05
        stated: 24.66 million
`,
};

export const EVENT = "events/plant-opening.yaml";
export const METRIC = "metrics/phones-made.yaml";
export const SOURCE = "sources/paper-2022-03-05.yaml";
export const MAKER = "organisations/a-maker.yaml";

/** A change of one file: its whole new content, or one text of it for another. */
export type Change = string | Uint8Array | readonly [from: string, to: string];

/** Writes the dataset with some changes into a new folder below `home`, by default a temporary one. */
export function smallDataset(changes: Readonly<Record<string, Change>> = {}, home?: string): string {
  const root = home ?? mkdtempSync(join(tmpdir(), "cpec-it-data-"));
  mkdirSync(root, { recursive: true });
  for (const table of ["sectors", "places", "units"])
    cpSync(`data/${table}.yaml`, join(root, `${table}.yaml`));
  put(root, "redirects.yaml", "# What became of retired ids.\n");
  for (const [file, text] of Object.entries(BASE)) put(root, file, text);
  for (const [file, change] of Object.entries(changes)) {
    if (!Array.isArray(change)) {
      put(root, file, change as string | Uint8Array);
      continue;
    }
    const before = BASE[file] ?? "";
    expect(before, `${file} holds ${change[0]}`).toContain(change[0]);
    put(
      root,
      file,
      before.replace(change[0], () => change[1]),
    );
  }
  return root;
}

function put(root: string, file: string, text: string | Uint8Array) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** Every problem of the dataset in a folder, as `file:line:column message`. */
export const problemsIn = (root: string): string[] =>
  readDataset(root).problems.map(
    ({ problem, at }) =>
      `${relative(root, at.file)}:${at.line}:${at.column} ${problem.level}: ${explain(problem)}`,
  );

/** Every problem of the small dataset with some changes. */
export function problems(changes: Readonly<Record<string, Change>> = {}): string[] {
  const root = smallDataset(changes);
  try {
    return problemsIn(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}
