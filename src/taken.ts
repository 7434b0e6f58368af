/** Places of a list that are taken one by one. */

/** The lowest bit that is set in a number. */
const lowestBit = (n: number) => n & (~n + 1);

/** Places of a list that are taken one by one, and the last one taken up to a place: a Fenwick tree. */
export class Taken {
  readonly #counts: Uint32Array;
  constructor(private readonly size: number) {
    this.#counts = new Uint32Array(size + 1);
  }
  take(place: number): void {
    for (let i = place + 1; i <= this.size; i += lowestBit(i))
      this.#counts[i] = (this.#counts[i] as number) + 1;
  }
  /** The last place taken that is not after the given one, or -1. */
  lastUpTo(place: number): number {
    let rank = 0;
    for (let i = place + 1; i > 0; i -= lowestBit(i)) rank += this.#counts[i] as number;
    if (rank === 0) return -1;
    let found = 0;
    for (let step = 1 << (31 - Math.clz32(this.size)); step > 0; step >>= 1)
      if (found + step <= this.size && (this.#counts[found + step] as number) < rank) {
        found += step;
        rank -= this.#counts[found] as number;
      }
    return found;
  }
}
