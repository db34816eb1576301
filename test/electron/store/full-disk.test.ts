import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../../electron/services/create-app.ts';
import { libraryFile, openWriter } from '../../../electron/store/database.ts';
import { ImportStore } from '../../../electron/store/import-store.ts';
import { SeriesStore } from '../../../electron/store/series-store.ts';
import { withStoreErrors } from '../../../electron/store/store-errors.ts';
import { checkIntegrity } from '../../../electron/workers/check-integrity.ts';
import type { PlainError } from '../../../shared/contract/errors.ts';
import { ExportBarsSchema } from '../../../shared/contract/schemas.ts';
import { RESOURCES, startChild } from './children.ts';
import { barLines, csvOf, range, TemporaryLibrary } from './temporary-library.ts';

// Writing fails: the disk is full, or files may not grow. The library is as it was before, and works again afterwards.

let files: string;
let small: string;
let large: string;
beforeAll(() => {
  files = mkdtempSync(join(tmpdir(), 'hindsight-files-'));
  small = join(files, 'small.csv');
  large = join(files, 'large.csv');
  writeFileSync(small, csvOf(barLines(range(0, 3_000))));
  // Prices that hardly compress.
  let state = 7;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  writeFileSync(
    large,
    csvOf(
      barLines(range(0, 120_000)).map((line) => {
        const fields = line.split(',');
        fields[7] = String(Math.floor(random() * 1e9) / 1e3);
        fields[8] = String(100 + Math.floor(random() * 1e9) / 1e7);
        return fields.join(',');
      }),
    ),
  );
});
afterAll(() => rmSync(files, { recursive: true, force: true }));

interface Outcome extends Partial<PlainError> {
  readonly stored?: number;
}

/** Imports in a process of its own; what each import ended with. */
async function importInto(library: string, paths: string[], limits: { fileBlocks?: number } = {}) {
  const child = startChild('one-import.ts', [library, ...paths], limits);
  child.process.stdin!.write('go\n');
  await child.ended;
  const outcomes = child.lines.filter((line) => line.startsWith('outcome '));
  return outcomes.map((line) => JSON.parse(line.slice('outcome '.length)) as Outcome);
}

function stateOf(library: string) {
  const db = openWriter(library);
  try {
    expect(db.pragma('quick_check', { simple: true })).toBe('ok');
    expect(checkIntegrity(db, () => {}).damages).toEqual([]);
    return {
      series: new SeriesStore(db).list().map(({ contentHash, bars }) => ({ contentHash, bars })),
      imports: new ImportStore(db).list().length,
    };
  } finally {
    db.close();
  }
}

const DISK = { code: 'disk', detail: { hint: expect.any(String) } };

const isRoot = process.getuid?.() === 0;
const canMount = isRoot && spawnSync('mount', ['--version']).status === 0;
if (!canMount) console.warn('NOT ROOT: the full disk is not tested on a file system of its own.');

describe.skipIf(!canMount)('on a full file system', () => {
  let disk: string;
  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), 'hindsight-disk-'));
    const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk]);
    if (status !== 0) throw new Error(`mount: ${stderr}`);
  });
  afterEach(() => {
    spawnSync('umount', [disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  it('an import that finds no room leaves the library as it was, and works when there is room', async () => {
    const library = join(disk, 'library');
    await mkdir(library);
    expect(await importInto(library, [small])).toEqual([{ stored: 3_000 }]);
    const before = stateOf(library);
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(5_200_000));
    const [failed, again] = await importInto(library, [large, small]);
    expect(failed).toMatchObject({
      ...DISK,
      message: expect.stringMatching(/No space left|Cannot read or write/),
    });
    expect(failed!.message).toContain(library);
    expect(again).toEqual({ stored: 0 }); // the same application goes on
    expect(stateOf(library)).toEqual({ ...before, imports: before.imports + 1 });
    rmSync(join(disk, 'ballast'));
    spawnSync('mount', ['-o', 'remount,size=60m', disk]);
    expect(await importInto(library, [large])).toMatchObject([{ stored: expect.any(Number) }]);
    expect(stateOf(library).series[0]!.bars).toBe(120_000);
  });

  it('an export and a backup that find no room say so and leave no file', async () => {
    const library = mkdtempSync(join(tmpdir(), 'hindsight-library-'));
    const app = await createApp({ libraryPath: library, resourcesPath: RESOURCES, face: 'terminal' });
    try {
      await app.imports.importFile({ path: large });
      const [series] = await app.series.list();
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(5_000_000));
      const request = ExportBarsSchema.parse({ seriesId: series!.id });
      await expect(app.library.exportTo(join(disk, 'bars.csv'), request)).rejects.toMatchObject(DISK);
      await expect(app.library.backupTo(join(disk, 'copy'))).rejects.toMatchObject(DISK);
      expect(readdirSync(disk)).toEqual(['ballast']);
      spawnSync('mount', ['-o', 'remount,size=60m', disk]);
      expect(await app.library.exportTo(join(disk, 'bars.csv'), request)).toMatchObject({ bars: 120_000 });
      await app.library.backupTo(join(disk, 'copy'));
      expect(readdirSync(disk).sort()).toEqual(['ballast', 'bars.csv', 'copy']);
    } finally {
      app.close();
      rmSync(library, { recursive: true, force: true });
    }
  });
});

it.skipIf(process.platform === 'win32')(
  'an import that may not let its files grow leaves the library as it was',
  async () => {
    const library = mkdtempSync(join(tmpdir(), 'hindsight-library-'));
    try {
      expect(await importInto(library, [small])).toEqual([{ stored: 3_000 }]);
      const before = stateOf(library);
      const kilobytes = Math.ceil(statSync(libraryFile(library)).size / 1024);
      for (const more of [64, 512, 1_500]) {
        const [failed] = await importInto(library, [large], { fileBlocks: kilobytes + more });
        expect(failed, `${more} kB more`).toMatchObject(DISK);
        expect(stateOf(library)).toEqual(before);
      }
      expect(await importInto(library, [large])).toMatchObject([{ stored: expect.any(Number) }]);
      expect(stateOf(library).series[0]!.bars).toBe(120_000);
    } finally {
      rmSync(library, { recursive: true, force: true });
    }
  },
);

it('a database at its largest refuses each import at another page, and stays whole', async () => {
  const library = new TemporaryLibrary();
  try {
    await library.import(csvOf(barLines(range(0, 3_000))));
    const prepared = await library.prepareFile(large);
    const before = library.snapshot();
    const pages = library.writer.pragma('page_count', { simple: true }) as number;
    let refused = 0;
    for (let room = 0; ; room += 37) {
      library.writer.pragma(`max_page_count = ${pages + room}`);
      try {
        withStoreErrors(library.path, () => library.imports.commit(prepared, 1));
        break;
      } catch (thrown) {
        expect(thrown).toMatchObject({ ...DISK, message: expect.stringContaining('No space left') });
        expect(library.snapshot()).toEqual(before);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(5);
    expect(checkIntegrity(library.writer, () => {}).damages).toEqual([]);
    expect(library.series.list()[0]!.bars).toBe(120_000);
  } finally {
    library.close();
  }
});
