import { BLOCK_CODES, packBits, unpackBits } from './bit-packing.ts';
import { MISSING_HIGH, MISSING_LOW, POWERS } from './decimals.ts';

/**
 * The packed coding: decimals as integers, their differences (or distances from the least one) in as few bits as each
 * block of 128 needs. docs/library-file.md describes the bytes with an example.
 *
 * Header, little-endian: coding 2, decimals, prediction, hasMissing (a byte each); origin, base, unit (float64); number
 * of values (uint32). Then the width of each block (a byte each, padded to four), the bitmap of missing values (a bit
 * each, padded to four bytes) and the packed words.
 */
export const PACKED = 2;
const HEADER_BYTES = 32;

/**
 * What the code of a value is, in units: its distance from the least value; from the value before it, less the least
 * such step; from the value before it, with the sign in the lowest bit.
 */
const PLAIN = 0;
const ASCENDING = 1;
const ZIGZAG = 2;

/** Differences of integers below this, doubled by the zigzag, are still exact. */
const LARGEST = 2 ** 51;
const WORD = 2 ** 32;
/** Added and taken away again, it rounds numbers below 2^51 to integers. */
const ROUNDING = 1.5 * 2 ** 52;
/** Differences that are looked at before a common divisor is believed in. */
const DIVISOR_SAMPLE = 48;
const USUAL_LENGTH = 16_384;

const lowCodes = new Uint32Array(BLOCK_CODES);
const highCodes = new Uint32Array(BLOCK_CODES);

/** What the encoder knows of a column, and the memory that it uses again. */
class Scratch {
  readonly integers: Float64Array;
  /** Largest integer, and largest step up or down, of each block. */
  readonly tops: Float64Array;
  readonly steps: Float64Array;
  readonly widths: Uint8Array;
  readonly words: Uint32Array;
  least = 0;
  greatest = 0;
  leastStep = 0;
  greatestStep = 0;
  missing = 0;

  constructor(length: number) {
    const blocks = Math.ceil(length / BLOCK_CODES);
    this.integers = new Float64Array(length);
    this.tops = new Float64Array(blocks);
    this.steps = new Float64Array(blocks);
    this.widths = new Uint8Array(blocks);
    this.words = new Uint32Array(2 * length);
  }
}
let scratch = new Scratch(USUAL_LENGTH);

/** Null where no power of ten makes integers of all values. */
export function encodePacked(values: Float64Array): Uint8Array<ArrayBuffer> | null {
  const { length } = values;
  if (scratch.integers.length < length) scratch = new Scratch(length);
  const column = scratch;
  const decimals = scaleToIntegers(values, column);
  if (decimals === null) return null;
  const { integers, widths, words, least, greatest, leastStep, greatestStep } = column;
  const unit = commonUnit(integers, length);
  const prediction = choosePrediction(column, length, unit);
  const base = prediction === ASCENDING ? leastStep / unit : 0;
  const reach =
    prediction === PLAIN
      ? (greatest - least) / unit
      : prediction === ASCENDING
        ? greatestStep / unit - base
        : (2 * Math.max(greatestStep, -leastStep)) / unit;
  const fill = reach < WORD / 2 ? FILL_NARROW[prediction]! : fillWide;
  const rule: Rule = { prediction, least, unit, base };
  const blocks = Math.ceil(length / BLOCK_CODES);
  let end = 0;
  for (let block = 0; block < blocks; block++) {
    const from = block * BLOCK_CODES;
    const count = Math.min(length - from, BLOCK_CODES);
    const width = fill(integers, from, count, rule);
    widths[block] = width;
    end = packBits(lowCodes, count, Math.min(width, 32), words, end);
    if (width > 32) end = packBits(highCodes, count, width - 32, words, end);
  }
  const origin = prediction === PLAIN ? least : length === 0 ? 0 : integers[0]!;
  const hasMissing = column.missing > 0;
  const { bitmap, packed } = placesOf(length, hasMissing);
  const bytes = new Uint8Array(packed + end * 4);
  bytes.set([PACKED, decimals, prediction, hasMissing ? 1 : 0]);
  const view = new DataView(bytes.buffer);
  view.setFloat64(4, origin, true);
  view.setFloat64(12, base, true);
  view.setFloat64(20, unit, true);
  view.setUint32(28, length, true);
  bytes.set(widths.subarray(0, blocks), HEADER_BYTES);
  if (hasMissing) {
    for (let index = 0; index < length; index++) {
      if (Number.isNaN(values[index])) bytes[bitmap + (index >> 3)]! |= 1 << (index & 7);
    }
  }
  new Uint32Array(bytes.buffer, packed, end).set(words.subarray(0, end));
  return bytes;
}

