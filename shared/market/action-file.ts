import { AppError } from '../contract/errors.ts';
import { type FieldPosition, findColumns, splitLine } from './action-columns.ts';
import { readAmount, readDay, readRatio } from './action-fields.ts';
import { isTicker } from './ticker.ts';

/** A corporate action as a file states it: `at` is midnight UTC of the ex-day. */
export type FileAction = {
  readonly line: number;
  readonly ticker: string;
  readonly at: number;
  readonly note: string;
} & (
  | { readonly kind: 'split'; readonly ratio: number }
  | { readonly kind: 'dividend'; readonly amount: number }
);

export interface FileReject {
  readonly line: number;
  readonly field: string | null;
  readonly reason: string;
  readonly text: string;
}

export interface ActionFile {
  /** The layout in words. */
  readonly layout: string;
  /** Amounts are in units of today's shares (Yahoo): earlier ones must be multiplied by the splits that followed. */
  readonly isInUnitsOfToday: boolean;
  /** Lines with something on them, the heading left out. Each gives one action or one reject, a line of zeros none. */
  readonly linesRead: number;
  readonly actions: readonly FileAction[];
  readonly rejects: readonly FileReject[];
}

/**
 * Reads a table of corporate actions: `ticker,date,kind,ratio|amount` in any order and case, Yahoo's `Date,Dividends` and
 * `Date,Stock Splits` exports, and re-quoted closes (`prev_close,prev_adj_close`, as in the pystock archives). `ticker`
 * names the instrument where no column does. Throws file-format, naming file and line, when the heading tells no such
 * layout; single lines that cannot be read are rejects with their field.
 */
export function readActionFile(text: string, fileName: string, ticker: string | null): ActionFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const headingLine = lines.findIndex((line) => line.trim() !== '');
  const columns = findColumns(lines[headingLine] ?? '', { fileName, line: headingLine + 1, ticker });
  const actions: FileAction[] = [];
  const rejects: FileReject[] = [];
  let linesRead = 0;
  for (let index = headingLine + 1; index < lines.length; index++) {
    const source = lines[index]!;
    if (source.trim() === '') continue;
    linesRead++;
    const line = index + 1;
    const fields = splitLine(source, columns.delimiter);
    try {
      if (fields.length !== columns.count) {
        throw new FieldError(null, `${fields.length} fields where the heading has ${columns.count}`);
      }
      const name = columns.at.ticker === null ? ticker! : fieldOf(fields, columns.at.ticker);
      if (!isTicker(name)) throw new FieldError('ticker', `"${name}" is no ticker`);
      const at = readDay(fieldOf(fields, columns.at.date));
      if (at === null) throw new FieldError('date', 'no day that exists, such as 2015-07-15');
      for (const stated of statedActions(fields, columns.at)) {
        actions.push({ line, ticker: name, at, ...stated });
      }
    } catch (thrown) {
      if (!(thrown instanceof FieldError)) throw thrown;
      rejects.push({ line, field: thrown.field, reason: thrown.message, text: source.slice(0, 80) });
    }
  }
  if (linesRead === 0) {
    throw new AppError('file-format', 'The file holds a heading and nothing else', { file: fileName });
  }
  return { layout: columns.layout, isInUnitsOfToday: columns.isInUnitsOfToday, linesRead, actions, rejects };
}

class FieldError extends Error {
  readonly field: string | null;
  constructor(field: string | null, message: string) {
    super(message);
    this.field = field;
  }
}

const fieldOf = (fields: readonly string[], position: number | null) =>
  position === null ? '' : (fields[position] ?? '');

type Stated =
  | { readonly kind: 'split'; readonly ratio: number; readonly note: string }
  | { readonly kind: 'dividend'; readonly amount: number; readonly note: string };

