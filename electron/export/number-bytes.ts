const MAX_DECIMALS = 12;
const POWERS = Array.from({ length: MAX_DECIMALS + 1 }, (_, decimals) => 10 ** decimals);
const LARGEST = 2 ** 53;
const BILLION = 1e9;
const ZERO = 0x30;
const POINT = 0x2e;
const MINUS = 0x2d;
/** Digits of a number below 2^53, its sign and its point. */
export const LONGEST_NUMBER = 32;

/**
 * Writes numbers as bytes of text: the shortest decimals that read back as the same double, for columns whose values mostly
 * have alike many. Several times as fast as String(), which is left with what is no short decimal.
 */
export class NumberWriter {
  #decimals = 0;

  /** Returns the index behind the last byte. `target` must have room for LONGEST_NUMBER bytes. */
  write(target: Uint8Array, at: number, value: number): number {
    const size = Math.abs(value);
    for (let decimals = this.#decimals; decimals <= MAX_DECIMALS; decimals++) {
      const power = POWERS[decimals]!;
      const integer = Math.round(size * power);
      if (integer >= LARGEST) break;
      if (integer / power !== size) continue;
      this.#decimals = decimals;
      return writeDecimal(target, at, value < 0, integer, decimals);
    }
    this.#decimals = 0;
    const text = String(value);
    let end = at;
    for (let index = 0; index < text.length; index++) target[end++] = text.charCodeAt(index);
    return end;
  }
}

function writeDecimal(
  target: Uint8Array,
  at: number,
  isNegative: boolean,
  integer: number,
  decimals: number,
): number {
  let end = at;
  if (isNegative) target[end++] = MINUS;
  if (decimals === 0) return writeWhole(target, end, integer);
  const power = POWERS[decimals]!;
  const whole = Math.floor(integer / power);
  end = writeWhole(target, end, whole);
  const rest = integer - whole * power;
  if (rest === 0) return end;
  target[end++] = POINT;
  end = decimals < 10 ? writeSmall(target, end, rest | 0, decimals) : writeLong(target, end, rest, decimals);
  while (target[end - 1] === ZERO) end--;
  return end;
}

/** The `decimals` digits of a number that may be too large for 32 bits. */
function writeLong(target: Uint8Array, at: number, value: number, decimals: number): number {
  const upper = Math.floor(value / BILLION);
  return writeSmall(
    target,
    writeSmall(target, at, upper | 0, decimals - 9),
    (value - upper * BILLION) | 0,
    9,
  );
}

function writeWhole(target: Uint8Array, at: number, value: number): number {
  if (value < BILLION) return writeSmall(target, at, value | 0, 1);
  const upper = Math.floor(value / BILLION);
  const end = writeSmall(target, at, upper | 0, 1);
  return writeSmall(target, end, (value - upper * BILLION) | 0, 9);
}

/** An integer below 2^31 with at least so many digits. */
export function writeSmall(target: Uint8Array, at: number, value: number, least: number): number {
  let count = least;
  for (let bound = 10 ** least; bound <= value; bound *= 10) count++;
  let rest = value;
  for (let place = at + count - 1; place >= at; place--) {
    const next = (rest / 10) | 0;
    target[place] = ZERO + rest - next * 10;
    rest = next;
  }
  return at + count;
}
