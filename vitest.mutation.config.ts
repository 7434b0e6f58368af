import { defineConfig } from "vitest/config";

/** The tests of the guard, the dates, the statistics and the filters: those that mutants of these files must fail. */
export default defineConfig({
  test: {
    include: ["test/{guard,guard-real,dates,statistics,filter,aggregate,trend,stated}.test.ts"],
    testTimeout: 60_000,
  },
});
