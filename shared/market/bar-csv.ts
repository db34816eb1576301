import { AppError } from '../contract/errors.ts';
import { BAR_COLUMN_NAMES, type BarColumnName } from './bar.ts';
import { brokenRule } from './bar-rules.ts';
import { type CsvLayout, readCsvLayout } from './csv-layout.ts';
import { encodingOf, notCsvBecause } from './file-kind.ts';
import { GrowingBars } from './growing-bars.ts';
import { parseNumberField, saysAbsent } from './number-field.ts';
import type { RejectReason } from './reject-reason.ts';
import { isTicker } from './ticker.ts';
import { parseTimeField } from './time-field.ts';
import { utf8Text } from './utf8.ts';

/** Changes whenever the same file could give other bars; kept with every import. */
export const PARSER_VERSION = '1';

/** Takes every rejected line: the bytes at fault are those of one field, or of the whole line. */
export interface RejectSink {
  add(
    line: number,
    column: string | null,
    reason: RejectReason,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void;
}

export interface BarCsvOptions {
  /** For messages. */
  readonly fileName: string;
  /** Ticker of all lines, for files without such a column. */
  readonly ticker: string | null;
  /** Empty minutes of a dense grid: drop them (they reach the sink), or refuse the file at the first one. */
  readonly zeroBars: 'drop' | 'reject-file';
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
const QUOTE = 0x22;
/** Enough of the file to see heading and some lines; a line longer than the limit is no bar. */
const HEAD_BYTES = 64 * 1024;
const LONGEST_LINE = 1024 * 1024;
const SAMPLE_LINES = 200;
const EMPTY = new Uint8Array(0);

/** Fields of a line after the time, in the order of BAR_COLUMN_NAMES. */
const VALUE_COLUMNS = BAR_COLUMN_NAMES.slice(1) as Exclude<BarColumnName, 'time'>[];
const PRICE_COUNT = 4;
const VOLUME = PRICE_COUNT;

/**
 * Reads bars of the CSV schema from pieces of UTF-8 bytes straight into columns, one line at a time and without an
 * object per line. Every line ends up as a bar or in the sink with a reason; blank lines and the heading are not
 * counted. Throws AppErrors (file-format) when the file as a whole is not bars.
 */
export class BarCsvParser {
  readonly #options: BarCsvOptions;
  readonly #rejects: RejectSink;
  readonly #tickers = new Map<string, GrowingBars>();
  readonly #row = new Float64Array(BAR_COLUMN_NAMES.length);
  #layout: CsvLayout | null = null;
  /** Position in a line of each of VALUE_COLUMNS, -1 where the file has none. */
  #valueFields = new Int32Array(0);
  #starts = new Int32Array(0);
  #ends = new Int32Array(0);
  #present = new Set<BarColumnName>();
  /** Bytes of an unfinished line (or, before the layout is known, of the file's head). */
  #carry: Uint8Array = EMPTY;
  #line = 0;
  #linesRead = 0;
  /** Bars and ticker of the line before: most files hold long runs of one ticker. */
  #bars: GrowingBars | null = null;
  #tickerBytes: Uint8Array = EMPTY;

  constructor(options: BarCsvOptions, rejects: RejectSink) {
    this.#options = options;
    this.#rejects = rejects;
  }

  push(bytes: Uint8Array): void {
    if (this.#layout !== null) {
      this.#readLines(bytes);
      return;
    }
    this.#carry = concat(this.#carry, bytes);
    if (this.#carry.length >= HEAD_BYTES) this.#begin();
  }

  finish(): ParsedBars {
    if (this.#layout === null) this.#begin();
    if (this.#carry.length > 0) this.#readLines(Uint8Array.of(NEWLINE));
    if (this.#linesRead === 0) {
      throw this.#formatError(
        'The file has a heading but no data rows',
        1,
        'Export it again with bars in it.',
      );
    }
    return { linesRead: this.#linesRead, tickers: this.#tickers, warnings: this.#layout!.warnings };
  }

  /** Looks at the head of the file: what it is, and where which column stands. */
  #begin(): void {
    const head = this.#carry;
    const wrong = notCsvBecause(head.subarray(0, HEAD_BYTES));
    if (wrong === 'html') {
      throw this.#formatError(
        'This is an HTML page, not a CSV file',
        1,
        'Open it in a browser: it may be the vendor’s error message.',
      );
    }
    if (wrong === 'json') {
      throw this.#formatError(
        'This is JSON, not a CSV file',
        1,
        'Ask the vendor for CSV; it may also be an error message.',
      );
    }
    if (wrong === 'binary') {
      throw this.#formatError('This is a binary file, not text', 1, 'Choose a .csv or .csv.gz file of bars.');
    }
    let start = encodingOf(head).mark;
    let end = start;
    for (; ; start = end + 1) {
      if (start >= head.length)
        throw this.#formatError('The file is empty', 1, 'Export it again with bars in it.');
      this.#line++;
      end = head.indexOf(NEWLINE, start);
      if (end < 0) end = head.length;
      if (!isBlank(head, start, end)) break;
    }
    const sampleText = utf8Text(head, end + 1, Math.min(head.length, end + HEAD_BYTES));
    this.#applyLayout(
      readCsvLayout({
        fileName: this.#options.fileName,
        heading: utf8Text(head, start, end),
        headingLine: this.#line,
        sample: sampleText.split('\n').slice(0, SAMPLE_LINES),
        ticker: this.#options.ticker,
        map: this.#options.map,
      }),
    );
    this.#carry = EMPTY;
    this.#readLines(head.subarray(end + 1));
  }

