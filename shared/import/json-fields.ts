import type { LineFields } from './line-fields.ts';
import { utf8Text } from './utf8.ts';

declare const TextEncoder: new () => { encode(text: string): Uint8Array };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** Bytes in which the fields that were noted stand: the row's own, or a copy in which escapes are resolved. */
export interface JsonRow {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Values of an array, or columns of an object. */
  readonly count: number;
}

/**
 * Finds the values of one JSON object (by its keys) or array (by position) without making objects of them: bounds of each
 * column's text, strings without their quotes, `null` and missing keys as empty fields. Keys that are no columns are passed
 * over, and so are values that are objects or arrays.
 */
export class JsonFields {
  readonly #fields: LineFields;
  readonly #names: readonly Uint8Array[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #encoder = new TextEncoder();
  readonly #first: number;
  #at = 0;
  #valueStart = 0;
  #valueEnd = 0;
  #hasEscapes = false;

  /** `names`: the columns; the first `first` of them are not in the row itself. */
  constructor(names: readonly string[], fields: LineFields, first: number) {
    this.#fields = fields;
    this.#first = first;
    this.#names = names.map((name) => this.#encoder.encode(name));
    this.#positions = new Map(names.map((name, index) => [name, index] as const).slice(first));
  }

  /** Notes the fields of the row in these bytes; null when it is not one JSON object or array. */
  read(bytes: Uint8Array, start: number, end: number): JsonRow | null {
    const { starts, ends } = this.#fields;
    for (let column = this.#first; column < this.#names.length; column++)
      starts[column] = ends[column] = start;
    this.#at = skipBlanks(bytes, start, end);
    const opening = bytes[this.#at];
    if (this.#at >= end || (opening !== OPEN_OBJECT && opening !== OPEN_ARRAY)) return null;
    const isObject = opening === OPEN_OBJECT;
    const closing = isObject ? CLOSE_OBJECT : CLOSE_ARRAY;
    this.#at = skipBlanks(bytes, this.#at + 1, end);
    let count = 0;
    this.#hasEscapes = false;
    while (this.#at < end && bytes[this.#at] !== closing) {
      const column = isObject ? this.#key(bytes, end) : this.#first + count;
      if (column === null || !this.#value(bytes, end)) return null;
      if (column >= 0 && column < this.#names.length) {
        starts[column] = this.#valueStart;
        ends[column] = this.#valueEnd;
      }
      count++;
      this.#at = skipBlanks(bytes, this.#at, end);
      if (bytes[this.#at] === COMMA && this.#at < end) {
        this.#at = skipBlanks(bytes, this.#at + 1, end);
        if (bytes[this.#at] === closing) return null;
      } else if (bytes[this.#at] !== closing) return null;
    }
    if (this.#at >= end || skipBlanks(bytes, this.#at + 1, end) !== end) return null;
    const total = isObject ? this.#names.length : this.#first + count;
    return this.#hasEscapes
      ? this.#withoutEscapes(bytes, start, end, total)
      : { bytes, start, end, count: total };
  }

  /** Column of the key that stands here, -1 for a key that is none, null for what is no key. */
  #key(bytes: Uint8Array, end: number): number | null {
    if (bytes[this.#at] !== QUOTE) return null;
    const start = this.#at + 1;
    const close = closingQuote(bytes, this.#at, end);
    if (close < 0) return null;
    this.#at = skipBlanks(bytes, close + 1, end);
    if (bytes[this.#at] !== COLON || this.#at >= end) return null;
    this.#at = skipBlanks(bytes, this.#at + 1, end);
    for (let column = this.#first; column < this.#names.length; column++) {
      if (equals(bytes, start, close, this.#names[column]!)) return column;
    }
    // An escaped spelling of a key.
    const text = utf8Text(bytes, start, close);
    if (!text.includes('\\')) return -1;
    return this.#positions.get(textOf(`"${text}"`)) ?? -1;
  }

  #value(bytes: Uint8Array, end: number): boolean {
    const at = this.#at;
    const byte = bytes[at];
    if (at >= end) return false;
    if (byte === QUOTE) {
      const close = closingQuote(bytes, at, end);
      if (close < 0) return false;
      this.#valueStart = at + 1;
      this.#valueEnd = close;
      this.#hasEscapes ||= bytes.subarray(at, close).includes(BACKSLASH);
      this.#at = close + 1;
      return true;
    }
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      this.#at = skipContainer(bytes, at, end);
      this.#valueStart = this.#valueEnd = at;
      return this.#at >= 0;
    }
    let to = at;
    while (to < end && !isDelimiter(bytes[to]!)) to++;
    if (to === at) return false;
    this.#at = to;
    this.#valueStart = at;
    this.#valueEnd = to;
    if (utf8Text(bytes, at, Math.min(to, at + 5)) === 'null') this.#valueEnd = at;
    return true;
  }

  /** A copy of the row with the texts of its columns behind it, escapes resolved. */
  #withoutEscapes(bytes: Uint8Array, start: number, end: number, count: number): JsonRow {
    const { starts, ends } = this.#fields;
    const row = bytes.subarray(start, end);
    const texts = this.#names.map((_, column) =>
      column < this.#first || starts[column] === ends[column]
        ? row.subarray(0, 0)
        : this.#encoder.encode(textOf(`"${utf8Text(bytes, starts[column]!, ends[column]!)}"`)),
    );
    const copy = new Uint8Array(texts.reduce((length, text) => length + text.length, row.length));
    copy.set(row);
    let at = row.length;
    texts.forEach((text, column) => {
      if (column < this.#first) return;
      copy.set(text, at);
      starts[column] = at;
      at += text.length;
      ends[column] = at;
    });
    return { bytes: copy, start: 0, end: row.length, count };
  }
}

/** The text of a JSON string; as it stands where it is none. */
function textOf(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return json.slice(1, -1);
  }
}

function equals(bytes: Uint8Array, start: number, end: number, name: Uint8Array): boolean {
  if (end - start !== name.length) return false;
  for (let at = 0; at < name.length; at++) if (bytes[start + at] !== name[at]) return false;
  return true;
}

export function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === 0x20 || (bytes[at]! >= 0x09 && bytes[at]! <= 0x0d))) at++;
  return at;
}

/** Index of the quote that ends the string that begins at `open`, -1 if none does. */
export function closingQuote(bytes: Uint8Array, open: number, end: number): number {
  for (let at = open + 1; at < end; at++) {
    if (bytes[at] === BACKSLASH) at++;
    else if (bytes[at] === QUOTE) return at;
  }
  return -1;
}

const isDelimiter = (byte: number) =>
  byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_ARRAY || byte === COLON || byte <= 0x20;

/** Index behind an object or array, -1 if it does not end. */
function skipContainer(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = closingQuote(bytes, at, end);
      if (at < 0) return -1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth++;
    } else if ((byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) && --depth === 0) {
      return at + 1;
    }
  }
  return -1;
}
