import { useRef } from 'react';
import type { RunSummary, Series } from '../../../shared/contract/schemas.ts';
import { currentClient } from '../../state/connection.ts';

/** `[` and `]`: to the trade before or after the one shown last; the first jump starts at the middle of the view. */
export function useTradeJumps(
  run: RunSummary | null,
  series: Series,
  middleBar: number,
  show: (time: number) => Promise<void>,
) {
  const shown = useRef<{ runId: string; index: number } | null>(null);
  return async (step: 1 | -1): Promise<void> => {
    if (run === null) return;
    const client = currentClient();
    const page = async (offset: number) =>
      (await client.runs.trades({ runId: run.id, offset, limit: 1 })).rows[0];
    let index = shown.current?.runId === run.id ? shown.current.index + step : await nearest(middleBar, step);
    const { total } = await client.runs.trades({ runId: run.id, limit: 1 });
    index = Math.min(total - 1, Math.max(0, index));
    const trade = await page(index);
    if (trade === undefined) return;
    shown.current = { runId: run.id, index };
    await show(trade.entryTime);

    /** Trades lie in order of entry: halve until the one beside the middle of the view is found. */
    async function nearest(bar: number, direction: 1 | -1): Promise<number> {
      const { total: count } = await client.runs.trades({ runId: run!.id, limit: 1 });
      let low = 0;
      let high = count;
      while (low < high) {
        const middle = (low + high) >> 1;
        const candidate = await page(middle);
        const { bar: entry } = await client.data.locate({ seriesId: series.id, time: candidate!.entryTime });
        if (entry < bar) low = middle + 1;
        else high = middle;
      }
      return direction > 0 ? low : low - 1;
    }
  };
}
