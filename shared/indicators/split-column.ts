/**
 * A constant C such that every window of `period` values can be summed exactly in two plain running sums: with
 * hi = (x + C) - C and lo = x - hi, hi is a multiple of a power of two u and |lo| <= u / 2. As long as the exponents of
 * the column's values span no more than about 54 - 2 log2(period) bits, no sum of `period` (or fewer) hi or lo leaves
 * the 53 bits of a double, so adding and removing values rounds nothing, and (sum of hi) + (sum of lo) is the exact sum
 * rounded once. Null where the span is wider: then only exactSum is exact.
 */
export function splittingConstant(values: Float64Array, period: number): number | null {
  const { largest, smallest } = extentOf(values);
  if (largest === 0) return 0;
  const top = exponentOf(largest);
  const bottom = exponentOf(smallest);
  // At least 1: sums are moved on by the difference of two parts, which takes a bit more than a part.
  const periodBits = Math.max(1, Math.ceil(Math.log2(period)));
  // u = 2^unit. The sum of hi stays below 2^(top + 1 + periodBits), so unit >= top + periodBits - 52; x + C must stay
  // in C's binade, so unit >= top - 50; the sum of lo counts in steps of 2^(bottom - 52), so unit <= bottom + 2 - periodBits.
  const unit = Math.max(top + periodBits - 52, top - 50);
  if (unit > bottom + 2 - periodBits || top > 900 || bottom < -900) return null;
  return 1.5 * 2 ** (unit + 52);
}

export interface ColumnExtent {
  /** Largest and smallest size of the column's finite values, zeros left out; 0 and Infinity without any. */
  readonly largest: number;
  readonly smallest: number;
  /** Whether every value is a finite number. */
  readonly isComplete: boolean;
}

/** Columns are never written after they were made, and several averages are taken of the same one. */
const extents = new WeakMap<Float64Array, ColumnExtent>();

export function extentOf(values: Float64Array): ColumnExtent {
  const known = extents.get(values);
  if (known !== undefined) return known;
  let largest = 0;
  let smallest = Number.POSITIVE_INFINITY;
  let finite = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (size < Number.POSITIVE_INFINITY) {
      finite++;
      if (size > largest) largest = size;
      if (size !== 0 && size < smallest) smallest = size;
    }
  }
  const extent = { largest, smallest, isComplete: finite === values.length };
  extents.set(values, extent);
  return extent;
}

/** floor(log2(x)) of a positive number, without the rounding of Math.log2. */
function exponentOf(x: number): number {
  let exponent = Math.floor(Math.log2(x));
  if (2 ** exponent > x) exponent--;
  else if (2 ** (exponent + 1) <= x) exponent++;
  return exponent;
}
