import type { BarColumns } from './bar.ts';

/** `time` is the first instant at which the action counts, epoch milliseconds UTC. */
export type CorporateAction =
  | { readonly kind: 'split'; readonly time: number; readonly ratio: number }
  | { readonly kind: 'dividend'; readonly time: number; readonly amount: number };

/** Product of the ratios of the splits after each instant: what one unit of then is today. */
function unitsNow(actions: readonly CorporateAction[], time: number): number {
  return actions.reduce(
    (units, action) => (action.kind === 'split' && action.time > time ? units * action.ratio : units),
    1,
  );
}

/**
 * Bars in units of today: prices before a split divided by its ratio, volumes multiplied. The same columns where there
 * is no split.
 */
export function adjustForSplits(bars: BarColumns, actions: readonly CorporateAction[]): BarColumns {
  if (!actions.some(({ kind }) => kind === 'split')) return bars;
  const units = Float64Array.from(bars.time, (time) => unitsNow(actions, time));
  const divided = (column: Float64Array) => column.map((value, bar) => value / units[bar]!);
  const orNull = (column: Float64Array | null) => (column === null ? null : divided(column));
  return {
    length: bars.length,
    time: bars.time,
    open: divided(bars.open),
    high: divided(bars.high),
    low: divided(bars.low),
    close: divided(bars.close),
    volume: bars.volume === null ? null : bars.volume.map((value, bar) => value * units[bar]!),
    trades: bars.trades,
    vwap: orNull(bars.vwap),
    twap: orNull(bars.twap),
  };
}

/** Dividends per unit of today, ascending in time. */
export function dividendsOf(
  actions: readonly CorporateAction[],
): { readonly time: number; readonly amount: number }[] {
  return actions
    .flatMap((action) =>
      action.kind === 'dividend'
        ? [{ time: action.time, amount: action.amount / unitsNow(actions, action.time) }]
        : [],
    )
    .sort((a, b) => a.time - b.time);
}
