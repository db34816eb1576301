/**
 * Where `a` crosses `b`: +1 on the bar in which a is above b after having been below, -1 the other way, else 0. The last
 * side that was not equality is remembered, so touching is no cross, and crossing by way of equality is one. NaN up to
 * and including the first bar on which both are numbers, and wherever one of them is not.
 * Minimum period: that of the longer of the two, plus one.
 */
export function crossOver(a: Float64Array, b: Float64Array): Float64Array {
  const crosses = new Float64Array(a.length);
  // The side is a small integer, not the difference itself: a double carried through a loop this long is boxed per bar.
  let remembered = 0;
  let isFirst = true;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i]! - b[i]!;
    const side = difference > 0 ? 1 : difference < 0 ? -1 : 0;
    if (side === 0 && difference !== 0) {
      crosses[i] = Number.NaN;
      continue;
    }
    crosses[i] = isFirst ? Number.NaN : side !== 0 && side + remembered === 0 ? side : 0;
    if (side !== 0) remembered = side;
    isFirst = false;
  }
  return crosses;
}
