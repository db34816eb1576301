import * as z from 'zod';
import { PriceViewSchema } from './actions.ts';
import { Id, Time } from './basics.ts';

export const IndicatorRequestSchema = z.strictObject({
  kind: z.enum(['sma', 'ema', 'rsi', 'obv']),
  period: z.int().min(1).max(10_000).default(14),
});
export type IndicatorRequest = z.output<typeof IndicatorRequestSchema>;

/**
 * Longer bars than the stored ones, laid into the sessions of the instrument's calendar: a rule such as 1h, session or 1w
 * (docs/resampling.md). Indexes of bars are then those of the longer bars.
 */
const Every = z.string().min(1).max(32).nullable().default(null);

/**
 * Bars of a window, aggregated to at most `maxBuckets`. Answer: a column frame (contract/wire.ts) with `bar` (Int32: index
 * in the series of each bucket's first bar), `time`, `open`, `high`, `low`, `close`, `volume` (where present) and one
 * `i0`, `i1`, … per indicator (its value at the bucket's last bar), meta = ViewportMeta.
 */
export const ViewportQuerySchema = z.strictObject({
  seriesId: Id,
  /** Indexes of bars, from inclusive, to exclusive; clipped to the series. */
  fromBar: z.int(),
  toBar: z.int(),
  maxBuckets: z.int().min(10).max(4_000).default(1_000),
  indicators: z.array(IndicatorRequestSchema).max(8).default([]),
  /** Prices as stored, or adjusted by the library's corporate actions; indicators are computed from what is shown. */
  view: PriceViewSchema.default('raw'),
  every: Every,
});
export type ViewportQuery = z.output<typeof ViewportQuerySchema>;
export interface ViewportMeta {
  /** The asked range, clipped to the series and widened to whole buckets. */
  readonly fromBar: number;
  readonly toBar: number;
  readonly totalBars: number;
  /**
   * Most bars that a bucket holds. Stored chunks begin buckets of their own, so some are shorter: bucket b holds bars
   * `bar[b]` up to `bar[b + 1]`, the last one up to `toBar`. 1: every bucket is a bar.
   */
  readonly barsPerBucket: number;
}

/** Bar index at or after a time, for jumping. */
export const LocateQuerySchema = z.strictObject({ seriesId: Id, time: Time, every: Every });
export type LocateQuery = z.output<typeof LocateQuerySchema>;

/**
 * Fills of a run inside a range of bars of one series. Answer: a frame with `bar` (index in the series), `time`, `price`,
 * `size` (signed), `trade` (ref), `profit` (net of the trade closed, NaN for entries); meta = MarkersMeta. Above
 * `max` markers nothing but the count comes back.
 */
export const MarkerQuerySchema = z.strictObject({
  runId: Id,
  seriesId: Id,
  fromBar: z.int(),
  toBar: z.int(),
  max: z.int().min(1).max(5_000).default(1_500),
  every: Every,
});
export type MarkerQuery = z.output<typeof MarkerQuerySchema>;
export interface MarkersMeta {
  readonly total: number;
}

/**
 * Equity of a run thinned to at most `maxPoints` so that every extreme stays visible. Answer: a frame with `time`,
 * `equity`, `drawdown` (percent, <= 0), `cash`, `exposure`; meta = EquityMeta.
 */
export const EquityQuerySchema = z.strictObject({
  runId: Id,
  maxPoints: z.int().min(10).max(4_000).default(2_000),
});
export type EquityQuery = z.output<typeof EquityQuerySchema>;
export interface EquityMeta {
  readonly steps: number;
  readonly startingCash: number;
}
