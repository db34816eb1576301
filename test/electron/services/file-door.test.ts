import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Files } from '../../../electron/services/file-door.ts';

let library: string;
let files: Files;
beforeEach(async () => {
  library = await mkdtemp(join(tmpdir(), 'hindsight-door-'));
  files = new Files(library);
});
afterEach(() => rm(library, { recursive: true, force: true }));

const uploads = () => readdir(join(library, 'uploads')).catch(() => []);

test('an upload is kept under a name of ours and goes with its ticket', async () => {
  const ticket = await files.receive('../../etc/bars.csv', Readable.from(['bucket,', 'ticker']));
  expect(ticket.name).toBe('bars.csv');
  const { path } = files.resolve(ticket.fileId);
  expect(path.startsWith(join(library, 'uploads'))).toBe(true);
  expect(await readFile(path, 'utf8')).toBe('bucket,ticker');
  await files.release(ticket.fileId);
  expect(await uploads()).toEqual([]);
  expect(() => files.resolve(ticket.fileId)).toThrow(/no longer there/);
});

test('an upload that breaks off leaves nothing', async () => {
  const broken = Readable.from(
    (async function* () {
      yield 'half';
      throw new Error('connection reset');
    })(),
  );
  await expect(files.receive('bars.csv', broken)).rejects.toMatchObject({ code: 'file-unreadable' });
  expect(await uploads()).toEqual([]);
});

test('a registered file stays where it is', async () => {
  const path = join(library, 'own.csv');
  await writeFile(path, 'mine');
  const { fileId } = files.register(path, 'own.csv');
  await files.release(fileId);
  expect(await readFile(path, 'utf8')).toBe('mine');
});

test('what a killed process left behind goes after a day', async () => {
  await files.receive('bars.csv', Readable.from(['x']));
  await new Files(library).clean();
  expect(await uploads()).toHaveLength(1);
  await new Files(library).clean(Date.now() + 25 * 3_600_000);
  expect(await uploads()).toEqual([]);
});
