import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calendarOf } from '../../shared/calendar/calendars.ts';
import { hindsight } from './terminal.ts';

const MINUTE = 60_000;
let folder: string;
const at = (name: string) => join(folder, name);
const library = () => ['--library', at('library')];
const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await hindsight([...args, '--json', ...library()]);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
};

/** Minute bars of a ticker over the sessions between two days; prices wander up and down. */
function barLines(ticker: string, calendar: string, from: string, to: string): string[] {
  const lines: string[] = [];
  const sessions = calendarOf(calendar).sessions(Date.parse(from), Date.parse(to));
  for (const { open, close, breaks } of sessions) {
    for (let time = open; time < close; time += MINUTE) {
      if (breaks.some(([start, end]) => time >= start && time < end)) continue;
      const price = 100 + 5 * Math.sin(lines.length / 37);
      const stamp = new Date(time).toISOString().slice(0, 19).replace('T', ' ');
      const prices = [price, price + 0.5, price - 0.5, price + 0.1].map((value) => value.toFixed(2));
      lines.push([stamp, ticker, 3, ...prices, 100, price.toFixed(2), price.toFixed(2)].join(','));
    }
  }
  return lines;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindsight-calendars-'));
  const lines = [
    ...barLines('7203.T', 'XTKS', '2024-11-01', '2024-11-09'),
    ...barLines('IBM', 'XNYS', '2024-11-25', '2024-12-07'),
  ];
  const heading = 'bucket,ticker,trades,open,high,low,close,volume,vwap,twap';
  await writeFile(at('bars.csv'), `${[heading, ...lines].join('\n')}\n`);
  expect((await hindsight(['import', at('bars.csv'), ...library()])).code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a calendar with its early closes and holidays needs no library', async () => {
  const { stdout, code } = await hindsight([
    'calendar',
    'XNYS',
    '--from',
    '2024-11-27',
    '--to',
    '2024-12-02',
  ]);
  expect(code).toBe(0);
  expect(stdout).toContain('2024-11-29 Fri  2024-11-29 09:30  2024-11-29 13:00');
  expect(stdout).toContain('early close: Day after Thanksgiving');
  expect(stdout).toContain('Closed: 2024-11-28 Thu Thanksgiving Day');
  expect((await hindsight(['calendar', 'XNYSE'])).stderr).toContain('Did you mean XNYS?');
  expect((await hindsight(['calendar', 'XNYS', '--from', '2024-02-30'])).stderr).toContain(
    'not a day that exists',
  );
});

test('instruments are guessed, said, and taken back', async () => {
  const { instruments } = await json('data', 'instrument');
  expect(instruments.map((one: Record<string, unknown>) => [one.ticker, one.calendar, one.currency])).toEqual(
    [
      ['7203.T', 'XTKS', 'JPY'],
      ['IBM', 'XNYS', 'USD'],
    ],
  );
  expect(await json('data', 'instrument', 'IBM', '--calendar', 'XLON', '--sector', 'Software')).toMatchObject(
    {
      calendar: 'XLON',
      sector: 'Software',
      source: 'user',
    },
  );
  expect(await json('data', 'instrument', 'IBM', '--calendar', 'guess')).toMatchObject({
    calendar: 'XNYS',
    sector: 'Software',
    source: 'guess',
  });
});

test('longer bars with their edges', async () => {
  const hours = await json('data', 'show', '7203.T', '--every', '1h', '--edges');
  expect(hours).toMatchObject({ calendar: 'XTKS', zone: 'Asia/Tokyo', bars: 30, leftOut: 0 });
  expect(hours.rows).toHaveLength(10);
  const clocks = hours.rows.slice(0, 3).map(({ start }: { start: number }) => new Date(start).toISOString());
  expect(clocks).toEqual([
    '2024-11-01T00:00:00.000Z',
    '2024-11-01T01:00:00.000Z',
    '2024-11-01T02:00:00.000Z',
  ]);
  const days = await json('data', 'show', 'IBM', '--every', 'session');
  expect(days.rows.map(({ bars }: { bars: number }) => bars)).toEqual([
    ...[390, 390, 390, 210],
    ...[390, 390, 390, 390, 390],
  ]);
  expect((await hindsight(['data', 'show', 'IBM', '--every', '7x', ...library()])).stderr).toContain(
    'write 5m',
  );
});

test('each instrument of a run keeps its own sessions, and the manifest repeats it', async () => {
  await writeFile(
    at('sessions.ts'),
    `import { type Data, Strategy } from 'hindsight';
    export default class Sessions extends Strategy {
      ends = 0;
      next() {}
      onSessionEnd(data: Data) {
        this.buy({ data, size: 1 });
      }
    }`,
  );
  const run = { strategy: at('sessions.ts'), data: [{ ticker: '7203.T' }, { ticker: 'IBM' }] };
  await writeFile(at('run.json'), JSON.stringify(run));
  await json('backtest', at('run.json'), '--out', at('out'));
  const manifest = JSON.parse(await readFile(at('out/manifest.json'), 'utf8'));
  expect(manifest.data.map(({ session }: { session: string }) => session)).toEqual(['XTKS', 'XNYS']);
  expect(manifest.calendars.XNYS.special['2024-11-29']).toEqual({
    close: '13:00',
    name: 'Day after Thanksgiving',
  });
  const orders = (await readFile(at('out/orders.csv'), 'utf8')).trim().split('\n');
  // A session's end is told with the bar that reaches it, early closes too; the last of each has no later bar to fill on.
  for (const time of ['2024-11-01T05:59', '2024-11-05T06:29', '2024-11-29T17:59', '2024-12-02T20:59']) {
    expect(orders.filter((line) => line.includes(time)).length).toBeGreaterThan(0);
  }
  const again = await hindsight(['reproduce', at('out/manifest.json'), ...library()]);
  expect(again).toMatchObject({ code: 0, stdout: 'identical\n' });
  // What the library learns afterwards does not change it.
  await json('data', 'instrument', 'IBM', '--calendar', 'CRYPTO');
  const later = await hindsight(['reproduce', at('out/manifest.json'), ...library()]);
  expect(later).toMatchObject({ code: 0, stdout: 'identical\n' });
});
