import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeLevels, dropDamagedLevels } from '../../../electron/store/level-store.ts';
import { RunStore } from '../../../electron/store/run-store.ts';
import { checkIntegrity } from '../../../electron/workers/check-integrity.ts';
import { storedRun } from '../store/stored-run.ts';
import { barLines, csvOf, range, TemporaryLibrary } from '../store/temporary-library.ts';

let library: TemporaryLibrary;
beforeAll(async () => {
  library = new TemporaryLibrary();
  await library.import(csvOf([...barLines(range(0, 900)), 'no bar']));
  await library.import(csvOf(barLines(range(800, 20_000))));
  await library.import(csvOf(barLines(range(0, 500), 'HSBA.L')));
  new RunStore(library.writer).save(storedRun('run-1', 40));
});
afterAll(() => library.close());

const check = () => checkIntegrity(library.writer, () => {});

/** Flips a bit of a blob, looks what the check says, and puts it back. */
function withFlipped<T>(table: string, rowid: number, column: string, at: number, look: () => T): T {
  const read = library.writer
    .prepare<[number], Buffer>(`SELECT ${column} FROM ${table} WHERE rowid = ?`)
    .pluck();
  const write = library.writer.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`);
  const bytes = read.get(rowid)!;
  const flipped = Buffer.from(bytes);
  const place = at % flipped.length;
  flipped[place]! ^= 1 << (at % 8);
  write.run(flipped, rowid);
  try {
    return look();
  } finally {
    write.run(bytes, rowid);
  }
}
const rowids = (table: string, where = '1') =>
  library.writer
    .prepare<[], number>(`SELECT rowid FROM ${table} WHERE ${where} ORDER BY rowid`)
    .pluck()
    .all();

describe('the integrity check', () => {
  it('finds a sound library sound, and counts what it looked at', () => {
    const progress: [number, number][] = [];
    const report = checkIntegrity(library.writer, (done, total) => progress.push([done, total]));
    expect(report).toEqual({ checkedChunks: 4, checkedRuns: 1, damages: [] });
    expect(progress.at(-1)![0]).toBe(progress.at(-1)![1]);
  });

  it('names a flipped bit in any column, with the files that repair it', () => {
    for (const [round, rowid] of rowids('chunk_column').entries()) {
      const { damages } = withFlipped('chunk_column', rowid, 'bytes', round * 7919, check);
      expect(damages).toHaveLength(1);
      const [damage] = damages;
      expect(damage!.what).toMatch(/^column \w+ of (AAL|HSBA)\.L 1m, 2024-07-\d\d to 2024-07-\d\d/);
      if (damage!.kind === 'history') {
        expect(damage!.files).toEqual([]);
        continue;
      }
      expect(damage!.kind).toBe('bars');
      const [files] = [damage!.files.join()];
      expect(damage!.ticker === 'HSBA.L' ? files === 'file-3.csv' : files.includes('file-2.csv')).toBe(true);
      expect(damage!.hint).toContain(damage!.files[0]);
    }
    expect(check().damages).toEqual([]);
  });

  it('names a flipped bit in any level, which can be made again', () => {
    const before = library.writer.prepare('SELECT * FROM chunk_level ORDER BY chunk, bars_per_bucket').all();
    const [rowid] = rowids('chunk_level', 'chunk IN (SELECT id FROM chunk WHERE replaced_by IS NULL)');
    withFlipped('chunk_level', rowid!, 'bytes', 77, () => {
      expect(check().damages).toMatchObject([{ kind: 'levels', ticker: 'AAL.L' }]);
      expect(dropDamagedLevels(library.writer)).toBe(1);
      completeLevels(library.writer, 0, () => false);
      expect(check().damages).toEqual([]);
    });
    expect(library.writer.prepare('SELECT * FROM chunk_level ORDER BY chunk, bars_per_bucket').all()).toEqual(
      before,
    );
  });

  it('names a flipped bit in any column of a run', () => {
    for (const [round, rowid] of rowids('run_columns').entries()) {
      const { damages } = withFlipped('run_columns', rowid, 'bytes', round * 104729 + 5, check);
      expect(damages).toMatchObject([{ kind: 'run', what: expect.stringContaining('run-1') }]);
    }
  });

  it('names a list of rejected lines that cannot be read', () => {
    const [rowid] = rowids('import');
    const { damages } = withFlipped('import', rowid!, 'reject_list', 12 * 8 + 4, check);
    expect(damages).toMatchObject([{ kind: 'rejected-lines', what: expect.stringContaining('file-1.csv') }]);
  });

  it('names bars that fit their checksum, and not the hash of their content', () => {
    const hash = library.writer.prepare('SELECT content_hash FROM chunk WHERE id = 1').pluck().get();
    const write = library.writer.prepare('UPDATE chunk SET content_hash = ? WHERE id = 1');
    write.run('other');
    expect(check().damages).toMatchObject([{ what: expect.stringMatching(/^content of AAL\.L/) }]);
    write.run(hash);
    expect(check().damages).toEqual([]);
  });
});
