import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PartialFiles } from '../../../electron/sources/partial-file.ts';

let folder: string;
let files: PartialFiles;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-partial-'));
  files = new PartialFiles(join(folder, 'fetching'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);

test('is found again by where it comes from, with what it holds', async () => {
  const first = await files.claim('s3://a/b');
  await first.append(bytes('abc'));
  await first.append(bytes('def'));
  await first.release();
  const again = await files.claim('s3://a/b');
  expect(again.size).toBe(6);
  expect(await again.digest('md5')).toBe('e80b5017098950fc58aad83c8c14978e');
  await again.append(bytes('g'));
  expect(readFileSync(again.path, 'utf8')).toBe('abcdefg');
  await again.remove();
  expect(existsSync(again.path)).toBe(false);
  const fresh = await files.claim('s3://a/b');
  expect(fresh.size).toBe(0);
  await fresh.release();
});

test('starts over', async () => {
  const file = await files.claim('s3://a/b');
  await file.append(bytes('wrong'));
  await file.restart();
  await file.append(bytes('right'));
  expect(readFileSync(file.path, 'utf8')).toBe('right');
  await file.remove();
});

test('is taken over from a process that is gone, and left to one that runs', async () => {
  const mine = await files.claim('s3://a/b');
  await mine.append(bytes('abc'));
  await mine.release();
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  const running = process.ppid;
  const asOf = (pid: number) => mine.path.replace(String(process.pid), String(pid));
  renameSync(mine.path, asOf(running));
  const empty = await files.claim('s3://a/b');
  expect(empty.size).toBe(0);
  await empty.remove();
  renameSync(asOf(running), asOf(gone));
  const taken = await files.claim('s3://a/b');
  expect(taken.size).toBe(3);
  expect(readdirSync(join(folder, 'fetching'))).toHaveLength(1);
  await taken.remove();
});

test('two claims at once have a file each', async () => {
  const [one, two] = [await files.claim('s3://a/b'), await files.claim('s3://a/b')];
  expect(one.path).not.toBe(two.path);
  await one.append(bytes('1'));
  await two.append(bytes('2'));
  expect([readFileSync(one.path, 'utf8'), readFileSync(two.path, 'utf8')]).toEqual(['1', '2']);
  await one.remove();
  await two.remove();
});

test('an empty one leaves nothing; what nobody came back for in a week is removed', async () => {
  await (await files.claim('s3://empty')).release();
  expect(readdirSync(join(folder, 'fetching'))).toEqual([]);
  const old = join(folder, 'fetching', 'old.1.part');
  const young = join(folder, 'fetching', 'young.1.part');
  for (const path of [old, young]) writeFileSync(path, 'x');
  const now = Date.now();
  utimesSync(old, now / 1000 - 8 * 86_400, now / 1000 - 8 * 86_400);
  await files.clean(now);
  expect(readdirSync(join(folder, 'fetching'))).toEqual(['young.1.part']);
});

test('a folder that cannot be written to is told', async () => {
  writeFileSync(join(folder, 'plain'), '');
  await expect(new PartialFiles(join(folder, 'plain')).claim('s3://a')).rejects.toMatchObject({
    code: 'disk',
  });
});
