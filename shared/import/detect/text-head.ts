import { isKnownName } from './column-names.ts';
import { isBlank, isNumber, mostCommon, timeKind } from './field-kind.ts';

export type Delimiter = ',' | ';' | '\t' | '|';
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|'];
const JUDGED_LINES = 200;
/** Vendors write a few lines above their heading at most. */
const PREAMBLE_LINES = 30;

/** Names of delimiters for people. */
export const DELIMITER_NAMES: Readonly<Record<Delimiter, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar (|)',
};

/** The first lines of a text as a table. */
export interface TextHead {
  readonly delimiter: Delimiter;
  /** Share of the lines that have as many fields as most. */
  readonly agreement: number;
  /** Fields of the heading; null where there is none. */
  readonly names: readonly string[] | null;
  /** Lines ahead of the data. */
  readonly skip: number;
  /** Lines above the heading that are no blanks. */
  readonly preamble: readonly string[];
  /** Fields of the data lines. */
  readonly rows: readonly (readonly string[])[];
  /** Fields in most data lines. */
  readonly width: number;
}

export interface TextHeadGiven {
  readonly delimiter?: Delimiter | undefined;
  readonly hasHeading?: boolean | undefined;
  readonly skip?: number | undefined;
}

/** Fields of a line without the quotes and blanks around them. Quotes that do not end make one field of the rest. */
export function splitLine(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter).map((field) => field.trim());
  const fields: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at]!;
    if (sign === '"') {
      if (isQuoted && line[at + 1] === '"') field += line[++at];
      else isQuoted = !isQuoted;
    } else if (sign === delimiter && !isQuoted) {
      fields.push(field.trim());
      field = '';
    } else {
      field += sign;
    }
  }
  fields.push(field.trim());
  return fields;
}

/** Finds delimiter, heading and data in the first lines of a text (without their line ends). */
export function readTextHead(lines: readonly string[], given: TextHeadGiven = {}): TextHead {
  const filled = lines.flatMap((text, index) => (text.trim() === '' ? [] : [{ text, index }]));
  const judged = filled.slice(given.skip === undefined ? 0 : given.skip).slice(0, JUDGED_LINES);
  const { delimiter, agreement } = chooseDelimiter(
    judged.map(({ text }) => text),
    given.delimiter,
  );
  const split = filled.map(({ text, index }) => ({ fields: splitLine(text, delimiter), text, index }));
  const { headingAt, dataAt } = findHeading(split, given);
  const rows = split.slice(dataAt).map(({ fields }) => fields);
  const heading = headingAt === null ? null : split[headingAt]!;
  const skip =
    given.skip ?? (dataAt === 0 ? 0 : heading === null ? split[dataAt - 1]!.index + 1 : heading.index + 1);
  const width =
    mostCommon(rows.slice(0, JUDGED_LINES).map((row) => row.length))?.value ?? heading?.fields.length ?? 1;
  return {
    delimiter,
    agreement,
    names: heading?.fields ?? null,
    skip,
    preamble: split.slice(0, headingAt ?? dataAt).map(({ text }) => text),
    rows,
    width,
  };
}

function chooseDelimiter(lines: readonly string[], given: Delimiter | undefined) {
  let best = { delimiter: given ?? (',' as Delimiter), agreement: 1, score: -1, width: 0 };
  for (const delimiter of given === undefined ? DELIMITERS : [given]) {
    const rows = lines.map((line) => splitLine(line, delimiter));
    const common = mostCommon(rows.map((row) => row.length));
    if (common === null) continue;
    const agreement = common.count / rows.length;
    const width = common.value;
    const score = width < 2 ? 0 : agreement + readableShare(rows.filter((row) => row.length === width));
    if (score > best.score || (score === best.score && width > best.width))
      best = { delimiter, agreement, score, width };
  }
  return best;
}

/** Share of fields that mean something on their own: numbers, times, blanks, names of columns, words. */
function readableShare(rows: readonly (readonly string[])[]): number {
  let readable = 0;
  let total = 0;
  for (const row of rows) {
    for (const field of row) {
      total++;
      if (isNumber(field) || isBlank(field) || isKnownName(field) || timeKind(field) !== null) readable++;
      else if (/^[\w.^=:&#$@+/ -]{1,32}$/.test(field)) readable += 0.5;
    }
  }
  return total === 0 ? 0 : readable / total;
}

interface SplitLine {
  readonly fields: readonly string[];
  readonly text: string;
  readonly index: number;
}

/** Indexes of the heading (null: none) and of the first data line. */
function findHeading(lines: readonly SplitLine[], { hasHeading, skip }: TextHeadGiven) {
  if (skip !== undefined) {
    const dataAt = lines.findIndex(({ index }) => index >= skip);
    const at = dataAt < 0 ? lines.length : dataAt;
    return { headingAt: hasHeading === false || at === 0 ? null : at - 1, dataAt: at };
  }
  if (hasHeading === false) {
    const at = lines.findIndex(({ fields }) => isData(fields));
    return { headingAt: null, dataAt: Math.max(0, at) };
  }
  const head = lines.slice(0, PREAMBLE_LINES + 1);
  const firstData = head.findIndex(({ fields }) => isData(fields));
  const end = firstData < 0 ? head.length : firstData;
  let headingAt: number | null = null;
  let most = 0;
  for (let at = 0; at < end; at++) {
    const known = mayBeHeading(head[at]!.fields) ? 1 + head[at]!.fields.filter(isKnownName).length : 0;
    if (known > most) {
      most = known;
      headingAt = at;
    }
  }
  if (headingAt === null && hasHeading === true && lines.length > 0) headingAt = 0;
  if (headingAt === null) return { headingAt, dataAt: firstData < 0 ? 0 : firstData };
  return { headingAt, dataAt: headingAt + 1 };
}

/** A data line has numbers: a time and some prices, or the prices alone. */
function isData(fields: readonly string[]): boolean {
  let numbers = 0;
  for (const field of fields) if (isNumber(field)) numbers++;
  return numbers >= 3 || (numbers >= 2 && fields.some((field) => timeKind(field) !== null));
}

/** A heading has no number and no time. */
function mayBeHeading(fields: readonly string[]): boolean {
  const isClean = fields.every((field) => !isNumber(field) && timeKind(field) === null);
  return isClean && fields.filter((field) => field !== '').length >= 2;
}
