/** How often `b` fits wholly into `a`: the floor of the quotient, as exact as the remainder is (Python's `//` on floats). */
export function floorDivide(a: number, b: number): number {
  const quotient = (a - (a % b)) / b;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}
