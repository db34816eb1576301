import { calendarOf } from '../../../shared/calendar/calendars.ts';
import type { Suspect } from '../../../shared/contract/schemas.ts';
import { healthReport } from '../../../shared/health/report.ts';
import { seriesHealth } from '../../../shared/health/series-health.ts';
import type { BarColumns } from '../../../shared/market/bar.ts';
import type { CorporateAction } from '../../../shared/market/corporate-actions.ts';

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** Numbers from 0 to 1, the same ones every time. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface Bar {
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

export function columnsOf(bars: readonly Bar[]): BarColumns {
  const column = (name: keyof Bar) => Float64Array.from(bars, (bar) => bar[name]);
  return {
    length: bars.length,
    time: column('time'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
    trades: null,
    vwap: null,
    twap: null,
  };
}

/** A sound walk over the given times: each bar opens where the one before closed. */
export function walk(times: readonly number[], { seed = 1, step = 0.001, from = 100 } = {}): Bar[] {
  const next = chance(seed);
  let close = from;
  return times.map((time) => {
    const open = close;
    close = Math.round(open * Math.exp(step * (next() + next() + next() - 1.5)) * 1e4) / 1e4;
    const reach = 1 + step * next() * 0.5;
    return {
      time,
      open,
      close,
      high: Math.max(open, close) * reach,
      low: Math.min(open, close) / reach,
      volume: 1_000 + Math.floor(next() * 500),
    };
  });
}

/** Every minute of the calendar's sessions between two days. */
export function minutesOf(calendar: string, from: string, to: string): number[] {
  return calendarOf(calendar)
    .sessions(Date.parse(`${from}T00:00Z`), Date.parse(`${to}T00:00Z`))
    .flatMap(({ open, close }) =>
      Array.from({ length: (close - open) / MINUTE }, (_, index) => open + index * MINUTE),
    );
}

/** Midnight UTC of every session day between two days. */
export const daysOf = (calendar: string, from: string, to: string): number[] =>
  calendarOf(calendar)
    .sessions(Date.parse(`${from}T00:00Z`), Date.parse(`${to}T00:00Z`))
    .map(({ day }) => Date.parse(`${day}T00:00Z`));

export function reportOf(
  bars: readonly Bar[],
  interval: number,
  calendar: string | null,
  actions: readonly CorporateAction[] = [],
) {
  const sessions = calendar === null ? null : calendarOf(calendar).table;
  const health = seriesHealth({ bars: columnsOf(bars), interval, sessions, actions });
  return healthReport(health, calendar ?? 'none', new Set());
}

export const kindsOf = (suspects: readonly Suspect[]): string[] =>
  [...new Set(suspects.map(({ kind }) => kind))].sort();
