import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ActionStore } from '../../../electron/store/action-store.ts';
import { ImportStore } from '../../../electron/store/import-store.ts';
import { RunStore } from '../../../electron/store/run-store.ts';
import { answerQuery } from '../../../electron/store/sql-query.ts';
import { SqlQuerySchema } from '../../../shared/contract/schemas.ts';
import { storedRun } from './stored-run.ts';
import { barLines, csvOf, range, TemporaryLibrary } from './temporary-library.ts';

let library: TemporaryLibrary;
beforeAll(async () => {
  library = new TemporaryLibrary();
  await library.import(csvOf(barLines(range(0, 40_000))));
  await library.import(
    csvOf(
      barLines(
        range(0, 500).map((step) => step * 5),
        'HSBA.L',
      ),
    ),
    { every: '5m' },
  );
  await library.import(csvOf(barLines(range(0, 500), 'HSBA.L')), { every: '1m' });
  new RunStore(library.writer).save(storedRun('run-1', 40));
});
afterAll(() => library.close());

function ask(sql: string, query: object = {}, milliseconds = 30_000) {
  const stores = {
    series: library.series,
    imports: new ImportStore(library.reader),
    runs: new RunStore(library.reader),
    actions: new ActionStore(library.reader),
  };
  return answerQuery(stores, SqlQuerySchema.parse({ sql, ...query }), milliseconds);
}
const rows = (sql: string, query?: object) => ask(sql, query).rows;

