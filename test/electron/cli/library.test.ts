import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parseCommandLine, UsageError } from '../../../electron/cli/command-line.ts';
import { openWriter } from '../../../electron/store/database.ts';
import { describeError, toPlainError } from '../../../shared/contract/errors.ts';
import type { IntegrityReport, SqlAnswer, StorageReport } from '../../../shared/contract/schemas.ts';
import { barLines, csvOf, HEADING, range } from '../store/temporary-library.ts';

let folder: string;
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-cli-'));
  writeFileSync(at('first.csv'), csvOf(barLines(range(0, 3_000))));
  writeFileSync(at('second.csv'), csvOf([...barLines(range(2_000, 6_000)), 'no bar']));
  for (const file of ['first.csv', 'second.csv'])
    expect((await hindsight(['import', at(file)])).status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A command as main.ts runs it, within this process. */
async function hindsight(words: string[], library = 'library') {
  let stdout = '';
  let notes = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += text;
    return true;
  });
  const warn = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    notes += text;
    return true;
  });
  const before = process.exitCode;
  try {
    await parseCommandLine([...words, '--library', at(library)]).run(new AbortController().signal);
    return { status: Number(process.exitCode ?? 0), stdout, stderr: notes };
  } catch (thrown) {
    if (thrown instanceof UsageError) return { status: 2, stdout, stderr: thrown.message };
    return { status: 1, stdout, stderr: describeError(toPlainError(thrown)) };
  } finally {
    process.exitCode = before;
    write.mockRestore();
    warn.mockRestore();
  }
}
const jsonOf = async <T>(words: string[], library?: string): Promise<T> => {
  const { stdout } = await hindsight([...words, '--json'], library);
  return JSON.parse(stdout) as T;
};

test('bars leave as CSV, gzip and Parquet, named by the file or by --format', async () => {
  expect((await hindsight(['data', 'export', 'AAL.L', '--out', at('bars.csv')])).stdout).toMatch(
    /^6000 bars written/,
  );
  const text = readFileSync(at('bars.csv'), 'utf8');
  expect(text.split('\n').length).toBe(6_002);
  await hindsight(['data', 'export', 'AAL.L', '--out', at('bars.csv.gz')]);
  expect(gunzipSync(readFileSync(at('bars.csv.gz'))).toString()).toBe(text);
  await hindsight(['data', 'export', 'AAL.L', '--format', 'parquet', '--out', at('bars.parquet')]);
  expect(readFileSync(at('bars.parquet')).subarray(0, 4).toString()).toBe('PAR1');
  const written = await jsonOf<{ bars: number }>([
    ...['data', 'export', 'AAL.L', '--every', '1h', '--from', '2024-07-02', '--to', '2024-07-02'],
    ...['--out', at('hours.csv')],
  ]);
  const hours = readFileSync(at('hours.csv'), 'utf8');
  expect(written.bars).toBe(hours.split('\n').length - 2);
  expect(hours).toMatch(new RegExp(`^${HEADING}\\n2024-07-02 00:00:00,AAL.L,`));
  expect((await hindsight(['import', at('bars.csv')], 'again')).status).toBe(0);
  const hash = async (library: string) =>
    (await jsonOf<{ series: { contentHash: string }[] }>(['data', 'list'], library)).series[0]!.contentHash;
  expect(await hash('again')).toBe(await hash('library'));
});

test('an export that fails leaves no file, and says why', async () => {
  const out = ['--out', at('nothing.csv')];
  expect(await hindsight(['data', 'export', 'AAL.L', '--from', '2030-01-01', ...out])).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^data-missing: There are no bars of AAL\.L in this range/),
  });
  expect(await hindsight(['data', 'export', 'AAL.L', '--from', 'soon', ...out])).toMatchObject({ status: 2 });
  expect(await hindsight(['data', 'export', 'AAL.L', '--format', 'xls', ...out])).toMatchObject({
    status: 2,
  });
  expect(await hindsight(['data', 'export', 'AAL.X', ...out])).toMatchObject({
    stderr: expect.stringMatching(/Did you mean AAL\.L/),
  });
  expect(existsSync(at('nothing.csv'))).toBe(false);
  expect(existsSync(at('nothing.csv.part'))).toBe(false);
  const nowhere = await hindsight(['data', 'export', 'AAL.L', '--out', at('no/such/folder/x.csv')]);
  expect(nowhere).toMatchObject({ status: 1, stderr: expect.stringMatching(/^disk: .*Cannot write/) });
});

