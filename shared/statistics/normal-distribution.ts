const SERIES_LIMIT = 4;

/**
 * Probability that a standard normal variable is at most `x`. Power series up to 4 deviations (Marsaglia 2004), Laplace's
 * continued fraction beyond; absolute error below 1e-14.
 */
export function normalCumulative(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (Math.abs(x) > SERIES_LIMIT) {
    let fraction = 0;
    for (let n = 60; n > 0; n--) fraction = n / (Math.abs(x) + fraction);
    const tail = density / (Math.abs(x) + fraction);
    return x < 0 ? tail : 1 - tail;
  }
  let term = x;
  let sum = x;
  for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return 0.5 + density * sum;
}

/** The `x` at which `normalCumulative` is `probability`, between 0 and 1; by bisection, exact to the last bits. */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) return Number.NaN;
  let low = -39;
  let high = 39;
  for (let middle = 0; ; middle = (low + high) / 2) {
    if (normalCumulative(middle) < probability) low = middle;
    else high = middle;
    const next = (low + high) / 2;
    if (next <= low || next >= high) return high;
  }
}
