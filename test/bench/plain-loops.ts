import type { BarColumns } from '../../shared/market/bar.ts';

// The yardsticks: the least code that touches the same data, as a programmer would write it by hand.

export function plainCountLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 10) lines++;
  return lines;
}

export function plainCopy(bars: BarColumns): number {
  let copied = 0;
  for (const column of [
    bars.time,
    bars.open,
    bars.high,
    bars.low,
    bars.close,
    bars.volume,
    bars.trades,
    bars.vwap,
    bars.twap,
  ]) {
    if (column !== null) copied += Float64Array.from(column).length;
  }
  return copied;
}

/** What the plain loop writes, made once as the engine's memory is. */
export interface PlainTables {
  readonly equity: Float64Array;
  readonly cash: Float64Array;
  readonly exposure: Float64Array;
  /**
   * Bar, side, size, reference price, end, filled size and price of each order; bar, side, size, price, commission and
   * slippage of each fill; entry, exit, gross, net and extremes of each trade.
   */
  readonly orders: Float64Array;
  readonly fills: Float64Array;
  readonly trades: Float64Array;
}

export function plainTables(length: number): PlainTables {
  return {
    equity: new Float64Array(length),
    cash: new Float64Array(length),
    exposure: new Float64Array(length),
    orders: new Float64Array(length * 7),
    fills: new Float64Array(length * 6),
    trades: new Float64Array(length * 6),
  };
}

/**
 * The same arithmetic by hand, for one strategy and nothing else: the crossover of two averages (given, as the engine
 * keeps them between runs), long only, filled at the next open with percent slippage capped at the bar's range and percent
 * commission, a cash check at the reference price and one at the fill, every order, fill and trade written down with its
 * extremes, the position's profit and a check for ruin per bar, and three columns of the account per bar. Returns the
 * number of trades.
 */
export function plainSmaCross(
  { close, open, high, low, length }: BarColumns,
  fast: Float64Array,
  slow: Float64Array,
  tables: PlainTables,
): number {
  const { equity, cash: cashes, exposure, orders, fills, trades } = tables;
  let cash = 1e9;
  let held = 0;
  let entry = 0;
  let entryBar = 0;
  let before = 0;
  let order = 0;
  let orderCount = 0;
  let fillCount = 0;
  let tradeCount = 0;
  let paid = 0;
  for (let i = 0; i < length; i++) {
    if (order !== 0) {
      const opened = open[i]!;
      const price =
        order > 0 ? Math.min(opened * (1 + SLIPPAGE), high[i]!) : Math.max(opened * (1 - SLIPPAGE), low[i]!);
      const commission = COMMISSION * price;
      const reference = orders[7 * orderCount + 3]!;
      const isAffordable = cash - order * reference - COMMISSION * reference >= 0;
      orders[7 * orderCount + 4] = i;
      if (isAffordable && cash - order * price - commission >= 0) {
        orders[7 * orderCount + 5] = 1;
        orders[7 * orderCount + 6] = price;
        cash -= order * price + commission;
        fills[6 * fillCount] = i;
        fills[6 * fillCount + 1] = order;
        fills[6 * fillCount + 2] = 1;
        fills[6 * fillCount + 3] = price;
        fills[6 * fillCount + 4] = commission;
        fills[6 * fillCount++ + 5] = (price - opened) * order;
        held += order;
        if (order > 0) {
          entry = price;
          entryBar = i;
          paid = commission;
        } else {
          let worst = 0;
          let best = 0;
          for (let bar = entryBar; bar < i; bar++) {
            if (low[bar]! - entry < worst) worst = low[bar]! - entry;
            if (high[bar]! - entry > best) best = high[bar]! - entry;
          }
          trades[6 * tradeCount] = entryBar;
          trades[6 * tradeCount + 1] = i;
          trades[6 * tradeCount + 2] = price - entry;
          trades[6 * tradeCount + 3] = price - entry - paid - commission;
          trades[6 * tradeCount + 4] = worst;
          trades[6 * tradeCount++ + 5] = best;
        }
      }
      order = 0;
      orderCount++;
    }
    let worth = cash;
    let value = 0;
    if (held !== 0) {
      value = held * close[i]!;
      const profit = held * (close[i]! - entry);
      worth = cash + (value - profit + profit);
      if (worth <= 0) return tradeCount;
    }
    equity[i] = worth;
    cashes[i] = cash;
    exposure[i] = Math.abs(value);
    const difference = fast[i]! - slow[i]!;
    if (difference > 0) {
      if (before < 0 && held === 0) order = 1;
      before = 1;
    } else if (difference < 0) {
      if (before > 0 && held > 0) order = -1;
      before = -1;
    }
    if (order !== 0) {
      orders[7 * orderCount] = i;
      orders[7 * orderCount + 1] = order;
      orders[7 * orderCount + 2] = 1;
      orders[7 * orderCount + 3] = close[i]!;
    }
  }
  return tradeCount;
}

export const SLIPPAGE = 0.0001;
export const COMMISSION = 0.0005;
