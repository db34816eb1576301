/**
 * On-balance volume: a running sum that begins with the first bar's volume, adds a bar's volume when it closes above the
 * bar before, takes it off when it closes below, and stays on an unchanged close. NaN at bars whose close or volume is
 * not a number; they are left out of the sum and of the comparison. Minimum period: 1.
 */
export function obv(close: Float64Array, volume: Float64Array): Float64Array {
  const sums = new Float64Array(close.length).fill(Number.NaN);
  let sum = 0;
  let before = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < close.length; i++) {
    const price = close[i]!;
    const traded = volume[i]!;
    if (price - price !== 0 || traded - traded !== 0) continue;
    if (price > before) sum += traded;
    else if (price < before) sum -= traded;
    before = price;
    sums[i] = sum;
  }
  return sums;
}
