import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ActionStore } from '../../electron/store/action-store.ts';
import { ImportStore } from '../../electron/store/import-store.ts';
import { RunStore } from '../../electron/store/run-store.ts';
import { answerQuery } from '../../electron/store/sql-query.ts';
import { RESULT_TABLES } from '../../shared/export/result-tables.ts';
import { storedRun } from '../electron/store/stored-run.ts';
import { barLines, csvOf, range, TemporaryLibrary } from '../electron/store/temporary-library.ts';

const page = readFileSync(new URL('../../docs/sql.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/^([^\n]+):\n\n```sql\n([\s\S]*?)```/gm)].map(
  ([, title, sql]) => [title!, sql!] as const,
);

let library: TemporaryLibrary;
beforeAll(async () => {
  library = new TemporaryLibrary();
  await library.import(csvOf([...barLines(range(0, 9_000)), ...barLines(range(0, 900), 'HSBA.L')]));
  new RunStore(library.writer).save(storedRun('run-1', 40));
});
afterAll(() => library.close());

function ask(sql: string) {
  const db = library.reader;
  const stores = {
    series: library.series,
    imports: new ImportStore(db),
    runs: new RunStore(db),
    actions: new ActionStore(db),
  };
  return answerQuery(stores, { sql, limit: 1_000 }, 30_000);
}

test('the page has examples', () => expect(examples.length).toBeGreaterThan(5));

describe.each(examples)('the example "%s"', (_, sql) => {
  test('is answered', () => {
    const { columns, rows } = ask(sql);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows[0]).toHaveLength(columns.length);
    // No column is empty throughout: a misspelled name in quotes would be.
    columns.forEach((name, column) => {
      expect(
        rows.some((row) => row[column] !== null),
        name,
      ).toBe(true);
    });
  });
});

test('tables and columns are those there are', () => {
  const listed = Object.fromEntries(
    [...page.matchAll(/^\| `(\w+)(?:\([^)]*\))?` \| ([\w, ]+) \|$/gm)].map(([, table, columns]) => [
      table!,
      columns!.split(', '),
    ]),
  );
  const found = Object.fromEntries(
    Object.keys(listed).map((table) => {
      const from = table === 'bars' ? "bars('AAL.L')" : table;
      return [table, ask(`SELECT * FROM ${from} LIMIT 1`).columns];
    }),
  );
  expect(Object.keys(listed)).toEqual(['series', 'bars', 'imports', 'actions', 'runs']);
  expect(listed).toEqual(found);
  for (const table of ['orders', 'fills', 'trades', 'equity'] as const) {
    expect(ask(`SELECT * FROM ${table}('run-1') LIMIT 1`).columns).toEqual(
      RESULT_TABLES[`${table}.csv`].columns.map(({ name }) => name),
    );
    expect(page).toContain(`\`${table}('RUN')\``);
  }
});
