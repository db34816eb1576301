import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { sampleCsv } from '../../../shared/sample/generate-sample.ts';
import { londonSessions2024 } from '../../../shared/sample/london-sessions.ts';
import { SAMPLE_SHARES } from '../../../shared/sample/sample-shares.ts';

const MINUTE = 60_000;
const sessions = londonSessions2024();
const hoursOf = (date: string) => {
  const session = sessions.find(({ open }) => new Date(open).toISOString().startsWith(date))!;
  return [new Date(session.open).toISOString().slice(11, 16), session.minutes];
};

describe('London sessions of 2024', () => {
  test('254 days, none on a weekend', () => {
    expect(sessions).toHaveLength(254);
    for (const { open } of sessions) expect([0, 6]).not.toContain(new Date(open).getUTCDay());
  });
  test.each([
    '2024-01-01',
    '2024-03-29',
    '2024-04-01',
    '2024-05-06',
    '2024-05-27',
    '2024-08-26',
    '2024-12-25',
    '2024-12-26',
  ])('%s is a holiday', (date) =>
    expect(sessions.some(({ open }) => new Date(open).toISOString().startsWith(date))).toBe(false),
  );
  test.each([
    ['2024-03-28', '08:00', 510],
    ['2024-04-02', '07:00', 510],
    ['2024-10-25', '07:00', 510],
    ['2024-10-28', '08:00', 510],
    ['2024-12-24', '08:00', 270],
    ['2024-12-31', '08:00', 270],
  ])('%s opens at %s UTC for %d minutes', (date, open, minutes) =>
    expect(hoursOf(date)).toEqual([open, minutes]),
  );
});

describe('the sample', () => {
  interface Bar {
    readonly time: number;
    readonly ticker: string;
    readonly values: readonly number[];
  }
  let bars: Bar[];
  let sha256: string;
  beforeAll(() => {
    const hash = createHash('sha256');
    const text: string[] = [];
    for (const piece of sampleCsv()) {
      hash.update(piece);
      text.push(piece);
    }
    sha256 = hash.digest('hex');
    bars = text
      .join('')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => {
        const [bucket, ticker, ...rest] = line.split(',');
        return {
          time: Date.parse(`${bucket!.replace(' ', 'T')}Z`),
          ticker: ticker!,
          values: rest.map(Number),
        };
      });
  });

  test('is the same bytes on every machine', () =>
    expect(sha256).toBe('5cee9972da9f86cc91f8d908c721997ab1a1c7d0ad7d203d06c3a9c0649f2aac'));

  test('every bar is consistent and on its tick', () => {
    const ticks = new Map(SAMPLE_SHARES.map(({ ticker, tick }) => [ticker, tick]));
    let broken = 0;
    for (const { ticker, values } of bars) {
      const [trades, open, high, low, close, volume, vwap, twap] = values as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const tick = ticks.get(ticker)!;
      const isConsistent =
        low > 0 &&
        low <= Math.min(open, close) &&
        high >= Math.max(open, close) &&
        trades >= 1 &&
        volume >= 1;
      const isAverage = (value: number) => value >= low - 1e-4 && value <= high + 1e-4;
      const isOnTick = [open, high, low, close].every(
        (price) => Math.abs(price / tick - Math.round(price / tick)) < 1e-6,
      );
      if (!isConsistent || !isAverage(vwap) || !isAverage(twap) || !isOnTick) broken++;
    }
    expect(broken).toBe(0);
    expect(bars.length).toBeGreaterThan(300_000);
  });

  test('bars lie inside sessions, in order, with a closing auction at one price', () => {
    const starts = new Set(
      sessions.flatMap(({ open, minutes }) => Array.from({ length: minutes }, (_, i) => open + i * MINUTE)),
    );
    const auctions = new Set(sessions.map(({ closingAuction }) => closingAuction));
    let before = { ticker: '', time: 0 };
    let outside = 0;
    let auctionBars = 0;
    for (const { ticker, time, values } of bars) {
      if (ticker === before.ticker && time <= before.time) outside++;
      before = { ticker, time };
      if (auctions.has(time)) {
        auctionBars++;
        if (values[2] !== values[3]) outside++;
      } else if (!starts.has(time)) outside++;
    }
    expect(outside).toBe(0);
    expect(auctionBars).toBe(sessions.length * SAMPLE_SHARES.length);
  });

  test('volume smiles and the thin share has gaps', () => {
    const average = (ticker: string, from: number, to: number) => {
      const chosen = bars.filter(({ ticker: one, time }) => {
        const minute = (time / MINUTE) % 1440;
        return one === ticker && minute >= from && minute < to;
      });
      return chosen.reduce((sum, { values }) => sum + values[5]!, 0) / chosen.length;
    };
    const noon = average('NOVA.L', 11 * 60 + 30, 12 * 60);
    expect(average('NOVA.L', 7 * 60, 7 * 60 + 30)).toBeGreaterThan(1.5 * noon);
    expect(average('NOVA.L', 15 * 60, 15 * 60 + 30)).toBeGreaterThan(1.5 * noon);
    const count = (ticker: string) => bars.filter((bar) => bar.ticker === ticker).length;
    expect(count('QUAY.L')).toBeLessThan(0.8 * count('HALO.L'));
  });
});
