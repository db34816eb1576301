import { AppError } from '../contract/errors.ts';
import type { ReadingPlan } from '../contract/schemas.ts';
import { BAR_COLUMN_NAMES } from '../market/bar.ts';
import { intervalMilliseconds } from '../market/bar-interval.ts';
import { brokenRule } from './bar-rules.ts';
import type { GrowingBars } from './growing-bars.ts';
import { fieldsAsLine, LineFields, type Span } from './line-fields.ts';
import {
  EXACT_DIGITS,
  POWERS,
  parseNumberField,
  parseVolumeField,
  saysAbsent,
  saysNull,
} from './number-field.ts';
import type { RejectReason } from './reject-reason.ts';
import type { TickerTable } from './ticker-table.ts';
import { TimeReader } from './time-reader.ts';
import { utf8Text } from './utf8.ts';

/** Takes every rejected line: the bytes at fault are those of one field, or of the whole line. */
export interface RejectSink {
  add(line: number, column: string | null, reason: RejectReason, field: Span, whole: Span): void;
}

export interface BarLineOptions {
  /** For messages. */
  readonly fileName: string;
  /** Empty minutes of a dense grid: drop them (they reach the sink), or refuse the file at the first one. */
  readonly zeroBars: 'drop' | 'reject-file';
  /** Day in the file's name, epoch ms UTC; NaN where it tells none. */
  readonly fileDay: number;
}

/** The layout of Interactive Brokers says "none" with -1. */
export const MINUS_ONE_LAYOUT = 'interactive-brokers';
/** The layout of our own lists of rejected lines, in which an apostrophe may stand ahead of `= + - @`. */
export const REJECTS_LAYOUT = 'hindsight-rejects';

/** Values of a line beside its time, in the order of BAR_COLUMN_NAMES: four prices, volume, and what one can miss. */
const VALUE_ROLES = BAR_COLUMN_NAMES.slice(1);
const PRICE_COUNT = 4;
const VOLUME = 4;
const TRADES = 5;
const SHOWN_BYTES = 80;

const RETURN = 0x0d;
const NEWLINE = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x22;
const MINUS = 0x2d;
const ZERO = 0x30;
const COLON = 0x3a;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;
const DAY_BYTES = 10;
const DAY = 86_400_000;

/** What to do with a field on the fast way: nothing, note where it is, read a day and time, or a number (plus its index). */
const SKIP = 0;
const NOTE = 1;
const TEXT_TIME = 2;
const NUMBER = 3;

/**
 * Milliseconds between a bar's start and its stamp. A date that is the last day of a longer bar covers that day too. Of bars
 * whose length the plan does not know the stamp is taken to be the start.
 */
export function stampShift({ stamp, every, timeFormat }: ReadingPlan): number {
  if (stamp === 'start' || every === null) return 0;
  return intervalMilliseconds(every) - (timeFormat === 'date' ? DAY : 0);
}

/** What takes the rows that a reader of JSON has split into fields. */
export interface RowReader {
  linesRead: number;
  readonly fields: LineFields;
  readFields(line: number, bytes: Uint8Array, start: number, end: number): void;
  reject(
    line: number,
    column: string | null,
    reason: RejectReason,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void;
}

/** Turns one line after the other into a bar in its ticker's columns, or hands it to the sink with a reason. */
export class BarLineReader implements RowReader {
  linesRead = 0;
  readonly #plan: ReadingPlan;
  /** What is taken from a stamp to get the bar's start. */
  readonly #shift: number;
  readonly #options: BarLineOptions;
  readonly #tickers: TickerTable;
  readonly #rejects: RejectSink;
  readonly #time: TimeReader;
  readonly #fields: LineFields;
  readonly #delimiter: number;
  readonly #decimalMark: number;
  readonly #columnCount: number;
  /** Position in a line of each of VALUE_ROLES, -1 where the file has none. */
  readonly #valueFields: Int32Array;
  readonly #timeField: number;
  readonly #dateField: number;
  readonly #timeOfDayField: number;
  readonly #offsetField: number;
  readonly #tickerField: number;
  /** For each column what the fast way does with it. */
  readonly #actions: Uint8Array;
  readonly #isMinusOneAbsent: boolean;
  /** Values of the line; NaN where the file has no such column. */
  readonly #row = new Float64Array(BAR_COLUMN_NAMES.length).fill(Number.NaN);
  /** Bars of the one ticker of the file; null where a column tells it. */
  readonly #bars: GrowingBars | null;
  /** The date that was read last on the fast way, and what to add to a time of day to get UTC. */
  readonly #day = new Uint8Array(DAY_BYTES);
  #dayStart = Number.NaN;
  #dayUtc = Number.NaN;

