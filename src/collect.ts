/** Small things that every helper needs to sort and to group. */

/** Compares texts or numbers for a sort in ascending order; equals give 0, so that the order never hangs on the input. @internal */
export const ascending = <T extends string | number>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);

/** The value of a key, made on first use. @internal */
export function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
