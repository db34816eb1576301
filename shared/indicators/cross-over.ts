/**
 * Where `a` crosses `b`: +1 on the bar in which a is above b after having been below, -1 the other way, else 0. The last
 * difference that was not zero is remembered, so touching is no cross, and crossing by way of equality is one. NaN up to
 * and including the first bar on which both are numbers, and wherever one of them is not.
 * Minimum period: that of the longer of the two, plus one.
 */
export function crossOver(a: Float64Array, b: Float64Array): Float64Array {
  const crosses = new Float64Array(a.length);
  let remembered = Number.NaN;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i]! - b[i]!;
    if (difference > 0) {
      crosses[i] = remembered < 0 ? 1 : remembered >= 0 ? 0 : Number.NaN;
      remembered = difference;
    } else if (difference < 0) {
      crosses[i] = remembered > 0 ? -1 : remembered <= 0 ? 0 : Number.NaN;
      remembered = difference;
    } else if (difference === 0) {
      // A touch: remembered as the first difference only.
      if (remembered - remembered !== 0) {
        crosses[i] = Number.NaN;
        remembered = 0;
      }
    } else crosses[i] = Number.NaN;
  }
  return crosses;
}
