import { defineConfig } from "vitest/config";

/** Tests of the built site in a real browser; `npm run docs` comes first. */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two browsers at once, on two cores.
    maxWorkers: 2,
  },
});
