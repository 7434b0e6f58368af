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

/** Values with others in their place for some rows: these rows and their values in turn. @internal */
export function patched(values: unknown[], except: readonly unknown[]): unknown[] {
  for (let i = 0; i < except.length; i += 2) values[except[i] as number] = except[i + 1];
  return values;
}
