import { AppError } from '../contract/errors.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;

const NAMES = {
  ticker: ['ticker', 'symbol', 'name', 'ric', 'instrument'],
  date: ['date', 'at', 'exdate', 'exsession', 'exday', 'day'],
  kind: ['kind', 'type', 'action', 'event'],
  ratio: ['ratio', 'stocksplits', 'split', 'splits', 'splitratio', 'splitcoefficient'],
  amount: ['amount', 'dividends', 'dividend', 'dividendamount', 'value', 'cash', 'cashamount'],
  previousClose: ['prevclose', 'previousclose'],
  previousAdjusted: ['prevadjclose', 'previousadjclose', 'previousadjustedclose'],
  applied: ['applied'],
  note: ['note', 'notes', 'comment', 'description'],
} as const;
type Role = keyof typeof NAMES;

/** Where each column stands in a line; null where the file has none. */
export type FieldPosition = Readonly<Record<Role, number | null>>;

export interface ActionColumns {
  readonly delimiter: string;
  readonly count: number;
  readonly at: FieldPosition;
  readonly layout: string;
  readonly isInUnitsOfToday: boolean;
}

/** Tells the columns of a heading. Throws file-format, naming what is missing. */
export function findColumns(
  heading: string,
  where: { readonly fileName: string; readonly line: number; readonly ticker: string | null },
): ActionColumns {
  const delimiter = DELIMITERS.reduce((best, next) =>
    heading.split(next).length > heading.split(best).length ? next : best,
  );
  const names = splitLine(heading, delimiter).map((name) => name.toLowerCase().replace(/[^a-z]/g, ''));
  const find = (role: Role) => {
    const position = names.findIndex((name) => (NAMES[role] as readonly string[]).includes(name));
    return position < 0 ? null : position;
  };
  const at = Object.fromEntries(Object.keys(NAMES).map((role) => [role, find(role as Role)])) as Record<
    Role,
    number | null
  >;
  const refuse = (field: string, message: string, hint: string) =>
    new AppError('file-format', message, {
      file: where.fileName,
      line: Math.max(1, where.line),
      field,
      hint,
    });
  const isRequoted = at.previousClose !== null && at.previousAdjusted !== null;
  if (at.date === null) {
    throw refuse(
      'date',
      'The file has no column with the day',
      'Begin it with ticker,date,kind,ratio,amount.',
    );
  }
  if (!isRequoted && at.ratio === null && at.amount === null) {
    throw refuse(
      'ratio',
      'The file has neither a ratio nor an amount',
      'Splits need a column ratio (4:1), dividends a column amount.',
    );
  }
  if (at.ticker === null && where.ticker === null) {
    throw refuse(
      'ticker',
      'The file does not say whose actions these are',
      'Name the ticker with the import, or add a column ticker.',
    );
  }
  const isYahoo = ['dividends', 'stocksplits'].some((name) => names.includes(name)) && at.kind === null;
  return {
    delimiter,
    count: names.length,
    at,
    layout: isRequoted
      ? 'closes re-quoted on the ex-day'
      : isYahoo
        ? 'Yahoo’s dividends and splits'
        : at.kind === null
          ? 'a column for each kind of action'
          : 'one action a line',
    isInUnitsOfToday: isYahoo && names.includes('dividends'),
  };
}

/** Fields of a line without blanks and quotes around them. */
export function splitLine(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter).map((field) => field.trim());
  const fields: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let index = 0; index < line.length; index++) {
    const sign = line[index]!;
    if (sign === '"' && isQuoted && line[index + 1] === '"') field += line[++index]!;
    else if (sign === '"') isQuoted = !isQuoted;
    else if (sign === delimiter && !isQuoted) {
      fields.push(field.trim());
      field = '';
    } else field += sign;
  }
  fields.push(field.trim());
  return fields;
}
