import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../../shared/calendar/calendars.ts';
import type { BarColumns } from '../../../shared/market/bar.ts';
import { sliceBars } from '../../../shared/market/bar.ts';
import { type ResampleSession, resample, resampleAll } from '../../../shared/market/resample.ts';
import {
  parseResampleRule,
  type ResampleEvery,
  requireFitting,
  resampleRuleText,
} from '../../../shared/market/resample-rule.ts';
import { sessionsOf } from '../../../shared/market/session-table.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const at = (text: string) => Date.parse(`${text}Z`);
const iso = (time: number) => new Date(time).toISOString().slice(0, 16);

const sessionOf = (id: string): ResampleSession => {
  const { table } = calendarOf(id);
  return { end: DAY, offsetAt: table.offsetAt, sessions: table };
};

/** Bars at the given times whose prices are told apart by their index. */
function barsAt(time: readonly number[], interval = MINUTE): BarColumns & { readonly interval: number } {
  const of = (value: (i: number) => number) => Float64Array.from(time, (_, i) => value(i));
  return {
    interval,
    length: time.length,
    time: Float64Array.from(time),
    open: of((i) => 100 + (i % 7)),
    high: of((i) => 110 + (i % 11)),
    low: of((i) => 90 - (i % 13)),
    close: of((i) => 101 + (i % 5)),
    volume: of((i) => 1 + (i % 17)),
    trades: of((i) => 1 + (i % 3)),
    vwap: of((i) => 100 + (i % 6)),
    twap: of((i) => 100 + (i % 4)),
  };
}
const minutes = (from: string, to: string) => {
  const times: number[] = [];
  for (let time = at(from); time < at(to); time += MINUTE) times.push(time);
  return times;
};
/** Minutes of whole sessions, the closing auction's included. */
const sessionMinutes = (id: string, from: string, to: string) =>
  calendarOf(id)
    .sessions(at(from), at(to))
    .flatMap(({ open, close, breaks }) =>
      Array.from({ length: (close - open) / MINUTE }, (_, i) => open + i * MINUTE).filter(
        (time) => !breaks.some(([start, end]) => time >= start && time < end),
      ),
    );
const buckets = (id: string, time: readonly number[], every: ResampleEvery, hours?: 'all' | 'regular') => {
  const source = barsAt(time);
  const { buckets: found, leftOut } = resampleAll(source, parseResampleRule(every), {
    interval: MINUTE,
    session: sessionOf(id),
    ...(hours === undefined ? {} : { hours }),
  });
  return {
    leftOut,
    rows: Array.from(
      found.start,
      (start, i) => `${iso(start)} to ${iso(found.end[i]!).slice(11)}: ${found.to[i]! - found.from[i]!}`,
    ),
  };
};

