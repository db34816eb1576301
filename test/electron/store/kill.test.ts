import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unpackFiles, writeBackup } from '../../../electron/store/backup-store.ts';
import { openWriter } from '../../../electron/store/database.ts';
import { ImportStore } from '../../../electron/store/import-store.ts';
import { SeriesStore } from '../../../electron/store/series-store.ts';
import { checkIntegrity } from '../../../electron/workers/check-integrity.ts';
import { startChild } from './children.ts';
import { barLines, csvOf, range, TemporaryLibrary } from './temporary-library.ts';

// The application is killed (SIGKILL) while it imports, undoes, restores and compacts. HINDSIGHT_KILLS=100 for the full run.

const KILLS = Number(process.env.HINDSIGHT_KILLS ?? 10);
const OTHER_KILLS = Math.max(3, Math.round(KILLS / 5));
const PIECES = 4;
const PIECE_BARS = 12_000;
/** Long enough to end in any of several steps. */
const LONGEST_LIFE = 1_500;
const STORING = 15;

let folder: string;
let chance: () => number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-kill-'));
  const seed = Number(process.env.HINDSIGHT_SEED ?? Date.now() % 1e6);
  console.log(`kills at random moments, HINDSIGHT_SEED=${seed}`);
  let state = 1 + (seed % 2147483646);
  chance = () => (state = (state * 48271) % 2147483647) / 2147483647;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Pieces that overlap, each with bars of several windows; they replace chunks of those before. */
async function writePieces(): Promise<{ paths: string[]; hashes: (string | null)[] }> {
  const library = new TemporaryLibrary();
  const hashes: (string | null)[] = [null];
  const paths: string[] = [];
  for (let piece = 0; piece < PIECES; piece++) {
    const start = Math.max(0, piece * PIECE_BARS - 3_000);
    const path = join(folder, `piece-${piece}.csv`);
    const text = csvOf(barLines(range(start, (piece + 1) * PIECE_BARS)));
    writeFileSync(path, text);
    paths.push(path);
    await library.import(text);
    hashes.push(library.series.list()[0]!.contentHash);
  }
  library.close();
  return { paths, hashes };
}

/** What a library holds after a kill, all of it checked. */
function inspect(libraryPath: string) {
  const db = openWriter(libraryPath);
  try {
    expect(db.pragma('quick_check', { simple: true })).toBe('ok');
    expect(checkIntegrity(db, () => {}).damages).toEqual([]);
    const standing = new ImportStore(db).list().filter(({ undone }) => !undone).length;
    return { standing, contentHash: new SeriesStore(db).list()[0]?.contentHash ?? null };
  } finally {
    db.close();
  }
}

it(`keeps what it acknowledged, and nothing by halves, over ${KILLS} kills of the importing process`, {
  timeout: 60_000 + KILLS * 20_000,
}, async () => {
  const { paths, hashes } = await writePieces();
  const library = join(folder, 'library');
  await mkdir(library);
  let acknowledged = 0;
  const moments = new Map<string, number>();
  for (let kill = 0; kill < KILLS; kill++) {
    const child = startChild('import-forever.ts', [library, ...paths]);
    await child.line(/^ready$/);
    if (kill % 2 === 0) {
      await setTimeout(chance() * LONGEST_LIFE);
    } else {
      // Every other one is aimed at the moment of storing, which is short beside that of reading.
      await child.line(/^storing$/);
      await setTimeout(chance() * STORING);
    }
    child.process.kill('SIGKILL');
    expect(await child.ended).toBe('SIGKILL');
    for (const line of child.lines) {
      if (/^[+-]\d/.test(line)) acknowledged = standingAfter(line);
    }
    const isStoring = child.lines.at(-1) === 'storing';
    const last = child.lines.findLast((line) => line !== 'storing')!;
    // What was under way has happened or not; what was acknowledged has.
    const allowed = last.startsWith('> ') ? [acknowledged, standingAfter(last.slice(2))] : [acknowledged];
    const { standing, contentHash } = inspect(library);
    expect(allowed).toContain(standing);
    expect(contentHash).toBe(hashes[standing]);
    acknowledged = standing;
    const step = last.startsWith('> +') ? 'importing' : last.startsWith('> -') ? 'undoing' : 'between';
    const moment = isStoring ? 'storing' : step;
    moments.set(moment, (moments.get(moment) ?? 0) + 1);
  }
  console.log(`${KILLS} kills: ${[...moments].map(([moment, count]) => `${count} ${moment}`).join(', ')}`);
  // The same files again end in the same content, whatever the kills left.
  const ending = startChild('one-import.ts', [library, ...paths]);
  ending.process.stdin!.write('go\n');
  expect(await ending.ended).toBe(0);
  expect(inspect(library).contentHash).toBe(hashes.at(-1));
});

const standingAfter = (step: string) => Number(step.slice(1)) + (step.startsWith('+') ? 1 : 0);

it(`holds one backup or the other, with its strategies, over ${OTHER_KILLS} kills while restoring and compacting`, {
  timeout: 60_000 + OTHER_KILLS * 20_000,
}, async () => {
  const backups: string[] = [];
  const hashes: string[] = [];
  for (const [index, bars] of [20_000, 50_000].entries()) {
    const made = new TemporaryLibrary();
    await made.import(csvOf(barLines(range(0, bars))));
    hashes.push(made.series.list()[0]!.contentHash);
    await mkdir(join(made.path, 'strategies'));
    writeFileSync(join(made.path, 'strategies/mine.ts'), `// ${index}`);
    backups.push(join(folder, `backup-${index}`));
    await writeBackup(made.path, backups[index]!, index, () => {});
    made.close();
  }
  const library = join(folder, 'library');
  const copy = join(folder, 'copy');
  await mkdir(library);
  for (let kill = 0; kill < OTHER_KILLS; kill++) {
    const child = startChild('restore-forever.ts', [library, copy, ...backups]);
    await child.line(/^ready$/);
    await setTimeout(chance() * LONGEST_LIFE);
    child.process.kill('SIGKILL');
    await child.ended;
    const { contentHash } = inspect(library);
    const db = openWriter(library);
    unpackFiles(db, library);
    db.close();
    if (contentHash === null) continue; // killed before the first restore was done
    const held = hashes.indexOf(contentHash);
    expect(held).toBeGreaterThanOrEqual(0);
    expect(readFileSync(join(library, 'strategies/mine.ts'), 'utf8')).toBe(`// ${held}`);
    if (!existsSync(copy)) continue;
    // A backup that stands under its name is whole.
    const other = new TemporaryLibrary();
    const whole = startChild('restore-once.ts', [other.path, copy]);
    expect(await whole.ended).toBe(0);
    expect(hashes).toContain(other.series.list()[0]!.contentHash);
    other.close();
  }
});
