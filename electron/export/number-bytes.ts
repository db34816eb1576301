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
  let digits = integer;
  let places = decimals;
  while (places > 0 && digits % 10 === 0) {
    digits /= 10;
    places--;
  }
  let end = at;
  if (isNegative) target[end++] = MINUS;
  const power = POWERS[places]!;
  const whole = Math.floor(digits / power);
  end = writeWhole(target, end, whole);
  if (places === 0) return end;
  target[end++] = POINT;
  let rest = digits - whole * power;
  for (let place = end + places - 1; place >= end; place--) {
    const next = Math.floor(rest / 10);
    target[place] = ZERO + rest - next * 10;
    rest = next;
  }
  return end + places;
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
