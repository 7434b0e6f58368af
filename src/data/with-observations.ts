/** Puts observations, which ship once, back into the metrics that they belong to. */
import type { Metric, Observation } from "../types.js";

/** Metrics with their observations, deeply frozen. @internal */
export function withObservations(
  heads: readonly Omit<Metric, "observations">[],
  observations: readonly Observation[],
): readonly Metric[] {
  let at = 0;
  return Object.freeze(
    heads.map((head) => {
      const from = at;
      while (observations[at]?.metric === head.id) at += 1;
      return Object.freeze({ ...head, observations: Object.freeze(observations.slice(from, at)) });
    }),
  );
}
