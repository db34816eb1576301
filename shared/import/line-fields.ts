import { utf8Text } from './utf8.ts';

const SPACE = 0x20;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
/** Spreadsheets take a cell that begins so for a formula: = + - @, tab, carriage return. */
export const FORMULA_SIGNS: ReadonlySet<number> = new Set([0x3d, 0x2b, 0x2d, 0x40, 0x09, 0x0d]);

declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/** A stretch of bytes. */
export interface Span {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Where the fields of the line last split begin and end: indexes into its bytes, quotes and outer blanks left out. */
export class LineFields {
  readonly starts: Int32Array;
  readonly ends: Int32Array;

  readonly #skipsApostrophes: boolean;

  /**
   * `capacity`: fields to note; a line may have more, which are only counted. `skipsApostrophes`: leave out the one that
   * keeps spreadsheets from taking a field for a formula.
   */
  constructor(capacity: number, skipsApostrophes = false) {
    this.#skipsApostrophes = skipsApostrophes;
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
  }

  isEmpty(field: number): boolean {
    return this.starts[field] === this.ends[field];
  }

  /** Splits a line into the field bounds. Returns the number of fields, -1 for broken quotes. */
  split(bytes: Uint8Array, start: number, end: number, delimiter: number): number {
    let count = 0;
    let from = start;
    let at = start;
    while (at < end) {
      const byte = bytes[at]!;
      if (byte === delimiter) {
        this.#setField(count++, bytes, from, at);
        from = ++at;
      } else if (byte === QUOTE) {
        const close = closingQuote(bytes, at, end);
        const isWhole = close >= 0 && (close + 1 === end || bytes[close + 1] === delimiter);
        if (!isWhole || !isBlank(bytes, from, at)) return -1;
        this.#setField(count++, bytes, at + 1, close);
        if (close + 1 === end) return count;
        from = at = close + 2;
      } else {
        at++;
      }
    }
    this.#setField(count++, bytes, from, end);
    return count;
  }

  /** Notes a field without the blanks around it. */
  #setField(field: number, bytes: Uint8Array, start: number, end: number): void {
    if (field >= this.starts.length) return;
    let from = start;
    let to = end;
    if (bytes[from] === SPACE || bytes[to - 1] === SPACE) {
      while (from < to && bytes[from] === SPACE) from++;
      while (to > from && bytes[to - 1] === SPACE) to--;
    }
    if (this.#skipsApostrophes && bytes[from] === APOSTROPHE && FORMULA_SIGNS.has(bytes[from + 1]!)) from++;
    this.starts[field] = from;
    this.ends[field] = to;
  }
}

/** Index of the quote that ends the one at `open`; two in a row stand for one inside. -1 if none does. */
function closingQuote(bytes: Uint8Array, open: number, end: number): number {
  for (let at = open + 1; at < end; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (at + 1 < end && bytes[at + 1] === QUOTE) at++;
    else return at;
  }
  return -1;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== SPACE) return false;
  return true;
}

/** The fields that were noted as one line with commas between them: how rows that are no lines are listed. */
export function fieldsAsLine({ starts, ends }: LineFields, bytes: Uint8Array, count: number): Span {
  const texts = Array.from({ length: count }, (_, field) =>
    quoted(utf8Text(bytes, starts[field]!, ends[field]!)),
  );
  const line = new TextEncoder().encode(texts.join(','));
  return { bytes: line, start: 0, end: line.length };
}

/** As a field of a line; a line end inside becomes a blank. */
export function quoted(text: string): string {
  if (!/[",\n\r]/.test(text)) return text;
  return `"${text.replace(/[\r\n]+/g, ' ').replaceAll('"', '""')}"`;
}
