import { describe, expect, test } from 'vitest';
import { runSessions } from '../../../electron/services/run-sessions.ts';
import { runBacktest } from '../../../shared/backtest/run-backtest.ts';
import { DEFAULT_SETTINGS } from '../../../shared/backtest/settings.ts';
import { buildSessionTable } from '../../../shared/calendar/build-table.ts';
import { calendarOf } from '../../../shared/calendar/calendars.ts';
import type { SessionSchedule } from '../../../shared/calendar/schedule.ts';
import { RunDataSchema } from '../../../shared/contract/schemas.ts';
import type { BarColumns } from '../../../shared/market/bar.ts';
import { zoneOffset } from '../../../shared/market/zone-offset.ts';
import { type Data, Strategy } from '../../../shared/strategy/index.ts';

const MINUTE = 60_000;
const at = (text: string) => Date.parse(`${text}Z`);
const feed = (ticker: string, session: unknown, from: string, to: string) => ({
  data: RunDataSchema.parse({ ticker, session }),
  first: at(from),
  last: at(to),
});

describe('which sessions a run follows', () => {
  test('one schedule for a calendar, over the bars of all instruments that follow it', () => {
    const { sessions, calendars } = runSessions(
      [
        feed('AAL.L', 'XLON', '2024-06-03T07:00', '2024-06-28T15:29'),
        feed('VOD.L', 'XLON', '2024-12-02T08:00', '2024-12-30T16:29'),
        feed('IBM', 'XNYS', '2024-07-01T13:30', '2024-07-31T19:59'),
        feed('BTCUSD', null, '2024-07-01T00:00', '2024-07-31T23:59'),
        feed('OTHER', { end: '16:30', zone: 'Europe/London' }, '2024-07-01T07:00', '2024-07-31T15:29'),
      ],
      {},
    );
    expect(Object.keys(calendars)).toEqual(['XLON', 'XNYS']);
    expect(Object.keys(calendars.XLON!.closed!)).toEqual([
      '2024-05-27',
      '2024-08-26',
      '2024-12-25',
      '2024-12-26',
      '2025-01-01',
    ]);
    expect(sessions[0]).toBe(sessions[1]);
    expect(sessions[0]).toMatchObject({ end: 16.5 * 60 * MINUTE, zone: 'Europe/London' });
    expect(sessions[3]).toBeNull();
    expect(sessions[4]).toEqual({ end: 16.5 * 60 * MINUTE, zone: 'Europe/London', sessions: null });
  });
  test('a schedule that was recorded is taken as it is', () => {
    const { calendars } = runSessions([feed('A', 'XLON', '2024-07-01T07:00', '2024-07-31T15:29')], {});
    const recorded = {
      XLON: { ...calendars.XLON!, closed: { '2024-07-02': 'Learned later not to be one' } },
    };
    const again = runSessions([feed('A', 'XLON', '2024-07-01T07:00', '2024-07-31T15:29')], recorded);
    expect(again.calendars).toEqual(recorded);
    expect(again.sessions[0]!.sessions!.schedule).toBe(recorded.XLON);
  });
  test('sessions cut out of a calendar are those of the calendar', () => {
    for (const id of ['XLON', 'XTKS', 'CME-EQUITY', 'XHKG', 'FX']) {
      const whole = calendarOf(id).table;
      const { sessions } = runSessions([feed('A', id, '2023-11-15T00:00', '2024-12-20T00:00')], {});
      const { schedule, from, to } = sessions[0]!.sessions!;
      const cut = buildSessionTable(JSON.parse(JSON.stringify(schedule)), from, to);
      const first = whole.day.findIndex((day) => day >= from);
      for (const name of ['day', 'open', 'close', 'uncross', 'auctionEnd', 'reachStart', 'flags'] as const) {
        expect([id, name, ...cut[name]]).toEqual([
          id,
          name,
          ...whole[name].subarray(first, first + cut.length),
        ]);
      }
    }
  });
  test.each([
    ['XLOM', {}, /no calendar "XLOM"/],
    ['MINE', { zone: 'Mars/Olympus' }, /no time zone/],
    ['MINE', { hours: [{ open: '17:00', close: '09:00' }] }, /cannot open at 17:00/],
    ['MINE', { hours: [{ open: '09:00', close: '17:00', breaks: [['08:00', '09:00']] }] }, /breaks/],
    ['MINE', { closed: { '2024-02-30': '' } }, /not a day that exists/],
  ])('%s %j is refused', (id, changes, message) => {
    const schedule: SessionSchedule = {
      zone: 'UTC',
      weekdays: [1],
      hours: [{ open: '09:00', close: '17:00' }],
      ...(changes as Partial<SessionSchedule>),
    };
    const feeds = [feed('A', id, '2024-07-01T07:00', '2024-07-31T15:29')];
    expect(() => runSessions(feeds, { MINE: schedule })).toThrow(message);
  });
});