  /** Throws a RangeError for a zone that does not exist. */
  constructor(plan: ReadingPlan, options: BarLineOptions, tickers: TickerTable, rejects: RejectSink) {
    this.#plan = plan;
    this.#options = options;
    this.#tickers = tickers;
    this.#rejects = rejects;
    this.#time = new TimeReader(plan, options.fileDay);
    this.#shift = stampShift(plan);
    const roles = plan.columns.map(({ role }) => role);
    this.#columnCount = roles.length;
    // One more than there are columns: lines may end in a separator.
    this.#fields = new LineFields(roles.length + 1, plan.layout === REJECTS_LAYOUT);
    this.#delimiter = plan.delimiter.charCodeAt(0);
    this.#decimalMark = plan.decimalMark.charCodeAt(0);
    this.#valueFields = Int32Array.from(VALUE_ROLES, (role) => roles.indexOf(role));
    this.#timeField = roles.indexOf('time');
    this.#dateField = roles.indexOf('date');
    this.#timeOfDayField = roles.indexOf('time-of-day');
    this.#offsetField = roles.indexOf('utc-offset');
    this.#tickerField = roles.indexOf('ticker');
    this.#bars = this.#tickerField >= 0 || plan.ticker === null ? null : tickers.named(plan.ticker);
    this.#isMinusOneAbsent = plan.layout === MINUS_ONE_LAYOUT;
    this.#actions = Uint8Array.from(roles, (role) => {
      if (role === 'ignore') return SKIP;
      const value = (VALUE_ROLES as readonly string[]).indexOf(role);
      if (value >= 0) return NUMBER + value;
      return role === 'time' && plan.timeFormat === 'text' && this.#offsetField < 0 ? TEXT_TIME : NOTE;
    });
    if (this.#isMinusOneAbsent) this.#actions.fill(NUMBER + VALUE_ROLES.length); // always the careful way
  }

  /** The fields of the line last read, for readers that split lines themselves. */
  get fields(): LineFields {
    return this.#fields;
  }

  /**
   * Reads the line that begins at `start` in bytes that hold a line end behind it; `line` is its number in the file.
   * Returns where the next one begins. Blank lines are not counted.
   */
  readNext(bytes: Uint8Array, start: number, line: number): number {
    const next = this.#readFast(bytes, start, line);
    if (next >= 0) {
      this.linesRead++;
      return next;
    }
    const newline = bytes.indexOf(NEWLINE, start);
    this.read(line, bytes, start, newline);
    return newline + 1;
  }

