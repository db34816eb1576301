import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarOf } from '../../../shared/calendar/calendars.ts';
import { HealthReportSchema } from '../../../shared/contract/schemas.ts';
import { proposeActions } from '../../../shared/health/propose-actions.ts';
import { healthReport, rangeHealth } from '../../../shared/health/report.ts';
import { seriesHealth } from '../../../shared/health/series-health.ts';
import { sessionBars } from '../../../shared/health/session-bars.ts';
import type { CorporateAction } from '../../../shared/market/corporate-actions.ts';
import { type Bar, columnsOf, DAY, MINUTE } from './bars.ts';

// Whatever bars a library may hold, health is a report and never an error.

const START = Date.parse('2023-12-20T00:00Z');
const price = fc.oneof(
  { weight: 12, arbitrary: fc.double({ min: 99, max: 101, noNaN: true }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(0, -1, 1e-9, 1e12, 1, 10_000, Number.NaN, Number.POSITIVE_INFINITY),
  },
  { weight: 2, arbitrary: fc.constant(100) },
);
const bar = fc.record({
  step: fc.oneof(
    { weight: 9, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 3_000 }) },
  ),
  open: price,
  high: price,
  low: price,
  close: price,
  volume: fc.oneof(fc.integer({ min: 0, max: 1_000 }), fc.constantFrom(0, Number.NaN)),
});
const action = fc.oneof(
  fc.record({
    kind: fc.constant('split' as const),
    time: fc.integer({ min: START, max: START + 90 * DAY }),
    ratio: fc.double({ min: 0.01, max: 100, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('dividend' as const),
    time: fc.integer({ min: START, max: START + 90 * DAY }),
    amount: fc.double({ min: 0.01, max: 200, noNaN: true }),
  }),
);

test('2,000 series of any kind', () => {
  fc.assert(
    fc.property(
      fc.array(bar, { maxLength: 120 }),
      fc.constantFrom(MINUTE, 5 * MINUTE, 60 * MINUTE, 4 * 60 * MINUTE, DAY, 7 * DAY),
      fc.constantFrom(null, 'XNYS', 'XTKS', 'CRYPTO', 'FX', 'XLON'),
      fc.array(action, { maxLength: 4 }),
      (steps, interval, calendar, actions: CorporateAction[]) => {
        let time = START;
        const bars = columnsOf(
          steps.map(({ step, ...values }): Bar => ({ ...values, time: (time += step * interval) })),
        );
        const sessions = calendar === null ? null : calendarOf(calendar).table;
        const health = seriesHealth({ bars, interval, sessions, actions });
        const report = healthReport(health, calendar ?? 'none', new Set());
        expect(HealthReportSchema.parse(report)).toEqual(report);
        for (const score of [report.score, ...report.parts.map((part) => part.score)]) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
        }
        for (const { fromBar, toBar, from, to } of report.suspects) {
          expect([from, to]).toEqual([bars.time[fromBar], bars.time[toBar]]);
          expect(toBar).toBeGreaterThanOrEqual(fromBar);
        }
        const { marked, score } = rangeHealth(health, new Set(), {
          from: START,
          to: START + 20 * DAY,
          bars: 10,
        });
        expect(score).toBeLessThanOrEqual(100);
        expect([...marked].sort((a, b) => a - b)).toEqual([...marked]);
        const timed = actions.map((one, index) => ({
          id: String(index),
          at: Math.floor(one.time / DAY) * DAY,
          time: one.time,
          kind: one.kind,
          ratio: one.kind === 'split' ? one.ratio : null,
          amount: one.kind === 'dividend' ? one.amount : null,
        }));
        for (const { confidence } of proposeActions({
          ticker: 'T',
          sessions: sessionBars(bars, null),
          actions: timed,
          neighbours: () => null,
        })) {
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});