/** Fills `target`. Throws a RangeError when the bytes do not fit its length. */
export function decodePacked(bytes: Uint8Array, target: Float64Array): void {
  const { length } = target;
  const hasMissing = bytes[3] === 1;
  const { bitmap, packed } = placesOf(length, hasMissing);
  const power = POWERS[bytes[1]!];
  const prediction = bytes[2]!;
  if (bytes.length < packed || power === undefined || prediction > ZIGZAG) throw misfit(length);
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset + packed, (aligned.length - packed) >>> 2);
  const view = new DataView(aligned.buffer, aligned.byteOffset);
  if (view.getUint32(28, true) !== length) throw misfit(length);
  const origin = view.getFloat64(4, true);
  const base = view.getFloat64(12, true);
  const unit = view.getFloat64(20, true);
  let at = 0;
  let sum = 0;
  for (let from = 0, block = 0; from < length; from += BLOCK_CODES, block++) {
    const count = Math.min(length - from, BLOCK_CODES);
    const width = bytes[HEADER_BYTES + block]!;
    at = unpackBits(words, at, Math.min(width, 32), count, lowCodes);
    if (width > 32) {
      at = unpackBits(words, at, width - 32, count, highCodes);
      sum = joinWide(target, from, count, { prediction, base }, sum);
    } else if (prediction === ZIGZAG) {
      sum = joinZigzag(target, from, count, sum);
    } else if (prediction === PLAIN) {
      for (let index = 0; index < count; index++) target[from + index] = lowCodes[index]!;
    } else {
      sum = joinAscending(target, from, count, base, sum);
    }
    toDecimals(target, from, from + count, origin, unit, power);
  }
  if (at !== words.length) throw misfit(length);
  if (!hasMissing) return;
  for (let index = 0; index < length; index++) {
    if (bytes[bitmap + (index >> 3)]! & (1 << (index & 7))) target[index] = Number.NaN;
  }
}

const misfit = (length: number) => new RangeError(`packed column does not hold ${length} values`);

/** Where bitmap and packed words begin. */
function placesOf(length: number, hasMissing: boolean): { bitmap: number; packed: number } {
  const bitmap = HEADER_BYTES + align4(Math.ceil(length / BLOCK_CODES));
  return { bitmap, packed: bitmap + (hasMissing ? align4(Math.ceil(length / 8)) : 0) };
}
const align4 = (bytes: number) => (bytes + 3) & ~3;

/** Fills the column's integers under the least number of decimals that restores every value exactly. */
function scaleToIntegers(values: Float64Array, column: Scratch): number | null {
  for (let decimals = 0; decimals < POWERS.length; decimals++) {
    const outcome = fillIntegers(values, POWERS[decimals]!, column);
    if (outcome === 'fits') return decimals;
    if (outcome === 'never') return null;
  }
  return null;
}