describe('SQL', () => {
  it('reads bars of a range', () => {
    const answer = ask("SELECT * FROM bars('AAL.L', '1m', '2024-07-02', '2024-07-02') ORDER BY time");
    expect(answer.columns).toEqual([
      ...['time', 'open', 'high', 'low', 'close', 'volume', 'trades', 'vwap', 'twap', 'ticker', 'every'],
    ]);
    expect(answer.isCut).toBe(true);
    expect(answer.rows[0]!.slice(0, 5)).toEqual([Date.UTC(2024, 6, 2), 2490, 2491.5, 2489.5, 2490]);
    expect(rows("SELECT count(*) FROM bars('AAL.L')")).toEqual([[40_000]]);
    expect(
      rows("SELECT count(*), iso(min(time)) FROM bars('AAL.L', '1m') WHERE time >= ms('2024-07-03 10:00')"),
    ).toEqual([[40_000 - 17 * 60 - 24 * 60 - 10 * 60, '2024-07-03T10:00:00.000Z']]);
    expect(rows("SELECT twap FROM bars('AAL.L') LIMIT 1")).toEqual([[null]]);
  });

  it('joins, groups and sorts like any tables', () => {
    const daily = rows(
      `SELECT substr(iso(time), 1, 10) AS day, max(high), sum(volume) FROM bars('AAL.L', '1m')
      GROUP BY day ORDER BY day LIMIT 2`,
    );
    expect(daily.map(([day]) => day)).toEqual(['2024-07-01', '2024-07-02']);
    expect(
      rows(
        `SELECT s.ticker, s.every, count(*) FROM series s JOIN bars(s.ticker, s.every) b GROUP BY 1, 2 ORDER BY 1, 2`,
      ),
    ).toEqual([
      ['AAL.L', '1m', 40_000],
      ['HSBA.L', '1m', 500],
      ['HSBA.L', '5m', 500],
    ]);
    expect(rows('SELECT file, accepted, undone FROM imports ORDER BY at')).toHaveLength(3);
  });

  it('reads what runs left behind', () => {
    expect(rows('SELECT run, strategy, trades FROM runs')).toEqual([['run-1', 'SMA cross', 40]]);
    const { trades } = storedRun('run-1', 40).result;
    expect(rows("SELECT count(*), sum(net) FROM trades('run-1') WHERE state = 'closed'")).toEqual([
      [39, trades.net.subarray(0, 39).reduce((sum, net) => sum + net, 0)],
    ]);
    expect(rows("SELECT exit_time, exit_price FROM trades('run-1') WHERE state = 'open'")).toEqual([
      [null, null],
    ]);
    expect(rows("SELECT max(equity) > 0 FROM equity('run-1')")).toEqual([[1]]);
    expect(rows("SELECT count(*) FROM fills('run-1')")).toEqual([[80]]);
    expect(rows("SELECT count(*) FROM orders('run-1')")).toEqual([[0]]);
    expect(() => rows("SELECT * FROM trades('nothing')")).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });

  it('stops at the limit and says so', () => {
    const sql = "SELECT time FROM bars('AAL.L')";
    expect(ask(sql, { limit: 10 })).toMatchObject({ isCut: true, rows: { length: 10 } });
    expect(ask(`${sql} LIMIT 10`, { limit: 10 })).toMatchObject({ isCut: false });
  });

  it('ends after its time, wherever rows are read', () => {
    const endless = "SELECT count(*) FROM bars('AAL.L') a, bars('AAL.L') b WHERE a.close > b.close";
    expect(() => ask(endless, {}, 200)).toThrow(/took longer than 0.2 s/);
    const joined =
      'SELECT count(*) FROM series a, series b, series c, series d, series e, series f, series g, series h, series i, series j, series k, series l, series m, series n, series o';
    expect(() => ask(joined, {}, 100)).toThrow(/took longer/);
    const manyRows = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n';
    expect(() => ask(manyRows, { limit: 100_000 }, 1)).toThrow(/took longer/);
  });

  it('says what is wrong in words that help', () => {
    const failure = (sql: string) => {
      try {
        ask(sql);
      } catch (thrown) {
        expect(thrown).toMatchObject({
          code: 'bad-request',
          detail: { field: 'sql', hint: expect.any(String) },
        });
        return (thrown as Error).message;
      }
      throw new Error(`${sql} was answered`);
    };
    expect(failure('SELECT * FROM nowhere')).toBe('SQL: no such table: nowhere');
    expect(failure('SELECT colour FROM series')).toBe('SQL: no such column: colour');
    expect(failure('SELEC 1')).toMatch(/only SELECT/);
    expect(failure('SELECT (')).toBe('SQL: incomplete input');
    expect(failure('SELECT 1; SELECT 2')).toBe('SQL: one statement at a time');
    expect(failure('SELECT * FROM bars')).toMatch(/bars needs a ticker/);
    expect(failure("SELECT * FROM bars('NONE')")).toMatch(/no bars of NONE/);
    expect(failure("SELECT * FROM bars('HSBA.L')")).toBe('The library holds HSBA.L as 1m, 5m: say which');
    expect(failure("SELECT * FROM bars('AAL.L', '1m', 'soon')")).toMatch(/"soon" is no time/);
    expect(failure('SELECT * FROM trades')).toMatch(/needs the id of a run/);
  });

  it('changes nothing and reaches no file', () => {
    const before = library.snapshot();
    const target = join(library.path, 'made.sqlite');
    for (const sql of [
      'DELETE FROM series',
      'CREATE TABLE t (a)',
      `ATTACH '${target}' AS other`,
      `VACUUM INTO '${target}'`,
      'PRAGMA database_list',
      'WITH x AS (SELECT 1) INSERT INTO series SELECT 1,2,3,4,5,6,7 FROM x',
      '/* SELECT */ DROP TABLE series',
      '-- SELECT\nBEGIN',
      "SELECT load_extension('x')",
      "SELECT readfile('/etc/passwd')",
      'SELECT * FROM chunk',
    ]) {
      expect(() => ask(sql), sql).toThrow(expect.objectContaining({ code: 'bad-request' }));
    }
    expect(existsSync(target)).toBe(false);
    expect(library.snapshot()).toEqual(before);
  });

  it('answers what JSON can hold', () => {
    expect(rows("SELECT 1, 2.5, 'a', NULL, x'00ff', 9e999, 9007199254740993")).toEqual([
      [1, 2.5, 'a', null, "x'00ff'", null, 9007199254740992],
    ]);
    expect(rows('-- a comment first\nSELECT 1')).toEqual([[1]]);
    expect(rows('EXPLAIN QUERY PLAN SELECT 1')).toHaveLength(1);
  });
});
