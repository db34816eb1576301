import type { CandleChart, CandleData } from '../../../shared/charts/candle-option.ts';
import type { Series } from '../../../shared/contract/schemas.ts';
import { formatDate, formatMinute } from '../../../shared/format/time.ts';
import { indicatorLabel } from './indicator-menu.tsx';
import type { Viewport } from './use-viewport.ts';

/** What the core answered, as what the chart draws. */
export function chartOf({ bars, fills, indicators }: Viewport, zone: string): CandleChart {
  const { columns, meta } = bars;
  const column = (name: string) => columns[name] as Float64Array;
  const starts = columns.bar as Int32Array;
  const candles: CandleData = {
    time: column('time'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: (columns.volume as Float64Array | undefined) ?? null,
  };
  const markers = Array.from(fills?.columns.bar ?? [], (bar, i) => ({
    bucket: bar < meta.toBar ? bucketOf(starts, bar) : -1,
    price: fills!.columns.price![i]!,
    size: fills!.columns.size![i]!,
  })).filter(({ bucket }) => bucket >= 0);
  return {
    candles,
    markers,
    timeText: (time) => formatMinute(time, zone),
    indicators: indicators.map((indicator, index) => ({
      label: indicatorLabel(indicator),
      pane: indicator.kind === 'sma' || indicator.kind === 'ema' ? ('price' as const) : ('own' as const),
      values: column(`i${index}`),
    })),
  };
}

/** The bucket that holds a bar: the last one that begins at it or before; -1 before the first. */
export function bucketOf(starts: Int32Array, bar: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= bar) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The view in a sentence, for those who do not see it. */
export function summary(
  { ticker, every }: Series,
  candles: CandleData | null,
  fills: number,
  zone: string,
): string {
  const count = candles?.time.length ?? 0;
  if (candles === null || count === 0) return `${ticker} ${every}, no bars in view`;
  const change = 100 * (candles.close[count - 1]! / candles.open[0]! - 1);
  return `${ticker} ${every}, ${formatDate(candles.time[0]!, zone)} to ${formatDate(candles.time[count - 1]!, zone)}, ${change < 0 ? 'down' : 'up'} ${Math.abs(change).toFixed(1)} percent, ${fills} fills. Press T for a table.`;
}
