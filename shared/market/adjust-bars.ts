import { AppError } from '../contract/errors.ts';
import { type BarColumns, lowerBound } from './bar.ts';
import type { CorporateAction } from './corporate-actions.ts';

/** How prices are read: as they were, divided by later splits, or less later dividends too. */
export type PriceView = 'raw' | 'split' | 'total-return';

/**
 * What a price and a volume before `bar` are worth in units of today, up to the step before: price / units x payout,
 * volume x units. Stretches ascend by `bar`, the last one ends with the series.
 */
export interface AdjustedStretch {
  /** First bar behind the stretch. */
  readonly endBar: number;
  readonly units: number;
  readonly payout: number;
}

/** Where a series' bars lie in time, as far as an adjustment asks. */
export interface BarPlaces {
  readonly length: number;
  /** Index of the first bar at or after a time. */
  readonly barAt: (time: number) => number;
  /** Raw close of a bar. */
  readonly closeOf: (bar: number) => number;
}

/**
 * Stretches of a series between its actions. A split divides what is before it by its ratio. A dividend multiplies that by
 * (c - d) / c, c being the last close before it in shares as they are behind a split of the same instant: the return of
 * who puts every dividend back into the share. Throws bad-request for a dividend that is not below the price.
 */
export function adjustedStretches(
  actions: readonly CorporateAction[],
  view: PriceView,
  places: BarPlaces,
): AdjustedStretch[] {
  const splits = view === 'raw' ? [] : actions.filter((action) => action.kind === 'split');
  const dividends = view === 'total-return' ? actions.filter((action) => action.kind === 'dividend') : [];
  const steps = new Map<number, number>();
  const stepAt = (time: number) => {
    const bar = places.barAt(time);
    // Before the first bar there is nothing to adjust, behind the last one the split is still to come for all of them.
    if (bar > 0) steps.set(bar, steps.get(bar) ?? 1);
    return bar;
  };
  for (const { time } of splits) stepAt(time);
  for (const { time, amount } of dividends) {
    const bar = stepAt(time);
    if (bar === 0 || bar === places.length) continue;
    const ratio = splits.reduce(
      (product, split) => (split.time === time ? product * split.ratio : product),
      1,
    );
    const close = places.closeOf(bar - 1) / ratio;
    if (!(amount < close)) throw tooLarge(time, amount, close);
    steps.set(bar, steps.get(bar)! * ((close - amount) / close));
  }
  const bars = [...steps.keys()].sort((a, b) => a - b);
  const stretches: AdjustedStretch[] = [{ endBar: places.length, units: 1, payout: 1 }];
  let payout = 1;
  for (const bar of bars.reverse()) {
    payout *= steps.get(bar)!;
    const units = splits.reduce(
      (product, split) => (places.barAt(split.time) >= bar ? product * split.ratio : product),
      1,
    );
    if (bar === places.length) stretches[0] = { endBar: bar, units, payout };
    else stretches.unshift({ endBar: bar, units, payout });
  }
  return stretches;
}

/** Bars in one of the views; the same columns where nothing changes them. Trades are counts and stay. */
export function adjustBars(
  bars: BarColumns,
  actions: readonly CorporateAction[],
  view: PriceView,
): BarColumns {
  const stretches = adjustedStretches(actions, view, {
    length: bars.length,
    barAt: (time) => lowerBound(bars.time, time),
    closeOf: (bar) => bars.close[bar]!,
  });
  if (!changesAny(stretches)) return bars;
  const price = (column: Float64Array) => adjustPrices(column, stretches);
  const priceOrNull = (column: Float64Array | null) => (column === null ? null : price(column));
  return {
    length: bars.length,
    time: bars.time,
    open: price(bars.open),
    high: price(bars.high),
    low: price(bars.low),
    close: price(bars.close),
    volume: bars.volume === null ? null : adjustVolumes(bars.volume, stretches),
    trades: bars.trades,
    vwap: priceOrNull(bars.vwap),
    twap: priceOrNull(bars.twap),
  };
}

export const changesAny = (stretches: readonly AdjustedStretch[]): boolean =>
  stretches.some(({ units, payout }) => units !== 1 || payout !== 1);

/** A column of prices over the whole series, as a new one. */
export function adjustPrices(column: Float64Array, stretches: readonly AdjustedStretch[]): Float64Array {
  const result = new Float64Array(column.length);
  let bar = 0;
  for (const { endBar, units, payout } of stretches) {
    for (; bar < endBar; bar++) result[bar] = (column[bar]! / units) * payout;
  }
  return result;
}

/** A column of volumes over the whole series, as a new one. */
export function adjustVolumes(column: Float64Array, stretches: readonly AdjustedStretch[]): Float64Array {
  const result = new Float64Array(column.length);
  let bar = 0;
  for (const { endBar, units } of stretches) for (; bar < endBar; bar++) result[bar] = column[bar]! * units;
  return result;
}

function tooLarge(time: number, amount: number, close: number): AppError {
  const day = new Date(time).toISOString().slice(0, 10);
  return new AppError(
    'bad-request',
    `The dividend of ${amount} on ${day} is not below the price of ${close}`,
    {
      field: 'amount',
      hint: 'Correct it in the table of corporate actions.',
    },
  );
}
