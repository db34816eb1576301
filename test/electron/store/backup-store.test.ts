import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackFiles, writeBackup } from '../../../electron/store/backup-store.ts';
import { openBackup, openWriter } from '../../../electron/store/database.ts';
import { RunStore } from '../../../electron/store/run-store.ts';
import { SeriesStore } from '../../../electron/store/series-store.ts';
import { checkIntegrity } from '../../../electron/workers/check-integrity.ts';
import { restoreLibrary } from '../../../electron/workers/restore-library.ts';
import { TaskProgress } from '../../../electron/workers/serve-tasks.ts';
import { storedRun } from './stored-run.ts';
import { barLines, csvOf, range, TemporaryLibrary } from './temporary-library.ts';

let library: TemporaryLibrary;
let other: TemporaryLibrary;
let backup: string;
beforeEach(async () => {
  library = new TemporaryLibrary();
  other = new TemporaryLibrary();
  backup = join(library.path, 'copy.hindsight');
  await library.import(csvOf([...barLines(range(0, 20_000)), 'no bar']));
  await library.import(csvOf(barLines(range(19_000, 30_000))));
  new RunStore(library.writer).save(storedRun('run-1', 30));
  put(library, 'strategies/mine.ts', 'export default class Mine {}');
  put(library, 'settings.json', '{"a":1}');
  put(library, 'workspaces/desk.json', '{}');
  put(library, 'uploads/left-over', 'not to be kept');
});
afterEach(() => {
  library.close();
  other.close();
});

const put = ({ path }: TemporaryLibrary, name: string, text: string) => {
  mkdirSync(join(path, name, '..'), { recursive: true });
  writeFileSync(join(path, name), text);
};
const text = ({ path }: TemporaryLibrary, name: string) => readFileSync(join(path, name), 'utf8');
const newProgress = () => new TaskProgress(new SharedArrayBuffer(TaskProgress.BYTES));
const write = (onStep = (_done: number, _total: number) => {}) =>
  writeBackup(library.path, backup, 123_456, onStep);

async function restore(into: TemporaryLibrary, path = backup, replace = false) {
  const report = await restoreLibrary(into.writer, into.path, { path, replace }, newProgress());
  return { ...report, strategies: unpackFiles(into.writer, into.path) };
}

