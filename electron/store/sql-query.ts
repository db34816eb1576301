import Sqlite from 'better-sqlite3';
import { AppError } from '../../shared/contract/errors.ts';
import type { SqlAnswer, SqlQuery } from '../../shared/contract/schemas.ts';
import { defineTables, type SqlStores } from './sql-tables.ts';

const READING = /^\s*(select|with|values|explain)\b/i;
/** Comments in front of a statement. */
const COMMENTS = /^(\s|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/)+/;

/**
 * Answers one SELECT over the tables of sql-tables.ts, from a database in memory that holds nothing else: no statement can
 * reach the library's file, or any other. Throws bad-request with SQLite's words, and after `milliseconds` spent on rows.
 */
export function answerQuery(stores: SqlStores, { sql, limit }: SqlQuery, milliseconds: number): SqlAnswer {
  const startedAt = performance.now();
  const watch = () => {
    if (performance.now() - startedAt <= milliseconds) return;
    throw new AppError('bad-request', `The query took longer than ${milliseconds / 1000} s`, {
      field: 'sql',
      hint: "Ask for less: a range, as in bars('AAL.L', '1m', '2024-07-01', '2024-07-31').",
    });
  };
  const db = new Sqlite(':memory:');
  try {
    defineTables(db, stores, watch);
    const statement = prepare(db, sql);
    const rows: SqlAnswer['rows'] = [];
    let isCut = false;
    for (const row of statement.raw().iterate() as Iterable<unknown[]>) {
      watch();
      isCut = rows.length === limit;
      if (isCut) break;
      rows.push(row.map(cellOf));
    }
    const columns = statement.columns().map(({ name }) => name);
    return { columns, rows, isCut, milliseconds: performance.now() - startedAt };
  } catch (thrown) {
    if (thrown instanceof Sqlite.SqliteError) throw refused(thrown.message);
    throw thrown;
  } finally {
    db.close();
  }
}

function prepare(db: Sqlite.Database, sql: string): Sqlite.Statement {
  if (!READING.test(sql.replace(COMMENTS, '')))
    throw refused('only SELECT, WITH, VALUES and EXPLAIN are answered');
  let statement: Sqlite.Statement;
  try {
    statement = db.prepare(sql);
  } catch (thrown) {
    if (thrown instanceof RangeError) throw refused('one statement at a time');
    throw thrown;
  }
  if (!statement.reader || !statement.readonly) throw refused('the library cannot be changed by SQL');
  return statement;
}

function cellOf(value: unknown): string | number | null {
  if (typeof value === 'string' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return Buffer.isBuffer(value) ? `x'${value.toString('hex')}'` : String(value);
}

const refused = (message: string) =>
  new AppError('bad-request', `SQL: ${message}`, {
    field: 'sql',
    hint: 'docs/sql.md lists tables and columns.',
  });
