import type { BarColumns } from './bar.ts';
import { amountsOf } from './bar-amounts.ts';
import { dayGroups } from './day-groups.ts';
import {
  type AllocateColumn,
  type BucketColumns,
  type LongerBars,
  LongerBarsBuilder,
} from './longer-bars.ts';
import { regularBars } from './regular-bars.ts';
import type { ResampleRule } from './resample-rule.ts';
import { type Hours, type Parts, partsOf, type ResampleSession } from './session-parts.ts';

export type { Hours, ResampleSession } from './session-parts.ts';

export interface ResampleOptions {
  /** Length of a source bar in milliseconds; 0 where stamps are ends. */
  readonly interval: number;
  readonly session: ResampleSession;
  /**
   * Where absent, bars of a day and longer are made of sessions with their auctions, as exchanges publish them, and
   * shorter ones of all bars.
   */
  readonly hours?: Hours;
  /** Whether longer bars carry the start of their bucket (where absent) or its end as their time. */
  readonly label?: 'start' | 'end';
  /** Where the columns of the longer bars lie. */
  readonly allocate?: AllocateColumn;
}

/** Longer bars over a whole series, and how they came about. */
export interface Resampled {
  readonly bars: BarColumns;
  readonly buckets: BucketColumns;
  /** Source bars that lie in no longer bar, because they are out of hours. */
  readonly leftOut: number;
  /** Whether the source may yet bring bars of the last longer one. */
  readonly isLastUnfinished: boolean;
}

/**
 * Longer bars of a whole series; every source bar lies in exactly one or is counted as left out, and the last one is kept
 * though it may be unfinished. Buckets hold the source bars that start in them, start inclusive, end exclusive; those of a
 * rule of time begin with a stretch of trading, and none spans two sessions or a break. Bars by volume, money or trades
 * end with a session too, and each source bar goes wholly into one of them.
 */
export function resampleAll(source: BarColumns, rule: ResampleRule, options: ResampleOptions): Resampled {
  const { builder, leftOut } = collect(source, rule, options, false);
  const { bars, knownAt } = builder.build(options.allocate);
  const buckets = builder.buckets();
  if (options.label === 'end') bars.time.set(buckets.end);
  return { bars, buckets, leftOut, isLastUnfinished: knownAt.at(-1) === source.length };
}

/**
 * Longer bars as they become known while time goes by: with the source bar that reaches their end, or else (bars are
 * missing) with the first one behind it; the last one, if unfinished, never. What would only be known later is left out.
 */
export function resample(source: BarColumns, rule: ResampleRule, options: ResampleOptions): LongerBars {
  return collect(source, rule, options, true).builder.build(options.allocate);
}

function collect(
  source: BarColumns,
  rule: ResampleRule,
  { interval, session, hours = defaultHours(rule) }: ResampleOptions,
  isLive: boolean,
): { builder: LongerBarsBuilder; leftOut: number } {
  const kept = hours === 'all' ? null : regularBars(source, partsOf(session, interval));
  const bars = kept === null ? source : kept.bars;
  const run = new Run(source.time, kept, bars, interval, isLive);
  const parts = partsOf(session, interval);
  switch (rule.kind) {
    case 'time':
      byTime(run, parts, rule.length);
      break;
    case 'days':
    case 'weeks':
    case 'months':
      byDays(run, parts, rule, hours);
      break;
    default:
      bySum(run, parts, amountsOf(bars, rule.kind), rule.threshold);
  }
  return { builder: run.builder, leftOut: source.length - bars.length };
}

const defaultHours = ({ kind }: ResampleRule): Hours =>
  kind === 'days' || kind === 'weeks' || kind === 'months' ? 'regular' : 'all';

/** Bars on their way into buckets, in order. */
class Run {
  readonly builder: LongerBarsBuilder;
  readonly time: Float64Array;
  readonly length: number;
  readonly interval: number;
  readonly isLive: boolean;
  /** All bars, those out of hours too. */
  readonly #allTime: Float64Array;
  /** By bar: its place among all bars; null where they are the same. */
  readonly #places: Int32Array | null;