  #applyLayout(layout: CsvLayout): void {
    this.#layout = layout;
    this.#valueFields = Int32Array.from(VALUE_COLUMNS, (name) => layout.position[name]);
    // One more than the heading has: lines may end in a separator.
    this.#starts = new Int32Array(layout.fields + 1);
    this.#ends = new Int32Array(layout.fields + 1);
    this.#present = new Set(['time', ...VALUE_COLUMNS.filter((name) => layout.position[name] >= 0)]);
    if (this.#options.ticker !== null) this.#bars = this.#barsOf(this.#options.ticker);
  }

  #readLines(bytes: Uint8Array): void {
    let start = 0;
    if (this.#carry.length > 0) {
      const newline = bytes.indexOf(NEWLINE);
      const line = concat(this.#carry, newline < 0 ? bytes : bytes.subarray(0, newline));
      this.#carry = newline < 0 ? this.#unfinished(line) : EMPTY;
      if (newline < 0) return;
      this.#readLine(line, 0, line.length);
      start = newline + 1;
    }
    for (;;) {
      const newline = bytes.indexOf(NEWLINE, start);
      if (newline < 0) break;
      this.#readLine(bytes, start, newline);
      start = newline + 1;
    }
    this.#carry = this.#unfinished(bytes.slice(start));
  }

