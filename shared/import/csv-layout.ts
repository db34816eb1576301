import { AppError } from '../contract/errors.ts';
import { nearestName } from '../text/nearest-name.ts';

/** The bar schema's columns as they stand in files. `bucket` is the bar's start. */
export const CSV_COLUMNS = [
  'bucket',
  'ticker',
  'trades',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'vwap',
  'twap',
] as const;
export type CsvColumn = (typeof CSV_COLUMNS)[number];

const REQUIRED: readonly CsvColumn[] = ['bucket', 'open', 'high', 'low', 'close'];

/** Other vendors' names. They are suggested, not assumed: their stamps may mean a bar's end, or another time zone. */
const OTHER_NAMES: Partial<Record<CsvColumn, readonly string[]>> = {
  bucket: [
    'timestamp',
    'datetime',
    'date',
    'time',
    'date-time',
    'ts_event',
    'window_start',
    'open time',
    't',
  ],
  ticker: ['symbol', 'name', 'ric', '#ric', 'instrument', 'sym'],
  open: ['o', '<open>'],
  high: ['h', '<high>'],
  low: ['l', '<low>'],
  close: ['last', 'c', 'price', '<close>'],
};

/** How a CSV file is to be read. */
export interface CsvLayout {
  /** Byte between fields, and byte of the decimal mark. */
  readonly delimiter: number;
  readonly decimalMark: number;
  /** Fields in the heading. */
  readonly fields: number;
  /** Position of each column in a line, -1 where the file has none. */
  readonly position: Readonly<Record<CsvColumn, number>>;
  readonly warnings: readonly string[];
}

export interface LayoutRequest {
  readonly fileName: string;
  readonly heading: string;
  readonly headingLine: number;
  /** Some data lines, from which the decimal mark is told. */
  readonly sample: readonly string[];
  readonly ticker: string | null;
  /** Columns of the file to ours: `{ "Last": "close" }`. */
  readonly map: Readonly<Record<string, string>>;
}

/**
 * Finds delimiter, decimal mark and columns by name, in any order and case. Throws file-format (naming the missing
 * column and the nearest name found) or bad-request (a mapping or ticker option that does not fit the file).
 */
