import { AppError } from '../../contract/errors.ts';
import type { PlanOverrides } from '../../contract/schemas.ts';
import { encodingOf, notTextBecause } from '../file-kind.ts';
import { utf8Text } from '../utf8.ts';
import { mayBe } from './column-names.ts';
import { type JsonShape, readJsonHead } from './json-head.ts';
import { refuseMessage } from './refuse-other-files.ts';
import { columnKinds, type TableHead } from './table-head.ts';
import { readTextHead, type TextHead } from './text-head.ts';

/** The head of a file of lines or of JSON. */
export interface FileHead {
  readonly table: TableHead;
  /** How the rows of JSON are found; null for lines. */
  readonly json: JsonShape | null;
  /** Length of the byte-order mark. */
  readonly mark: number;
}

export interface FileHeadInput {
  readonly fileName: string;
  /** First bytes of the file as UTF-8. */
  readonly bytes: Uint8Array;
  /** Whether they are all of it. */
  readonly isWhole: boolean;
  /** What is said of delimiter and heading. */
  readonly given: PlanOverrides;
}

/** Reads the head of a text file as a table. Throws file-format errors for what is no text, or a vendor's message. */
export function readFileHead({ fileName, bytes, isWhole, given }: FileHeadInput): FileHead {
  const { mark } = encodingOf(bytes);
  const kind = notTextBecause(bytes);
  const refuse = (message: string, hint: string) =>
    new AppError('file-format', message, { file: fileName, line: 1, hint });
  if (kind === 'html') {
    throw refuse(
      'This is an HTML page, not a file of bars',
      'Open it in a browser: it may be the vendor’s error message.',
    );
  }
  if (kind === 'binary') {
    throw refuse(
      'This is a binary file, not text',
      'Choose a file of bars: CSV, JSON or Parquet, packed or not.',
    );
  }
  if (bytes.subarray(mark).every((byte) => byte <= 0x20))
    throw refuse('The file is empty', 'Export it again with bars in it.');
  if (kind === 'json') {
    const head = readJsonHead({ fileName, bytes: bytes.subarray(mark), isWhole });
    return { table: head.table, json: head.shape, mark };
  }
  const lines = linesOf(bytes.subarray(mark), isWhole);
  refuseMessage(lines, fileName);
  return { table: asTable(readTextHead(lines, given)), json: null, mark };
}

/** Lines without their ends; of a file that goes on, the last one is left out. */
function linesOf(bytes: Uint8Array, isWhole: boolean): string[] {
  const lines = utf8Text(bytes).split('\n');
  const last = lines.pop() ?? '';
  if (isWhole || lines.length === 0) lines.push(last);
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

function asTable(text: TextHead): TableHead {
  const table: TableHead = {
    format: 'csv',
    delimiter: text.delimiter,
    agreement: text.agreement,
    names: text.names,
    rows: text.rows,
    width: text.width,
    skip: text.skip,
    preamble: text.preamble,
    documentTicker: null,
    documentZone: null,
  };
  return text.names === null ? table : withNames(table, text.names);
}

/** Brings names and fields together where a heading is shorter than the lines. */
function withNames(table: TableHead, names: readonly string[]): TableHead {
  const rows = table.rows.filter((row) => row.length === table.width);
  const hasEmptyTail = rows.every((row) => row.at(-1) === '');
  if (table.width <= names.length || (table.width === names.length + 1 && hasEmptyTail)) {
    return { ...table, width: names.length };
  }
  const kinds = columnKinds(table);
  if (table.width === names.length + 1) {
    const split = names.findIndex(
      (name, column) =>
        mayBe(name, 'date') && kinds[column] === 'date' && kinds[column + 1] === 'time-of-day',
    );
    if (split >= 0)
      return { ...table, names: [...names.slice(0, split + 1), 'Time', ...names.slice(split + 1)] };
    const isCounted = kinds[0] === 'number' && mayBe(names[0]!, 'time') && kinds[1] !== 'number';
    if (isCounted) return { ...table, names: ['', ...names] };
  }
  return { ...table, names: [...names, ...Array.from({ length: table.width - names.length }, () => '')] };
}
