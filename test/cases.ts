/** How many cases a property gets: a hundred in an ordinary run, a thousand in `.ci/run`, a few for each mutant. */
export const CASES = Number(process.env.CASES ?? 100);

/** The same cases in every run: a test that fails once in thousands of runs would fail for somebody else. */
export const RUNS = { numRuns: CASES, seed: 20_261_124 };
