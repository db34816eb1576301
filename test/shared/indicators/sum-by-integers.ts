/** Doubles are whole multiples of 2^-400 here (nothing smaller is used), so BigInts sum them without any rounding. */
const SCALE_BITS = 400n;

/** The exact sum of a window, rounded once to the nearest double by the language's own BigInt conversion. */
export function sumByIntegers(values: Float64Array, from: number, to: number): number {
  let sum = 0n;
  for (let i = from; i < to; i++) sum += scaled(values[i]!);
  return Number(sum) / 2 ** Number(SCALE_BITS);
}

function scaled(value: number): bigint {
  let mantissa = value;
  let bits = 0n;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    bits++;
  }
  if (bits > SCALE_BITS) throw new Error(`${value} is too small for this reference`);
  return BigInt(mantissa) << (SCALE_BITS - bits);
}