  /** Reads a line given without its line end. */
  read(line: number, bytes: Uint8Array, start: number, lineEnd: number): void {
    const end = lineEnd > start && bytes[lineEnd - 1] === RETURN ? lineEnd - 1 : lineEnd;
    if (isBlankLine(bytes, start, end)) return;
    this.linesRead++;
    const count = this.#fields.split(bytes, start, end, this.#delimiter);
    const expected = this.#columnCount;
    if (count !== expected && !(count === expected + 1 && this.#fields.isEmpty(expected))) {
      this.reject(line, null, count < 0 ? 'bad-quotes' : 'wrong-field-count', bytes, start, end);
      return;
    }
    this.readFields(line, bytes, start, end);
  }

  /** Reads a line whose fields are noted in `fields`; `start` and `end` are the bounds of all of it. */
  readFields(line: number, bytes: Uint8Array, start: number, end: number): void {
    const { starts, ends } = this.#fields;
    const field = this.#tickerField;
    const bars = field < 0 ? this.#bars : this.#tickers.find(bytes, starts[field]!, ends[field]!);
    if (bars === null) {
      this.#rejectField(line, 'bad-ticker', 'ticker', field, bytes, start, end);
      return;
    }
    const time = this.#readTime(bytes, bars);
    if (Number.isNaN(time)) {
      const timeField = Math.max(this.#timeField, this.#dateField);
      const reason = this.#fields.isEmpty(timeField) ? 'missing: time' : this.#time.fault;
      this.#rejectField(line, reason, 'time', timeField, bytes, start, end);
      return;
    }
    this.#row[0] = time - this.#shift;
    const faulty = this.#readValues(bytes);
    if (this.#isEmptyMinute(bytes)) {
      this.#rejectEmptyMinute(line, bytes, start, end);
    } else if (faulty >= 0) {
      const role = VALUE_ROLES[faulty]!;
      const position = this.#valueFields[faulty]!;
      const reason = this.#isBlank(bytes, position) ? 'missing' : 'not-a-number';
      this.#rejectField(line, `${reason}: ${role}`, role, position, bytes, start, end);
    } else {
      const broken = brokenRule(this.#row);
      if (broken === null) {
        bars.append(this.#row, line);
      } else {
        const role = broken.column as (typeof VALUE_ROLES)[number] | null;
        const position = role === null ? -1 : this.#valueFields[VALUE_ROLES.indexOf(role)]!;
        this.#rejectField(line, broken.reason, role, position, bytes, start, end);
      }
    }
  }

  /** A line that is no bar, as a whole. */
  reject(
    line: number,
    column: string | null,
    reason: RejectReason,
    bytes: Uint8Array,
    start: number,
    end: number,
  ) {
    const own = { bytes, start, end };
    const isJsonRow = this.#plan.format === 'json' && reason !== 'bad-json' && reason !== 'wrong-field-count';
    this.#rejects.add(
      line,
      column,
      reason,
      own,
      isJsonRow ? fieldsAsLine(this.#fields, bytes, this.#columnCount) : own,
    );
  }

  /**
   * One pass over the bytes of a plain and sound line. Returns where the next line begins, or -1, with nothing changed,
   * for any line that must be read with care: quotes inside fields, blanks, unusual numbers, faults of any kind.
   */
  #readFast(bytes: Uint8Array, start: number, line: number): number {
    const delimiter = this.#delimiter;
    const decimalMark = this.#decimalMark;
    const actions = this.#actions;
    const row = this.#row;
    const { starts, ends } = this.#fields;
    const last = this.#columnCount - 1;
    let at = start;
    let time = Number.NaN;
    for (let column = 0; column <= last; column++) {
      const action = actions[column]!;
      const isQuoted = bytes[at] === QUOTE;
      if (isQuoted) at++;
      if (action >= NUMBER) {
        const isNegative = bytes[at] === MINUS;
        if (isNegative) at++;
        let mantissa = 0;
        let digit = bytes[at]! - ZERO;
        const first = at;
        while (digit >= 0 && digit <= 9) {
          mantissa = mantissa * 10 + digit;
          digit = bytes[++at]! - ZERO;
        }
        let digits = at - first;
        let value = mantissa;
        if (bytes[at] === decimalMark && decimalMark !== delimiter) {
          const point = ++at;
          digit = bytes[at]! - ZERO;
          while (digit >= 0 && digit <= 9) {
            mantissa = mantissa * 10 + digit;
            digit = bytes[++at]! - ZERO;
          }
          const decimals = at - point;
          digits += decimals;
          value = decimals > 0 && decimals < POWERS.length ? mantissa / POWERS[decimals]! : mantissa;
        }
        if (digits > EXACT_DIGITS) return -1;
        const hasDigits = digits > 0;
        if (!hasDigits && (isNegative || action - NUMBER < PRICE_COUNT)) return -1;
        row[action - NUMBER + 1] = hasDigits ? (isNegative ? 0 - value : value) : Number.NaN;
      } else if (action === TEXT_TIME) {
        starts[column] = at;
        const isMinute =
          bytes[at + 16] === delimiter || bytes[at + 16]! <= RETURN || bytes[at + 16] === QUOTE;
        const end = at + (isMinute ? 16 : 19);
        const isZulu = bytes[end] === LETTER_Z;
        time = this.#readDayAndTime(bytes, at, end, isZulu);
        at = Number.isNaN(time) ? fieldEnd(bytes, at, delimiter) : isZulu ? end + 1 : end;
        ends[column] = at;
      } else {
        starts[column] = at;
        at = fieldEnd(bytes, at, delimiter);
        ends[column] = at;
        if (action === NOTE && (bytes[at - 1] === SPACE || bytes[starts[column]!] === SPACE)) return -1;
      }
      if (isQuoted && bytes[at++] !== QUOTE) return -1;
      if (column < last && bytes[at++] !== delimiter) return -1;
    }
    if (bytes[at] === RETURN) at++;
    if (bytes[at] !== NEWLINE) return -1;
    return this.#finishFast(line, time, bytes, start, at) ? at + 1 : -1;
  }

  /** What is left of a line on the fast way: ticker, time, rules. False where it must be read with care. */
  #finishFast(line: number, textTime: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { starts, ends } = this.#fields;
    const field = this.#tickerField;
    const bars = field < 0 ? this.#bars : this.#tickers.find(bytes, starts[field]!, ends[field]!);
    if (bars === null) return false;
    const time = Number.isNaN(textTime) ? this.#readTime(bytes, bars) : textTime;
    if (Number.isNaN(time)) return false;
    const row = this.#row;
    if (this.#plan.priceDivisor !== 1) this.#divide(this.#plan.priceDivisor);
    const open = row[1]!;
    const high = row[2]!;
    const low = row[3]!;
    const close = row[4]!;
    const isSound =
      low > 0 &&
      low <= open &&
      low <= close &&
      high >= open &&
      high >= close &&
      !(row[5]! < 0) &&
      !(row[6]! < 0);
    if (!isSound) {
      const volume = row[5]!;
      const isUntraded = volume === 0 || Number.isNaN(volume);
      const isEmptyMinute = open === 0 && high === 0 && low === 0 && close === 0 && isUntraded;
      if (isEmptyMinute) this.#rejectEmptyMinute(line, bytes, start, end);
      return isEmptyMinute;
    }
    row[0] = time - this.#shift;
    bars.append(row, line);
    return true;
  }

  /** `YYYY-MM-DD HH:MM[:SS]` with any separator in the date; NaN for anything else and around changes of the clock. */
  #readDayAndTime(bytes: Uint8Array, at: number, end: number, isUtc: boolean): number {
    const day = this.#day;
    let same = 0;
    while (same < DAY_BYTES && bytes[at + same] === day[same]) same++;
    if (same < DAY_BYTES && !this.#startDay(bytes, at)) return Number.NaN;
    const gap = bytes[at + 10];
    if ((gap !== SPACE && gap !== LETTER_T) || bytes[at + 13] !== COLON) return Number.NaN;
    const hours = twoDigits(bytes, at + 11);
    const minutes = twoDigits(bytes, at + 14);
    let seconds = 0;
    if (end - at === 19) {
      if (bytes[at + 16] !== COLON) return Number.NaN;
      seconds = twoDigits(bytes, at + 17);
    }
    if (hours > 23 || minutes > 59 || seconds > 59) return Number.NaN;
    const start = isUtc ? this.#dayUtc : this.#dayStart;
    return start + ((hours * 60 + minutes) * 60 + seconds) * 1000;
  }

  /** Looks up another date. False where the bytes are none that the fast way knows. */
  #startDay(bytes: Uint8Array, at: number): boolean {
    const separator = bytes[at + 4];
    const isYearFirst =
      separator === bytes[at + 7] && (separator === MINUS || separator === 0x2e || separator === 0x2f);
    if (!isYearFirst) return false;
    const day = this.#time.day(bytes, at, at + DAY_BYTES);
    if (Number.isNaN(day)) return false;
    this.#dayUtc = day;
    this.#dayStart = day - this.#time.clock.offsetOfDay(day);
    for (let index = 0; index < DAY_BYTES; index++) this.#day[index] = bytes[at + index]!;
    return true;
  }

  #readTime(bytes: Uint8Array, bars: GrowingBars): number {
    const { starts, ends } = this.#fields;
    const neighbour = bars.length === 0 ? Number.NaN : bars.time[bars.length - 1]! + this.#shift;
    const field = this.#timeField;
    if (field < 0) {
      const date = this.#dateField;
      const time = this.#timeOfDayField;
      return time < 0
        ? this.#time.read(bytes, starts[date]!, ends[date]!, neighbour)
        : this.#time.readParts(bytes, starts[date]!, ends[date]!, starts[time]!, ends[time]!, neighbour);
    }
    const offset = this.#offsetField;
    return offset < 0 || this.#fields.isEmpty(offset)
      ? this.#time.read(bytes, starts[field]!, ends[field]!, neighbour)
      : this.#time.readWithOffset(bytes, starts[field]!, ends[field]!, starts[offset]!, ends[offset]!);
  }

  /** Fills the row. Returns the first of VALUE_ROLES whose field is at fault, -1 if none is. */
  #readValues(bytes: Uint8Array): number {
    const { starts, ends } = this.#fields;
    let faulty = -1;
    for (let index = 0; index < VALUE_ROLES.length; index++) {
      const field = this.#valueFields[index]!;
      let value = Number.NaN;
      if (field >= 0) {
        const from = starts[field]!;
        const to = ends[field]!;
        const isBlank = this.#isBlank(bytes, field) || (index === VOLUME && isDash(bytes, from, to));
        if (!isBlank) {
          value =
            index === VOLUME
              ? parseVolumeField(bytes, from, to, this.#decimalMark)
              : parseNumberField(bytes, from, to, this.#decimalMark);
        }
        // A blank price is a fault; so is text anywhere, but for words that say "none" in the columns one can miss.
        const isFault = isBlank
          ? index < PRICE_COUNT
          : Number.isNaN(value) && !(index >= TRADES && saysAbsent(bytes, from, to));
        if (isFault && faulty < 0) faulty = index;
        if (this.#isMinusOneAbsent && index >= VOLUME && value === -1) value = Number.NaN;
      }
      this.#row[index + 1] = value;
    }
    if (this.#plan.priceDivisor !== 1) this.#divide(this.#plan.priceDivisor);
    return faulty;
  }

  #divide(divisor: number): void {
    const row = this.#row;
    for (let index = 1; index <= PRICE_COUNT; index++) row[index] = row[index]! / divisor;
    row[7] = row[7]! / divisor;
    row[8] = row[8]! / divisor;
  }

  #isBlank(bytes: Uint8Array, field: number): boolean {
    return (
      this.#fields.isEmpty(field) || saysNull(bytes, this.#fields.starts[field]!, this.#fields.ends[field]!)
    );
  }

  /** All four prices zero or blank, and the volume too. */
  #isEmptyMinute(bytes: Uint8Array): boolean {
    for (let index = 0; index <= VOLUME; index++) {
      const value = this.#row[index + 1]!;
      if (value === 0) continue;
      const field = this.#valueFields[index]!;
      if (!Number.isNaN(value) || (field >= 0 && !this.#isBlank(bytes, field))) return false;
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
    this.reject(line, null, 'empty-minute', bytes, start, end);
  }

  /** With the column's own text, or the line's where that is empty or several columns disagree. */
  #rejectField(
    line: number,
    reason: RejectReason,
    column: string | null,
    field: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    const whole = { bytes, start, end };
    const isOwn = field >= 0 && !this.#fields.isEmpty(field);
    const own = isOwn ? { bytes, start: this.#fields.starts[field]!, end: this.#fields.ends[field]! } : whole;
    this.#rejects.add(
      line,
      column,
      reason,
      own,
      this.#plan.format === 'json' ? fieldsAsLine(this.#fields, bytes, this.#columnCount) : whole,
    );
  }
}

/** Whether a line holds blanks only. */
function isBlankLine(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== SPACE && bytes[at] !== RETURN) return false;
  return true;
}

/** Some web pages write so that there is no volume. */
const isDash = (bytes: Uint8Array, start: number, end: number) => end - start === 1 && bytes[start] === MINUS;

/** Where a field without quotes inside ends. */
function fieldEnd(bytes: Uint8Array, start: number, delimiter: number): number {
  let at = start;
  for (let byte = bytes[at]!; byte !== delimiter && byte !== NEWLINE && byte !== RETURN && byte !== QUOTE; ) {
    byte = bytes[++at]!;
  }
  return at;
}

/** A number of two digits, a large one where they are none. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 1000;
}
