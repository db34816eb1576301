import type { RowReader } from '../../../shared/import/bar-line.ts';
import { BarText, type LineReader } from '../../../shared/import/bar-text.ts';
import { JsonLineReader, JsonRows } from '../../../shared/import/json-reader.ts';
import type { PlannedEntry } from './entry-plan.ts';

/** Goes through all of an entry; returns the number of its last line, those of the entries ahead included. */
export async function readEntry(
  entry: PlannedEntry,
  reader: LineReader & RowReader,
  lineBase: number,
  afterPiece: () => Promise<void> | void = () => {},
): Promise<number> {
  const rows = rowsOf(entry, reader, lineBase);
  for await (const piece of entry.text.all()) {
    rows.push(piece);
    const pause = afterPiece();
    if (pause !== undefined) await pause;
  }
  rows.finish();
  return rows.line;
}

/** What takes an entry's bytes apart into rows. */
export function rowsOf(
  { name, plan, json, mark }: PlannedEntry,
  reader: LineReader & RowReader,
  lineBase: number,
): BarText | JsonRows {
  const options = { fileName: name, lineBase };
  const names = plan.columns.map((column) => column.name);
  if (json?.kind === 'document') return new JsonRows(reader, { ...options, names, shape: json }, mark);
  const lines = json === null ? reader : new JsonLineReader(reader, names);
  return new BarText(lines, { ...options, skip: plan.skip, mark });
}
