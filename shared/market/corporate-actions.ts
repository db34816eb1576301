import { adjustBars } from './adjust-bars.ts';
import type { BarColumns } from './bar.ts';

/** `time` is the first instant at which the action counts, epoch milliseconds UTC. */
export type CorporateAction =
  | { readonly kind: 'split'; readonly time: number; readonly ratio: number }
  | { readonly kind: 'dividend'; readonly time: number; readonly amount: number };

/**
 * Bars in units of today: prices before a split divided by its ratio, volumes multiplied. The same columns where there
 * is no split.
 */
export const adjustForSplits = (bars: BarColumns, actions: readonly CorporateAction[]): BarColumns =>
  adjustBars(bars, actions, 'split');

/** Dividends per unit of today, ascending in time. */
export function dividendsOf(
  actions: readonly CorporateAction[],
): { readonly time: number; readonly amount: number }[] {
  const splits = actions.filter((action) => action.kind === 'split');
  return actions
    .flatMap((action) => {
      if (action.kind !== 'dividend') return [];
      const units = splits.reduce(
        (product, split) => (split.time > action.time ? product * split.ratio : product),
        1,
      );
      return [{ time: action.time, amount: action.amount / units }];
    })
    .sort((a, b) => a.time - b.time);
}
