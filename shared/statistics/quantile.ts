/**
 * Quantile with linear interpolation between order statistics (Hyndman & Fan 1996, type 7: numpy's and Excel's default).
 * `sorted` ascending; `share` from 0 to 1. NaN without values.
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[below + 1] ?? low;
  return low + (place - below) * (high - low);
}

/** Middle value, or the average of the two in the middle; NaN without values. */
export function median(values: ArrayLike<number>): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}
