import { AppError } from '../contract/errors.ts';
import { crossOver as crossOverColumn } from '../indicators/cross-over.ts';
import { ema as emaColumn } from '../indicators/exponential-average.ts';
import { obv as obvColumn } from '../indicators/obv.ts';
import { rsi as rsiColumn } from '../indicators/rsi.ts';
import { sma as smaColumn } from '../indicators/sma.ts';
import type { BarCursor } from './bar-cursor.ts';
import type { Data } from './data.ts';
import { Line, partsOf } from './line.ts';

/** Simple moving average of the last `period` values. */
export function sma(line: Line, period: number): Line {
  const { column, cursor, minimumPeriod } = partsOf(line);
  return declare('sma', cursor, minimumPeriod + period - 1, () => smaColumn(column, period));
}

/** Exponential moving average, weight 2 / (period + 1), seeded with the mean of the first `period` values. */
export function ema(line: Line, period: number): Line {
  const { column, cursor, minimumPeriod } = partsOf(line);
  return declare('ema', cursor, minimumPeriod + period - 1, () => emaColumn(column, period));
}

/** Relative strength index after Wilder, 0 to 100; 100 without falls, 50 without any change. */
export function rsi(line: Line, period: number): Line {
  const { column, cursor, minimumPeriod } = partsOf(line);
  return declare('rsi', cursor, minimumPeriod + period, () => rsiColumn(column, period));
}

/** On-balance volume: adds the volume of rising closes, takes off that of falling ones. */
export function obv(data: Data): Line {
  const { column, cursor, minimumPeriod } = partsOf(data.close);
  const volume = partsOf(data.volume).column;
  return declare('obv', cursor, minimumPeriod, () => obvColumn(column, volume));
}

/** +1 on the bar on which `a` crosses above `b`, -1 when below, else 0. Touching is no cross. */
export function crossOver(a: Line, b: Line): Line {
  const first = partsOf(a);
  const second = partsOf(b);
  if (first.cursor !== second.cursor) {
    const tickers = `${first.cursor.ticker} and ${second.cursor.ticker}`;
    throw new AppError('strategy-error', `crossOver() got lines of two instruments, ${tickers}`, {
      hint: 'Their bars need not match: compare their values in next() instead.',
    });
  }
  const minimumPeriod = Math.max(first.minimumPeriod, second.minimumPeriod) + 1;
  return declare('crossOver', first.cursor, minimumPeriod, () =>
    crossOverColumn(first.column, second.column),
  );
}

function declare(name: string, cursor: BarCursor, minimumPeriod: number, compute: () => Float64Array): Line {
  if (!cursor.isDeclaring) {
    throw new AppError('strategy-error', `${name}() was called after init()`, {
      hint: `Indicators cover the whole run: write this.line = ${name}(…) in init() and read this.line.value in next().`,
    });
  }
  const column = compute();
  cursor.minimumPeriod = Math.max(cursor.minimumPeriod, minimumPeriod);
  return new Line({ column, cursor, minimumPeriod });
}
