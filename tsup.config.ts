import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", schema: "src/schema/index.ts" },
  format: ["esm", "cjs"],
  target: "es2022",
  platform: "neutral",
  external: ["zod"],
  // Both flags together give plain `exports.x = x`, whose names Node can see when ESM imports the CJS build.
  splitting: true,
  treeshake: true,
  clean: true,
  // tsup 8 injects `baseUrl`, which TypeScript 6 reports as deprecated.
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
});
