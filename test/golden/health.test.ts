import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../shared/calendar/calendars.ts';
import type { HealthReport } from '../../shared/contract/schemas.ts';
import { healthReport } from '../../shared/health/report.ts';
import { seriesHealth } from '../../shared/health/series-health.ts';
import type { BarColumns } from '../../shared/market/bar.ts';
import { BITFINEX, hasRealData, PYSTOCK, realBars, SEED, SP500 } from './real-bars.ts';

// What is known to be wrong with real bars is found, and what is only unusual is not held against them.
const isThere = hasRealData('health of real bars');

const MINUTE = 60_000;
const DAY = 86_400_000;

function report(bars: BarColumns, interval: number, calendar: string): HealthReport {
  const sessions = calendarOf(calendar).table;
  return healthReport(seriesHealth({ bars, interval, sessions, actions: [] }), calendar, new Set());
}
const day = (time: number) => new Date(time).toISOString().slice(0, 10);
const found = ({ suspects }: HealthReport, kind: string) =>
  suspects.filter((suspect) => suspect.kind === kind);
const counts = (reports: Iterable<HealthReport>) => {
  const sums = new Map<string, number>();
  for (const { parts } of reports)
    for (const { id, count } of parts) sums.set(id, (sums.get(id) ?? 0) + count);
  return Object.fromEntries([...sums].filter(([, count]) => count > 0));
};

describe.skipIf(!isThere)('minutes of shares', () => {
  const series = isThere
    ? realBars('equity-minute/seed-schema/us-2019-02-11_15.minutebars.csv.gz', SEED)
    : new Map();

  test.each([
    ['PPLT', 566],
    ['UGA', 388],
  ])('%s trades in few minutes and is none the worse for it', (ticker, bars) => {
    expect(series.get(ticker)!.length).toBe(bars);
    expect(report(series.get(ticker)!, MINUTE, 'XNYS')).toMatchObject({ score: 100, suspectCount: 0 });
  });

  test('VIX has no volume at all', () => {
    const vix = report(series.get('VIX')!, MINUTE, 'XNYS');
    expect(vix.suspects).toMatchObject([{ kind: 'zero-volume', severity: 0.2 }]);
    expect(vix.score).toBeGreaterThan(80);
  });

  test('the others are sound', () => {
    expect(series.size).toBe(17);
    for (const [ticker, bars] of series) {
      if (ticker !== 'VIX') expect(report(bars, MINUTE, 'XNYS').score, ticker).toBe(100);
    }
  });
});

describe.skipIf(!isThere)('minutes of Bitcoin', () => {
  const year = (name: number) =>
    report(
      realBars(`crypto-minute/bitfinex/BTCUSD_1m_${name}.csv.gz`, BITFINEX).get('BTCUSD')!,
      MINUTE,
      'CRYPTO',
    );

  test('2014: sixty thousand gaps that are how it traded, and a few that are not', () => {
    const health = year(2014);
    expect(found(health, 'missing-session')).toEqual([]);
    expect(found(health, 'gap').length).toBeLessThan(10);
    expect(health.parts.find(({ id }) => id === 'gap')!.score).toBeGreaterThan(95);
    // The flash crash of 10 February 2014, when Bitcoin stood at 102 for a moment.
    expect(found(health, 'spike')[0]).toMatchObject({ from: Date.parse('2014-02-10T10:59Z') });
    expect(
      health.parts.filter(({ id }) => id === 'ohlc-order' || id === 'unit-jump').map(({ count }) => count),
    ).toEqual([0, 0]);
  });

  test.each([
    [2015, 44_401, ['2015-05-02', '2015-05-31', 30]],
    [2016, 87_840, ['2016-04-02', '2016-05-31', 60]],
  ] as const)('%d: its hole of %d minutes', (name, minutes, [first, last, days]) => {
    const hole = found(year(name), 'missing-session')[0]!;
    expect(hole.detail).toBe(`no bar on ${days} days of trading, ${first} to ${last}`);
    expect((hole.to - hole.from) / MINUTE).toBe(minutes);
    expect(hole.severity).toBe(1);
  });

  test('three years in one series: 2014 ends in November', () => {
    const bars = realBars('crypto-minute/seed-schema/BTCUSD-2014-2016.minutebars.csv.gz', SEED).get(
      'BTCUSD',
    )!;
    const health = report(bars, MINUTE, 'CRYPTO');
    expect(found(health, 'missing-session').map(({ detail }) => detail.replace(/^.*, /, ''))).toEqual([
      '2014-11-22 to 2014-12-31',
      '2015-05-02 to 2015-05-31',
      '2016-04-02 to 2016-05-31',
      '2016-08-03 to 2016-08-09',
    ]);
    expect(health.months).toContainEqual(['2016-05', 1]);
    expect(health.score).toBeGreaterThan(40);
    expect(health.score).toBeLessThan(70);
  });
});

