/**
 * Sum of `values[from]` to `values[to - 1]`, rounded once: the double nearest to the exact sum, ties to even, whatever
 * the order and the magnitudes (J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic", 1997; the same result as
 * Python's `math.fsum`). NaN where a value is NaN or infinite. Costs a few dozen operations per value.
 */
export function exactSum(values: Float64Array, from: number, to: number): number {
  const partials: number[] = []; // non-overlapping, increasing in magnitude; their exact sum is the sum so far
  for (let i = from; i < to; i++) {
    let x = values[i]!;
    if (x - x !== 0) return Number.NaN;
    let kept = 0;
    for (let j = 0; j < partials.length; j++) {
      let y = partials[j]!;
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y;
      const low = y - (high - x);
      if (low !== 0) partials[kept++] = low;
      x = high;
    }
    partials.length = kept;
    partials.push(x);
  }
  return roundedOnce(partials);
}

/** Adds partials from the largest down; stops at the first inexact step and settles a tie by the partial below it. */
function roundedOnce(partials: readonly number[]): number {
  let index = partials.length - 1;
  if (index < 0) return 0;
  let high = partials[index]!;
  let low = 0;
  while (index > 0 && low === 0) {
    const x = high;
    const y = partials[--index]!;
    high = x + y;
    low = y - (high - x);
  }
  const below = index > 0 ? partials[index - 1]! : 0;
  if ((low < 0 && below < 0) || (low > 0 && below > 0)) {
    const doubled = low * 2;
    const candidate = high + doubled;
    if (doubled === candidate - high) return candidate;
  }
  return high;
}
