import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { defineConfig, type Options } from "tsup";
import ts from "typescript";
import { billOfMaterials, bundledNames, notices } from "./scripts/derive/bundled.js";
import { packed } from "./scripts/packing/pack.js";

/** Below this size a literal is smaller, and parses as fast. */
const SMALL = 10_000;

const generated = (name: string) => JSON.parse(readFileSync(`src/generated/${name}.json`, "utf8"));
/**
 * JSON as an expression. Engines parse JSON text about twice as fast as the same literal, and the pure mark lets bundlers drop
 * it. What ASCII lacks is escaped inside the JSON, so that the text takes one byte a character in memory; apostrophes too, so
 * that it stands between them: engines read a template, which esbuild would choose, half as fast.
 */
const asText = (value: unknown) => {
  const text = JSON.stringify(value).replace(
    /[^\0-\x7f]|'/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `/* @__PURE__ */ JSON.parse(${JSON.stringify(text)})`;
};

/** The large collections ship as what makes them; the code that reads JSON in their place is for tests and scripts. */
function collectionModule(name: string): string {
  const made = (rows: readonly object[]) => {
    const { leaves, body } = packed(rows);
    return `import { deepFreeze } from "../freeze.js";
import { lists, patched } from "./unpack.js";
const rows = /* @__PURE__ */ ((d) => {\n${body}\n})(${asText(leaves)});\n`;
  };
  if (name !== "metrics" && name !== "observations")
    return `${made(generated(name))}export const ${name} = rows;\n`;
  const metrics = generated("metrics") as { observations: object[] }[];
  if (name === "observations")
    return `${made(metrics.flatMap((metric) => metric.observations))}export const observations = rows;\n`;
  return `${made(metrics.map(({ observations: _, ...head }) => head))}import { observations } from "./observations.js";
import { withObservations } from "./with-observations.js";
export const metrics = /* @__PURE__ */ withObservations(rows, observations);\n`;
}
/**
 * Nothing at the top of a module has an effect beyond the constant that it makes. Bundlers don't see that where calls, spreads
 * or fields stand in it, so such a constant is made by a function that is marked as pure: what nobody uses is dropped.
 */
function withPureConstants(code: string, file: string): string {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const works = (node: ts.Node): boolean => {
    if (ts.isFunctionLike(node) || ts.isTypeNode(node)) return false;
    return (
      ts.isCallExpression(node) ||
      ts.isNewExpression(node) ||
      ts.isSpreadElement(node) ||
      ts.isSpreadAssignment(node) ||
      ts.isPropertyAccessExpression(node) ||
      ts.isTemplateExpression(node) ||
      (ts.forEachChild(node, (child) => works(child) || undefined) ?? false)
    );
  };
  let out = "";
  let done = 0;
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const))
      continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!initializer || !ts.isIdentifier(name) || !works(initializer)) continue;
      out += `${code.slice(done, initializer.getFullStart())} /* @__PURE__ */ (() => (${initializer.getText()}))()`;
      done = initializer.end;
    }
  }
  return out + code.slice(done);
}
/** Modules of the large collections, which both formats need. */
const modules = new Map<string, string>();
const remember = (path: string) => {
  const code = collectionModule(basename(path, ".ts"));
  modules.set(path, code);
  return code;
};
const packedData: NonNullable<Options["esbuildPlugins"]>[number] = {
  name: "packed-data",
  setup(build) {
    build.onLoad(
      { filter: /[\\/]src[\\/]data[\\/](events|metrics|observations|organisations|projects|sources)\.ts$/ },
      ({ path }) => ({
        contents: modules.get(path) ?? remember(path),
        loader: "js",
      }),
    );
    build.onLoad(
      {
        filter:
          /[\\/]src[\\/](?:\w[\w-]*|(?:schema|export|generated)[\\/]\w[\w-]*)\.ts$|[\\/]fastest-levenshtein[\\/]/,
      },
      ({ path }) => ({
        contents: withPureConstants(readFileSync(path, "utf8"), path),
        loader: path.endsWith(".ts") ? "ts" : "js",
      }),
    );
    build.onLoad({ filter: /[\\/]generated[\\/]\w+\.json$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      return text.length < SMALL
        ? { contents: text, loader: "json" }
        : { contents: `export default ${asText(JSON.parse(text))};`, loader: "js" };
    });
  },
};

export default defineConfig({
  entry: { index: "src/index.ts", schema: "src/schema/index.ts", export: "src/export/index.ts" },
  format: ["esm", "cjs"],
  target: "es2022",
  platform: "neutral",
  external: ["zod"],
  esbuildPlugins: [packedData],
  // The entry of hyparquet for browsers, which reads no files.
  esbuildOptions: (options) => {
    options.conditions = ["browser"];
    // Modules are named as they stand in node_modules, wherever that folder really lies.
    options.preserveSymlinks = true;
  },
  // Both flags together give plain `exports.x = x`, whose names Node can see when ESM imports the CJS build.
  splitting: true,
  treeshake: true,
  clean: true,
  onSuccess: async () => {
    const names = bundledNames("dist");
    writeFileSync("dist/bundled-licences.txt", notices(names));
    writeFileSync("dist/sbom.cdx.json", `${JSON.stringify(billOfMaterials(names), null, 2)}\n`);
  },
  // tsup 8 injects `baseUrl`, which TypeScript 6 reports as deprecated.
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
});
