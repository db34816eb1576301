import { describe, expect, test } from 'vitest';
import { type Bar, chance, DAY, daysOf, kindsOf, MINUTE, minutesOf, reportOf, walk } from './bars.ts';

const WEEKS = minutesOf('XNYS', '2024-03-01', '2024-03-29');
const YEAR = daysOf('XNYS', '2023-01-01', '2024-01-01');
const minutes = () => walk(WEEKS);
const days = () => walk(YEAR, { step: 0.01 });

const of = (bars: readonly Bar[], kind: string, interval = MINUTE, calendar: string | null = 'XNYS') =>
  reportOf(bars, interval, calendar).suspects.filter((suspect) => suspect.kind === kind);

describe('a sound series', () => {
  test.each([
    ['minutes', minutes(), MINUTE, 'XNYS'],
    ['days', days(), DAY, 'XNYS'],
    ['minutes across lunch breaks', walk(minutesOf('XTKS', '2024-03-01', '2024-03-15')), MINUTE, 'XTKS'],
    ['minutes around the clock', walk(minutesOf('CRYPTO', '2024-03-01', '2024-03-09')), MINUTE, 'CRYPTO'],
    ['minutes without a calendar', minutes(), MINUTE, null],
    ['weeks', walk(YEAR.filter((_, index) => index % 5 === 0)), 7 * DAY, 'XNYS'],
  ] as const)('%s', (_, bars, interval, calendar) => {
    const report = reportOf(bars, interval, calendar);
    expect(report.suspects).toEqual([]);
    expect(report.score).toBe(100);
    for (const part of report.parts) expect(part.score).toBe(100);
  });
});

describe('gaps', () => {
  test('a hole in a dense series is one', () => {
    const bars = minutes();
    bars.splice(1_000, 30);
    const [gap, ...others] = of(bars, 'gap');
    expect(others).toEqual([]);
    expect(gap).toMatchObject({ fromBar: 999, toBar: 1_000, from: bars[999]!.time, to: bars[1_000]!.time });
    expect(gap!.detail).toMatch(/^30 bars missing \(30 min of trading time\)/);
  });

  test('a late open and an early end count as far as the session goes', () => {
    const bars = minutes();
    const second = bars.findIndex(({ time }) => time >= Date.parse('2024-03-05T00:00Z'));
    bars.splice(second - 20, 60);
    expect(of(bars, 'gap')).toMatchObject([{ fromBar: second - 21, toBar: second - 20 }]);
    expect(of(bars, 'gap')[0]!.detail).toMatch(/^60 bars missing/);
  });

  test('nights, weekends, holidays and lunch breaks are none', () => {
    expect(of(walk(minutesOf('XTKS', '2024-04-25', '2024-05-10')), 'gap', MINUTE, 'XTKS')).toEqual([]);
  });

  test('a thinly traded series is measured by itself', () => {
    const next = chance(5);
    const thin = walk(WEEKS.filter(() => next() < 0.25));
    expect(reportOf(thin, MINUTE, 'XNYS')).toMatchObject({ score: 100, suspectCount: 0 });
    const from = thin.findIndex(({ time }) => time >= Date.parse('2024-03-12T14:00Z'));
    const hole = thin.filter(({ time }) => time < thin[from]!.time || time > thin[from]!.time + 150 * MINUTE);
    const found = of(hole, 'gap');
    expect(found).toHaveLength(1);
    expect(found[0]!.detail).toMatch(/by the series’ own rhythm/);
  });

  test('the score says what is missing of what is expected', () => {
    const bars = minutes();
    const expected = bars.length;
    bars.splice(1_000, 200);
    const part = reportOf(bars, MINUTE, 'XNYS').parts.find(({ id }) => id === 'gap')!;
    expect(part.score).toBeCloseTo(100 * Math.exp((-8 * 200) / expected), 1);
    expect(part.convention).toContain(`200 missing ÷ ${expected} expected bars`);
  });
});