/** One attempt: `more` decimals may fit, or the values can `never` be integers. A missing value repeats the one before. */
function fillIntegers(values: Float64Array, power: number, column: Scratch): 'fits' | 'more' | 'never' {
  const { integers, tops, steps } = column;
  const { length } = values;
  const bits = new Uint32Array(values.buffer, values.byteOffset, length * 2);
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  let leastStep = Number.POSITIVE_INFINITY;
  let greatestStep = 0;
  let missing = 0;
  let last = Number.NaN;
  for (let from = 0, block = 0; from < length; from += BLOCK_CODES, block++) {
    const to = Math.min(from + BLOCK_CODES, length);
    let top = Number.NEGATIVE_INFINITY;
    let down = 0;
    let up = 0;
    for (let index = from; index < to; index++) {
      const value = values[index]!;
      const integer = value * power + ROUNDING - ROUNDING;
      if (
        integer / power === value &&
        integer < LARGEST &&
        integer > -LARGEST &&
        (value !== 0 || bits[index * 2 + 1] === 0)
      ) {
        const step = integer - last; // NaN before the first value: neither up nor down
        last = integer;
        integers[index] = integer;
        if (integer > top) top = integer;
        if (integer < least) least = integer;
        if (step < down) down = step;
        if (step > up) up = step;
        if (step < leastStep) leastStep = step;
      } else if (Number.isNaN(value)) {
        if (bits[index * 2] !== MISSING_LOW || bits[index * 2 + 1] !== MISSING_HIGH) return 'never';
        missing++;
        integers[index] = last;
        if (leastStep > 0) leastStep = 0;
      } else {
        return value === 0 ? 'never' : 'more';
      }
    }
    if (top > greatest) greatest = top;
    if (up > greatestStep) greatestStep = up;
    tops[block] = top;
    steps[block] = up > -down ? up : -down;
  }
  const isEmpty = missing === length;
  // Values that are missing at the start have none before them: they repeat the first one.
  if (missing > 0) fillStart(integers, length);
  column.least = isEmpty ? 0 : least;
  column.greatest = isEmpty ? 0 : greatest;
  column.leastStep = Number.isFinite(leastStep) ? leastStep : 0;
  column.greatestStep = greatestStep;
  column.missing = missing;
  return 'fits';
}

function fillStart(integers: Float64Array, length: number): void {
  let start = 0;
  while (start < length && Number.isNaN(integers[start])) start++;
  integers.fill(start === length ? 0 : integers[start]!, 0, start);
}

/** Greatest number that divides all differences: 60,000 for the starts of minutes, 5 for half pence in tenths. */
function commonUnit(integers: Float64Array, length: number): number {
  let unit = 0;
  let seen = 0;
  for (let index = 1; index < length && seen < DIVISOR_SAMPLE && unit !== 1; index++) {
    const step = Math.abs(integers[index]! - integers[index - 1]!);
    if (step === 0) continue;
    unit = greatestDivisor(unit, step);
    seen++;
  }
  if (unit <= 1) return 1;
  const inverse = 1 / unit;
  let before = integers[0]!;
  for (let index = 1; index < length; index++) {
    const step = integers[index]! - before;
    before = integers[index]!;
    const units = step * inverse + ROUNDING - ROUNDING;
    if (units * unit !== step) return 1; // a sample that misled: rare, and not worth a second look
  }
  return unit;
}

function greatestDivisor(a: number, b: number): number {
  let [divisor, rest] = [a, b];
  while (rest !== 0) [divisor, rest] = [rest, divisor % rest];
  return divisor;
}

/** Times only rise; of the others the one that takes fewer bits. */
function choosePrediction({ tops, steps, least, leastStep }: Scratch, length: number, unit: number): number {
  if (leastStep >= 0) return ASCENDING;
  let plain = 0;
  let zigzag = 0;
  for (let block = 0; block * BLOCK_CODES < length; block++) {
    plain += bitsOf((tops[block]! - least) / unit);
    zigzag += bitsOf((2 * steps[block]!) / unit);
  }
  return zigzag < plain ? ZIGZAG : PLAIN;
}

const bitsOf = (value: number) =>
  value < WORD ? 32 - Math.clz32(value) : 64 - Math.clz32(Math.floor(value / WORD));

interface Rule {
  readonly prediction: number;
  readonly least: number;
  readonly unit: number;
  readonly base: number;
}
type FillCodes = (integers: Float64Array, from: number, count: number, rule: Rule) => number;

