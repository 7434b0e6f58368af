import type { ClaimRule } from "../../../src/conflicts.js";

/** The rules that settle a disagreement, as the guide Method has them. */
export const RULES: Readonly<Record<ClaimRule, string>> = {
  agreed: "the claims agree",
  preferred: "a claim is ranked as preferred, and its note says why",
  "not-deprecated": "the other is a known slip",
  strength: "the stronger kind of source decides",
  origins: "more independent origins decide",
  newest: "the newest publication decides",
  first: "the first listed decides",
};
