import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkIntegrity } from '../../../electron/workers/check-integrity.ts';
import { barLines, csvOf, range, TemporaryLibrary } from '../store/temporary-library.ts';

// Damaged bars are put right by importing the files they came from, and by nothing else.

let library: TemporaryLibrary;
beforeEach(() => {
  library = new TemporaryLibrary();
});
afterEach(() => library.close());

/** Two windows; the first one's chunk was replaced by the second file. */
const FIRST = csvOf(barLines(range(0, 4_000)));
const SECOND = csvOf(barLines(range(3_000, 20_000)));

const check = () => checkIntegrity(library.writer, () => {});
const contentHash = () => library.series.list()[0]!.contentHash;
const chunks = () => library.series.chunks(library.series.list()[0]!.id);
const repairs = (warnings: readonly string[]) => warnings.filter((text) => text.startsWith('repaired'));

function damage(table: 'chunk_column' | 'chunk_level', where = 'c.replaced_by IS NULL', name = '%'): number {
  const rows = library.writer
    .prepare<[], { rowid: number; bytes: Buffer }>(
      `SELECT x.rowid, x.bytes FROM ${table} x JOIN chunk c ON c.id = x.chunk WHERE ${where}
      ${table === 'chunk_column' ? `AND x.name LIKE '${name}'` : ''}`,
    )
    .all();
  const write = library.writer.prepare(`UPDATE ${table} SET bytes = ? WHERE rowid = ?`);
  rows.forEach(({ rowid, bytes }, index) => {
    const flipped = Buffer.from(bytes);
    const place = (index * 7919 + 3) % flipped.length;
    flipped[place]! ^= 1 << (index % 8);
    write.run(flipped, rowid);
  });
  return rows.length;
}

it('of one file are as before once it is imported again, wherever they were hit', async () => {
  await library.import(SECOND);
  const before = library.snapshot();
  const imports = library.imports.list().length;
  for (const [table, name] of [
    ['chunk_column', 'close'],
    ['chunk_column', 'time'],
    ['chunk_column', '%'],
    ['chunk_level', '%'],
  ] as const) {
    expect(damage(table, 'c.replaced_by IS NULL', name)).toBeGreaterThan(0);
    const { damages } = check();
    expect(damages).toHaveLength(2);
    for (const { files } of damages) expect(files).toContain('file-1.csv');
    const report = await library.import(SECOND);
    expect(report.rejected).toBe(0);
    expect(repairs(report.warnings)).toHaveLength(2);
    expect(report.warnings[0]).not.toContain('missing');
    expect(library.snapshot()).toEqual(before);
    expect(check().damages).toEqual([]);
  }
  expect(library.imports.list()).toHaveLength(imports + 4);
});

it('of several files come back with the last of them, thanks to what undo keeps', async () => {
  await library.import(FIRST);
  await library.import(SECOND);
  const before = library.snapshot();
  damage('chunk_column', 'c.replaced_by IS NULL', 'close');
  expect(check().damages[0]!.files).toEqual(['file-1.csv', 'file-2.csv']);
  await library.import(SECOND);
  expect(library.snapshot()).toEqual(before);
});

it('of several files come back in any order, when nothing else is left', async () => {
  await library.import(FIRST);
  await library.import(SECOND);
  const hash = contentHash();
  damage('chunk_column', '1');
  const first = await library.import(FIRST);
  expect(repairs(first.warnings)[0]).toMatch(
    /4380 of them are still missing, import file-1\.csv, file-2\.csv/,
  );
  expect(contentHash()).not.toBe(hash);
  await library.import(SECOND);
  expect(contentHash()).toBe(hash);
  expect(check().damages.filter(({ kind }) => kind === 'bars')).toEqual([]);
  expect(chunks().reduce((sum, { count }) => sum + count, 0)).toBe(20_000);
});

it('are not covered up by an import of other bars, which says what to do first', async () => {
  await library.import(csvOf(barLines(range(0, 9_000))));
  for (const column of ['close', 'time']) {
    damage('chunk_column', 'c.replaced_by IS NULL', column);
    const other = csvOf(barLines(range(9_000, 30_000)));
    await expect(library.import(other)).rejects.toMatchObject({
      code: 'library-damaged',
      detail: { hint: expect.stringMatching(/^Import file-1\.csv.* again: that repairs them\./) },
    });
    await library.import(csvOf(barLines(range(100_000, 101_000))), { every: '1m' });
    await library.import(csvOf(barLines(range(0, 9_000))));
    expect(check().damages).toEqual([]);
  }
});

it('a repair leaves nothing to undo but itself', async () => {
  await library.import(SECOND);
  const before = library.snapshot();
  damage('chunk_column', 'c.replaced_by IS NULL', 'low');
  const { importId } = await library.import(SECOND);
  expect(library.imports.undo(importId)).toEqual({ removedBars: 0 });
  expect(library.snapshot()).toEqual(before);
});