describe('missing sessions', () => {
  test('in a row are one suspect, with its days', () => {
    const bars = days().filter(
      ({ time }) => time < Date.parse('2023-05-08') || time > Date.parse('2023-05-16'),
    );
    const [found, ...others] = of(bars, 'missing-session', DAY);
    expect(others).toEqual([]);
    expect(found!.detail).toBe('no bar on 7 days of trading, 2023-05-08 to 2023-05-16');
    expect(new Date(found!.from).toISOString().slice(0, 10)).toBe('2023-05-05');
    expect(new Date(found!.to).toISOString().slice(0, 10)).toBe('2023-05-17');
  });

  test('of minutes are not gaps', () => {
    const bars = minutes().filter(({ time }) => new Date(time).getUTCDate() !== 12);
    expect(kindsOf(reportOf(bars, MINUTE, 'XNYS').suspects)).toEqual(['missing-session']);
  });

  test('of a share that trades on every third day are its rhythm, a month without is not', () => {
    const next = chance(9);
    const rare = days().filter(() => next() < 0.35);
    expect(of(rare, 'missing-session', DAY)).toEqual([]);
    const hole = rare.filter(
      ({ time }) => new Date(time).getUTCMonth() !== 6 && new Date(time).getUTCMonth() !== 7,
    );
    expect(of(hole, 'missing-session', DAY)).toHaveLength(1);
  });
});

describe('bars outside of sessions', () => {
  test('on days without trading', () => {
    const closed = [Date.parse('2023-07-04'), Date.parse('2023-07-08')];
    const bars = walk(
      [...YEAR, ...closed].sort((a, b) => a - b),
      { step: 0.01 },
    );
    const found = of(bars, 'outside-session', DAY);
    expect(found.map(({ from, to }) => [from, to])).toEqual(closed.map((time) => [time, time]));
    expect(found[0]!.detail).toMatch(/days without trading/);
  });

  const withEvenings = (share: number) => {
    const sessions = [...new Set(WEEKS.map((time) => Math.floor(time / DAY)))];
    const evenings = sessions
      .slice(0, Math.round(share * sessions.length))
      .flatMap((day) =>
        Array.from({ length: 30 }, (_, index) => day * DAY + 21 * 3_600_000 + index * MINUTE),
      );
    return walk([...WEEKS, ...evenings].sort((a, b) => a - b));
  };

  test('that are usual for the series are left alone, and said', () => {
    const report = reportOf(withEvenings(1), MINUTE, 'XNYS');
    expect(report).toMatchObject({ score: 100, suspectCount: 0 });
    expect(report.parts.find(({ id }) => id === 'outside-session')!.convention).toMatch(
      /\d+ bars before the open or behind the close are not counted/,
    );
  });

  test('that are rare for the series are suspects', () => {
    expect(of(withEvenings(0.2), 'outside-session')).toHaveLength(4);
  });
});

describe('spikes', () => {
  test('a close that leaves and comes back', () => {
    const bars = minutes();
    Object.assign(bars[700]!, { close: bars[700]!.close * 1.05, high: bars[700]!.close * 1.06 });
    Object.assign(bars[701]!, { open: bars[700]!.close, high: bars[700]!.close });
    const [found, ...others] = of(bars, 'spike');
    expect(others).toEqual([]);
    expect(found).toMatchObject({ fromBar: 700 });
    expect(found!.severity).toBeGreaterThan(0.5);
    expect(found!.detail).toMatch(/leaves by 4\.98 % and comes back within one bar/);
  });

  test('a low far below both closes', () => {
    const bars = days();
    bars[100]!.low = bars[100]!.close / 5;
    expect(of(bars, 'spike', DAY)).toMatchObject([{ fromBar: 100, toBar: 100, severity: 1 }]);
  });

  test('a step that stays is none, nor is a wild time', () => {
    const bars = minutes();
    for (const bar of bars.slice(900))
      for (const name of ['open', 'high', 'low', 'close'] as const) bar[name] *= 1.08;
    Object.assign(bars[900]!, { open: bars[899]!.close, low: bars[899]!.close });
    expect(of(bars, 'spike')).toEqual([]);
    const wild = [...walk(WEEKS.slice(0, 3_000)), ...walk(WEEKS.slice(3_000), { step: 0.01 })];
    expect(of(wild, 'spike')).toEqual([]);
  });
});