describe('buckets begin with the session', () => {
  test('an hour in New York, on both sides of the change of clocks; the last half hour is kept', () => {
    const time = sessionMinutes('XNYS', '2024-03-08T00:00', '2024-03-12T00:00');
    expect(buckets('XNYS', time, '1h').rows).toEqual([
      '2024-03-08T14:30 to 15:30: 60',
      '2024-03-08T15:30 to 16:30: 60',
      '2024-03-08T16:30 to 17:30: 60',
      '2024-03-08T17:30 to 18:30: 60',
      '2024-03-08T18:30 to 19:30: 60',
      '2024-03-08T19:30 to 20:30: 60',
      '2024-03-08T20:30 to 21:00: 30',
      '2024-03-11T13:30 to 14:30: 60',
      '2024-03-11T14:30 to 15:30: 60',
      '2024-03-11T15:30 to 16:30: 60',
      '2024-03-11T16:30 to 17:30: 60',
      '2024-03-11T17:30 to 18:30: 60',
      '2024-03-11T18:30 to 19:30: 60',
      '2024-03-11T19:30 to 20:00: 30',
    ]);
  });
  test('an early close cuts the last one', () => {
    const time = sessionMinutes('XNYS', '2024-07-03T00:00', '2024-07-04T00:00');
    expect(buckets('XNYS', time, '2h').rows).toEqual([
      '2024-07-03T13:30 to 15:30: 120',
      '2024-07-03T15:30 to 17:00: 90',
    ]);
  });
  test('what trades before the open and behind the close has buckets of its own, counted from there', () => {
    const time = minutes('2024-07-01T12:00', '2024-07-01T22:00');
    expect(buckets('XNYS', time, '4h').rows).toEqual([
      '2024-07-01T09:30 to 13:30: 90',
      '2024-07-01T13:30 to 17:30: 240',
      '2024-07-01T17:30 to 20:00: 150',
      '2024-07-01T20:00 to 00:00: 120',
    ]);
    expect(buckets('XNYS', time, '4h', 'regular')).toEqual({
      leftOut: 210,
      rows: ['2024-07-01T13:30 to 17:30: 240', '2024-07-01T17:30 to 20:00: 150'],
    });
  });
  test('they start anew behind the lunch break; the print of a closing auction joins the last one', () => {
    const time = [
      ...sessionMinutes('XTKS', '2024-11-05T00:00', '2024-11-06T00:00'),
      at('2024-11-05T02:30'), // 11:30 in Tokyo: the morning's closing print
      at('2024-11-05T06:30'), // 15:30: the day's
    ].sort((a, b) => a - b);
    expect(buckets('XTKS', time, '1h').rows).toEqual([
      '2024-11-05T00:00 to 01:00: 60',
      '2024-11-05T01:00 to 02:00: 60',
      '2024-11-05T02:00 to 02:31: 31',
      '2024-11-05T03:30 to 04:30: 60',
      '2024-11-05T04:30 to 05:30: 60',
      '2024-11-05T05:30 to 06:31: 61',
    ]);
  });
  test('a closing auction behind the close is a bucket of its own, and part of the day', () => {
    const time = [...sessionMinutes('XLON', '2024-07-01T00:00', '2024-07-02T00:00'), at('2024-07-01T15:35')];
    expect(buckets('XLON', time, '30m').rows.slice(-2)).toEqual([
      '2024-07-01T15:00 to 15:30: 30',
      '2024-07-01T15:30 to 15:45: 1',
    ]);
    expect(buckets('XLON', time, 'session').rows).toEqual(['2024-07-01T07:00 to 15:45: 511']);
  });
  test('an evening’s open belongs to the next trading day', () => {
    const time = sessionMinutes('CME-FX', '2024-01-07T00:00', '2024-01-10T00:00');
    expect(buckets('CME-FX', time, '1d').rows).toEqual([
      '2024-01-07T23:00 to 22:00: 1380',
      '2024-01-08T23:00 to 22:00: 1380',
      '2024-01-09T23:00 to 22:00: 1380',
    ]);
    expect(buckets('CME-FX', time, '8h').rows.slice(0, 4)).toEqual([
      '2024-01-07T23:00 to 07:00: 480',
      '2024-01-08T07:00 to 15:00: 480',
      '2024-01-08T15:00 to 22:00: 420',
      '2024-01-08T23:00 to 07:00: 480',
    ]);
  });
  test('weeks begin on Monday and months with their first session', () => {
    const time = calendarOf('XLON')
      .sessions(at('2024-03-20T00:00'), at('2024-04-12T00:00'))
      .map(({ open }) => open + 60 * MINUTE);
    expect(buckets('XLON', time, '1w').rows.map((row) => row.slice(0, 16) + row.slice(-2))).toEqual([
      '2024-03-18T08:00 3',
      '2024-03-25T08:00 4', // Good Friday
      '2024-04-02T07:00 4', // Easter Monday
      '2024-04-08T07:00 4',
    ]);
    expect(buckets('XLON', time, 'month').rows.map((row) => row.slice(0, 16) + row.slice(-2))).toEqual([
      '2024-03-01T08:00 7',
      '2024-04-02T07:00 8',
    ]);
  });
  test('a day of UTC is one whatever the exchange', () => {
    const time = minutes('2024-07-01T20:00', '2024-07-02T04:00');
    const { buckets: days } = resampleAll(barsAt(time), parseResampleRule('1d'), {
      interval: MINUTE,
      session: { end: DAY, offsetAt: () => 0 },
    });
    expect([...days.start].map(iso)).toEqual(['2024-07-01T00:00', '2024-07-02T00:00']);
    expect([...days.to]).toEqual([240, 480]);
  });
  test('days without a session are days of their own, and none of the exchange’s', () => {
    const time = [
      at('2024-07-05T14:00'),
      at('2024-07-06T12:00'),
      at('2024-07-07T12:00'),
      at('2024-07-08T14:00'),
    ];
    expect(buckets('XNYS', time, '1d', 'all').rows).toHaveLength(4);
    expect(buckets('XNYS', time, '1d')).toMatchObject({ leftOut: 2 });
  });
  test('days that are stamped with a date make weeks, wherever the exchange lies', () => {
    const days = calendarOf('XNYS')
      .sessions(at('2024-06-24T00:00'), at('2024-07-13T00:00'))
      .map(({ day }) => at(`${day}T00:00`));
    const options = { interval: DAY, session: sessionOf('XNYS') };
    const { buckets: weeks } = resampleAll(barsAt(days, DAY), parseResampleRule('1w'), options);
    expect([...weeks.start].map((start) => iso(start).slice(0, 10))).toEqual([
      '2024-06-24',
      '2024-07-01',
      '2024-07-08',
    ]);
    expect([...weeks.to]).toEqual([5, 9, 14]);
    const { knownAt } = resample(barsAt(days, DAY), parseResampleRule('1w'), options);
    expect([...knownAt]).toEqual([4, 8, 13]);
  });
  test('stamped with their end where that is asked for', () => {
    const time = sessionMinutes('XNYS', '2024-07-03T00:00', '2024-07-04T00:00');
    const { bars } = resampleAll(barsAt(time), parseResampleRule('2h'), {
      interval: MINUTE,
      session: sessionOf('XNYS'),
      label: 'end',
    });
    expect([...bars.time].map(iso)).toEqual(['2024-07-03T15:30', '2024-07-03T17:00']);
  });
});