function statedActions(fields: readonly string[], at: FieldPosition): Stated[] {
  const applied = fieldOf(fields, at.applied).toLowerCase();
  if (applied === 'false' || applied === '0' || applied === 'no') {
    throw new FieldError('applied', 'the file itself marks it as not applied');
  }
  if (at.previousClose !== null && at.previousAdjusted !== null) return [requoted(fields, at)];
  if (at.kind !== null) return [named(fields, at)];
  // A column for each kind: a zero or a blank stands for nothing on that day.
  const stated: Stated[] = [];
  const ratioText = fieldOf(fields, at.ratio);
  if (!isNothing(ratioText)) stated.push({ kind: 'split', ratio: ratioOf(ratioText), note: '' });
  const amountText = fieldOf(fields, at.amount);
  if (!isNothing(amountText)) stated.push({ kind: 'dividend', amount: amountOf(amountText), note: '' });
  return stated;
}

const isNothing = (text: string) => text === '' || /^0(\.0*)?$/.test(text) || text.toLowerCase() === 'null';

function named(fields: readonly string[], at: FieldPosition): Stated {
  const text = fieldOf(fields, at.kind).toLowerCase();
  const isSplit = /^(stock[ _-]?)?split|^reverse[ _-]?split|^s$/.test(text);
  const isDividend = /^(cash[ _-]?|special[ _-]?)?div(idend)?s?$|^distribution$|^d$/.test(text);
  if (!isSplit && !isDividend) throw new FieldError('kind', `"${text}" is neither split nor dividend`);
  const note = fieldOf(fields, at.note);
  if (isSplit) return { kind: 'split', ratio: ratioOf(fieldOf(fields, at.ratio ?? at.amount)), note };
  return { kind: 'dividend', amount: amountOf(fieldOf(fields, at.amount ?? at.ratio)), note };
}

function ratioOf(text: string): number {
  const ratio = readRatio(text);
  if (ratio === null) throw new FieldError('ratio', 'no ratio such as 4:1, 4/1 or 4');
  if (ratio === 1) throw new FieldError('ratio', 'a split of 1:1 changes nothing');
  return ratio;
}

function amountOf(text: string): number {
  const amount = readAmount(text);
  if (amount === null) throw new FieldError('amount', 'no amount above zero');
  return amount;
}

/** Ratios that splits have: small numbers against each other, or thousandths (as spin-offs are quoted). */
const LARGEST_PART = 30;

/**
 * The previous session's close as it was and as the vendor re-quoted it on the ex-day. A split where a plain ratio gives
 * the re-quoted close to its last digit; otherwise the difference was paid out.
 */
function requoted(fields: readonly string[], at: FieldPosition): Stated {
  const adjustedText = fieldOf(fields, at.previousAdjusted);
  const close = readAmount(fieldOf(fields, at.previousClose));
  const adjusted = readAmount(adjustedText);
  if (close === null) throw new FieldError('prev_close', 'no price');
  if (adjusted === null) throw new FieldError('prev_adj_close', 'no price');
  if (adjusted === close) throw new FieldError('prev_adj_close', 'the same price: nothing happened');
  const kind = fieldOf(fields, at.kind).toLowerCase();
  // What is paid out takes from the price: a close re-quoted higher is a split whatever the file calls it.
  const isPaid = kind.startsWith('div') && adjusted < close;
  const ratio = isPaid ? null : plainRatio(close, adjusted, decimalsOf(adjustedText));
  if (ratio !== null) return { kind: 'split', ratio, note: '' };
  if (adjusted > close) throw new FieldError('prev_adj_close', 'above the close, and by no plain ratio');
  const amount = Number((close - adjusted).toFixed(6));
  const note = isPaid ? '' : `special: ${close} re-quoted as ${adjusted}`;
  return { kind: 'dividend', amount, note };
}

const decimalsOf = (text: string) => text.split('.')[1]?.length ?? 0;

function plainRatio(close: number, adjusted: number, decimals: number): number | null {
  // Vendors round closes to two decimals and more: half a unit of the last, plus the noise of their own arithmetic.
  const tolerance = 0.5 * 10 ** -decimals + 2e-6;
  const gives = (ratio: number) => Math.abs(close / ratio - adjusted) <= tolerance;
  for (let below = 1; below <= LARGEST_PART; below++) {
    const above = Math.round((below * close) / adjusted);
    if (above >= 1 && above <= LARGEST_PART && above !== below && gives(above / below)) return above / below;
  }
  const thousandths = Math.round((1_000 * close) / adjusted) / 1_000;
  return thousandths !== 1 && thousandths > 0 && gives(thousandths) ? thousandths : null;
}