describe('order of prices', () => {
  test('what cannot be, or is missing', () => {
    const bars = minutes();
    bars[5]!.high = bars[5]!.low * 0.99;
    Object.assign(bars[9]!, { open: Number.NaN, high: Number.NaN, low: Number.NaN });
    Object.assign(bars[10]!, { open: Number.NaN });
    const found = of(bars, 'ohlc-order').sort((a, b) => a.fromBar - b.fromBar);
    expect(found.map(({ fromBar, toBar, severity }) => [fromBar, toBar, severity])).toEqual([
      [5, 5, 1],
      [9, 10, 1],
    ]);
    expect(found[1]!.detail).toMatch(/^2 bars whose prices contradict each other: low missing/);
  });
});

describe('stale prices', () => {
  const frozen = (length: number, volume: number) => {
    const bars = minutes();
    for (const bar of bars.slice(500, 500 + length)) {
      Object.assign(bar, {
        open: bars[499]!.close,
        high: bars[499]!.close,
        low: bars[499]!.close,
        close: bars[499]!.close,
        volume,
      });
    }
    return bars;
  };
  test('a feed that hangs while it trades', () => {
    expect(of(frozen(60, 900), 'stale-prices')).toMatchObject([{ fromBar: 499, toBar: 559 }]);
  });
  test('without volume it is a matter of volume', () => {
    expect(kindsOf(reportOf(frozen(60, 0), MINUTE, 'XNYS').suspects)).toEqual(['zero-volume']);
  });
  test('a penny share that rests now and then is none', () => {
    const next = chance(3);
    const bars = minutes();
    let close = 1;
    for (const bar of bars) {
      if (next() < 0.2) close = Math.round(100 * (close + (next() < 0.5 ? -0.01 : 0.01))) / 100;
      Object.assign(bar, { open: close, high: close, low: close, close });
    }
    expect(of(bars, 'stale-prices')).toEqual([]);
  });
});

describe('volume', () => {
  test('none at all: an index, mildly said', () => {
    const report = reportOf(
      minutes().map((bar) => ({ ...bar, volume: 0 })),
      MINUTE,
      'XNYS',
    );
    expect(report.suspects).toMatchObject([{ kind: 'zero-volume', severity: 0.2 }]);
    expect(report.suspects[0]!.detail).toMatch(/^none of the \d+ bars has a volume/);
    expect(report.score).toBeGreaterThan(80);
  });
  test('unknown is no suspect', () => {
    const bars = minutes().map((bar) => ({ ...bar, volume: Number.NaN }));
    expect(reportOf(bars, MINUTE, 'XNYS').suspectCount).toBe(0);
  });
  test('a single day without, among days with', () => {
    const bars = days();
    bars[77]!.volume = 0;
    expect(of(bars, 'zero-volume', DAY)).toMatchObject([{ fromBar: 77, toBar: 77 }]);
  });
  test('minutes without now and then are usual, an hour is not', () => {
    const next = chance(8);
    const bars = minutes();
    for (const bar of bars) if (next() < 0.1) bar.volume = 0;
    expect(of(bars, 'zero-volume')).toEqual([]);
    for (const bar of bars.slice(2_000, 2_060)) bar.volume = 0;
    expect(of(bars, 'zero-volume')).toHaveLength(1);
  });
});

