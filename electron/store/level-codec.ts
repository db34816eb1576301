import type { Buckets } from '../../shared/market/pyramid.ts';

const COLUMNS = ['time', 'open', 'high', 'low', 'close'] as const;

/**
 * A level of detail as bytes: little-endian doubles, one column after the other (time, open, high, low, close and, where
 * the series has one, volume). Not compressed: levels are a twentieth of the bars, and read many at a time.
 */
export function encodeLevel(level: Buckets): Uint8Array<ArrayBuffer> {
  const columns = [...COLUMNS.map((name) => level[name]), ...(level.volume === null ? [] : [level.volume])];
  const values = new Float64Array(columns.length * level.length);
  columns.forEach((column, index) => {
    values.set(column, index * level.length);
  });
  return new Uint8Array(values.buffer);
}

/** The level's columns as views on `bytes`. Throws a RangeError when the bytes do not fit `length` buckets. */
export function decodeLevel(bytes: Uint8Array, length: number): Buckets {
  const columnBytes = length * Float64Array.BYTES_PER_ELEMENT;
  const count = bytes.length / columnBytes;
  if (count !== COLUMNS.length && count !== COLUMNS.length + 1) {
    throw new RangeError(`level holds ${bytes.length} bytes for ${length} buckets`);
  }
  const aligned = bytes.byteOffset % Float64Array.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice();
  const column = (index: number) =>
    new Float64Array(aligned.buffer, aligned.byteOffset + index * columnBytes, length);
  return {
    length,
    time: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: count > COLUMNS.length ? column(5) : null,
  };
}
