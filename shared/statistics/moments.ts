/** Arithmetic mean; NaN without values. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Standard deviation of a sample (divided by n - 1); NaN below two values. */
export function sampleDeviation(values: ArrayLike<number>): number {
  return values.length < 2 ? Number.NaN : Math.sqrt(powerSum(values, 2) / (values.length - 1));
}

/** Standard deviation of a population (divided by n); NaN without values. */
export function populationDeviation(values: ArrayLike<number>): number {
  return Math.sqrt(powerSum(values, 2) / values.length);
}

/** Third central moment over the cubed population deviation; 0 for symmetric values, NaN where nothing varies. */
export function skewness(values: ArrayLike<number>): number {
  return powerSum(values, 3) / values.length / populationDeviation(values) ** 3;
}

/** Fourth central moment over the squared population variance; 3 for a normal distribution, NaN where nothing varies. */
export function kurtosis(values: ArrayLike<number>): number {
  return powerSum(values, 4) / values.length / populationDeviation(values) ** 4;
}

/** Whether all values are the same, whatever rounding would make of their deviation. */
export function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}

/** Covariance of a sample (n - 1) of pairs; NaN below two. */
export function sampleCovariance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const meanA = meanOf(a);
  const meanB = meanOf(b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - meanA) * (b[i]! - meanB);
  return a.length < 2 ? Number.NaN : sum / (a.length - 1);
}

/** Sum of powers of the distances from the mean; by multiplication, which is many times as fast as `**`. */
function powerSum(values: ArrayLike<number>, power: 2 | 3 | 4): number {
  const mean = meanOf(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const distance = values[i]! - mean;
    const square = distance * distance;
    sum += power === 2 ? square : power === 3 ? square * distance : square * square;
  }
  return sum;
}