describe('changes of unit', () => {
  test.each([100, 10_000, 1 / 100, 1 / 10_000])('times %d, there and back', (factor) => {
    const bars = days();
    for (const bar of bars.slice(40, 60))
      for (const name of ['open', 'high', 'low', 'close'] as const) bar[name] *= factor;
    const [found, ...others] = reportOf(bars, DAY, 'XNYS').suspects;
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: 'unit-jump', fromBar: 40, toBar: 59, severity: 1 });
    expect(found!.detail).toMatch(/another unit, back after 20 bars/);
  });
  test('that stay are one place', () => {
    const bars = days();
    for (const bar of bars.slice(40))
      for (const name of ['open', 'high', 'low', 'close'] as const) bar[name] /= 100;
    expect(reportOf(bars, DAY, 'XNYS').suspects).toMatchObject([
      { kind: 'unit-jump', fromBar: 40, toBar: 40 },
    ]);
  });
});

describe('splits', () => {
  const split = (ratio: number, at = 120) => {
    const bars = days();
    for (const bar of bars.slice(at)) {
      for (const name of ['open', 'high', 'low', 'close'] as const) bar[name] /= ratio;
      bar.volume *= ratio;
    }
    return bars;
  };
  const time = YEAR[120]!;

  test.each([2, 3, 1.5, 7, 0.1])('%d for 1 that nobody knows of', (ratio) => {
    const [found, ...others] = reportOf(split(ratio), DAY, 'XNYS').suspects;
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: 'likely-split', fromBar: 119, toBar: 120 });
    expect(found!.detail).toMatch(/a split of \d+:\d+ that the table of actions lacks/);
  });

  test('that is known is none', () => {
    const known = [{ kind: 'split', time, ratio: 2 }] as const;
    expect(reportOf(split(2), DAY, 'XNYS', known)).toMatchObject({ score: 100, suspectCount: 0 });
  });

  test('that is known of bars without it is counted twice', () => {
    const known = [{ kind: 'split', time, ratio: 2 }] as const;
    const [found, ...others] = reportOf(days(), DAY, 'XNYS', known).suspects;
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: 'doubled-split', fromBar: 119, toBar: 120 });
  });

  test('a crash on many times the usual turnover is none, nor a flip that comes back', () => {
    const crash = split(2);
    for (const bar of crash.slice(120)) bar.volume /= 2;
    for (const bar of crash.slice(120, 123)) bar.volume *= 12;
    expect(of(crash, 'likely-split', DAY)).toEqual([]);
    const flip = days();
    for (const bar of flip.slice(120, 122))
      for (const name of ['open', 'high', 'low', 'close'] as const) bar[name] /= 4;
    expect(kindsOf(reportOf(flip, DAY, 'XNYS').suspects)).toEqual(['spike']);
  });

  test('of minutes lies at the border of sessions', () => {
    const bars = walk(minutesOf('XNYS', '2024-03-01', '2024-04-20'));
    const at = bars.findIndex(({ time: start }) => start >= Date.parse('2024-04-08T00:00Z'));
    for (const bar of bars.slice(at)) {
      for (const name of ['open', 'high', 'low', 'close'] as const) bar[name] /= 4;
      bar.volume *= 4;
    }
    expect(reportOf(bars, MINUTE, 'XNYS').suspects).toMatchObject([
      { kind: 'likely-split', fromBar: at - 1, toBar: at },
    ]);
  });
});

test('days say what is there and what was to be expected, months what is missing', () => {
  const bars = minutes();
  const from = bars.findIndex(({ time }) => time >= Date.parse('2024-03-12T00:00Z'));
  bars.splice(from, 195);
  const { days: found, months } = reportOf(bars, MINUTE, 'XNYS');
  expect(found).toContainEqual([Date.parse('2024-03-12T00:00Z'), 195, 390]);
  expect(found.every(([, held, expected]) => held <= expected)).toBe(true);
  expect(months).toEqual([['2024-03', expect.closeTo(195 / (bars.length + 195), 6)]]);
});
