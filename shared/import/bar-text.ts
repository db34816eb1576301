import { AppError } from '../contract/errors.ts';
import { copyOf, joined } from './bytes.ts';

const NEWLINE = 0x0a;
/** A longer line is no bar. */
export const LONGEST_LINE = 1024 * 1024;
const LARGEST_LINE_NUMBER = 2 ** 32 - 2;
const EMPTY = new Uint8Array(0);

/** Reads the line that begins at `start` in bytes with a line end behind it. Returns where the next one begins. */
export interface LineReader {
  readNext(bytes: Uint8Array, start: number, line: number): number;
}

export interface BarTextOptions {
  /** For messages. */
  readonly fileName: string;
  /** Lines ahead of the first bar, which are not read. */
  readonly skip: number;
  /** Length of the byte-order mark. */
  readonly mark: number;
  /** Added to the numbers of lines: those of the files ahead of this one in an archive. */
  readonly lineBase: number;
}

/**
 * Hands the lines of a text to a reader, however the text is cut into pieces of UTF-8 bytes. Every line that is not blank
 * ends up as a bar or rejected. Throws AppErrors (file-format) when a line is too long for bars.
 */
export class BarText {
  readonly #reader: LineReader;
  readonly #options: BarTextOptions;
  /** Bytes of an unfinished line. */
  #carry: Uint8Array = EMPTY;
  #line: number;
  #toSkip: number;
  #markLeft: number;

  constructor(reader: LineReader, options: BarTextOptions) {
    this.#reader = reader;
    this.#options = options;
    this.#line = options.lineBase;
    this.#toSkip = options.skip;
    this.#markLeft = options.mark;
  }

  /** Lines so far, those of the files ahead included. */
  get line(): number {
    return this.#line;
  }

  push(piece: Uint8Array): void {
    const mark = Math.min(this.#markLeft, piece.length);
    this.#markLeft -= mark;
    const bytes = mark === 0 ? piece : piece.subarray(mark);
    let start = 0;
    if (this.#carry.length > 0) {
      const newline = bytes.indexOf(NEWLINE);
      const line = joined(this.#carry, newline < 0 ? bytes : bytes.subarray(0, newline + 1));
      if (newline < 0) {
        this.#keep(line);
        return;
      }
      this.#carry = EMPTY;
      this.#readLines(line, 0, line.length - 1);
      start = newline + 1;
    }
    const last = bytes.lastIndexOf(NEWLINE);
    if (last >= start) this.#readLines(bytes, start, last);
    this.#keep(copyOf(bytes, Math.max(start, last + 1)));
  }

  /** Reads what is left: a last line may lack its line end. */
  finish(): void {
    if (this.#carry.length === 0) return;
    const line = joined(this.#carry, Uint8Array.of(NEWLINE));
    this.#carry = EMPTY;
    this.#readLines(line, 0, line.length - 1);
  }

  /** Reads the lines from `start` on; `last` is the last line end. */
  #readLines(bytes: Uint8Array, start: number, last: number): void {
    const reader = this.#reader;
    let line = this.#line;
    let at = start;
    while (this.#toSkip > 0 && at <= last) {
      at = bytes.indexOf(NEWLINE, at) + 1;
      this.#toSkip--;
      line++;
    }
    while (at <= last) at = reader.readNext(bytes, at, ++line);
    this.#line = line;
    if (line > LARGEST_LINE_NUMBER) {
      throw this.#error('The file has more than four thousand million lines', 'Cut it into several files.');
    }
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length > LONGEST_LINE) {
      this.#line++;
      throw this.#error(
        'A line is longer than 1 MB',
        'This is not a file of bars: check how it was exported.',
      );
    }
    this.#carry = bytes;
  }

  #error(message: string, hint: string): AppError {
    const { fileName, lineBase } = this.#options;
    return new AppError('file-format', message, { file: fileName, line: this.#line - lineBase, hint });
  }
}
