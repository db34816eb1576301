import { AppError } from '../contract/errors.ts';
import type { BarCursor } from '../strategy/bar-cursor.ts';
import type { Account } from './account/account.ts';
import { markPrice } from './account/mark-price.ts';
import type { Sizer } from './settings.ts';

const YEAR = 365.25 * 86_400_000;

/**
 * Units that the run's sizer gives an order without a size, by the account and the close as they are now; 0 where it
 * finds nothing to order. `price` is the order's own limit or stop (NaN: the close), `stopLoss` where its loss is cut.
 */
export function sizeBySizer(
  sizer: Sizer,
  account: Account,
  cursor: BarCursor,
  price: number,
  stopLoss: number | undefined,
): number {
  const close = markPrice(cursor, Number.NaN);
  const held = account.positions[cursor.feed]!.size;
  const { multiplier } = account.terms[cursor.feed]!;
  switch (sizer.kind) {
    case 'fixed':
      return sizer.size;
    case 'percent':
      // With a position its size: the order is taken for the one that leaves it.
      return units(
        sizer,
        held === 0 ? ((account.cash / close) * (sizer.percent / 100)) / multiplier : Math.abs(held),
      );
    case 'risk': {
      if (stopLoss === undefined) {
        throw new AppError('strategy-error', 'The run sizes orders by risk, and this order names no stop', {
          field: 'stopLoss',
          hint: 'Add stopLoss: the price at which the loss is cut.',
        });
      }
      const perUnit = Math.abs((Number.isNaN(price) ? close : price) - stopLoss) * multiplier;
      return units(sizer, perUnit > 0 ? (account.equity * (sizer.percent / 100)) / perUnit : 0);
    }
    case 'volatility': {
      const volatility = yearlyVolatility(cursor, sizer.lookback);
      const perUnit = volatility * close * multiplier;
      return units(sizer, perUnit > 0 ? (account.equity * (sizer.percent / 100)) / perUnit : 0);
    }
  }
}

function units({ whole }: { readonly whole: boolean }, size: number): number {
  if (!(size > 0) || size === Number.POSITIVE_INFINITY) return 0;
  return whole ? Math.trunc(size) : size;
}

/**
 * Sample deviation of the last `lookback` log returns, per year of calendar time by how many bars there were in that
 * stretch; NaN while there are too few bars.
 */
function yearlyVolatility({ bar, bars: { close, time } }: BarCursor, lookback: number): number {
  if (bar < lookback) return Number.NaN;
  let sum = 0;
  let squares = 0;
  for (let i = bar - lookback + 1; i <= bar; i++) {
    const change = Math.log(close[i]! / close[i - 1]!);
    sum += change;
    squares += change * change;
  }
  const variance = (squares - (sum * sum) / lookback) / (lookback - 1);
  const barsPerYear = lookback / ((time[bar]! - time[bar - lookback]!) / YEAR);
  return Math.sqrt(variance * barsPerYear);
}