describe('a backup', () => {
  it('is one file that brings everything back that the user made', async () => {
    const steps: number[] = [];
    const { bytes } = await write((done, total) => steps.push(done / total));
    expect(bytes).toBe(readFileSync(backup).length);
    expect(steps.at(-1)).toBeLessThanOrEqual(1);
    expect(readdirSync(library.path).filter((name) => name.startsWith('copy'))).toEqual(['copy.hindsight']);
    expect(await restore(other)).toEqual({
      madeAt: 123_456,
      series: 1,
      bars: 30_000,
      runs: 1,
      strategies: ['mine.ts'],
    });
    expect(other.snapshot()).toEqual(library.snapshot());
    expect(new RunStore(other.reader).load('run-1')).toEqual(new RunStore(library.reader).load('run-1'));
    expect(text(other, 'strategies/mine.ts')).toBe('export default class Mine {}');
    expect(text(other, 'settings.json')).toBe('{"a":1}');
    expect(text(other, 'workspaces/desk.json')).toBe('{}');
    expect(existsSync(join(other.path, 'uploads/left-over'))).toBe(false);
    expect(readdirSync(other.path).filter((name) => /tmp|restore/.test(name))).toEqual([]);
    // Imports and undo go on as if nothing had been.
    expect(other.writer.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(checkIntegrity(other.writer, () => {}).damages).toEqual([]);
    const [last] = other.imports.list();
    expect(other.imports.undo(last!.importId)).toEqual({ removedBars: 10_000 });
  });

  it('may be made while an import is stored', async () => {
    const making = write();
    await library.import(csvOf(barLines(range(0, 500), 'LATE')));
    await making;
    const copy = openBackup(backup);
    expect(checkIntegrity(copy, () => {}).damages).toEqual([]);
    expect(new SeriesStore(copy).list().map(({ ticker }) => ticker)).toContain('AAL.L');
    copy.close();
  });

  it('of a library of version 0.1 is brought up to date, and stays as it is', async () => {
    const old = fileURLToPath(new URL('data/library-version-2.sqlite.gz', import.meta.url));
    const bytes = gunzipSync(readFileSync(old));
    writeFileSync(backup, bytes);
    expect(await restore(other)).toMatchObject({ series: 2, bars: 15_000, runs: 1, strategies: [] });
    expect(Buffer.compare(readFileSync(backup), bytes)).toBe(0);
    expect(readdirSync(join(other.path, 'uploads'))).toEqual([]);
    expect(checkIntegrity(other.writer, () => {}).damages).toEqual([]);
  });
});

describe('a restore', () => {
  it('replaces nothing without being told to, and then keeps what it writes over', async () => {
    await write();
    await other.import(csvOf(barLines(range(0, 50), 'OTHER')));
    put(other, 'strategies/mine.ts', 'a different one');
    put(other, 'strategies/second.ts', 'untouched');
    const before = other.snapshot();
    await expect(restore(other)).rejects.toMatchObject({
      code: 'bad-request',
      message: 'The library holds 1 series, 2 strategies, which the backup would replace',
    });
    expect(other.snapshot()).toEqual(before);
    await restore(other, backup, true);
    expect(other.snapshot()).toEqual(library.snapshot());
    expect(text(other, 'strategies/mine.ts')).toBe('export default class Mine {}');
    expect(text(other, 'strategies/mine-before-restore.ts')).toBe('a different one');
    expect(text(other, 'strategies/second.ts')).toBe('untouched');
  });

  it('checks the backup first, and leaves the library as it was when it is damaged', async () => {
    await write();
    const copy = openBackup(backup);
    copy.exec("UPDATE chunk_column SET bytes = zeroblob(length(bytes)) WHERE chunk = 2 AND name = 'close'");
    copy.close();
    await expect(restore(other)).rejects.toMatchObject({
      code: 'library-damaged',
      message: expect.stringContaining('column close of AAL.L'),
    });
    expect(other.series.list()).toEqual([]);
    rmSync(backup);
    await write();
    const again = openBackup(backup);
    again.exec("UPDATE backup_file SET bytes = x'00' WHERE path = 'settings.json'");
    again.close();
    await expect(restore(other)).rejects.toMatchObject({
      code: 'library-damaged',
      detail: { file: 'settings.json' },
    });
    expect(other.series.list()).toEqual([]);
  });

  it('refuses files that are no backup, and names that lead elsewhere', async () => {
    const text = join(library.path, 'text.hindsight');
    writeFileSync(text, 'a,b\n1,2\n'.repeat(1_000));
    await expect(restore(other, text)).rejects.toMatchObject({ code: 'file-format' });
    await expect(restore(other, join(library.path, 'nowhere'))).rejects.toMatchObject({
      code: 'file-unreadable',
    });
    for (const path of [
      '../evil.ts',
      'strategies/../../evil.ts',
      'strategies/sub/evil.ts',
      'library.sqlite',
    ]) {
      rmSync(backup, { force: true });
      await write();
      const copy = openBackup(backup);
      copy.prepare("UPDATE backup_file SET path = ? WHERE path = 'strategies/mine.ts'").run(path);
      copy.close();
      await expect(restore(other)).rejects.toMatchObject({ code: 'library-damaged' });
    }
  });

  it('that was broken off before the files were written is ended at the next start', async () => {
    await write();
    await restoreLibrary(other.writer, other.path, { path: backup, replace: false }, newProgress());
    expect(existsSync(join(other.path, 'strategies'))).toBe(false);
    const next = openWriter(other.path);
    expect(unpackFiles(next, other.path)).toEqual(['mine.ts']);
    expect(text(other, 'strategies/mine.ts')).toBe('export default class Mine {}');
    expect(unpackFiles(next, other.path)).toEqual([]);
    next.close();
  });

  it('works from a backup that stands in the place of the library', async () => {
    await write();
    const folder = join(other.path, 'by-hand');
    mkdirSync(folder);
    copyFileSync(backup, join(folder, 'library.sqlite'));
    const db = openWriter(folder);
    expect(unpackFiles(db, folder)).toEqual(['mine.ts']);
    expect(new SeriesStore(db).list()).toEqual(library.series.list());
    db.close();
  });
});
