import { AppError } from '../contract/errors.ts';
import { BAR_COLUMN_NAMES, type BarColumnName } from '../market/bar.ts';
import { brokenRule } from './bar-rules.ts';
import type { CsvColumn, CsvLayout } from './csv-layout.ts';
import type { GrowingBars } from './growing-bars.ts';
import { LineFields } from './line-fields.ts';
import { parseNumberField, saysAbsent } from './number-field.ts';
import type { RejectReason } from './reject-reason.ts';
import { TickerTable } from './ticker-table.ts';
import { parseTimeField } from './time-field.ts';
import { utf8Text } from './utf8.ts';

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

export interface BarLineOptions {
  /** For messages. */
  readonly fileName: string;
  /** Ticker of all lines, for files without such a column. */
  readonly ticker: string | null;
  /** Empty minutes of a dense grid: drop them (they reach the sink), or refuse the file at the first one. */
  readonly zeroBars: 'drop' | 'reject-file';
}

/** Values of a line beside its time, in the order of BAR_COLUMN_NAMES: four prices, volume, and what one can miss. */
const VALUE_COLUMNS = BAR_COLUMN_NAMES.slice(1) as Exclude<BarColumnName, 'time'>[];
const PRICE_COUNT = 4;
const VOLUME = PRICE_COUNT;
const SHOWN_BYTES = 80;

/** Turns one line after the other into a bar in its ticker's columns, or hands it to the sink with a reason. */
export class BarLineReader {
  readonly tickers: TickerTable;
  readonly #layout: CsvLayout;
  readonly #options: BarLineOptions;
  readonly #rejects: RejectSink;
  readonly #fields: LineFields;
  /** Position in a line of each of VALUE_COLUMNS, -1 where the file has none. */
  readonly #valueFields: Int32Array;
  readonly #row = new Float64Array(BAR_COLUMN_NAMES.length);
  /** Bars of the one ticker that the options name. */
  readonly #bars: GrowingBars | null;

  constructor(layout: CsvLayout, options: BarLineOptions, rejects: RejectSink) {
    this.#layout = layout;
    this.#options = options;
    this.#rejects = rejects;
    // One more than the heading has: lines may end in a separator.
    this.#fields = new LineFields(layout.fields + 1);
    this.#valueFields = Int32Array.from(VALUE_COLUMNS, (name) => layout.position[name]);
    const present = VALUE_COLUMNS.filter((name) => layout.position[name] >= 0);
    this.tickers = new TickerTable(new Set<BarColumnName>(['time', ...present]));
    this.#bars = options.ticker === null ? null : this.tickers.add(options.ticker);
  }

  /** `line` is the number of the line in the file, from 1; its bytes come without the line end. */
  read(line: number, bytes: Uint8Array, start: number, end: number): void {
    const { fields: expected, delimiter, position } = this.#layout;
    const fields = this.#fields;
    const count = fields.split(bytes, start, end, delimiter);
    if (count !== expected && !(count === expected + 1 && fields.isEmpty(expected))) {
      const reason = count < 0 ? 'bad-quotes' : 'wrong-field-count';
      this.#rejects.add(line, null, reason, bytes, start, end);
      return;
    }
    const { ticker, bucket } = position;
    const bars =
      ticker < 0 ? this.#bars : this.tickers.find(bytes, fields.starts[ticker]!, fields.ends[ticker]!);
    if (bars === null) {
      this.#reject(line, 'bad-ticker', 'ticker', bytes, start, end);
      return;
    }
    const time = parseTimeField(bytes, fields.starts[bucket]!, fields.ends[bucket]!);
    if (Number.isNaN(time)) {
      const reason = fields.isEmpty(bucket) ? 'missing: bucket' : 'bad-time';
      this.#reject(line, reason, 'bucket', bytes, start, end);
      return;
    }
    this.#row[0] = time;
    const faulty = this.#readValues(bytes);
    if (this.#isEmptyMinute()) {
      this.#rejectEmptyMinute(line, bytes, start, end);
    } else if (faulty >= 0) {
      const column = VALUE_COLUMNS[faulty]!;
      const reason = fields.isEmpty(this.#valueFields[faulty]!) ? 'missing' : 'not-a-number';
      this.#reject(line, `${reason}: ${column}`, column, bytes, start, end);
    } else {
      const broken = brokenRule(this.#row);
      if (broken === null) bars.append(this.#row, line);
      else this.#reject(line, broken.reason, broken.column, bytes, start, end);
    }
  }

  /** Fills the row. Returns the first of VALUE_COLUMNS whose field is at fault, -1 if none is. */
  #readValues(bytes: Uint8Array): number {
    const { starts, ends } = this.#fields;
    let faulty = -1;
    for (let index = 0; index < VALUE_COLUMNS.length; index++) {
      const field = this.#valueFields[index]!;
      let value = Number.NaN;
      if (field >= 0) {
        const from = starts[field]!;
        const to = ends[field]!;
        if (from < to) value = parseNumberField(bytes, from, to, this.#layout.decimalMark);
        // A blank price is a fault; so is text anywhere, but for words that say "none" in the columns one can miss.
        const isFault =
          from === to
            ? index < PRICE_COUNT
            : Number.isNaN(value) && !(index > VOLUME && saysAbsent(bytes, from, to));
        if (isFault && faulty < 0) faulty = index;
      }
      this.#row[index + 1] = value;
    }
    return faulty;
  }

  /** All four prices zero or blank, and the volume too. */
  #isEmptyMinute(): boolean {
    for (let index = 0; index <= VOLUME; index++) {
      const value = this.#row[index + 1]!;
      if (value === 0) continue;
      const field = this.#valueFields[index]!;
      if (!Number.isNaN(value) || (field >= 0 && !this.#fields.isEmpty(field))) return false;
    }
    return true;
  }

  #rejectEmptyMinute(line: number, bytes: Uint8Array, start: number, end: number): void {
    if (this.#options.zeroBars === 'reject-file') {
      const text = utf8Text(bytes, start, Math.min(end, start + SHOWN_BYTES));
      throw new AppError('file-format', `An empty minute (no prices, nothing traded): ${text}`, {
        file: this.#options.fileName,
        line,
        hint: 'Import with empty minutes dropped; they are counted in the report.',
      });
    }
    this.#rejects.add(line, null, 'empty-minute', bytes, start, end);
  }

  /** With the column's own text, or the line's where that is empty or several columns disagree. */
  #reject(
    line: number,
    reason: RejectReason,
    column: string | null,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    const field = column === null ? -1 : this.#layout.position[column as CsvColumn];
    const isOwn = field >= 0 && !this.#fields.isEmpty(field);
    const from = isOwn ? this.#fields.starts[field]! : start;
    this.#rejects.add(line, column, reason, bytes, from, isOwn ? this.#fields.ends[field]! : end);
  }
}