test('whether the last bucket is over', () => {
  const session = sessionMinutes('XLON', '2024-07-01T00:00', '2024-07-02T00:00');
  const isUnfinished = (time: readonly number[], every: ResampleEvery) =>
    resampleAll(barsAt(time), parseResampleRule(every), { interval: MINUTE, session: sessionOf('XLON') })
      .isLastUnfinished;
  expect(isUnfinished(session, '1h')).toBe(false);
  expect(isUnfinished(session.slice(0, -1), '1h')).toBe(true);
  expect(isUnfinished(session, '1d')).toBe(true); // the auction is still to come
  expect(isUnfinished([...session, at('2024-07-01T15:35')], '1d')).toBe(false);
  expect(isUnfinished([...session, at('2024-07-01T15:35')], '1w')).toBe(true);
  expect(isUnfinished([], '1w')).toBe(false);
});

describe('bars by what was traded', () => {
  test('end with the minute that reaches the threshold, whole, and with the session', () => {
    const time = sessionMinutes('XNYS', '2024-07-01T00:00', '2024-07-03T00:00');
    const source = barsAt(time);
    const rule = parseResampleRule('volume:100');
    const { buckets: found, bars } = resampleAll(source, rule, {
      interval: MINUTE,
      session: sessionOf('XNYS'),
    });
    const sessions = sessionsOf(calendarOf('XNYS').table, source.time);
    for (let i = 0; i < bars.length; i++) {
      const [from, to] = [found.from[i]!, found.to[i]!];
      expect(sessions[from]).toBe(sessions[to - 1]);
      const endsSession = to === source.length || sessions[to] !== sessions[from];
      const volume = bars.volume![i]!;
      expect(volume >= 100 || endsSession).toBe(true);
      expect(volume - source.volume![to - 1]!).toBeLessThan(100);
    }
  });
  test('money is volume at the vwap, ticks are trades; without the column there is a clear error', () => {
    const time = sessionMinutes('XNYS', '2024-07-01T00:00', '2024-07-02T00:00');
    const options = { interval: MINUTE, session: sessionOf('XNYS') };
    const source = barsAt(time);
    const { bars: ticks } = resampleAll(source, parseResampleRule('ticks:10'), options);
    expect(Math.min(...ticks.trades!.subarray(0, -1))).toBeGreaterThanOrEqual(10);
    const { bars: money } = resampleAll(source, parseResampleRule('dollar:5000'), options);
    expect(
      Math.min(...money.volume!.subarray(0, -1).map((v, i) => v * money.vwap![i]!)),
    ).toBeGreaterThanOrEqual(5000 - 1e-6);
    expect(() => resampleAll({ ...source, volume: null }, parseResampleRule('volume:10'), options)).toThrow(
      /no volumes/,
    );
  });
});

