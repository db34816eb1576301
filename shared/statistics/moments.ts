/** Arithmetic mean; NaN without values. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Standard deviation of a sample (divided by n - 1); NaN below two values. */
export function sampleDeviation(values: ArrayLike<number>): number {
  return values.length < 2 ? Number.NaN : Math.sqrt(squares(values) / (values.length - 1));
}

/** Standard deviation of a population (divided by n); NaN without values. */
export function populationDeviation(values: ArrayLike<number>): number {
  return Math.sqrt(squares(values) / values.length);
}

/** Sum of the squared distances from the mean. */
function squares(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - mean) ** 2;
  return sum;
}
