import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/**
 * One column of doubles as bytes, bit for bit and deterministic. Prices and volumes are decimals: where every value is
 * an integer divided by one power of ten, the differences of those integers are stored (zigzag, split into byte planes);
 * anything else keeps its eight bytes, split into planes too. Planes are compressed with zstd.
 *
 * Layout: coding, decimals, planes, hasMissing (a byte each); first integer (float64, little-endian); the zstd frame of
 * [bitmap of missing values, a bit each] and the planes, lowest byte first.
 */
const RAW = 0;
const SCALED = 1;
const HEADER_BYTES = 12;
const MAX_DECIMALS = 10;
/** Differences of integers below this, doubled by the zigzag, are still exact. */
const LARGEST = 2 ** 51;
const POWERS = Array.from({ length: MAX_DECIMALS + 1 }, (_, decimals) => 10 ** decimals);
/** Bits of the NaN that stands for "missing"; any other NaN, and -0, needs the raw coding. */
const MISSING_LOW = 0;
const MISSING_HIGH = 0x7ff80000;
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

export function encodeColumn(values: Float64Array): Uint8Array<ArrayBuffer> {
  return encodeScaled(values) ?? encodeRaw(values);
}

/** Fills `target`, whose length is the number of values. Throws a RangeError when the bytes do not fit that number. */
export function decodeColumn(bytes: Uint8Array, target: Float64Array): void {
  const [coding, decimals = 0, planes = 0, hasMissing] = bytes;
  if (bytes.length < HEADER_BYTES) throw new RangeError('column is cut short');
  const payload = zstdDecompressSync(bytes.subarray(HEADER_BYTES));
  const bitmapBytes = hasMissing === 1 ? Math.ceil(target.length / 8) : 0;
  if (payload.length !== bitmapBytes + planes * target.length) {
    throw new RangeError(`column holds ${payload.length} bytes for ${target.length} values`);
  }
  if (coding === RAW) {
    joinRaw(payload, target);
    return;
  }
  const power = POWERS[decimals];
  if (coding !== SCALED || power === undefined) throw new RangeError(`unknown column coding ${coding}`);
  const first = new DataView(bytes.buffer, bytes.byteOffset).getFloat64(4, true);
  joinScaled(payload.subarray(bitmapBytes), planes, first, power, target);
  for (let index = 0; index < bitmapBytes * 8 && index < target.length; index++) {
    if (payload[index >> 3]! & (1 << (index & 7))) target[index] = Number.NaN;
  }
}

function encodeRaw(values: Float64Array): Uint8Array<ArrayBuffer> {
  const count = values.length;
  const source = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const planes = new Uint8Array(values.byteLength);
  for (let index = 0; index < count; index++) {
    for (let plane = 0; plane < 8; plane++) planes[plane * count + index] = source[index * 8 + plane]!;
  }
  return withHeader({ coding: RAW, decimals: 0, planes: 8, hasMissing: 0, first: 0 }, planes);
}

function joinRaw(planes: Uint8Array, target: Float64Array): void {
  const count = target.length;
  const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
  for (let index = 0; index < count; index++) {
    for (let plane = 0; plane < 8; plane++) bytes[index * 8 + plane] = planes[plane * count + index]!;
  }
}

/** Null where no power of ten fits all values. */
function encodeScaled(values: Float64Array): Uint8Array<ArrayBuffer> | null {
  const integers = new Float64Array(values.length);
  const decimals = scaleToIntegers(values, integers);
  if (decimals === null) return null;
  const hasMissing = fillMissing(values, integers);
  const first = integers[0] ?? 0;
  const planeCount = planesFor(integers);
  const bitmapBytes = hasMissing ? Math.ceil(values.length / 8) : 0;
  const payload = new Uint8Array(bitmapBytes + planeCount * values.length);
  if (hasMissing) {
    for (let index = 0; index < values.length; index++) {
      if (Number.isNaN(values[index])) payload[index >> 3] = payload[index >> 3]! | (1 << (index & 7));
    }
  }
  splitScaled(integers, planeCount, payload.subarray(bitmapBytes));
  return withHeader(
    { coding: SCALED, decimals, planes: planeCount, hasMissing: hasMissing ? 1 : 0, first },
    payload,
  );
}

