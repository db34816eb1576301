import { AppError } from '../contract/errors.ts';
import type { BarColumns } from './bar.ts';

/**
 * What was traded in each bar: units, money (volume at the bar's vwap, or its close where there is none), or trades. Throws
 * data-missing where the bars do not say.
 */
export function amountsOf(bars: BarColumns, kind: 'volume' | 'dollar' | 'ticks'): Float64Array {
  const column = kind === 'ticks' ? bars.trades : bars.volume;
  if (column === null) {
    const what = kind === 'ticks' ? 'numbers of trades' : 'volumes';
    throw new AppError('data-missing', `These bars have no ${what}`, {
      field: 'every',
      hint: 'Make bars by time instead, such as 5m or 1h.',
    });
  }
  if (kind !== 'dollar') return column;
  const { vwap, close } = bars;
  return Float64Array.from({ length: bars.length }, (_, bar) => {
    const price = vwap === null || Number.isNaN(vwap[bar]!) ? close[bar]! : vwap[bar]!;
    return price * column[bar]!;
  });
}