test('SQL answers as a table, as CSV and as JSON', async () => {
  const query = ['data', 'sql', 'SELECT ticker, bars, NULL AS gap FROM series'];
  expect((await hindsight(query)).stdout).toBe('ticker   bars  gap\nAAL.L   6 000\n');
  expect((await hindsight([...query, '--csv'])).stdout).toBe('ticker,bars,gap\nAAL.L,6000,\n');
  expect(await jsonOf<SqlAnswer>(query)).toMatchObject({ rows: [['AAL.L', 6_000, null]], isCut: false });
  const cut = await hindsight(['data', 'sql', "SELECT time FROM bars('AAL.L')", '--limit', '5', '--csv']);
  expect(cut.stdout.split('\n')).toHaveLength(7);
  expect(cut.stderr).toMatch(/Only the first 5 rows/);
  expect((await hindsight(['data', 'sql', 'DELETE FROM series'])).stderr).toMatch(
    /^bad-request: SQL: only SELECT/,
  );
  expect((await hindsight(['data', 'sql', 'SELECT', '1'])).status).toBe(2);
});

test('storage, limit, clean-up and compacting', async () => {
  const before = await jsonOf<StorageReport>(['library', 'storage']);
  expect(before.history).toMatchObject([{ file: 'second.csv', undone: false }]);
  expect((await hindsight(['library', 'storage'])).stdout).toMatch(/history, for undo +[\d ]+\n/);
  expect((await jsonOf<StorageReport>(['library', 'limit', '1.5 MB'])).limitBytes).toBe(1_500_000);
  expect((await hindsight(['library', 'limit', 'none'])).stdout).toBe('The library has no limit.\n');
  expect((await hindsight(['library', 'limit', 'lots'])).status).toBe(2);
  expect((await hindsight(['library', 'clean'])).stdout).toMatch(/^0 bytes/);
  const cleaned = await hindsight(['library', 'clean', '--before', '2100-01-01']);
  expect(cleaned.stdout).toMatch(/import [\w-]+ of second\.csv can be undone no more/);
  expect((await hindsight(['library', 'compact'])).stdout).toMatch(/^\d+ bytes before, \d+ now\n/);
  const after = await jsonOf<StorageReport>(['library', 'storage']);
  expect(after).toMatchObject({ history: [], historyBytes: 0, freeBytes: 0 });
  expect(after.fileBytes).toBeLessThan(before.fileBytes);
});

test('a backup makes another library the same, and nothing is replaced unasked', async () => {
  expect((await hindsight(['library', 'backup', at('copy.hindsight')])).stdout).toMatch(/^The library is in/);
  const restored = await hindsight(['library', 'restore', at('copy.hindsight')], 'fresh');
  expect(restored.stdout).toMatch(/^1 series with 6000 bars, 0 runs and 0 strategies as of/);
  const list = (library: string) => jsonOf<{ series: object[] }>(['data', 'list'], library);
  expect(await list('fresh')).toEqual(await list('library'));
  expect(await hindsight(['library', 'restore', at('copy.hindsight')], 'fresh')).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^bad-request: .*would replace/),
  });
  expect((await hindsight(['library', 'restore', at('copy.hindsight'), '--replace'], 'fresh')).status).toBe(
    0,
  );
  expect((await hindsight(['library', 'restore', at('first.csv')], 'fresh')).stderr).toMatch(/^file-format/);
  expect((await hindsight(['library', 'backup'])).status).toBe(2);
});

test('the check names damage, and ends with 1', async () => {
  expect(await hindsight(['library', 'check'])).toMatchObject({
    status: 0,
    stdout: '1 chunks of bars and 0 runs checked\nEverything is as it was stored.\n',
  });
  const db = openWriter(at('library'));
  db.exec("UPDATE chunk_column SET bytes = zeroblob(length(bytes)) WHERE name = 'close'");
  db.close();
  const damaged = await hindsight(['library', 'check']);
  expect(damaged.status).toBe(1);
  expect(damaged.stdout).toMatch(
    /damaged: column close of AAL\.L 1m, 2024-07-01 to 2024-07-05\n.*first\.csv, second\.csv/,
  );
  expect((await jsonOf<IntegrityReport>(['library', 'check'])).damages).toHaveLength(1);
  expect((await hindsight(['library', 'chek'])).stderr).toMatch(/Did you mean check/);
});
