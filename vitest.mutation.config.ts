import { defineConfig } from "vitest/config";

/** The tests of the guard, the dates, the options, the statistics and the filters: those that mutants of these files must fail. */
export default defineConfig({
  test: {
    include: ["test/{laws,guard,guard-real,dates,statistics,filter,options,aggregate,trend,stated}.test.ts"],
    testTimeout: 60_000,
    // Each mutant runs the properties anew: a few cases of each are enough to tell it from the original.
    env: { CASES: "30" },
  },
});