/** Fill the low codes of a block, below 2^31, and return how many bits the largest needs. By prediction. */
const FILL_NARROW: readonly FillCodes[] = [
  (integers, from, count, { least, unit }) => {
    const inverse = 1 / unit;
    let all = 0;
    for (let index = 0; index < count; index++) {
      const code = ((integers[from + index]! - least) * inverse + 0.5) | 0;
      lowCodes[index] = code;
      all |= code;
    }
    return 32 - Math.clz32(all);
  },
  (integers, from, count, { unit, base }) => {
    let before = from === 0 ? integers[0]! - base * unit : integers[from - 1]!;
    let all = 0;
    for (let index = 0; index < count; index++) {
      const integer = integers[from + index]!;
      const code = ((integer - before) / unit - base) | 0;
      before = integer;
      lowCodes[index] = code;
      all |= code;
    }
    return 32 - Math.clz32(all);
  },
  (integers, from, count, { unit }) => {
    const inverse = 1 / unit;
    let before = integers[from === 0 ? 0 : from - 1]!;
    let all = 0;
    for (let index = 0; index < count; index++) {
      const integer = integers[from + index]!;
      const step = ((integer - before) * inverse + ROUNDING - ROUNDING) | 0;
      before = integer;
      const code = (step << 1) ^ (step >> 31);
      lowCodes[index] = code;
      all |= code;
    }
    return 32 - Math.clz32(all);
  },
];

/** The same for codes that do not fit a word: their upper words go to the high codes. */
function fillWide(
  integers: Float64Array,
  from: number,
  count: number,
  { prediction, least, unit, base }: Rule,
): number {
  let before = from === 0 ? integers[0]! - base * unit : integers[from - 1]!;
  let allLow = 0;
  let allHigh = 0;
  for (let index = 0; index < count; index++) {
    const integer = integers[from + index]!;
    const step = (integer - before) / unit;
    before = integer;
    const code =
      prediction === PLAIN
        ? (integer - least) / unit
        : prediction === ASCENDING
          ? step - base
          : step < 0
            ? -2 * step - 1
            : 2 * step;
    const high = Math.floor(code / WORD);
    const low = code - high * WORD;
    lowCodes[index] = low;
    highCodes[index] = high;
    allLow |= low;
    allHigh |= high;
  }
  return allHigh === 0 ? 32 - Math.clz32(allLow) : 64 - Math.clz32(allHigh);
}

function joinZigzag(target: Float64Array, from: number, count: number, before: number): number {
  let sum = before;
  for (let index = 0; index < count; index++) {
    const code = lowCodes[index]!;
    sum += (code >>> 1) ^ -(code & 1);
    target[from + index] = sum;
  }
  return sum;
}

/** The first code of all stands for no step. */
function joinAscending(
  target: Float64Array,
  from: number,
  count: number,
  base: number,
  before: number,
): number {
  let sum = from === 0 ? -base : before;
  for (let index = 0; index < count; index++) {
    sum += lowCodes[index]! + base;
    target[from + index] = sum;
  }
  return sum;
}

function joinWide(
  target: Float64Array,
  from: number,
  count: number,
  { prediction, base }: { readonly prediction: number; readonly base: number },
  before: number,
): number {
  let sum = prediction === ASCENDING && from === 0 ? -base : before;
  for (let index = 0; index < count; index++) {
    const low = lowCodes[index]!;
    const high = highCodes[index]!;
    if (prediction === PLAIN) {
      target[from + index] = high * WORD + low;
      continue;
    }
    const half = high * (WORD / 2) + (low >>> 1);
    sum += prediction === ASCENDING ? high * WORD + low + base : low & 1 ? -half - 1 : half;
    target[from + index] = sum;
  }
  return sum;
}

/** Units as decimals, exactly as they were. */
function toDecimals(
  target: Float64Array,
  from: number,
  to: number,
  origin: number,
  unit: number,
  power: number,
): void {
  if (unit !== 1) for (let index = from; index < to; index++) target[index] = target[index]! * unit;
  if (power === 1) for (let index = from; index < to; index++) target[index] = target[index]! + origin;
  else for (let index = from; index < to; index++) target[index] = (target[index]! + origin) / power;
}