describe('rules as text', () => {
  test.each(['5m', '90m', '1h', '1d', '5d', '1w', '1mo', '3mo', 'volume:100000', 'ticks:500'])('%s', (text) =>
    expect(resampleRuleText(parseResampleRule(text))).toBe(text),
  );
  test.each([
    ['session', '1d'],
    ['24h', '1d'],
    ['week', '1w'],
    ['month', '1mo'],
    ['dollar:1e6', 'dollar:1000000'],
    ['60m', '1h'],
  ])('%s is %s', (text, short) => expect(resampleRuleText(parseResampleRule(text))).toBe(short));
  test.each(['', '0m', '5', 'm', '-5m', '5M', '1.5h', 'volume:0', 'volume:', 'toString', 'constructor'])(
    '"%s" is none',
    (text) => expect(() => parseResampleRule(text)).toThrow(RangeError),
  );
  test.each([
    ['5m', '7m'],
    ['5m', '5m'],
    ['1h', '5m'],
    ['1d', '1d'],
    ['1w', '1mo'],
  ])('bars of %s do not make bars of %s', (own, every) => {
    const lengths: Record<string, number> = { '5m': 5 * MINUTE, '1h': 60 * MINUTE, '1d': DAY, '1w': 7 * DAY };
    expect(() => requireFitting(parseResampleRule(every), lengths[own]!)).toThrow(/cannot be made/);
  });
});

