/**
 * Columns as one block of bytes: bars and curves cross processes as this, never as JSON numbers.
 *
 * Layout (little-endian): uint32 length of the header, the header as UTF-8 JSON padded with spaces to a multiple of
 * 8, then each column's bytes, each starting at a multiple of 8. The reader's columns are views on the received
 * buffer: nothing is copied.
 */
export type WireColumn = Float64Array | Int32Array | Uint16Array | Int8Array | Uint8Array;

export interface WireFrame<Meta> {
  readonly meta: Meta;
  readonly columns: Readonly<Record<string, WireColumn>>;
}

const COLUMN_TYPES = { Float64Array, Int32Array, Uint16Array, Int8Array, Uint8Array } as const;
type ColumnType = keyof typeof COLUMN_TYPES;

interface Header {
  readonly meta: unknown;
  readonly columns: readonly { name: string; type: ColumnType; length: number }[];
}

const align8 = (bytes: number) => (bytes + 7) & ~7;
const typeOf = (column: WireColumn): ColumnType =>
  column instanceof Float64Array
    ? 'Float64Array'
    : column instanceof Int32Array
      ? 'Int32Array'
      : column instanceof Uint16Array
        ? 'Uint16Array'
        : column instanceof Int8Array
          ? 'Int8Array'
          : 'Uint8Array';

/** Packs a frame. Throws nothing but out-of-memory. */
export function packFrame<Meta>(frame: WireFrame<Meta>): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(frame.columns);
  const header: Header = {
    meta: frame.meta,
    columns: entries.map(([name, column]) => ({ name, type: typeOf(column), length: column.length })),
  };
  const headerBytes = encodeUtf8(JSON.stringify(header));
  const start = align8(4 + headerBytes.length);
  const total = entries.reduce((sum, [, column]) => sum + align8(column.byteLength), start);
  const bytes = new Uint8Array(total);
  new DataView(bytes.buffer).setUint32(0, start - 4, true);
  bytes.fill(0x20, 4, start);
  bytes.set(headerBytes, 4);
  let offset = start;
  for (const [, column] of entries) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset);
    offset += align8(column.byteLength);
  }
  return bytes;
}

/** Reads a frame back. Throws a RangeError when the bytes are cut short or not a frame. */
export function unpackFrame<Meta>(buffer: ArrayBuffer): WireFrame<Meta> {
  if (buffer.byteLength < 8) throw new RangeError('column frame is cut short');
  const headerLength = new DataView(buffer).getUint32(0, true);
  if (4 + headerLength > buffer.byteLength) throw new RangeError('column frame is cut short');
  const header = JSON.parse(decodeUtf8(new Uint8Array(buffer, 4, headerLength))) as Header;
  const columns: Record<string, WireColumn> = {};
  let offset = 4 + headerLength;
  for (const { name, type, length } of header.columns) {
    const Column = COLUMN_TYPES[type];
    if (offset + length * Column.BYTES_PER_ELEMENT > buffer.byteLength) {
      throw new RangeError(`column frame is cut short at "${name}"`);
    }
    columns[name] = new Column(buffer, offset, length);
    offset += align8(length * Column.BYTES_PER_ELEMENT);
  }
  return { meta: header.meta as Meta, columns };
}

// TextEncoder belongs to the DOM and Node libraries, neither of which this folder may name; both provide it at run time.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };
const encodeUtf8 = (text: string) => new TextEncoder().encode(text);
const decodeUtf8 = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