  #unfinished(bytes: Uint8Array): Uint8Array {
    if (bytes.length <= LONGEST_LINE) return bytes;
    throw this.#formatError(
      'A line is longer than 1 MB',
      this.#line + 1,
      'This is not a CSV file of bars: check how it was exported.',
    );
  }

  #readLine(bytes: Uint8Array, start: number, lineEnd: number): void {
    this.#line++;
    const end = lineEnd > start && bytes[lineEnd - 1] === RETURN ? lineEnd - 1 : lineEnd;
    if (end === start || (bytes[start]! <= SPACE && isBlank(bytes, start, end))) return;
    this.#linesRead++;
    const layout = this.#layout!;
    const count = this.#split(bytes, start, end, layout.delimiter);
    if (count !== layout.fields && !(count === layout.fields + 1 && this.#isEmptyField(layout.fields))) {
      this.#reject(count < 0 ? 'bad-quotes' : 'wrong-field-count', null, bytes, start, end);
      return;
    }
    const bars = this.#tickerOf(bytes, layout);
    if (bars === null) {
      this.#rejectField('bad-ticker', 'ticker', bytes, start, end);
      return;
    }
    const field = layout.position.bucket;
    const time = parseTimeField(bytes, this.#starts[field]!, this.#ends[field]!);
    if (Number.isNaN(time)) {
      const reason = this.#isEmptyField(field) ? 'missing: bucket' : 'bad-time';
      this.#rejectField(reason, 'bucket', bytes, start, end);
      return;
    }
    this.#row[0] = time;
    if (!this.#readValues(bytes, start, end, layout)) return;
    const broken = brokenRule(this.#row);
    if (broken === null) bars.append(this.#row, this.#line);
    else this.#rejectField(broken.reason, broken.column, bytes, start, end);
  }

  /** Fills the row; false when the line was rejected. */
  #readValues(bytes: Uint8Array, start: number, end: number, layout: CsvLayout): boolean {
    let firstFault = -1;
    for (let index = 0; index < VALUE_COLUMNS.length; index++) {
      const field = this.#valueFields[index]!;
      let value = Number.NaN;
      if (field >= 0) {
        const from = this.#starts[field]!;
        const to = this.#ends[field]!;
        if (from < to) value = parseNumberField(bytes, from, to, layout.decimalMark);
        // A blank price is a fault; so is text anywhere, but for words that say "none" in the columns one can miss.
        const isFault =
          from === to
            ? index < PRICE_COUNT
            : Number.isNaN(value) && !(index > VOLUME && saysAbsent(bytes, from, to));
        if (isFault && firstFault < 0) firstFault = index;
      }
      this.#row[index + 1] = value;
    }
    if (this.#isEmptyMinute()) {
      this.#rejectEmptyMinute(bytes, start, end);
      return false;
    }
    if (firstFault < 0) return true;
    const column = VALUE_COLUMNS[firstFault]!;
    const reason = this.#isEmptyField(this.#valueFields[firstFault]!) ? 'missing' : 'not-a-number';
    this.#rejectField(`${reason}: ${column}`, column, bytes, start, end);
    return false;
  }

  /** All four prices zero or blank, and the volume too. */
  #isEmptyMinute(): boolean {
    for (let index = 0; index <= VOLUME; index++) {
      const value = this.#row[index + 1]!;
      if (value === 0) continue;
      const field = this.#valueFields[index]!;
      if (!Number.isNaN(value) || (field >= 0 && !this.#isEmptyField(field))) return false;
    }
    return true;
  }

  #rejectEmptyMinute(bytes: Uint8Array, start: number, end: number): void {
    if (this.#options.zeroBars === 'reject-file') {
      throw this.#formatError(
        `An empty minute (no prices, nothing traded): ${lineText(bytes, start, end)}`,
        this.#line,
        'Import with empty minutes dropped; they are counted in the report.',
      );
    }
    this.#reject('empty-minute', null, bytes, start, end);
  }

  /** Splits a line into the field bounds. Returns the number of fields, -1 for broken quotes. */
  #split(bytes: Uint8Array, start: number, end: number, delimiter: number): number {
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

  #setField(field: number, bytes: Uint8Array, start: number, end: number): void {
    if (field >= this.#starts.length) return;
    let from = start;
    let to = end;
    while (from < to && bytes[from] === SPACE) from++;
    while (to > from && bytes[to - 1] === SPACE) to--;
    this.#starts[field] = from;
    this.#ends[field] = to;
  }

  /** The columns of this line's ticker; null when it is none. */
  #tickerOf(bytes: Uint8Array, layout: CsvLayout): GrowingBars | null {
    const field = layout.position.ticker;
    if (field < 0) return this.#bars;
    const start = this.#starts[field]!;
    const end = this.#ends[field]!;
    const last = this.#tickerBytes;
    if (this.#bars !== null && end - start === last.length) {
      let at = 0;
      while (at < last.length && bytes[start + at] === last[at]) at++;
      if (at === last.length) return this.#bars;
    }
    const ticker = utf8Text(bytes, start, end);
    const known = this.#tickers.get(ticker);
    if (known === undefined && !isTicker(ticker)) return null;
    this.#tickerBytes = bytes.slice(start, end);
    return (this.#bars = known ?? this.#barsOf(ticker));
  }

  #barsOf(ticker: string): GrowingBars {
    const bars = new GrowingBars(this.#present);
    this.#tickers.set(ticker, bars);
    return bars;
  }

  #isEmptyField(field: number): boolean {
    return this.#starts[field] === this.#ends[field];
  }

  #reject(reason: RejectReason, column: string | null, bytes: Uint8Array, start: number, end: number): void {
    this.#rejects.add(this.#line, column, reason, bytes, start, end);
  }

  /** With the field's own text, or the line's where the field is empty or several columns disagree. */
  #rejectField(
    reason: RejectReason,
    column: string | null,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    const field = column === null ? -1 : this.#layout!.position[column as keyof CsvLayout['position']];
    if (field < 0 || this.#isEmptyField(field)) this.#reject(reason, column, bytes, start, end);
    else this.#reject(reason, column, bytes, this.#starts[field]!, this.#ends[field]!);
  }

  #formatError(message: string, line: number, hint: string): AppError {
    return new AppError('file-format', message, { file: this.#options.fileName, line, hint });
  }
}

const lineText = (bytes: Uint8Array, start: number, end: number) =>
  utf8Text(bytes, start, Math.min(end, start + 80));

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== SPACE && bytes[at] !== RETURN) return false;
  return true;
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

function concat(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right.slice();
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
}
