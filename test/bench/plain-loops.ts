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

/** Long-only crossover of two moving sums, filled at the next open; returns the profit of one share. */
export function plainSmaCross({ close, open, length }: BarColumns, fast: number, slow: number): number {
  let fastSum = 0;
  let slowSum = 0;
  let before = 0;
  let entry = 0;
  let profit = 0;
  let inMarket = false;
  const equity = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    fastSum += close[i]! - (i >= fast ? close[i - fast]! : 0);
    slowSum += close[i]! - (i >= slow ? close[i - slow]! : 0);
    if (i >= slow && i + 1 < length) {
      const difference = fastSum / fast - slowSum / slow;
      if (before < 0 && difference > 0 && !inMarket) {
        inMarket = true;
        entry = open[i + 1]!;
      } else if (before > 0 && difference < 0 && inMarket) {
        inMarket = false;
        profit += open[i + 1]! - entry;
      }
      if (difference !== 0) before = difference;
    }
    equity[i] = profit + (inMarket ? close[i]! - entry : 0);
  }
  return equity[length - 1]!;
}
