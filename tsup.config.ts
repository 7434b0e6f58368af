import { readFileSync, writeFileSync } from "node:fs";
import { defineConfig, type Options } from "tsup";
import { billOfMaterials, bundledNames, notices } from "./scripts/bundled.js";

/** Below this size a literal is smaller, and parses as fast. */
const SMALL = 100_000;

/** Large data as text: engines parse JSON about twice as fast as the same literal, and the pure mark lets bundlers drop it. */
const jsonAsText: NonNullable<Options["esbuildPlugins"]>[number] = {
  name: "json-as-text",
  setup(build) {
    build.onLoad({ filter: /[\\/]generated[\\/]\w+\.json$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      return text.length < SMALL
        ? { contents: text, loader: "json" }
        : { contents: `export default /* @__PURE__ */ JSON.parse(${JSON.stringify(text)});`, loader: "js" };
    });
  },
};

export default defineConfig({
  entry: { index: "src/index.ts", schema: "src/schema/index.ts", export: "src/export/index.ts" },
  format: ["esm", "cjs"],
  target: "es2022",
  platform: "neutral",
  external: ["zod"],
  esbuildPlugins: [jsonAsText],
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
