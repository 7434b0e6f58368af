/** How claims that disagree are settled, and how sure an observation is: one rule, used by the build and by `conflicts`. */
import type { ClaimRecord, SourceRecord } from "./types.js";
import type { Confidence } from "./vocabulary.js";

/** The rule that settled a disagreement between claims, in the order in which they are tried. @group Types */
export type ClaimRule =
  | "agreed"
  | "preferred"
  | "not-deprecated"
  | "strength"
  | "origins"
  | "newest"
  | "first";

/** Strength of a claim: 2 speaks for itself, 1 reports, 0 is weak. */
function strength(claim: ClaimRecord, source: SourceRecord | undefined): 0 | 1 | 2 {
  if (claim.saidBy?.channel === "unattributed") return 0;
  switch (source?.kind) {
    case "official":
    case "filing":
    case "dataset":
    case "company":
      return 2;
    case undefined:
    case "forum":
    case "social":
      return 0;
    default:
      return claim.saidBy?.channel === "filing" ? 2 : 1;
  }
}

/** The claims that still stand: those that are not deprecated. @internal */
export const liveClaims = (claims: readonly ClaimRecord[]) =>
  claims.filter((claim) => claim.rank !== "deprecated");

/** Independence is counted by origin: a wire story on five sites is one. */
const originOf = (claim: ClaimRecord, source: SourceRecord | undefined) => source?.origin ?? claim.source;

/**
 * Settles what claims say. Rules, in order: a `preferred` claim decides; `deprecated` claims drop out; the strongest
 * kind of source decides (official, filing, dataset and company before press, press before forum and social); more
 * independent origins decide; the newest publication decides; the first listed decides.
 *
 * @param claims - the claims of one record.
 * @param of - what each claim says, comparable with `===`; claims for which it gives `undefined` say nothing.
 * @param sourceOf - looks up a source by id.
 * @returns what was settled and by which rule; `undefined` when no claim says anything.
 * @internal
 */
export function settle<T>(
  claims: readonly ClaimRecord[],
  of: (claim: ClaimRecord) => T | undefined,
  sourceOf: (id: string) => SourceRecord | undefined,
): { says: T; rule: ClaimRule } | undefined {
  let left = claims
    .map((claim) => ({ claim, says: of(claim), source: sourceOf(claim.source) }))
    .filter((c): c is typeof c & { says: T } => c.says !== undefined);
  const answer = (rule: ClaimRule) => {
    const first = left[0];
    return first && left.every((c) => c.says === first.says) ? { says: first.says, rule } : undefined;
  };
  if (left.length === 0) return undefined;
  const narrow = (rule: ClaimRule, keep: (c: (typeof left)[number]) => boolean) => {
    const kept = left.filter(keep);
    if (kept.length > 0) left = kept;
    return answer(rule);
  };
  const agreed = answer("agreed");
  if (agreed) return agreed;
  const decided =
    narrow("preferred", (c) => c.claim.rank === "preferred") ??
    narrow("not-deprecated", (c) => c.claim.rank !== "deprecated");
  if (decided) return decided;
  const strongest = Math.max(...left.map((c) => strength(c.claim, c.source)));
  const strong = narrow("strength", (c) => strength(c.claim, c.source) === strongest);
  if (strong) return strong;
  const support = new Map<T, Set<string>>();
  for (const c of left) {
    const origins = support.get(c.says) ?? new Set();
    support.set(c.says, origins.add(originOf(c.claim, c.source)));
  }
  const most = Math.max(...[...support.values()].map((o) => o.size));
  const backed = narrow("origins", (c) => support.get(c.says)?.size === most);
  if (backed) return backed;
  const newest = left.reduce((max, c) => {
    const published = c.source?.published ?? "";
    return published > max ? published : max;
  }, "");
  const latest = narrow("newest", (c) => (c.source?.published ?? "") === newest);
  if (latest) return latest;
  return { says: (left[0] as { says: T }).says, rule: "first" };
}

/**
 * How sure an observation is. `high`: a strong claim supports the stored value, or three independent origins do, and no
 * claim at least as strong disputes it. `low`: only weak claims support it (forum, social, nobody named), or a claim at
 * least as strong disputes it. `medium`: everything between. Deprecated claims neither support nor dispute.
 *
 * @internal
 */
export function confidenceOf(
  claims: readonly ClaimRecord[],
  disputes: (claim: ClaimRecord) => boolean,
  sourceOf: (id: string) => SourceRecord | undefined,
): Confidence {
  const live = liveClaims(claims);
  const level = (claim: ClaimRecord) => strength(claim, sourceOf(claim.source));
  const supporting = live.filter((claim) => !disputes(claim));
  const best = Math.max(-1, ...supporting.map(level));
  const against = Math.max(-1, ...live.filter(disputes).map(level));
  if (best <= 0 || (against >= best && !supporting.some((claim) => claim.rank === "preferred"))) return "low";
  const origins = new Set(
    supporting.filter((claim) => level(claim) > 0).map((claim) => originOf(claim, sourceOf(claim.source))),
  );
  return against < best && (best === 2 || origins.size >= 3) ? "high" : "medium";
}
