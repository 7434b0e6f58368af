/** Statistics on points `{ x, y }`: least squares, Theil-Sen and Mann-Kendall. */

/** A point. @group Types */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A least-squares line. @group Types */
export interface LeastSquares {
  readonly slope: number;
  readonly intercept: number;
  /** Share of the variance that the line explains, 0 to 1; 1 when all values are equal. */
  readonly rSquared: number;
  /** Standard error of the slope; `null` for two points. */
  readonly slopeError: number | null;
  /** Residual standard deviation; `null` for two points. */
  readonly residualSd: number | null;
}

/**
 * Ordinary least squares, in two passes around the mean so that large offsets (years) cost no digits.
 * Checked against NIST StRD "Norris". Needs two different `x`.
 * @internal
 */
export function leastSquares(points: readonly Point[]): LeastSquares | null {
  const n = points.length;
  let meanX = 0;
  let meanY = 0;
  for (const p of points) {
    meanX += p.x;
    meanY += p.y;
  }
  meanX /= n;
  meanY /= n;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  for (const p of points) {
    const dx = p.x - meanX;
    const dy = p.y - meanY;
    sxx += dx * dx;
    sxy += dx * dy;
    syy += dy * dy;
  }
  if (n < 2 || sxx === 0) return null;
  const slope = sxy / sxx;
  let rss = 0;
  for (const p of points) rss += (p.y - meanY - slope * (p.x - meanX)) ** 2;
  const variance = n > 2 ? rss / (n - 2) : null;
  return {
    slope,
    intercept: meanY - slope * meanX,
    rSquared: syy === 0 ? 1 : 1 - rss / syy,
    slopeError: variance === null ? null : Math.sqrt(variance / sxx),
    residualSd: variance === null ? null : Math.sqrt(variance),
  };
}

const ascending = (a: number, b: number) => a - b;
/** From here on slopes are counted, not listed: listing takes n²/2 numbers. */
const LISTED = 500;

/**
 * Theil-Sen slope: the median of the slopes between all pairs with different `x` (Theil 1950, Sen 1968). Up to 500 points
 * all slopes are listed; above, the median is found by bisection, counting for each trial slope how many pairs lie below
 * it as inversions of `y - slope·x`, in O(n log n) a step.
 * @internal
 */
export function theilSen(points: readonly Point[]): number | null {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const n = sorted.length;
  if (n < 2 || (sorted[0] as Point).x === (sorted[n - 1] as Point).x) return null;
  if (n <= LISTED) {
    const slopes: number[] = [];
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++) {
        const [a, b] = [sorted[i] as Point, sorted[j] as Point];
        if (a.x !== b.x) slopes.push((b.y - a.y) / (b.x - a.x));
      }
    slopes.sort(ascending);
    const middle = slopes.length >> 1;
    return slopes.length % 2
      ? (slopes[middle] as number)
      : ((slopes[middle - 1] as number) + (slopes[middle] as number)) / 2;
  }
  let pairs = (n * (n - 1)) / 2;
  for (const t of runs(sorted.map((p) => p.x))) pairs -= (t * (t - 1)) / 2;
  const lower = kthSlope(sorted, Math.ceil(pairs / 2));
  return pairs % 2 ? lower : (lower + kthSlope(sorted, pairs / 2 + 1)) / 2;
}

/** The k-th smallest slope (from 1) of points sorted by x, then y. */
function kthSlope(sorted: readonly Point[], k: number): number {
  const atMost = (slope: number) => {
    // For x distinct, a pair has slope <= m exactly when y - m·x does not grow; equal x never count.
    const keys = sorted.map((p) => ({ x: p.x, r: p.y - slope * p.x }));
    const groups: number[][] = [];
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as { x: number; r: number };
      const previous = keys[i - 1];
      if (previous && previous.x === key.x) (groups[groups.length - 1] as number[]).push(key.r);
      else groups.push([key.r]);
    }
    // Ascending inside one x, so that these pairs are not strict descents; equal residuals across x count as "at most".
    const flat = groups.flatMap((g) => g.sort(ascending));
    return descentsAndTies(flat, groups);
  };
  let lo = Number.POSITIVE_INFINITY;
  let hi = Number.NEGATIVE_INFINITY;
  let steepest = 0;
  for (let i = 1; i < sorted.length; i++) {
    const [a, b] = [sorted[i - 1] as Point, sorted[i] as Point];
    if (a.x !== b.x) steepest = Math.max(steepest, Math.abs((b.y - a.y) / (b.x - a.x)));
  }
  const ys = sorted.map((p) => p.y);
  const yRange = ys.reduce((m, y) => Math.max(m, y), hi) - ys.reduce((m, y) => Math.min(m, y), lo);
  let gap = Number.POSITIVE_INFINITY;
  for (let i = 1; i < sorted.length; i++) {
    const d = (sorted[i] as Point).x - (sorted[i - 1] as Point).x;
    if (d > 0) gap = Math.min(gap, d);
  }
  hi = Math.max(steepest, yRange / gap);
  lo = -hi;
  for (let step = 0; step < 200 && hi - lo > 1e-15 * Math.max(Math.abs(hi), Math.abs(lo)); step++) {
    const middle = lo + (hi - lo) / 2;
    if (middle === lo || middle === hi) break;
    if (atMost(middle) >= k) hi = middle;
    else lo = middle;
  }
  return hi;
}

