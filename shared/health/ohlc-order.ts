import type { BarColumns } from '../market/bar.ts';
import type { SuspectRow, SuspectTable } from './suspect-table.ts';

/** Bars whose prices cannot be: high below low, open or close outside of both, a price that is missing or not positive. */
export function findOhlcOrder(bars: BarColumns, suspects: SuspectTable): void {
  const { length, time, open, high, low, close } = bars;
  for (let bar = 0; bar < length; bar++) {
    if (isSound(open[bar]!, high[bar]!, low[bar]!, close[bar]!)) continue;
    let end = bar + 1;
    while (end < length && !isSound(open[end]!, high[end]!, low[end]!, close[end]!)) end++;
    suspects.add({
      kind: 'ohlc-order',
      fromBar: bar,
      toBar: end - 1,
      from: time[bar]!,
      to: time[end - 1]!,
      severity: 1,
      weight: end - bar,
      figures: [low[bar]!, high[bar]!, close[bar]!],
    });
    bar = end;
  }
}

function isSound(open: number, high: number, low: number, close: number): boolean {
  return low > 0 && low <= open && low <= close && high >= open && high >= close;
}

export function describeOhlcOrder({ weight, figures: [low, high, close] }: SuspectRow): string {
  const bars = weight === 1 ? 'a bar' : `${weight} bars`;
  const price = (value: number) => (Number.isNaN(value) ? 'missing' : String(value));
  return `${bars} whose prices contradict each other: low ${price(low)}, high ${price(high)}, close ${price(close)}`;
}
