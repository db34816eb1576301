import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parseCommandLine, UsageError } from '../../../electron/cli/command-line.ts';
import { describeError, toPlainError } from '../../../shared/contract/errors.ts';
import type { ActionProposal, HealthReport, StoredAction } from '../../../shared/contract/schemas.ts';
import { daysOf, walk } from '../../shared/health/bars.ts';

const YEAR = daysOf('XNYS', '2023-01-01', '2024-01-01');
const EX_DAY = new Date(YEAR[120]!).toISOString().slice(0, 10);
const folder = mkdtempSync(join(tmpdir(), 'hindsight-cli-health-'));

interface Output {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command as main.ts runs it, within this process. */
async function hindsight(...words: string[]): Promise<Output> {
  let stdout = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += text;
    return true;
  });
  try {
    await parseCommandLine([...words, '--library', join(folder, 'library')]).run(
      new AbortController().signal,
    );
    return { status: 0, stdout, stderr: '' };
  } catch (thrown) {
    if (thrown instanceof UsageError) return { status: 2, stdout, stderr: thrown.message };
    return { status: 1, stdout, stderr: describeError(toPlainError(thrown)) };
  } finally {
    write.mockRestore();
  }
}
const json = async <T>(...words: string[]) => JSON.parse((await hindsight(...words, '--json')).stdout) as T;

beforeAll(async () => {
  const bars = walk(YEAR, { step: 0.02 });
  for (const bar of bars.slice(120)) {
    for (const name of ['open', 'high', 'low', 'close'] as const) bar[name] /= 4;
    bar.volume *= 4;
  }
  const rows = bars.flatMap(({ time, open, high, low, close, volume }) => {
    const prices = [open, high, low, close, volume].join(',');
    const day = new Date(time).toISOString().slice(0, 10);
    return [
      `${day},SPLIT.N,,${prices},,`,
      `${day},OTHER.N,,${[10, 10, 10, 10, 5].map((value) => value + (time % 7)).join(',')},,`,
    ];
  });
  const path = join(folder, 'bars.csv');
  writeFileSync(path, `bucket,ticker,trades,open,high,low,close,volume,vwap,twap\n${rows.join('\n')}\n`);
  expect((await hindsight('import', path)).status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('data check', () => {
  test('prints score, parts and worst suspects', async () => {
    const { status, stdout } = await hindsight('data', 'check', 'SPLIT.N');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^SPLIT\.N 1d: health \d+\.\d of 100 over 250 bars, calendar XNYS\n/);
    expect(stdout).toMatch(/Unknown splits +\d+\.\d +1 +100 × 2\^/);
    expect(stdout).toMatch(/likely-split .* a split of 4:1 that the table of actions lacks\?/);
  });

  test('as JSON it is the report', async () => {
    const report = await json<HealthReport & { ticker: string }>('data', 'check', 'SPLIT.N');
    expect(report).toMatchObject({ ticker: 'SPLIT.N', calendar: 'XNYS', suspectCount: 1 });
    expect(report.parts).toHaveLength(10);
    const all = await json<{ series: { ticker: string }[] }>('data', 'check', '--all');
    expect(all.series.map(({ ticker }) => ticker).sort()).toEqual(['OTHER.N', 'SPLIT.N']);
  });

  test('--all lists the sickest first', async () => {
    const { stdout } = await hindsight('data', 'check', '--all');
    const scores = stdout
      .split('\n')
      .slice(1)
      .filter(Boolean)
      .map((line) => Number(/ (\d+\.\d) /.exec(line)![1]));
    expect(scores).toHaveLength(2);
    expect(scores[0]).toBeLessThanOrEqual(scores[1]!);
  });

  test('--min-score is the exit code', async () => {
    expect((await hindsight('data', 'check', 'SPLIT.N', '--min-score', '10')).status).toBe(0);
    const failed = await hindsight('data', 'check', 'SPLIT.N', '--min-score', '99');
    expect(failed.status).toBe(1);
    expect(failed.stderr).toMatch(/^data-doubtful: Health below 99: SPLIT\.N \d+/);
    expect(failed.stdout).toMatch(/health/);
  });

  test('wrong usage says so', async () => {
    expect((await hindsight('data', 'check')).status).toBe(2);
    expect((await hindsight('data', 'check', 'SPLIT.N', '--all')).status).toBe(2);
    expect((await hindsight('data', 'check', 'SPLIT.N', '--min-score', 'high')).status).toBe(2);
    expect((await hindsight('data', 'check', 'SPILT.N')).stderr).toMatch(/Did you mean SPLIT\.N/);
  });
});

describe('data actions', () => {
  test('proposes, adds, lists and removes', async () => {
    const proposed = await hindsight('data', 'actions', 'SPLIT.N', 'propose');
    expect(proposed.stdout).toMatch(new RegExp(`^SPLIT\\.N ${EX_DAY} missed-split \\(\\d+ %\\): split 4:1`));
    expect(
      (await hindsight('data', 'actions', 'SPLIT.N', 'add', 'split', EX_DAY, '4:1', '--note', 'seen')).status,
    ).toBe(0);
    const { proposals } = await json<{ proposals: ActionProposal[] }>('data', 'actions', '--all', 'propose');
    expect(proposals).toEqual([]);
    const { actions } = await json<{ actions: (StoredAction & { day: string })[] }>(
      'data',
      'actions',
      'SPLIT.N',
    );
    expect(actions).toMatchObject([
      { day: EX_DAY, kind: 'split', ratio: 4, note: 'seen', source: 'entered by hand' },
    ]);
    expect((await json<HealthReport>('data', 'check', 'SPLIT.N')).suspectCount).toBe(0);
    const removed = await hindsight('data', 'actions', 'SPLIT.N', 'remove', EX_DAY);
    expect(removed.stdout).toBe(`SPLIT.N: split 4:1 on ${EX_DAY} removed\n`);
    expect((await hindsight('data', 'actions', 'SPLIT.N')).stdout).toMatch(/^No actions of SPLIT\.N/);
  });

  test('imports a file and lists what it could not read', async () => {
    const path = join(folder, 'actions.csv');
    writeFileSync(
      path,
      'ticker,date,kind,ratio,amount\nX,2024-01-02,dividend,,0.5\nX,2024-13-02,dividend,,0.5\n',
    );
    const { stdout } = await hindsight('data', 'actions', '--all', 'import', path);
    expect(stdout).toMatch(/2 lines, 1 actions added, 0 known already, 1 lines rejected, 1 tickers/);
    expect(stdout).toMatch(/3 +date +no day that exists/);
  });

  test.each([
    [['data', 'actions'], /Name a ticker/],
    [['data', 'actions', 'T', 'prpose'], /Did you mean propose\?/],
    [['data', 'actions', 'T', 'add', 'split', '2024-01-02', '1:1'], /takes split 2024-06-10 4:1/],
    [['data', 'actions', 'T', 'add', 'merger', '2024-01-02', '2'], /takes split 2024-06-10 4:1/],
    [['data', 'actions', 'T', 'remove', '2024-01-02'], /There is no such action of T/],
    [['data', 'actions', 'T', 'import'], /needs a file/],
  ])('%j is wrong usage', async (words, message) => {
    const { status, stderr } = await hindsight(...words);
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});
