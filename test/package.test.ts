import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "cpec-it-data-test-"));
let files: string[] = [];
beforeAll(() => {
  const out = execFileSync(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--loglevel=error", "--pack-destination", folder],
    { encoding: "utf8" },
  );
  const [pack] = JSON.parse(out) as [{ filename: string; files: { path: string }[] }];
  files = pack.files.map((f) => f.path);
  // As an installed package: unpacked under node_modules of an empty folder.
  execFileSync("mkdir", ["-p", join(folder, "node_modules/cpec-it-data")]);
  execFileSync("tar", [
    "xzf",
    join(folder, pack.filename),
    "-C",
    join(folder, "node_modules/cpec-it-data"),
    "--strip-components=1",
  ]);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A consumer's bundle of one statement, minified. */
async function bundle(code: string): Promise<string> {
  const result = await build({
    stdin: { contents: code, resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    logLevel: "silent",
  });
  return result.outputFiles[0]?.text ?? "";
}
const gzip = (text: string | Buffer) => gzipSync(text, { level: 9 }).length;
const node = (args: string[]) =>
  execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" }).trim();
/** Names of helpers that only a helper's code contains. */
const HELPER_MARKS = ["MIXED_STATUS", "Different metrics never add", "Theil", "leftOut"];

describe("the package", () => {
  it("holds the build, the data, the schemas and the licences, and nothing else", () => {
    for (const file of [
      "dist/index.js",
      "dist/index.cjs",
      "dist/index.d.ts",
      "dist/index.d.cts",
      "dist/schema.js",
      "dist/schema.cjs",
      "data/events.json",
      "data/metrics.json",
      "data/datapackage.json",
      "data/SHA256SUMS",
      "dist/export.js",
      "dist/export.cjs",
      "sql/guard.sql",
      "schema/events.schema.json",
      "LICENSE",
      "LICENSE-DATA",
      "README.md",
      "package.json",
    ])
      expect(files).toContain(file);
    expect(
      files.filter(
        (f) =>
          !/^(bin|dist|data|schema|sql)\/|^(LICENSE|LICENSE-DATA|AGENTS\.md|README\.md|CHANGELOG\.md|llms\.txt|package\.json)$/.test(
            f,
          ),
      ),
    ).toEqual([]);
    expect(files.filter((f) => f.endsWith(".yaml"))).toEqual([]);
  });

  it("has no runtime dependencies, no side effects, nothing that runs at install, and zod as an optional peer", () => {
    const manifest = JSON.parse(readFileSync(join(folder, "node_modules/cpec-it-data/package.json"), "utf8"));
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.sideEffects).toBe(false);
    expect(Object.keys(manifest.scripts).filter((s) => /^(pre|post)?install$/.test(s))).toEqual([]);
    expect(manifest.peerDependenciesMeta.zod.optional).toBe(true);
  });

  it("is the same by import and by require, without zod installed", () => {
    const print =
      "console.log(events.length, total(observations.filter((o) => o.id === 'phones-assembled:pakistan:actual:during:2021')).value)";
    const esm = node([
      "--input-type=module",
      "-e",
      `import { events, observations, total } from "cpec-it-data"; ${print}`,
    ]);
    const cjs = node([
      "--input-type=commonjs",
      "-e",
      `const { events, observations, total } = require("cpec-it-data"); ${print}`,
    ]);
    expect(esm).toMatch(/^\d+ 24660000$/);
    expect(cjs).toBe(esm);
  });

  it("gives its JSON files and schemas by name", () => {
    const require = createRequire(join(folder, "x.js"));
    expect(require("cpec-it-data/data/events.json")).toHaveLength(
      (require("cpec-it-data") as { events: unknown[] }).events.length,
    );
    expect(require("cpec-it-data/schema/events.schema.json").type).toBe("array");
    expect(require("cpec-it-data/package.json").name).toBe("cpec-it-data");
  });

  it("imports nothing of Node, so that it runs in a browser", async () => {
    const dist = join(folder, "node_modules/cpec-it-data/dist");
    for (const file of readdirSync(dist).filter((f) => /\.c?js$/.test(f)))
      expect(readFileSync(join(dist, file), "utf8")).not.toMatch(
        /["']node:|require\(["'](?:fs|path|url)["']\)/,
      );
    const all = await bundle(`import * as all from "cpec-it-data"; console.log(all)`);
    expect(all.includes('"phones-assembled"')).toBe(true);
  });

  it("names every library that it carries, with its hash in the bill of materials and its licence", () => {
    const dist = join(folder, "node_modules/cpec-it-data/dist");
    const bill = JSON.parse(readFileSync(join(dist, "sbom.cdx.json"), "utf8")) as {
      components: { name: string; hashes: { content: string }[] }[];
    };
    const code = readdirSync(dist)
      .filter((f) => f.endsWith(".js"))
      .map((f) => readFileSync(join(dist, f), "utf8"))
      .join("\n");
    const carried = new Set([...code.matchAll(/node_modules\/((?:@[^/]+\/)?[^/"]+)\//g)].map((m) => m[1]));
    expect(bill.components.map((c) => c.name)).toEqual([...carried].sort());
    expect(carried.size).toBeGreaterThan(2);
    const licences = readFileSync(join(dist, "bundled-licences.txt"), "utf8");
    for (const { name, hashes } of bill.components) {
      expect(hashes[0]?.content).toMatch(/^[0-9a-f]{128}$/);
      expect(licences).toMatch(new RegExp(`^${name}\n\n.*(MIT|ISC|Copyright|License)`, "m"));
    }
  });

  it("leaves zod to the schema entry, and imports it there instead of bundling it", () => {
    const dist = join(folder, "node_modules/cpec-it-data/dist");
    expect(readFileSync(join(dist, "schema.js"), "utf8")).toMatch(/from ?["']zod["']/);
    expect(readFileSync(join(dist, "schema.cjs"), "utf8")).toContain("require('zod')");
    for (const file of readdirSync(dist).filter((f) => /^(index|chunk).*\.c?js$/.test(f)))
      expect(readFileSync(join(dist, file), "utf8").match(/["']zod["']/g)).toBeNull();
  });
});

describe("the records", () => {
  const program = `
    const { readFileSync } = await import("node:fs");
    const names = ["events", "metrics", "observations", "organisations", "places", "projects", "sectors", "sources", "units"];
    const plain = (value) => {
      if (typeof value !== "object" || value === null) return true;
      const made = Object.getPrototypeOf(value);
      if (!Object.isFrozen(value) || (made !== Object.prototype && made !== Array.prototype)) return false;
      return Reflect.ownKeys(value).every((key) => {
        const { get, value: inner } = Object.getOwnPropertyDescriptor(value, key);
        return get === undefined && (key === "length" || plain(inner));
      });
    };
    const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
    console.log(JSON.stringify(names.filter((name) => {
      const file = JSON.parse(readFileSync(${JSON.stringify(`${process.cwd()}/data/`)} + name + ".json", "utf8"));
      return !(same(library[name], file) && plain(library[name]));
    })));`;
  it("are plain and frozen to the last, and equal those of the JSON files to the order of their keys", () => {
    expect(node(["--input-type=module", "-e", `import * as library from "cpec-it-data";${program}`])).toBe(
      "[]",
    );
    expect(
      node([
        "--input-type=module",
        "-e",
        `import { createRequire } from "node:module"; const library = createRequire(process.cwd() + "/x.js")("cpec-it-data");${program}`,
      ]),
    ).toBe("[]");
  });
  it("of observations are those of the metrics, once", () => {
    expect(
      node([
        "--input-type=module",
        "-e",
        `import { metrics, observations } from "cpec-it-data";
         const flat = metrics.flatMap((m) => m.observations);
         console.log(flat.length === observations.length && flat.every((o, i) => o === observations[i]));`,
      ]),
    ).toBe("true");
  });
});

describe("a bundle of one collection", () => {
  it.each([
    "events",
    "observations",
    "organisations",
    "metrics",
    "projects",
    "sources",
    "sectors",
    "places",
    "units",
  ])("%s holds neither zod nor a helper, nor what it doesn't need", async (name) => {
    const code = await bundle(`import { ${name} } from "cpec-it-data"; globalThis.kept = ${name};`);
    expect([...HELPER_MARKS, "_zod", "Uint32Array"].filter((mark) => code.includes(mark))).toEqual([]);
    const json = JSON.stringify(JSON.parse(readFileSync(`data/${name}.json`, "utf8")));
    // The reader of the columns is some 1,300 bytes, and the code that freezes some 350; `scripts/weights.mjs` has the goals of each.
    expect(gzip(code)).toBeLessThanOrEqual(Math.max(gzip(json) * 0.95, gzip(json) + 1_300));
  });
  it("computeTrend comes without the data", async () => {
    const code = await bundle(`import { computeTrend } from "cpec-it-data"; globalThis.kept = computeTrend;`);
    expect(code.length).toBeLessThan(20_000);
  });
});
