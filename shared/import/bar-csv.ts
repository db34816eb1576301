import { AppError } from '../contract/errors.ts';
import { type BarLineOptions, BarLineReader, type RejectSink } from './bar-line.ts';
import { type CsvLayout, readCsvLayout } from './csv-layout.ts';
import { encodingOf, notCsvBecause } from './file-kind.ts';
import type { GrowingBars } from './growing-bars.ts';
import { isBlank } from './line-fields.ts';
import { utf8Text } from './utf8.ts';

/** Changes whenever the same file could give other bars; kept with every import. */
export const PARSER_VERSION = '1';

export interface BarCsvOptions extends BarLineOptions {
  /** Columns of the file to ours: `{ "Last": "close" }`. */
  readonly map: Readonly<Record<string, string>>;
}

export interface ParsedBars {
  readonly linesRead: number;
  /** In file order, as read: not yet sorted, with repeats. */
  readonly tickers: Map<string, GrowingBars>;
  readonly warnings: readonly string[];
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
/** Enough of the file to see heading and some lines; a line longer than the limit is no bar. */
const HEAD_BYTES = 64 * 1024;
const LONGEST_LINE = 1024 * 1024;
const SAMPLE_LINES = 200;
const EMPTY = new Uint8Array(0);

/**
 * Reads bars of the CSV schema from pieces of UTF-8 bytes straight into columns, one line at a time and without an
 * object per line. Every line ends up as a bar or in the sink with a reason; blank lines and the heading are not
 * counted. Throws AppErrors (file-format) when the file as a whole is not bars.
 */
export class BarCsvParser {
  readonly #options: BarCsvOptions;
  readonly #rejects: RejectSink;
  /** Null until enough of the file was seen. */
  #reader: BarLineReader | null = null;
  #warnings: readonly string[] = [];
  /** Bytes of an unfinished line (or, before the layout is known, of the file's head). */
  #carry: Uint8Array = EMPTY;
  #line = 0;
  #linesRead = 0;

  constructor(options: BarCsvOptions, rejects: RejectSink) {
    this.#options = options;
    this.#rejects = rejects;
  }

  push(bytes: Uint8Array): void {
    if (this.#reader !== null) {
      this.#readLines(this.#reader, bytes);
      return;
    }
    this.#carry = concat(this.#carry, bytes);
    if (this.#carry.length >= HEAD_BYTES) this.#begin();
  }

  finish(): ParsedBars {
    const reader = this.#reader ?? this.#begin();
    if (this.#carry.length > 0) this.#readLines(reader, Uint8Array.of(NEWLINE));
    if (this.#linesRead === 0) {
      throw this.#formatError('The file has a heading but no data rows', 'Export it again with bars in it.');
    }
    return { linesRead: this.#linesRead, tickers: reader.tickers.bars, warnings: this.#warnings };
  }

  /** Looks at the head of the file: what it is, and where which column stands. Then reads its lines. */
  #begin(): BarLineReader {
    const head = this.#carry;
    this.#refuseOtherFormats(head);
    const { start, end } = this.#findHeading(head);
    const layout = this.#layoutOf(head, start, end);
    this.#warnings = layout.warnings;
    const reader = new BarLineReader(layout, this.#options, this.#rejects);
    this.#reader = reader;
    this.#carry = EMPTY;
    this.#readLines(reader, head.subarray(end + 1));
    return reader;
  }

  #refuseOtherFormats(head: Uint8Array): void {
    switch (notCsvBecause(head)) {
      case 'html':
        throw this.#formatError(
          'This is an HTML page, not a CSV file',
          'Open it in a browser: it may be the vendor’s error message.',
        );
      case 'json':
        throw this.#formatError(
          'This is JSON, not a CSV file',
          'Ask the vendor for CSV; it may also be an error message.',
        );
      case 'binary':
        throw this.#formatError('This is a binary file, not text', 'Choose a .csv or .csv.gz file of bars.');
      case null:
    }
  }

  /** Bounds of the first line that is not blank. */
  #findHeading(head: Uint8Array): { start: number; end: number } {
    for (let start = encodingOf(head).mark; start < head.length; ) {
      this.#line++;
      const newline = head.indexOf(NEWLINE, start);
      const end = newline < 0 ? head.length : newline;
      if (!isBlank(head, start, end)) return { start, end };
      start = end + 1;
    }
    throw this.#formatError('The file is empty', 'Export it again with bars in it.');
  }

  #layoutOf(head: Uint8Array, start: number, end: number): CsvLayout {
    const { fileName, ticker, map } = this.#options;
    return readCsvLayout({
      fileName,
      ticker,
      map,
      heading: utf8Text(head, start, end),
      headingLine: this.#line,
      sample: utf8Text(head, end + 1, end + HEAD_BYTES)
        .split('\n')
        .slice(0, SAMPLE_LINES),
    });
  }

  #readLines(reader: BarLineReader, bytes: Uint8Array): void {
    let start = 0;
    if (this.#carry.length > 0) {
      const newline = bytes.indexOf(NEWLINE);
      const line = concat(this.#carry, newline < 0 ? bytes : bytes.subarray(0, newline));
      this.#carry = newline < 0 ? this.#unfinished(line) : EMPTY;
      if (newline < 0) return;
      this.#readLine(reader, line, 0, line.length);
      start = newline + 1;
    }
    for (;;) {
      const newline = bytes.indexOf(NEWLINE, start);
      if (newline < 0) break;
      this.#readLine(reader, bytes, start, newline);
      start = newline + 1;
    }
    this.#carry = this.#unfinished(bytes.slice(start));
  }

  #readLine(reader: BarLineReader, bytes: Uint8Array, start: number, lineEnd: number): void {
    this.#line++;
    const end = lineEnd > start && bytes[lineEnd - 1] === RETURN ? lineEnd - 1 : lineEnd;
    if (end === start || (bytes[start]! <= SPACE && isBlank(bytes, start, end))) return;
    this.#linesRead++;
    reader.read(this.#line, bytes, start, end);
  }

  #unfinished(bytes: Uint8Array): Uint8Array {
    if (bytes.length <= LONGEST_LINE) return bytes;
    this.#line++;
    throw this.#formatError(
      'A line is longer than 1 MB',
      'This is not a CSV file of bars: check how it was exported.',
    );
  }

  /** About the file as a whole, naming the line reached. */
  #formatError(message: string, hint: string): AppError {
    const line = Math.max(1, this.#line);
    return new AppError('file-format', message, { file: this.#options.fileName, line, hint });
  }
}

function concat(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right.slice();
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
}