describe('whatever the bars', () => {
  const calendars = ['XNYS', 'XLON', 'XTKS', 'XHKG', 'XSWX', 'CME-EQUITY', 'FX', 'CRYPTO', 'XASX'];
  const rules: ResampleEvery[] = ['5m', '30m', '1h', '7h', '1d', '1w', '1mo', '2d', 'volume:60'];
  /** Some minutes of some days around a change of clocks, in and out of hours; some values missing. */
  const series = fc
    .record({
      id: fc.constantFrom(...calendars),
      start: fc.constantFrom('2024-03-05', '2024-03-27', '2024-10-24', '2024-10-31', '2024-12-20'),
      days: fc.integer({ min: 1, max: 9 }),
      seed: fc.array(fc.integer({ min: 0, max: 9 * 1440 - 1 }), { minLength: 1, maxLength: 400 }),
      missing: fc.array(fc.integer({ min: 0, max: 399 }), { maxLength: 30 }),
    })
    .map(({ id, start, days, seed, missing }) => {
      const offsets = [...new Set(seed.map((minute) => minute % (days * 1440)))].sort((a, b) => a - b);
      const source = barsAt(offsets.map((minute) => at(`${start}T00:00`) + minute * MINUTE));
      for (const bar of missing) {
        if (bar >= source.length) continue;
        for (const name of ['open', 'high', 'low', 'close', 'vwap'] as const) source[name]![bar] = Number.NaN;
        source.volume![bar] = bar % 2 === 0 ? 0 : Number.NaN;
      }
      return { id, source };
    });
  const sum = (column: Float64Array) =>
    column.reduce((total, value) => total + (Number.isNaN(value) ? 0 : value), 0);
  const numbers = (column: Float64Array, from: number, to: number) =>
    [...column.subarray(from, to)].filter((value) => !Number.isNaN(value));

  test('no bar is lost, none is in two buckets, and prices are those of their bars', () => {
    fc.assert(
      fc.property(series, fc.constantFrom(...rules), fc.boolean(), ({ id, source }, every, isRegular) => {
        const {
          bars,
          buckets: found,
          leftOut,
        } = resampleAll(source, parseResampleRule(every), {
          interval: MINUTE,
          session: sessionOf(id),
          hours: isRegular ? 'regular' : 'all',
        });
        if (!isRegular) {
          expect(leftOut).toBe(0);
          expect(sum(bars.volume!)).toBe(sum(source.volume!));
          expect(sum(bars.trades!)).toBe(sum(source.trades!));
          expect(found.from[0]).toBe(0);
          expect(found.to[bars.length - 1]).toBe(source.length);
          const at = (i: number) => [found.from[i]!, found.to[i]!] as const;
          for (let i = 0; i < bars.length; i++) {
            const [from, to] = at(i);
            if (i > 0) expect(from).toBe(at(i - 1)[1]);
            expect(bars.open[i]).toEqual(numbers(source.open, from, to)[0] ?? Number.NaN);
            expect(bars.close[i]).toEqual(numbers(source.close, from, to).at(-1) ?? Number.NaN);
            const highs = numbers(source.high, from, to);
            expect(bars.high[i]).toEqual(highs.length === 0 ? Number.NaN : Math.max(...highs));
            const lows = numbers(source.low, from, to);
            expect(bars.low[i]).toEqual(lows.length === 0 ? Number.NaN : Math.min(...lows));
          }
        } else {
          const kept = found.to.reduce((total, to, i) => total + to - found.from[i]!, 0);
          expect(kept + leftOut).toBe(source.length);
        }
        for (let i = 1; i < bars.length; i++) expect(bars.time[i]!).toBeGreaterThan(bars.time[i - 1]!);
      }),
      { numRuns: 300 },
    );
  });

  test('a bar lies inside its bucket, and buckets of hours and minutes mix no sessions and span no break', () => {
    fc.assert(
      fc.property(series, fc.constantFrom(...rules.slice(0, 4)), ({ id, source }, every) => {
        const session = sessionOf(id);
        const { buckets: found } = resampleAll(source, parseResampleRule(every), {
          interval: MINUTE,
          session,
        });
        const sessions = sessionsOf(session.sessions!, source.time);
        const { stretchStart } = session.sessions!;
        for (let i = 0; i < found.start.length; i++) {
          const [from, last] = [found.from[i]!, found.to[i]! - 1];
          expect(source.time[from]!).toBeGreaterThanOrEqual(found.start[i]!);
          expect(source.time[last]!).toBeLessThan(found.end[i]!);
          if (i > 0) expect(found.start[i]!).toBeGreaterThanOrEqual(found.end[i - 1]!);
          const inSession = sessions.subarray(from, last + 1).filter((one) => one >= 0);
          expect(new Set(inSession).size).toBeLessThanOrEqual(1);
          const crossed = stretchStart.findIndex((start) => start > found.start[i]!);
          if (crossed >= 0) expect(found.end[i]!).toBeLessThanOrEqual(stretchStart[crossed]!);
        }
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ['5m', '1h'],
    ['5m', '30m'],
    ['1h', '1d'],
    ['1d', '1w'],
    ['1d', '1mo'],
  ] as const)('by way of %s to %s is the same as at once', (by, every) => {
    fc.assert(
      fc.property(series, fc.constantFrom('all' as const, 'regular' as const), ({ id, source }, given) => {
        const session = sessionOf(id);
        // Days of all hours begin at local midnight: in a London winter nothing tells such a stamp from a date.
        const hours = by === '1d' ? 'regular' : given;
        const options = { session, hours };
        const atOnce = resampleAll(source, parseResampleRule(every), { ...options, interval: MINUTE });
        const between = resampleAll(source, parseResampleRule(by), { ...options, interval: MINUTE });
        const rule = parseResampleRule(by);
        const interval = rule.kind === 'time' ? rule.length : DAY;
        const twice = resampleAll(between.bars, parseResampleRule(every), { ...options, interval });
        for (const name of ['time', 'open', 'high', 'low', 'close', 'volume', 'trades'] as const) {
          expect([name, [...twice.bars[name]!]]).toEqual([name, [...atOnce.bars[name]!]]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('what is known at a bar depends on nothing behind it', () => {
    fc.assert(
      fc.property(series, fc.constantFrom(...rules), fc.nat(399), ({ id, source }, every, cut) => {
        const options = { interval: MINUTE, session: sessionOf(id) };
        const whole = resample(source, parseResampleRule(every), options);
        const length = Math.min(cut, source.length);
        const early = resample(sliceBars(source, 0, length), parseResampleRule(every), options);
        const known = whole.knownAt.filter((bar) => bar < length).length;
        expect(early.bars.length).toBe(known);
        for (const name of ['time', 'open', 'high', 'low', 'close', 'volume'] as const) {
          expect([...early.bars[name]!]).toEqual([...whole.bars[name]!.subarray(0, known)]);
        }
        for (let i = 1; i < known; i++) {
          expect(whole.knownAt[i]!).toBeGreaterThanOrEqual(whole.knownAt[i - 1]!);
        }
      }),
      { numRuns: 300 },
    );
  });
});
