import type { CorporateAction } from './corporate-actions.ts';

const DAY = 86_400_000;

/** An action by its ex-day: `at` is midnight UTC of it. */
export interface DatedAction {
  readonly at: number;
  readonly kind: 'split' | 'dividend';
  readonly ratio: number | null;
  readonly amount: number | null;
}

/**
 * The first instant at which an action of a day (midnight UTC of it) counts for bars of `interval` milliseconds. Bars of a
 * day and more are stamped with midnight UTC of their day, so that is it; shorter ones are stamped with instants, so it is
 * midnight where the exchange is (`offsetAt`: local time less UTC; null: UTC).
 */
export function actionInstant(
  at: number,
  interval: number,
  offsetAt: ((time: number) => number) | null,
): number {
  return interval >= DAY || offsetAt === null ? at : at - offsetAt(at);
}

/** Actions of days as actions of instants, ascending; see `actionInstant`. */
export function instantsOf(
  actions: readonly DatedAction[],
  interval: number,
  offsetAt: ((time: number) => number) | null,
): CorporateAction[] {
  return actions
    .map(({ at, kind, ratio, amount }): CorporateAction => {
      const time = actionInstant(at, interval, offsetAt);
      return kind === 'split' ? { kind, time, ratio: ratio! } : { kind, time, amount: amount! };
    })
    .sort((a, b) => a.time - b.time);
}
