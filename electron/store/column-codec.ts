import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { POWERS } from './decimals.ts';
import { decodePacked, encodePacked, PACKED } from './packed-column.ts';

/**
 * One column of doubles as bytes, bit for bit and deterministic. Prices and volumes are decimals: where every value is
 * an integer divided by one power of ten, the integers are packed (packed-column.ts); anything else keeps its eight bytes.
 * The first byte names the coding. docs/library-file.md describes the bytes.
 */
const RAW = 0;
/** Written by versions before 0.2, and read for ever. */
const SHUFFLED = 1;
const HEADER_BYTES = 12;
const ZSTD = { [constants.ZSTD_c_compressionLevel]: 1 };
/** Room for what zstd adds to data that cannot be compressed. */
const ZSTD_MARGIN = 1024;

export function encodeColumn(values: Float64Array): Uint8Array<ArrayBuffer> {
  return encodePacked(values) ?? encodeRaw(values);
}

/** Fills `target`, whose length is the number of values. Throws a RangeError when the bytes do not fit that number. */
export function decodeColumn(bytes: Uint8Array, target: Float64Array): void {
  if (bytes.length < HEADER_BYTES) throw new RangeError('column is cut short');
  switch (bytes[0]) {
    case PACKED:
      decodePacked(bytes, target);
      return;
    case SHUFFLED:
      decodeShuffled(bytes, target);
      return;
    case RAW:
      joinRaw(decompress(bytes, 8 * target.length), target);
      return;
    default:
      throw new RangeError(`unknown column coding ${bytes[0]}`);
  }
}

/** Header (coding 0, then zeros) and the zstd frame of eight planes of bytes, the lowest bytes of all values first. */
function encodeRaw(values: Float64Array): Uint8Array<ArrayBuffer> {
  const count = values.length;
  const source = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const planes = new Uint8Array(values.byteLength);
  for (let index = 0; index < count; index++) {
    for (let plane = 0; plane < 8; plane++) planes[plane * count + index] = source[index * 8 + plane]!;
  }
  const compressed = zstdCompressSync(planes, { params: ZSTD, chunkSize: planes.length + ZSTD_MARGIN });
  const bytes = new Uint8Array(HEADER_BYTES + compressed.length);
  bytes[2] = 8;
  bytes.set(compressed, HEADER_BYTES);
  return bytes;
}

function joinRaw(planes: Uint8Array, target: Float64Array): void {
  const count = target.length;
  const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
  for (let index = 0; index < count; index++) {
    for (let plane = 0; plane < 8; plane++) bytes[index * 8 + plane] = planes[plane * count + index]!;
  }
}

/** The frame behind the header, `length` bytes when decompressed. */
function decompress(bytes: Uint8Array, length: number): Uint8Array {
  const payload = zstdDecompressSync(bytes.subarray(HEADER_BYTES), { chunkSize: length + ZSTD_MARGIN });
  if (payload.length !== length) {
    throw new RangeError(`column holds ${payload.length} bytes instead of ${length}`);
  }
  return payload;
}

/**
 * Header (coding 1, decimals, planes, hasMissing; first integer as float64) and the zstd frame of [bitmap of missing
 * values, a bit each] and the planes of the zigzag codes of differences, lowest bytes first.
 */
function decodeShuffled(bytes: Uint8Array, target: Float64Array): void {
  const [, decimals = 0, planes = 0, hasMissing] = bytes;
  const bitmapBytes = hasMissing === 1 ? Math.ceil(target.length / 8) : 0;
  const payload = decompress(bytes, bitmapBytes + planes * target.length);
  const power = POWERS[decimals];
  if (power === undefined) throw new RangeError(`column has ${decimals} decimals`);
  const first = new DataView(bytes.buffer, bytes.byteOffset).getFloat64(4, true);
  joinShuffled(payload.subarray(bitmapBytes), planes, { first, power }, target);
  for (let index = 0; index < bitmapBytes * 8 && index < target.length; index++) {
    if (payload[index >> 3]! & (1 << (index & 7))) target[index] = Number.NaN;
  }
}

function joinShuffled(
  source: Uint8Array,
  planes: number,
  { first, power }: { readonly first: number; readonly power: number },
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
      const half = high * 2 ** 31 + (low >>> 1);
      integer += low & 1 ? -half - 1 : half;
    }
    target[index] = integer / power;
  }
}
