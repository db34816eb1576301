import type { SqlAnswer } from '../../../shared/contract/schemas.ts';
import { numberCell, textCell } from '../../../shared/export/csv-cell.ts';
import type { App } from '../../services/create-app.ts';
import type { Invocation } from '../command-line.ts';
import { print, printJson, table } from '../output.ts';
import { parseNumber } from '../parse-values.ts';
import { UsageError } from '../usage-error.ts';

export const SQL_OPTIONS = { csv: { type: 'boolean' }, limit: { type: 'string' } } as const;

const MOST_ROWS = 100_000;

/** One SELECT over the tables of docs/sql.md. */
export async function sql(app: App, { words, values, json, signal }: Invocation): Promise<void> {
  const [text, ...more] = words;
  if (text === undefined || more.length > 0)
    throw new UsageError('hindsight data sql takes one query in quotes: "SELECT * FROM series".');
  const limit = parseNumber('--limit', values.limit as string | undefined) ?? 1_000;
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ROWS)
    throw new UsageError(`--limit takes a number of rows from 1 to ${MOST_ROWS}.`);
  const answer = await app.library.query({ sql: text, limit }, { signal });
  if (json) return printJson(answer);
  if (values.csv === true) process.stdout.write(csvOf(answer));
  else
    print(
      table(
        answer.columns,
        answer.rows.map((row) => row.map((cell) => cell ?? '')),
      ),
    );
  if (answer.isCut) process.stderr.write(`Only the first ${limit} rows; --limit takes more.\n`);
}

function csvOf({ columns, rows }: SqlAnswer): string {
  const cell = (value: string | number | null) =>
    value === null ? '' : typeof value === 'number' ? numberCell(value) : textCell(value);
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}
