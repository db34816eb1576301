import { utf8Text } from './utf8.ts';

const MINUS = 0x2d;
const DOT = 0x2e;
const COMMA = 0x2c;
const ZERO = 0x30;

/** A mantissa below 10^15 and a power of ten up to 10^22 are both exact doubles, so one division rounds correctly. */
export const EXACT_DIGITS = 15;
export const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const GROUPED = { ',': /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/, '.': /^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d*)?$/ };

/**
 * The number in a field of CSV bytes, NaN when it is none (blank, text, infinite). Correctly rounded, as `Number()`
 * would; -0 becomes 0. `decimalMark` is the byte of `.` or `,`; the other of the two may group thousands in threes.
 */
export function parseNumberField(bytes: Uint8Array, start: number, end: number, decimalMark: number): number {
  let at = start;
  const negative = bytes[at] === MINUS;
  if (negative) at++;
  let mantissa = 0;
  let digits = 0;
  let decimals = -1;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      if (mantissa > 0) digits++;
      if (decimals >= 0) decimals++;
    } else if (byte === decimalMark && decimals < 0) {
      decimals = 0;
    } else {
      return parseUnusualNumber(bytes, start, end, decimalMark);
    }
  }
  const lacksDigits = end - start - (negative ? 1 : 0) - (decimals >= 0 ? 1 : 0) < 1;
  if (lacksDigits || digits > EXACT_DIGITS || decimals > 22) {
    return parseUnusualNumber(bytes, start, end, decimalMark);
  }
  const value = decimals > 0 ? mantissa / POWERS[decimals]! : mantissa;
  return negative ? 0 - value : value;
}

/** Exponents, plus signs, thousands separators and more than 15 digits. */
function parseUnusualNumber(bytes: Uint8Array, start: number, end: number, decimalMark: number): number {
  let text = utf8Text(bytes, start, end);
  const separator = decimalMark === DOT ? ',' : '.';
  if (GROUPED[separator].test(text)) text = text.replaceAll(separator, '');
  if (decimalMark === COMMA) {
    if (text.includes('.')) return Number.NaN;
    text = text.replace(',', '.');
  }
  if (!PLAIN.test(text)) return Number.NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value + 0 : Number.NaN;
}

const ABSENT = /^(?:nan|null|none|n\/?a|-)$/i;

/** Whether a field says in words that there is no value: `NaN`, `null`, `NA`, `-`. */
export function saysAbsent(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start <= 4 && ABSENT.test(utf8Text(bytes, start, end));
}

/** Whether a field is the word `null`, which stands for a blank. */
export function saysNull(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 4 && (bytes[start]! | 0x20) === 0x6e && /^null$/i.test(utf8Text(bytes, start, end));
}

const MULTIPLES: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9 };

/** As parseNumberField; also `23.45M`, as some web pages write volumes. */
export function parseVolumeField(bytes: Uint8Array, start: number, end: number, decimalMark: number): number {
  const value = parseNumberField(bytes, start, end, decimalMark);
  if (!Number.isNaN(value) || start === end) return value;
  const multiple = MULTIPLES[String.fromCharCode(bytes[end - 1]!).toUpperCase()];
  if (multiple === undefined) return Number.NaN;
  const share = parseNumberField(bytes, start, end - 1, decimalMark);
  // 1.15M is 1,150,000: whole shares, not the product of two doubles.
  return Number.isNaN(share) ? Number.NaN : Math.round(share * multiple);
}
