import { AppError } from '../../contract/errors.ts';
import { isTicker } from '../../market/ticker.ts';
import { JsonDocument, type JsonPlace } from '../json-document.ts';
import { utf8Text } from '../utf8.ts';
import { KEY_COLUMN } from './column-names.ts';
import { mostCommon, timeKind } from './field-kind.ts';
import { vendorMessage } from './refuse-other-files.ts';
import type { TableHead } from './table-head.ts';

/** How the rows of a JSON file are found. */
export interface JsonShape {
  /** One row per line, or a document whose rows stand in one place. */
  readonly kind: 'lines' | 'document';
  readonly place: JsonPlace | null;
  /** Whether the first column is the key under which a row or its array stands. */
  readonly hasKey: boolean;
}

const JUDGED_ROWS = 4_000;
const FEWEST_VALUES = 4;
/** Keys of arrays that name no instrument. */
const GENERAL_KEYS =
  /^(bars?|results?|data|values?|candles|ohlcv?|klines|quotes|history|historical|prices?|rows|items|records|response|series|chart)$/i;

interface Row {
  readonly place: JsonPlace;
  readonly key: string | null;
  readonly text: string;
}

export function readJsonHead(input: {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
}): { table: TableHead; shape: JsonShape } {
  const { fileName, bytes, isWhole } = input;
  const text = utf8Text(bytes);
  const isLines = hasRowPerLine(text, isWhole);
  const rows = isLines ? rowsOfLines(text, isWhole) : rowsOfDocument(bytes, fileName);
  const shapes = rows.filter(({ text: row }) => valuesOf(row) >= FEWEST_VALUES);
  const place = mostCommon(shapes.map(({ place: own }) => JSON.stringify(own)))?.value;
  const own = shapes.filter((row) => JSON.stringify(row.place) === place);
  const first = own[0];
  if (first === undefined || place === undefined) throw noRows(text, fileName);
  const hasKey = !isLines && keysMatter(own);
  return {
    table: tableOf(own, { hasKey, isObject: first.place.isObject }, text),
    shape: { kind: isLines ? 'lines' : 'document', place: isLines ? null : JSON.parse(place), hasKey },
  };
}

function hasRowPerLine(text: string, isWhole: boolean): boolean {
  const lines = text.split('\n');
  if (!isWhole) lines.pop();
  const filled = lines.map((line) => line.trim()).filter((line) => line !== '');
  const judged = filled.slice(0, 5);
  const whole = judged.filter((line) => /^[{[]/.test(line) && isJson(line));
  if (filled.length < 2) return whole.length === 1 && !/[{[]/.test(judged[0]!.slice(1));
  return whole.length >= judged.length - 1;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function rowsOfLines(text: string, isWhole: boolean): Row[] {
  const lines = text.split('\n');
  if (!isWhole) lines.pop();
  return lines
    .slice(0, JUDGED_ROWS)
    .filter((line) => isJson(line.trim()))
    .map((line) => ({
      place: { depth: 0, isInArray: false, isObject: line.trim().startsWith('{') },
      key: null,
      text: line,
    }));
}

function rowsOfDocument(bytes: Uint8Array, fileName: string): Row[] {
  const rows: Row[] = [];
  const document = new JsonDocument((place, key, source, start, end) => {
    if (rows.length < JUDGED_ROWS) rows.push({ place, key, text: utf8Text(source, start, end) });
  });
  try {
    document.push(bytes);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    // The import names the place; a head with good rows in it is worth showing.
    if (rows.length === 0) {
      throw new AppError(
        'file-format',
        `This is not JSON: ${cause.message}`,
        { file: fileName, hint: 'Export it again.' },
        { cause },
      );
    }
  }
  return rows;
}

/** Values of a row; 0 for one that is no JSON. */
function valuesOf(text: string): number {
  try {
    const row = JSON.parse(text) as unknown;
    return Array.isArray(row) ? row.length : Object.keys(row as object).length;
  } catch {
    return 0;
  }
}

/** A key tells something where there are several, where rows are themselves members, or where it is a symbol. */
function keysMatter(rows: readonly Row[]): boolean {
  const keys = new Set(rows.map(({ key }) => key));
  if (keys.has(null)) return false;
  const [key] = keys;
  return (
    keys.size > 1 ||
    !rows[0]!.place.isInArray ||
    (isTicker(key!) && !GENERAL_KEYS.test(key!) && timeKind(key!) === null)
  );
}

function tableOf(
  rows: readonly Row[],
  { hasKey, isObject }: { hasKey: boolean; isObject: boolean },
  text: string,
): TableHead {
  const parsed = rows.map(({ text: row, key }) => ({ key: key ?? '', row: JSON.parse(row) as unknown }));
  const names = isObject
    ? [...new Set(parsed.slice(0, 200).flatMap(({ row }) => Object.keys(row as object)))]
    : null;
  const values = parsed.map(({ key, row }) => {
    const own =
      names === null ? (row as unknown[]) : names.map((name) => (row as Record<string, unknown>)[name]);
    const texts = own.map((value) =>
      value === null || value === undefined || typeof value === 'object' ? '' : String(value),
    );
    return hasKey ? [key, ...texts] : texts;
  });
  const width = mostCommon(values.map((row) => row.length))!.value;
  return {
    format: 'json',
    delimiter: ',',
    agreement: 1,
    names: names === null ? null : hasKey ? [KEY_COLUMN, ...names] : names,
    rows: values,
    width,
    skip: 0,
    preamble: [],
    documentTicker: saidBeside(
      text,
      /"(?:[^"]*\b)?(?:symbol|ticker|pair|instrument)"\s*:\s*"([^"]{1,32})"/i,
      isTicker,
    ),
    documentZone: saidBeside(text, /"(?:[^"]*\b)?time ?zone"\s*:\s*"([^"]{1,64})"/i, () => true),
  };
}

function saidBeside(text: string, pattern: RegExp, isGood: (value: string) => boolean): string | null {
  const found = pattern.exec(text)?.[1];
  return found !== undefined && isGood(found) ? found : null;
}

/** A document without rows is most often a vendor's answer that there is nothing. */
function noRows(text: string, fileName: string): AppError {
  const columns = ['t', 'o', 'h', 'l', 'c'].every((name) => new RegExp(`"${name}"\\s*:\\s*\\[`).test(text));
  if (columns) {
    return new AppError('file-format', 'This JSON holds a list per column; rows are needed', {
      file: fileName,
      hint: 'Turn it into a line per bar: time, open, high, low, close, volume.',
    });
  }
  const message =
    /"(?:[^"]*\s)?(?:error|message|note|information|status|s|errmsg|msg|detail)[^"]*"\s*:\s*"([^"]+)"/i.exec(
      text,
    )?.[1];
  if (message !== undefined) return vendorMessage(message, fileName);
  return new AppError('file-format', 'This JSON holds no rows of bars', {
    file: fileName,
    hint: 'Rows are objects or lists with a time and four prices.',
  });
}
