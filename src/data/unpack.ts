/** What the modules of the large collections make their records with; `scripts/packing/pack.ts` writes them. */

const NONE: readonly never[] = /* @__PURE__ */ Object.freeze([]);

/** Items cut into frozen lists of some lengths. @internal */
export function lists(items: readonly unknown[], lengths: readonly number[]): (readonly unknown[])[] {
  let at = 0;
  return lengths.map((length) => {
    if (length === 0) return NONE;
    at += length;
    return Object.freeze(items.slice(at - length, at));
  });
}

/** Values with others in their place for some rows. @internal */
export function patched(
  values: unknown[],
  rows: readonly number[],
  others: readonly unknown[],
): readonly unknown[] {
  rows.forEach((row, i) => {
    values[row] = others[i];
  });
  return values;
}
