import type { RowReader } from './bar-line.ts';
import type { LineReader } from './bar-text.ts';
import { fieldsAsLine, LineFields, type Span } from './line-fields.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Hands out some lines of a file, by their numbers, as they stand in it; rows of JSON as lines of fields. */
export class LinePicker implements LineReader, RowReader {
  linesRead = 0;
  readonly fields: LineFields;
  readonly #columns: number;
  readonly #wanted: Uint32Array;
  readonly #onLine: (line: number, whole: Span) => void;
  #next = 0;

  /** `wanted`: numbers of lines, ascending. */
  constructor(columns: number, wanted: Uint32Array, onLine: (line: number, whole: Span) => void) {
    this.#columns = columns;
    this.fields = new LineFields(columns + 1);
    this.#wanted = wanted;
    this.#onLine = onLine;
  }

  readNext(bytes: Uint8Array, start: number, line: number): number {
    const newline = bytes.indexOf(NEWLINE, start);
    if (this.#isWanted(line)) {
      const end = newline > start && bytes[newline - 1] === RETURN ? newline - 1 : newline;
      this.#onLine(line, { bytes, start, end });
    }
    return newline + 1;
  }

  readFields(line: number, bytes: Uint8Array): void {
    if (this.#isWanted(line)) this.#onLine(line, fieldsAsLine(this.fields, bytes, this.#columns));
  }

  reject(): void {}

  #isWanted(line: number): boolean {
    while (this.#next < this.#wanted.length && this.#wanted[this.#next]! < line) this.#next++;
    return this.#wanted[this.#next] === line;
  }
}
