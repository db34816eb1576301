import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeColumn, encodeColumn } from '../../electron/store/column-codec.ts';
import { libraryFile } from '../../electron/store/database.ts';
import { MIGRATIONS } from '../../electron/store/migrations.ts';
import { loadSeries } from '../../electron/workers/load-series.ts';
import { columnOf } from '../../electron/workers/series-handle.ts';
import { BAR_COLUMN_NAMES } from '../../shared/market/bar.ts';
import { barLines, csvOf, range, TemporaryLibrary } from '../electron/store/temporary-library.ts';

const page = readFileSync(new URL('../../docs/library-file.md', import.meta.url), 'utf8');
const hasPython =
  spawnSync('python3', ['-c', 'import sqlite3; assert sqlite3.sqlite_version_info >= (3, 37)']).status === 0;
if (!hasPython) console.warn('NO PYTHON with SQLite 3.37: the reader in docs/library-file.md is not run.');

let library: TemporaryLibrary;
beforeAll(async () => {
  library = new TemporaryLibrary();
  const lines = barLines(range(0, 18_000).filter((minute) => minute % 11 !== 4));
  // Volumes with many decimals take more than 32 bits; some are missing.
  const withVolumes = lines.map((line, index) => {
    const fields = line.split(',');
    fields[7] = index % 30 === 7 ? '' : `${(index * 7919) % 100_000}.${String(10_000_000 + index).slice(1)}`;
    return fields.join(',');
  });
  await library.import(csvOf(withVolumes));
  await library.import(csvOf(barLines(range(17_000, 20_000))), { every: '1m' });
});
afterAll(() => library.close());

test('the worked example is what the coding gives', () => {
  const block = /## A worked example[\s\S]*?```\n([\s\S]*?)```/.exec(page)![1]!;
  const bytes = Buffer.from(block.replace(/ {2,}.*$/gm, '').replace(/\s/g, ''), 'hex');
  const closes = Float64Array.of(2400, 2401, 2402, 2403, 2404, 2403.5);
  expect(Buffer.from(encodeColumn(closes)).toString('hex')).toBe(bytes.toString('hex'));
  const decoded = new Float64Array(6);
  decodeColumn(bytes, decoded);
  expect(decoded).toEqual(closes);
});

test('names every table of the database', () => {
  const tables = MIGRATIONS.join('\n').matchAll(/CREATE TABLE (\w+)/g);
  for (const [, table] of tables) expect(page, table).toContain(`\`${table}\``);
});

test.skipIf(!hasPython)('the reader in Python reads every column bit for bit', () => {
  const script = join(library.path, 'read.py');
  writeFileSync(script, /```python\n([\s\S]*?)```/.exec(page)![1]!);
  const handle = loadSeries(library.series, library.series.list()[0]!.id);
  expect(new Set(handle.present)).toContain('volume');
  for (const name of BAR_COLUMN_NAMES) {
    const text = execFileSync('python3', [script, libraryFile(library.path), 'AAL.L', '1m', name], {
      maxBuffer: 2 ** 26,
    }).toString();
    const values = text
      .split('\n')
      .slice(0, -1)
      .map((line) => (line === '' ? Number.NaN : Number(line)));
    expect(values, name).toEqual([
      ...(columnOf(handle, name) ?? new Float64Array(handle.length).fill(Number.NaN)),
    ]);
  }
});