/** The least number of decimals under which every value is restored exactly; fills `integers`. */
function scaleToIntegers(values: Float64Array, integers: Float64Array): number | null {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  let decimals = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (Number.isNaN(value)) {
      if (words[index * 2] !== MISSING_LOW || words[index * 2 + 1] !== MISSING_HIGH) return null;
      integers[index] = value;
      continue;
    }
    if (value === 0 && words[index * 2 + 1] !== 0) return null;
    const power = POWERS[decimals]!;
    const integer = Math.round(value * power);
    if (integer / power === value && Math.abs(integer) < LARGEST) {
      integers[index] = integer;
      continue;
    }
    decimals++;
    if (decimals > MAX_DECIMALS) return null;
    index = -1; // a value that fitted fewer decimals must be tried with more
  }
  return decimals;
}

/** Missing values repeat the one before, so that their difference is nothing. Returns whether there are any. */
function fillMissing(values: Float64Array, integers: Float64Array): boolean {
  let hasMissing = false;
  let last = 0;
  for (let index = 0; index < values.length; index++) {
    if (Number.isNaN(values[index])) {
      hasMissing = true;
      integers[index] = last;
    } else {
      last = integers[index]! + 0; // rounding can give -0
      integers[index] = last;
    }
  }
  return hasMissing;
}

const WORD = 2 ** 32;

/** Bytes that hold the zigzag code of every difference. */
function planesFor(integers: Float64Array): number {
  let largest = 0;
  for (let index = 1; index < integers.length; index++) {
    const size = Math.abs(integers[index]! - integers[index - 1]!);
    if (size > largest) largest = size;
  }
  let planes = 0;
  for (let code = largest * 2; code >= 1; code /= 256) planes++;
  return planes;
}

/** Zigzag codes (0, -1, 1, -2, … become 0, 1, 2, 3, …) of the differences, byte by byte; the first one is 0. */
function splitScaled(integers: Float64Array, planes: number, target: Uint8Array): void {
  const count = integers.length;
  const words = new Uint32Array(count);
  if (planes < 4) fillNarrowCodes(integers, words);
  else fillWideCodes(integers, words, 1);
  for (let plane = 0; plane < planes; plane++) {
    if (plane === 4) fillWideCodes(integers, words, WORD);
    const shift = (plane % 4) * 8;
    const start = plane * count;
    for (let index = 1; index < count; index++) target[start + index] = words[index]! >>> shift;
  }
}

function fillNarrowCodes(integers: Float64Array, words: Uint32Array): void {
  for (let index = 1; index < integers.length; index++) {
    const difference = integers[index]! - integers[index - 1]!;
    words[index] = (difference << 1) ^ (difference >> 31);
  }
}

/** One 32-bit word of each code: the lower one for unit 1, the upper one for unit 2^32. */
function fillWideCodes(integers: Float64Array, words: Uint32Array, unit: number): void {
  for (let index = 1; index < integers.length; index++) {
    const difference = integers[index]! - integers[index - 1]!;
    const code = difference >= 0 ? difference * 2 : -difference * 2 - 1;
    words[index] = Math.floor(code / unit); // stored modulo 2^32
  }
}

function joinScaled(
  source: Uint8Array,
  planes: number,
  first: number,
  power: number,
  target: Float64Array,
): void {
  const count = target.length;
  const lowPlanes = Math.min(planes, 4);
  let integer = first;
  for (let index = 0; index < count; index++) {
    let low = 0;
    for (let plane = 0; plane < lowPlanes; plane++) low |= source[plane * count + index]! << (plane * 8);
    if (planes <= 4) {
      integer += (low >>> 1) ^ -(low & 1);
    } else {
      let high = 0;
      for (let plane = planes - 1; plane >= 4; plane--) high = high * 256 + source[plane * count + index]!;
      const half = high * (WORD / 2) + (low >>> 1);
      integer += low & 1 ? -half - 1 : half;
    }
    target[index] = integer / power;
  }
}

interface Header {
  readonly coding: number;
  readonly decimals: number;
  readonly planes: number;
  readonly hasMissing: number;
  readonly first: number;
}

function withHeader(header: Header, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const compressed = zstdCompressSync(payload, ZSTD);
  const bytes = new Uint8Array(HEADER_BYTES + compressed.length);
  bytes.set([header.coding, header.decimals, header.planes, header.hasMissing]);
  new DataView(bytes.buffer).setFloat64(4, header.first, true);
  bytes.set(compressed, HEADER_BYTES);
  return bytes;
}