describe.skipIf(!isThere)('other minutes', () => {
  test.each([
    ['fx-futures-minute/seed-schema/USDJPY-bid-2013-02.minutebars.csv.gz', 'USDJPY', 'FX'],
    ['equity-minute/seed-schema/backtrader-2006-01_02.minutebars.csv.gz', 'EUROSTOXX-FUT-2006', 'XETR'],
  ])('%s is sound', (file, ticker, calendar) => {
    expect(report(realBars(file, SEED).get(ticker)!, MINUTE, calendar)).toMatchObject({
      score: 100,
      suspectCount: 0,
    });
  });
});

describe.skipIf(!isThere)('days of 514 shares', () => {
  const series = isThere ? realBars('daily/pystock-us514-2015_2016.csv.gz', PYSTOCK) : new Map();
  const reports = new Map([...series].map(([ticker, bars]) => [ticker, report(bars, DAY, 'XNYS')]));

  test('170 missing cells, every day without volume, and few suspects beside', () => {
    expect(reports.size).toBe(514);
    const missing = [...reports.values()].flatMap((health) => found(health, 'missing-session'));
    const cells = missing.reduce((sum, { detail }) => sum + Number(/(\d+) days/.exec(detail)?.[1] ?? 1), 0);
    expect(cells).toBe(170);
    const sums = counts(reports.values());
    const silent = [...reports.values()].flatMap((health) => found(health, 'zero-volume'));
    const zeros = [...series.values()].reduce(
      (sum, { volume }) => sum + volume.filter((value: number) => value === 0).length,
      0,
    );
    expect(zeros).toBe(6);
    expect(silent.reduce((sum, { fromBar, toBar }) => sum + toBar - fromBar + 1, 0)).toBe(zeros);
    expect(sums['likely-split']).toBe(25);
    // But for VNO's, all are of the morning on which many shares traded at absurd prices for minutes.
    const spikes = [...reports].flatMap(([ticker, health]) =>
      found(health, 'spike').map(({ from }) => `${ticker} ${day(from)}`),
    );
    expect(spikes.filter((name) => !name.endsWith('2015-08-24'))).toEqual(['VNO 2015-06-29']);
    expect(spikes.length).toBeLessThan(20);
    expect(Object.keys(sums).sort()).toEqual(['likely-split', 'missing-session', 'spike', 'zero-volume']);
  });

  test('VNO shows another share’s prices for a day: a spike, no split', () => {
    const vno = reports.get('VNO')!;
    expect(found(vno, 'spike').map(({ from, severity }) => [day(from), severity])).toEqual([
      ['2015-06-29', 1],
    ]);
    expect(found(vno, 'likely-split')).toEqual([]);
  });

  test('XL’s low of 5.40 on a price of 36', () => {
    expect(found(reports.get('XL')!, 'spike')).toMatchObject([
      { from: Date.parse('2015-08-24'), severity: 1 },
    ]);
  });

  test.each([
    ['CF', '2015-06-18', '5:1'],
    ['NFLX', '2015-07-15', '7:1'],
    ['TVIX', '2015-06-23', '1:10'],
    ['TVIX', '2016-08-09', '1:25'],
  ])('%s splits on %s, %s', (ticker, when, ratio) => {
    const split = found(reports.get(ticker)!, 'likely-split').find(({ to }) => day(to) === when);
    expect(split!.detail).toContain(`a split of ${ratio} that the table of actions lacks`);
  });

  test('most are sound', () => {
    const scores = [...reports.values()].map(({ score }) => score).sort((a, b) => a - b);
    expect(scores[Math.floor(scores.length / 2)]).toBe(100);
    expect(scores.filter((score) => score < 90).length).toBeLessThan(32);
  });
});

describe.skipIf(!isThere)('days of 100 shares, the last ones under a wrong year', () => {
  const series = isThere ? realBars('daily/sp500-first100-2013_2018.csv.gz', SP500) : new Map();

  test('every one has the hole of three years and bars on weekends', () => {
    expect(series.size).toBe(100);
    for (const [ticker, bars] of series) {
      const health = report(bars, DAY, 'XNYS');
      const hole = found(health, 'missing-session')[0]!;
      expect([ticker, day(hole.from), day(hole.to), hole.severity]).toEqual([
        ticker,
        '2017-12-29',
        '2021-01-02',
        1,
      ]);
      const weekends = found(health, 'outside-session');
      expect(
        weekends.map(({ from }) => day(from)),
        ticker,
      ).toEqual(expect.arrayContaining(['2021-01-02', '2021-01-09', '2021-01-23', '2021-01-30']));
      expect(health.score, ticker).toBeLessThan(35);
    }
  });

  test('BHF’s row without open, high and low', () => {
    const [odd, ...others] = found(report(series.get('BHF')!, DAY, 'XNYS'), 'ohlc-order');
    expect(others).toEqual([]);
    expect(day(odd!.from)).toBe('2017-07-26');
    expect(odd!.detail).toMatch(/low missing, high missing, close 69.08/);
  });

  test('CHD’s open of 18.80 below its low', () => {
    const [odd] = found(report(series.get('CHD')!, DAY, 'XNYS'), 'ohlc-order');
    expect(day(odd!.from)).toBe('2014-05-19');
  });
});