  constructor(
    allTime: Float64Array,
    kept: { readonly places: Int32Array } | null,
    bars: BarColumns,
    interval: number,
    isLive: boolean,
  ) {
    this.builder = new LongerBarsBuilder(bars);
    this.time = bars.time;
    this.length = bars.length;
    this.interval = interval;
    this.isLive = isLive;
    this.#allTime = allTime;
    this.#places = kept === null ? null : kept.places;
  }

  /** Index of the first bar at or behind `from` that starts at or after `end`. */
  barAt(from: number, end: number): number {
    let bar = from;
    while (bar < this.length && this.time[bar]! < end) bar++;
    return bar;
  }

  /** Whether a bar tells that a bucket is over: it reaches its end, or the auction that ends it is done. */
  isOver(bar: number, end: number, uncross: number): boolean {
    return this.time[bar]! + this.interval >= end || this.time[bar]! >= uncross;
  }

  /** Bars `from` to `to` (exclusive) as the bucket from `start` to `end`; the last one of them tells that it is over, or not. */
  add(from: number, to: number, start: number, end: number, isOver: boolean): void {
    const last = this.#places === null ? to - 1 : this.#places[to - 1]!;
    const knownAt = isOver ? last : this.#firstBehind(last, end);
    if (!this.isLive || knownAt < this.#allTime.length) this.builder.add(from, to, start, knownAt, end);
  }

  #firstBehind(last: number, end: number): number {
    let bar = last + 1;
    while (bar < this.#allTime.length && this.#allTime[bar]! < end) bar++;
    return bar;
  }
}

function byTime(run: Run, parts: Parts, length: number): void {
  for (let from = 0; from < run.length; ) {
    const time = run.time[from]!;
    parts.moveTo(time);
    parts.cut(time, length);
    const { bucketStart: start, bucketEnd: end } = parts;
    const uncross = end === parts.end ? parts.uncross : Number.POSITIVE_INFINITY;
    const behind = run.barAt(from, end);
    let to = behind;
    if (run.isLive) {
      to = from + 1;
      while (to < behind && !run.isOver(to - 1, end, uncross)) to++;
    }
    run.add(from, to, start, end, run.isOver(to - 1, end, uncross));
    from = behind;
  }
}

function byDays(
  run: Run,
  parts: Parts,
  rule: { readonly kind: 'days' | 'weeks' | 'months'; readonly count: number },
  hours: Hours,
): void {
  const { firstDay, lastDay } = dayGroups(rule.kind, rule.count);
  for (let from = 0; from < run.length; ) {
    parts.moveTo(run.time[from]!);
    const last = lastDay(parts.day);
    const start = parts.dayStart(firstDay(parts.day), hours);
    const { end, uncross } = parts.dayEnd(last, hours);
    let to = from;
    let isOver = false;
    let next = from;
    do {
      const behind = run.barAt(next, parts.end);
      if (!run.isLive) to = behind;
      // What trades in an auction after its price is known comes too late for a bar that was over with it.
      else if (!isOver) {
        to = next + 1;
        while (to < behind && !run.isOver(to - 1, end, uncross)) to++;
      }
      isOver ||= run.isOver(to - 1, end, uncross);
      next = behind;
      if (next < run.length) parts.moveTo(run.time[next]!);
    } while (next < run.length && parts.day <= last);
    run.add(from, to, start, end, isOver);
    from = next;
  }
}

function bySum(run: Run, parts: Parts, amounts: Float64Array, threshold: number): void {
  for (let from = 0; from < run.length; ) {
    const start = run.time[from]!;
    parts.moveTo(start);
    const { day } = parts;
    const { end, uncross } = parts.dayEnd(day, 'regular');
    const isBehindSession = start >= end || start >= uncross;
    let to = from;
    let sum = 0;
    let isOver = false;
    while (to < run.length && !isOver) {
      parts.moveTo(run.time[to]!);
      if (parts.day !== day) break;
      const amount = amounts[to]!;
      if (amount > 0) sum += amount;
      isOver = sum >= threshold || (!isBehindSession && run.isOver(to, end, uncross));
      to++;
    }
    run.add(from, to, start, run.time[to - 1]! + run.interval, isOver);
    from = to;
  }
}
