import { copyOf, joined } from './bytes.ts';
import { closingQuote } from './json-fields.ts';
import { utf8Text } from './utf8.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
/** A longer row, or piece of structure between rows, is none of bars. */
const LONGEST_ROW = 1024 * 1024;
const DEEPEST = 64;
const EMPTY = new Uint8Array(0);

/** Where in a document a row stands: rows of one kind are alike in all of it. */
export interface JsonPlace {
  /** Objects and arrays around it. */
  readonly depth: number;
  readonly isInArray: boolean;
  readonly isObject: boolean;
}

/** `key`: that of the row itself in an object, or of the array it stands in; null where there is none. */
export type JsonRowFound = (
  place: JsonPlace,
  key: string | null,
  bytes: Uint8Array,
  start: number,
  end: number,
) => void;

/**
 * Finds the rows of a JSON document however it is cut into pieces: objects and arrays that hold no further ones. Only one
 * row is held at a time. Throws a SyntaxError where brackets or strings do not fit.
 */
export class JsonDocument {
  readonly #onRow: JsonRowFound;
  readonly #isObject: boolean[] = [];
  /** Key of each open object or array. */
  readonly #keys: (string | null)[] = [];
  /** The key that was read last in the innermost object. */
  #key: string | null = null;
  #carry: Uint8Array = EMPTY;
  /** Where the innermost open container begins, while it has no other one inside; -1: it has. */
  #rowStart = -1;
  #hasBegun = false;

  constructor(onRow: JsonRowFound) {
    this.#onRow = onRow;
  }

  push(piece: Uint8Array): void {
    const carried = this.#carry.length;
    const bytes = carried === 0 ? piece : joined(this.#carry, piece);
    // What was carried begins a row that was looked at before, or an unfinished string.
    let at = this.#rowStart >= 0 ? this.#scanned : 0;
    const end = bytes.length;
    let keepFrom = end;
    while (at < end) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        const close = closingQuote(bytes, at, end);
        if (close < 0) {
          keepFrom = at;
          break;
        }
        if (this.#isObject.at(-1) === true && this.#isKey) {
          // Keys of values inside a row are found by JsonFields.
          if (this.#rowStart < 0 || this.#mayNest(bytes, close)) this.#key = keyText(bytes, at, close);
          this.#isKey = false;
        }
        at = close + 1;
        continue;
      }
      if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.#open(byte === OPEN_OBJECT, at);
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) this.#close(byte === CLOSE_OBJECT, bytes, at);
      else if (byte === COMMA) this.#isKey = this.#isObject.at(-1) === true;
      else if (this.#isObject.length === 0 && byte > 0x20 && byte !== COLON)
        throw new SyntaxError('text outside of brackets');
      at++;
    }
    if (this.#rowStart >= 0) {
      const rowStart = this.#rowStart;
      this.#scanned = Math.min(at, keepFrom) - rowStart;
      this.#rowStart = 0;
      this.#carry = copyOf(bytes, rowStart);
    } else {
      this.#carry = copyOf(bytes, keepFrom);
    }
    if (this.#carry.length > LONGEST_ROW) throw new SyntaxError('a row is longer than 1 MB');
  }

  /** Whether the document was whole. */
  finish(): boolean {
    return this.#hasBegun && this.#isObject.length === 0 && this.#carry.length === 0;
  }

  #isKey = false;
  /** How far into a carried row its bytes were looked at. */
  #scanned = 0;

  /** Whether the value behind a key is an object or array (or not yet there): only then is the key of use. */
  #mayNest(bytes: Uint8Array, close: number): boolean {
    for (let at = close + 1; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte > 0x20 && byte !== COLON) return byte === OPEN_OBJECT || byte === OPEN_ARRAY;
    }
    return true;
  }

  #open(isObject: boolean, at: number): void {
    if (this.#isObject.length === DEEPEST) throw new SyntaxError('too many brackets inside each other');
    this.#hasBegun = true;
    this.#keys.push(this.#isObject.at(-1) === true ? this.#key : null);
    this.#isObject.push(isObject);
    this.#rowStart = at;
    this.#isKey = isObject;
    this.#key = null;
  }

  #close(isObject: boolean, bytes: Uint8Array, at: number): void {
    if (this.#isObject.at(-1) !== isObject) throw new SyntaxError('brackets do not fit');
    this.#isObject.pop();
    const own = this.#keys.pop() ?? null;
    const depth = this.#isObject.length;
    if (this.#rowStart >= 0) {
      const isInArray = this.#isObject.at(-1) === false;
      const key = isInArray ? (this.#keys.at(-1) ?? null) : own;
      this.#onRow({ depth, isInArray, isObject }, key, bytes, this.#rowStart, at + 1);
    }
    this.#rowStart = -1;
    this.#isKey = false;
    this.#key = own;
  }
}

function keyText(bytes: Uint8Array, open: number, close: number): string {
  try {
    return String(JSON.parse(utf8Text(bytes, open, close + 1)));
  } catch {
    throw new SyntaxError('a key is no JSON string');
  }
}
