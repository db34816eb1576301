import type { ReadingPlan } from '../../contract/schemas.ts';
import { isBlank, isNumber, mostCommon, type TimeKind, timeKind } from './field-kind.ts';

/** The first rows of a file as texts, whatever its format. */
export interface TableHead {
  readonly format: ReadingPlan['format'];
  readonly delimiter: ReadingPlan['delimiter'];
  /** Share of the lines that have as many fields as most of them; 1 where there are no lines. */
  readonly agreement: number;
  /** Null where the file has no names for its columns. */
  readonly names: readonly string[] | null;
  readonly rows: readonly (readonly string[])[];
  readonly width: number;
  readonly skip: number;
  readonly preamble: readonly string[];
  /** What a document says beside its rows. */
  readonly documentTicker: string | null;
  readonly documentZone: string | null;
}

/** What most values of a column are. */
export type ColumnKind = Exclude<TimeKind, null> | 'number' | 'text' | 'blank';

const JUDGED_ROWS = 200;
const MOST = 0.8;

/** Rows that have as many fields as most. */
export const fullRows = (head: TableHead) =>
  head.rows.filter(
    (row) => row.length === head.width || (row.length === head.width + 1 && row.at(-1) === ''),
  );

export function columnKinds(head: TableHead): ColumnKind[] {
  const rows = fullRows(head).slice(0, JUDGED_ROWS);
  return Array.from({ length: head.width }, (_, column) => {
    const values = rows.map((row) => row[column] ?? '').filter((value) => !isBlank(value));
    if (values.length === 0) return 'blank';
    const kinds = values.map((value): ColumnKind => timeKind(value) ?? (isNumber(value) ? 'number' : 'text'));
    const common = mostCommon(kinds)!;
    // Prices and volumes can look like a date or an epoch now and then; a column is what most of it is.
    return common.count >= values.length * MOST ? common.value : 'text';
  });
}

/**
 * What files of one layout have in common, as a text: format, separator, and the names of the columns or, without names,
 * their kinds.
 */
export function layoutOf(head: TableHead): string {
  const { format, delimiter, names } = head;
  const columns = names === null ? columnKinds(head) : names.map((name) => name.toLowerCase());
  return JSON.stringify([format, format === 'csv' ? delimiter : '', names !== null, columns]);
}
