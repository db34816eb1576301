import { AppError } from '../../contract/errors.ts';
import type { ColumnRole } from '../../contract/schemas.ts';
import { isTicker } from '../../market/ticker.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { KEY_COLUMN, mayBe, plainName, rolesByName } from './column-names.ts';
import { isBlank, timeOfDay } from './field-kind.ts';
import { type PriceRole, priceOrder, soundShare } from './price-order.ts';
import { type ColumnKind, fullRows, type TableHead } from './table-head.ts';

export interface ColumnGuess {
  readonly roles: ColumnRole[];
  readonly why: string;
  readonly certainty: 'sure' | 'likely' | 'ask';
}

const JUDGED_ROWS = 200;
const PRICES = ['open', 'high', 'low', 'close'] as const;
/** Fewer sound bars than this, and the columns are not what their names say. */
const SOUND_SHARE = 0.5;
const ENOUGH_ROWS = 5;

/**
 * What each column stands for: by its name where there is one, else by what stands in it. Throws a file-format error that
 * names the column that is missing.
 */
export function guessColumns(head: TableHead, kinds: readonly ColumnKind[], fileName: string): ColumnGuess {
  if (head.names === null) return guessByContents(head, kinds, fileName);
  const { roles, repeated } = rolesByName(head.names);
  if (repeated !== null) {
    throw new AppError(
      'file-format',
      `Two columns stand for ${repeated.role}: "${repeated.first}" and "${repeated.second}"`,
      { file: fileName, line: head.skip, field: repeated.role, hint: 'Rename one of them in the heading.' },
    );
  }
  if (!PRICES.some((price) => roles.includes(price))) {
    const byContents = tryContents(head, kinds);
    if (byContents !== null) {
      return { ...byContents, certainty: 'ask', why: `no name in the heading is known; ${byContents.why}` };
    }
  }
  settleKey(roles, head, kinds);
  settleTime(roles, head, kinds);
  settleVolume(roles, head);
  settleTicker(roles, head);
  const share = namedShare(roles, head);
  if (share !== null && share.rows >= ENOUGH_ROWS && share.sound < SOUND_SHARE) {
    return {
      roles,
      certainty: 'ask',
      why: `by their names, but only ${Math.round(share.sound * 100)} % of the first lines have their high above and their low below the other prices`,
    };
  }
  return { roles, certainty: 'sure', why: 'by the names in the heading' };
}

/** The keys of a JSON document are times or tickers. */
function settleKey(roles: ColumnRole[], head: TableHead, kinds: readonly ColumnKind[]): void {
  if (head.names![0] !== KEY_COLUMN) return;
  const role = kinds[0] === 'datetime' || kinds[0] === 'date' || kinds[0] === 'epoch' ? 'time' : 'ticker';
  if (!roles.includes(role)) roles[0] = role;
}

/** Tells a time from a date with a time of day beside it, by names and contents. */
function settleTime(roles: ColumnRole[], head: TableHead, kinds: readonly ColumnKind[]): void {
  const names = head.names!;
  const isTimeOfDay = (column: number) =>
    kinds[column] === 'time-of-day' ||
    fullRows(head)
      .slice(0, JUDGED_ROWS)
      .every((row) => isBlank(row[column]!) || !Number.isNaN(timeOfDay(row[column]!)));
  const free = (column: number) => roles[column] === 'ignore' || roles[column] === 'time';
  const date = names.findIndex(
    (name, column) => free(column) && mayBe(name, 'date') && kinds[column] === 'date',
  );
  const time = names.findIndex(
    (name, column) => free(column) && column !== date && mayBe(name, 'time-of-day') && isTimeOfDay(column),
  );
  const current = roles.indexOf('time');
  const isWhole = current >= 0 && (kinds[current] === 'datetime' || kinds[current] === 'epoch');
  if (date >= 0 && time >= 0 && !isWhole) {
    if (current >= 0) roles[current] = 'ignore';
    roles[date] = 'date';
    roles[time] = 'time-of-day';
    return;
  }
  const isReadable = (column: number) => ['datetime', 'epoch', 'date'].includes(kinds[column]!);
  if (current >= 0 && (isReadable(current) || kinds[current] === 'number')) return;
  const other = kinds.findIndex((_, column) => roles[column] === 'ignore' && isReadable(column));
  if (current < 0 && other >= 0) roles[other] = 'time';
}

/** MetaTrader writes the volume of ticks and the real one, which is nought where nobody tells it. */
function settleVolume(roles: ColumnRole[], head: TableHead): void {
  const current = roles.indexOf('volume');
  const ticks = head.names!.findIndex((name) => /^tickvol/.test(plainName(name)));
  if (current < 0 || ticks < 0 || ticks === current) return;
  if (fullRows(head).every((row) => Number(row[current]) === 0)) {
    roles[current] = 'ignore';
    roles[ticks] = 'volume';
  }
}

/** A column called `name` or `code` that holds no symbols is none of tickers. */
function settleTicker(roles: ColumnRole[], head: TableHead): void {
  const column = roles.indexOf('ticker');
  if (column < 0 || /^(ticker|symbol|ric|sym)$/.test(plainName(head.names![column]!))) return;
  const values = fullRows(head)
    .slice(0, JUDGED_ROWS)
    .map((row) => row[column]!);
  if (values.length > 0 && values.filter(isTicker).length < values.length / 2) roles[column] = 'ignore';
}