/** Pairs i < j in different groups with r[i] >= r[j]. */
function descentsAndTies(flat: readonly number[], groups: readonly (readonly number[])[]): number {
  let count = 0;
  const a = [...flat];
  const buffer = new Array<number>(a.length);
  // Ties inside a group would be counted as "at most" too: take them out.
  for (const g of groups) for (const t of runs(g)) count -= (t * (t - 1)) / 2;
  const sort = (from: number, to: number) => {
    if (to - from < 2) return;
    const mid = (from + to) >> 1;
    sort(from, mid);
    sort(mid, to);
    let i = from;
    let j = mid;
    let k = from;
    while (i < mid && j < to) {
      if ((a[i] as number) < (a[j] as number)) buffer[k++] = a[i++] as number;
      else {
        count += mid - i;
        buffer[k++] = a[j++] as number;
      }
    }
    while (i < mid) buffer[k++] = a[i++] as number;
    while (j < to) buffer[k++] = a[j++] as number;
    for (let x = from; x < to; x++) a[x] = buffer[x] as number;
  };
  sort(0, a.length);
  return count;
}

/** Lengths of the runs of equal neighbours. */
function runs<T>(values: readonly T[], same: (a: T, b: T) => boolean = (a, b) => a === b): number[] {
  const lengths: number[] = [];
  let from = 0;
  values.forEach((value, i) => {
    const next = values[i + 1];
    if (next !== undefined && same(value, next)) return;
    lengths.push(i + 1 - from);
    from = i + 1;
  });
  return lengths;
}

/** Result of the Mann-Kendall test. @group Types */
export interface MannKendall {
  /** Concordant less discordant pairs. */
  readonly s: number;
  /** Kendall's tau-b, -1 to 1; 0 when all values are equal. */
  readonly tau: number;
  /** Two-sided probability of an S at least as far from zero without a trend. */
  readonly p: number;
  readonly method: "exact" | "normal";
}

/** Up to this many points the distribution of S is enumerated. */
const EXACT = 10;

/**
 * Mann-Kendall test for a monotonic trend (Mann 1945, Kendall 1975). Up to ten points the null distribution of S is exact,
 * ties included, as long as only one of x and y is tied; above, S is normal with the tie-corrected variance and the
 * continuity correction of 1. S is counted in O(n log n) (Knight 1966).
 * @internal
 */
export function mannKendall(points: readonly Point[]): MannKendall | null {
  const n = points.length;
  if (n < 2) return null;
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const tiesX = runs(sorted.map((p) => p.x));
  const tiesY = runs(sorted.map((p) => p.y).sort(ascending));
  const joint = runs(sorted, (a, b) => a.x === b.x && a.y === b.y);
  const pairs = (lengths: readonly number[]) => lengths.reduce((sum, t) => sum + (t * (t - 1)) / 2, 0);
  const all = (n * (n - 1)) / 2;
  const [px, py, pxy] = [pairs(tiesX), pairs(tiesY), pairs(joint)];
  const discordant = strictDescents(sorted.map((p) => p.y));
  const s = all - px - py + pxy - 2 * discordant;
  const scale = Math.sqrt((all - px) * (all - py));
  const tau = scale === 0 ? 0 : s / scale;
  if (n <= EXACT && (px === 0 || py === 0))
    return { s, tau, p: exactP(s, n, px === 0 ? tiesY : tiesX), method: "exact" };

  const variance = varianceOfS(sorted);
  const z = variance > 0 ? Math.max(0, Math.abs(s) - 1) / Math.sqrt(variance) : 0;
  return { s, tau, p: erfc(z / Math.SQRT2), method: "normal" };
}

/** Variance of S without a trend, corrected for ties in x and y (Kendall 1975). */
function varianceOfS(sorted: readonly Point[]): number {
  const n = sorted.length;
  const tiesX = runs(sorted.map((p) => p.x));
  const tiesY = runs(sorted.map((p) => p.y).sort(ascending));
  const sum = (lengths: readonly number[], f: (t: number) => number) =>
    lengths.reduce((total, t) => total + f(t), 0);
  const v = (t: number) => t * (t - 1) * (2 * t + 5);
  const two = (t: number) => t * (t - 1);
  const three = (t: number) => t * (t - 1) * (t - 2);
  return (
    (v(n) - sum(tiesX, v) - sum(tiesY, v)) / 18 +
    (sum(tiesX, two) * sum(tiesY, two)) / (2 * n * (n - 1)) +
    (n > 2 ? (sum(tiesX, three) * sum(tiesY, three)) / (9 * n * (n - 1) * (n - 2)) : 0)
  );
}

