/** Compares texts or numbers for a sort in ascending order; equals give 0, so that the order never hangs on the input. @internal */
export const ascending = <T extends string | number>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);
