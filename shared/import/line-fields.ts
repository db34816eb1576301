const SPACE = 0x20;
const RETURN = 0x0d;
const QUOTE = 0x22;

/** Where the fields of the line last split begin and end: indexes into its bytes, quotes and outer blanks left out. */
export class LineFields {
  readonly starts: Int32Array;
  readonly ends: Int32Array;

  /** `capacity`: fields to note; a line may have more, which are only counted. */
  constructor(capacity: number) {
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

/** Whether bytes are blanks only. */
export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== SPACE && bytes[at] !== RETURN) return false;
  return true;
}