/** Mann-Kendall with the variance corrected for serial correlation. @group Types */
export interface SerialCorrection {
  /** Correlation of the detrended ranks of each value with the one before it, -1 to 1. */
  readonly lag1: number;
  /** By how much the variance of S grows (above 1) or shrinks. */
  readonly factor: number;
  /** Two-sided probability with the corrected variance, by the normal approximation. */
  readonly p: number;
}

/** The quantile of the normal distribution for a two-sided level of 5 %. */
const NORMAL_95 = 1.959963984540054;

/**
 * The correction of Hamed and Rao (1998): values that follow the one before them carry less than n values' worth of evidence.
 * The series is detrended by its Theil-Sen slope; of the autocorrelations of the ranks only those significant at 5 % enter.
 * Assumes evenly spaced values. `null` for fewer than five points, or where the correction leaves no variance.
 * @internal
 */
export function hamedRao(points: readonly Point[]): SerialCorrection | null {
  const n = points.length;
  const slope = theilSen(points);
  const test = mannKendall(points);
  if (n < 5 || slope === null || test === null) return null;
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const ranks = ranksOf(sorted.map((p) => p.y - slope * p.x));
  const mean = (n + 1) / 2;
  const deviations = ranks.map((rank) => rank - mean);
  const total = deviations.reduce((sum, d) => sum + d * d, 0);
  if (total === 0) return null;
  const correlation = (lag: number) => {
    let sum = 0;
    for (let i = 0; i + lag < n; i++) sum += (deviations[i] as number) * (deviations[i + lag] as number);
    return sum / total;
  };
  const bound = NORMAL_95 / Math.sqrt(n);
  let sum = 0;
  for (let lag = 1; lag < n; lag++) {
    const r = correlation(lag);
    if (Math.abs(r) > bound) sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * r;
  }
  const factor = 1 + (2 / (n * (n - 1) * (n - 2))) * sum;
  const variance = varianceOfS(sorted) * factor;
  if (!(variance > 0)) return null;
  const z = Math.max(0, Math.abs(test.s) - 1) / Math.sqrt(variance);
  return { lag1: correlation(1), factor, p: erfc(z / Math.SQRT2) };
}

/** Ranks from 1, ties sharing their mean. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Array<number>(values.length);
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end < order.length && values[order[end] as number] === values[order[i] as number]) end++;
    for (let k = i; k < end; k++) ranks[order[k] as number] = (i + end + 1) / 2;
    i = end;
  }
  return ranks;
}

/** Pairs i < j with a[i] > a[j], by merging. */
function strictDescents(values: readonly number[]): number {
  let count = 0;
  const sort = (list: readonly number[]): number[] => {
    if (list.length < 2) return [...list];
    const mid = list.length >> 1;
    const left = sort(list.slice(0, mid));
    const right = sort(list.slice(mid));
    const merged: number[] = [];
    let i = 0;
    let j = 0;
    while (i < left.length || j < right.length) {
      if (j >= right.length || (i < left.length && (left[i] as number) <= (right[j] as number)))
        merged.push(left[i++] as number);
      else {
        count += left.length - i;
        merged.push(right[j++] as number);
      }
    }
    return merged;
  };
  sort(values);
  return count;
}

/**
 * Two-sided exact probability. Inversions of a multiset are distributed as the coefficients of the Gaussian multinomial
 * [n; t1, t2, …], which is built by multiplying and dividing by (1 - q^k).
 */
function exactP(s: number, n: number, ties: readonly number[]): number {
  const all = (n * (n - 1)) / 2;
  const degree = all - ties.reduce((sum, t) => sum + (t * (t - 1)) / 2, 0);
  const coefficients = new Array<number>(all + 1).fill(0);
  coefficients[0] = 1;
  const multiply = (k: number) => {
    for (let d = all; d >= k; d--)
      coefficients[d] = (coefficients[d] as number) - (coefficients[d - k] as number);
  };
  const divide = (k: number) => {
    for (let d = k; d <= all; d++)
      coefficients[d] = (coefficients[d] as number) + (coefficients[d - k] as number);
  };
  for (let k = 1; k <= n; k++) multiply(k);
  for (const t of ties) for (let k = 1; k <= t; k++) divide(k);
  let extreme = 0;
  let total = 0;
  for (let inversions = 0; inversions <= degree; inversions++) {
    const c = coefficients[inversions] as number;
    total += c;
    if (Math.abs(degree - 2 * inversions) >= Math.abs(s)) extreme += c;
  }
  return extreme / total;
}

/**
 * Complementary error function for x >= 0: Maclaurin series below 2.5, continued fraction above (Abramowitz and Stegun
 * 7.1.5 and 7.1.14). Relative error under 1e-12.
 */
function erfc(x: number): number {
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
      term *= -(x * x) / k;
      sum += term / (2 * k + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let k = 80; k >= 1; k--) fraction = k / 2 / (x + fraction);
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction));
}