export function readCsvLayout(request: LayoutRequest): CsvLayout {
  const { delimiter, names } = splitHeading(request);
  const roles = rolesOf(names, request);
  const position = Object.fromEntries(CSV_COLUMNS.map((column) => [column, roles.indexOf(column)])) as Record<
    CsvColumn,
    number
  >;
  refuseRepeated(names, roles, request);
  refuseMissing(names, position, request);
  const ignored = names.filter((name, index) => roles[index] === null && name !== '');
  const decimal = decimalMarkOf(request.sample, delimiter, position);
  const warnings = ignored.length > 0 ? [`ignored-columns: ${ignored.join(', ')}`] : [];
  if (decimal.isGuess)
    warnings.push('decimal-comma-assumed: a comma in numbers was read as the decimal mark');
  return {
    delimiter: delimiter.charCodeAt(0),
    decimalMark: decimal.mark.charCodeAt(0),
    fields: names.length,
    position,
    warnings,
  };
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** The delimiter under which most known names appear; of equals, the one that makes most fields. */
function splitHeading(request: LayoutRequest): { delimiter: string; names: string[] } {
  let best = { delimiter: ',', names: [] as string[], known: -1 };
  for (const delimiter of DELIMITERS) {
    const names = request.heading.split(delimiter).map(unquote);
    const known = rolesOf(names, request).filter((role) => role !== null).length;
    if (known > best.known || (known === best.known && names.length > best.names.length)) {
      best = { delimiter, names, known };
    }
  }
  const looksLikeData = best.names.some(
    (name) => /^[-+]?[\d.]+$/.test(name) || /^\d{4}-\d\d-\d\d/.test(name),
  );
  if (best.known <= 0 && looksLikeData) {
    throw new AppError('file-format', 'The file begins with data; a heading with column names is needed', {
      file: request.fileName,
      line: request.headingLine,
      hint: `Add a first line such as ${CSV_COLUMNS.join(',')}.`,
    });
  }
  return best;
}

const unquote = (name: string) =>
  name
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();

function rolesOf(names: readonly string[], { map }: LayoutRequest): (CsvColumn | null)[] {
  return names.map((name) => {
    const role = (Object.hasOwn(map, name) ? map[name]! : name).toLowerCase();
    return CSV_COLUMNS.find((column) => column === role) ?? null;
  });
}

function refuseRepeated(names: string[], roles: readonly (CsvColumn | null)[], request: LayoutRequest): void {
  roles.forEach((role, index) => {
    const other = roles.indexOf(role);
    if (role === null || other === index) return;
    throw new AppError(
      'file-format',
      `Two columns stand for ${role}: "${names[other]}" and "${names[index]}"`,
      {
        file: request.fileName,
        line: request.headingLine,
        field: role,
        hint: 'Rename one of them in the heading.',
      },
    );
  });
}

function refuseMissing(names: string[], position: Record<CsvColumn, number>, request: LayoutRequest): void {
  const { fileName: file, headingLine: line, ticker, map } = request;
  for (const [from, to] of Object.entries(map)) {
    const field = !names.includes(from)
      ? from
      : CSV_COLUMNS.includes(to.toLowerCase() as CsvColumn)
        ? null
        : to;
    if (field === null) continue;
    const near = nearestName(field, field === from ? names : CSV_COLUMNS);
    const message =
      field === from ? `The file has no column "${from}" to map` : `There is no bar column "${to}"`;
    throw new AppError('bad-request', message, {
      file,
      field,
      hint: near === null ? `The file has: ${cut(names.join(', '))}.` : `Did you mean "${near}"?`,
    });
  }
  if (ticker !== null && position.ticker >= 0) {
    throw new AppError(
      'bad-request',
      `The file has a ticker column of its own, so it cannot be imported as ${ticker}`,
      {
        file,
        line,
        field: 'ticker',
        hint: 'Leave the ticker option out, or remove the column.',
      },
    );
  }
  const needed = ticker === null ? ([...REQUIRED, 'ticker'] as const) : REQUIRED;
  const missing = needed.filter((column) => position[column] < 0);
  const column = missing[0];
  if (column === undefined) return;
  const list = missing.map((name) => `"${name}"`).join(', ');
  throw new AppError('file-format', `The file has no column ${list}; found: ${cut(names.join(', '))}`, {
    file,
    line,
    field: column,
    hint: hintFor(column, names),
  });
}

function hintFor(column: CsvColumn, names: readonly string[]): string {
  const other = names.find((name) => OTHER_NAMES[column]?.includes(name.toLowerCase()));
  if (other !== undefined && column === 'bucket') {
    return `If "${other}" holds the bars' start in UTC, import it with the mapping ${other}=bucket.`;
  }
  const near =
    other ??
    nearestName(
      column,
      names.filter((name) => !CSV_COLUMNS.includes(name as CsvColumn)),
    );
  if (near !== null)
    return `Did you mean "${near}"? Rename it, or import with the mapping ${near}=${column}.`;
  if (column === 'ticker') return 'Add the column, or name the ticker with the import.';
  return `Add the column, or map one to it with name=${column}.`;
}

const cut = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

/** A comma is the decimal mark only where it does not separate fields and the numbers show it. */
function decimalMarkOf(
  sample: readonly string[],
  delimiter: string,
  position: Readonly<Record<CsvColumn, number>>,
): { mark: '.' | ','; isGuess: boolean } {
  if (delimiter === ',') return { mark: '.', isGuess: false };
  const columns = CSV_COLUMNS.filter((name) => name !== 'bucket' && name !== 'ticker' && position[name] >= 0);
  const numbers = sample.flatMap((line) => {
    const fields = line.split(delimiter).map(unquote);
    return columns.map((name) => fields[position[name]] ?? '');
  });
  if (numbers.some((text) => /^[-+]?\d*,(\d{0,2}|\d{4,})$|^[-+]?(0|\d{4,}),\d*$|\.\d{3},/.test(text))) {
    return { mark: ',', isGuess: false };
  }
  if (numbers.some((text) => text.includes('.'))) return { mark: '.', isGuess: false };
  return numbers.some((text) => text.includes(','))
    ? { mark: ',', isGuess: true }
    : { mark: '.', isGuess: false };
}