function namedShare(roles: readonly ColumnRole[], head: TableHead): { sound: number; rows: number } | null {
  const columns = PRICES.map((price) => roles.indexOf(price));
  if (columns.some((column) => column < 0)) return null;
  const rows = fullRows(head)
    .slice(0, JUDGED_ROWS)
    .map((row) => columns.map((column) => numberOf(row[column]!)))
    .filter((row) => row.every((price) => price > 0));
  return rows.length === 0 ? null : { sound: soundShare(rows, PRICES), rows: rows.length };
}

/** Enough of a number to compare prices of one line. */
function numberOf(text: string): number {
  if (/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/.test(text)) return Number(text.replaceAll(',', ''));
  if (/^[+-]?\d{1,3}(?:\.\d{3})+,\d*$/.test(text)) return Number(text.replaceAll('.', '').replace(',', '.'));
  return text === '' ? Number.NaN : Number(text.replace(',', '.'));
}

function guessByContents(head: TableHead, kinds: readonly ColumnKind[], fileName: string): ColumnGuess {
  const guess = tryContents(head, kinds);
  if (guess !== null) return guess;
  throw new AppError(
    'file-format',
    `No four columns of this file make sense as open, high, low and close (it has ${head.width} columns and no heading)`,
    {
      file: fileName,
      line: head.skip + 1,
      field: 'columns',
      hint: 'Add a first line with the names of the columns, or say which is which.',
    },
  );
}

/** Roles told from what stands in the columns; null where no four of them are prices. */
function tryContents(head: TableHead, kinds: readonly ColumnKind[]): ColumnGuess | null {
  const roles: ColumnRole[] = kinds.map(() => 'ignore');
  placeTime(roles, head, kinds);
  const ticker = kinds.findIndex((kind, column) => kind === 'text' && roles[column] === 'ignore');
  if (ticker >= 0 && looksLikeTicker(head, ticker)) roles[ticker] = 'ticker';
  const rows = fullRows(head).slice(0, JUDGED_ROWS);
  const isFree = (column: number) =>
    roles[column] === 'ignore' && kinds[column] !== 'text' && kinds[column] !== 'time-of-day';
  const numbers = kinds.flatMap((kind, column) => (isFree(column) && kind !== 'blank' ? [column] : []));
  for (let first = 0; first + 4 <= numbers.length; first++) {
    const columns = numbers.slice(first, first + 4);
    const prices = rows
      .map((row) => columns.map((column) => numberOf(row[column]!)))
      .filter((row) => row.every((price) => price > 0));
    const order = priceOrder(prices);
    if (order === null) continue;
    columns.forEach((column, index) => {
      roles[column] = order.roles[index] as PriceRole;
    });
    const volume = columns[3]! + 1;
    if (isFree(volume) && ['number', 'date', 'epoch'].includes(kinds[volume]!)) roles[volume] = 'volume';
    const fit = order.isAmbiguous
      ? `the prices of each line are alike, so ${order.name} is only the usual order`
      : `${order.name} is the one usual order in which high and low enclose the other prices (${Math.round(order.share * 100)} % of ${prices.length} lines)`;
    return { roles, why: `there is no heading; ${fit}`, certainty: order.isAmbiguous ? 'ask' : 'likely' };
  }
  return null;
}

function placeTime(roles: ColumnRole[], head: TableHead, kinds: readonly ColumnKind[]): void {
  const date = kinds.indexOf('date');
  const whole = kinds.findIndex((kind) => kind === 'datetime' || kind === 'epoch');
  if (date >= 0 && (whole < 0 || date < whole)) {
    const hasTime = kinds[date + 1] === 'time-of-day' || isClock(head, kinds, date + 1);
    roles[date] = hasTime ? 'date' : 'time';
    if (hasTime) roles[date + 1] = 'time-of-day';
  } else if (whole >= 0) {
    roles[whole] = 'time';
  }
}

/** Whether a column of digits holds `HHMMSS` or `HHMM`. */
function isClock(head: TableHead, kinds: readonly ColumnKind[], column: number): boolean {
  if (kinds[column] !== 'number') return false;
  const values = fullRows(head)
    .slice(0, JUDGED_ROWS)
    .map((row) => row[column]!);
  return values.every((value) => /^\d{4}$|^\d{6}$/.test(value) && !Number.isNaN(timeOfDay(value)));
}

function looksLikeTicker(head: TableHead, column: number): boolean {
  const values = fullRows(head)
    .slice(0, JUDGED_ROWS)
    .map((row) => row[column]!);
  return values.filter((value) => isTicker(value) && /[A-Za-z]/.test(value)).length > values.length / 2;
}

/** Throws for a plan whose columns cannot make bars, naming what is missing and what it may be called. */
export function refuseMissing(roles: readonly ColumnRole[], head: TableHead, fileName: string): void {
  const hasTime = roles.includes('time') || roles.includes('date');
  const missing = [...(hasTime ? [] : ['time']), ...PRICES.filter((price) => !roles.includes(price))];
  const column = missing[0];
  if (column === undefined) return;
  const names = head.names ?? Array.from({ length: head.width }, (_, index) => String(index + 1));
  const list = missing.map((name) => `"${name}"`).join(', ');
  throw new AppError('file-format', `The file has no column ${list}; found: ${cut(names.join(', '))}`, {
    file: fileName,
    ...(head.names === null || head.format !== 'csv' ? {} : { line: head.skip }),
    field: column,
    hint: hintFor(column, names, roles) ?? `Add the column, or map one to it with name=${column}.`,
  });
}

function hintFor(column: string, names: readonly string[], roles: readonly ColumnRole[]): string | null {
  const free = names.filter((_, index) => roles[index] === 'ignore');
  const near = nearestName(column, free);
  return near === null
    ? null
    : `Did you mean "${near}"? Rename it, or import with the mapping ${near}=${column}.`;
}

const cut = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