describe('what the engine makes of them', () => {
  /** Minute bars of two sessions around an early close and a holiday. */
  const calendar = calendarOf('XNYS');
  const times = calendar
    .sessions(at('2024-07-03T00:00'), at('2024-07-06T00:00'))
    .flatMap(({ open, close }) =>
      Array.from({ length: (close - open) / MINUTE }, (_, i) => open + i * MINUTE),
    );
  const prices = Float64Array.from(times, (_, i) => 100 + i);
  const bars: BarColumns = {
    length: times.length,
    time: Float64Array.from(times),
    open: prices,
    high: prices,
    low: prices,
    close: prices,
    volume: prices,
    trades: null,
    vwap: null,
    twap: null,
  };
  const { sessions } = runSessions([feed('IBM', 'XNYS', '2024-07-03T00:00', '2024-07-06T00:00')], {});
  const { schedule, from, to } = sessions[0]!.sessions!;
  const session = {
    end: sessions[0]!.end,
    offsetAt: zoneOffset(schedule.zone),
    sessions: buildSessionTable(schedule, from, to),
  };
  const run = (strategy: new () => Strategy) =>
    runBacktest({
      feeds: [{ ticker: 'IBM', bars, interval: MINUTE, session }],
      settings: { ...DEFAULT_SETTINGS, cash: 1e6 },
      strategy: strategy as never,
      params: {},
      seed: 1,
    });

  test('sessions end early before a holiday, and market-on-close takes that close', () => {
    const ends: number[] = [];
    const closes: number[] = [];
    class OnClose extends Strategy {
      override next() {
        if (this.now === times[10]) this.buy({ size: 1, at: 'close' });
        if (this.now === times[220]) this.sell({ size: 1, at: 'close' });
      }
      override onSessionEnd(data: Data) {
        ends.push(this.now + MINUTE);
        closes.push(data.close.value);
      }
    }
    const { fills } = run(OnClose);
    expect(ends).toEqual([at('2024-07-03T17:00'), at('2024-07-05T20:00')]);
    expect([...fills.price]).toEqual(closes);
  });
  test('hours begin at the open and days are known at the close', () => {
    const seen: string[] = [];
    class Hours extends Strategy {
      hours!: Data;
      override init() {
        this.hours = this.resample(this.data, '1h');
      }
      override next() {
        if (this.now === times[59]) seen.push(`hour ${this.hours.close.value}`);
        if (this.now === times[209]) seen.push(`last half hour ${this.hours.open.value}`);
      }
    }
    class Days extends Strategy {
      days!: Data;
      override init() {
        this.days = this.resample(this.data, 'session');
      }
      // Not called before there is a day.
      override next() {
        if (this.now === times[209] || this.now === times[210]) seen.push(`day ${this.days.close.value}`);
      }
    }
    run(Hours);
    run(Days);
    expect(seen).toEqual(['hour 159', 'last half hour 280', 'day 309', 'day 309']);
  });
});
