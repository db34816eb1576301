/** A new column of NaN. */
export const missing = (length: number): Float64Array => new Float64Array(length).fill(Number.NaN);

/** `value(a)` of every element. */
export function map(a: Float64Array, value: (a: number) => number): Float64Array {
  const column = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) column[i] = value(a[i]!);
  return column;
}

/** `value(a, b)` of elements at the same place. */
export function zip(a: Float64Array, b: Float64Array, value: (a: number, b: number) => number): Float64Array {
  const column = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) column[i] = value(a[i]!, b[i]!);
  return column;
}

/** The column `bars` places later: what its values were that long ago. NaN for the first ones. */
export function shifted(a: Float64Array, bars: number): Float64Array {
  const column = missing(a.length);
  if (bars < a.length) column.set(a.subarray(0, a.length - bars), bars);
  return column;
}

/** Each value less the one `bars` before. */
export function change(a: Float64Array, bars = 1): Float64Array {
  const column = missing(a.length);
  for (let i = bars; i < a.length; i++) column[i] = a[i]! - a[i - bars]!;
  return column;
}

/** Running sum that skips what is not a number, and is not one there. */
export function cumulated(a: Float64Array): Float64Array {
  const column = missing(a.length);
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]!)) continue;
    sum += a[i]!;
    column[i] = sum;
  }
  return column;
}
