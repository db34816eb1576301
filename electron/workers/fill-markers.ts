import type { FillColumns, TradeColumns } from '../../shared/backtest/result.ts';
import type { MarkerQuery, MarkersMeta } from '../../shared/contract/schemas.ts';
import { packFrame } from '../../shared/contract/wire.ts';
import { lowerBound } from '../../shared/market/bar.ts';
import { columnOf } from './series-handle.ts';
import type { SeriesHandle } from './tasks.ts';

/** Which trade each fill of a run belongs to, and what the trade made where the fill ended it. */
export interface FillTrades {
  /** `ref` of the trade; of the one that ends where a fill reverses the position. */
  readonly trade: Int32Array;
  /** Net of the trade that this fill ended, NaN for the others. */
  readonly profit: Float64Array;
}

/** Follows each feed's position from flat to flat: trades begin and end with it, in the order of their refs. */
export function fillTrades(fills: FillColumns, trades: TradeColumns): FillTrades {
  const trade = new Int32Array(fills.length);
  const profit = new Float64Array(fills.length).fill(Number.NaN);
  const waiting = new Map<number, number[]>();
  for (let index = trades.length - 1; index >= 0; index--) {
    const feed = trades.feed[index]!;
    const list = waiting.get(feed) ?? [];
    list.push(index);
    waiting.set(feed, list);
  }
  const held = new Map<number, number>();
  for (let fill = 0; fill < fills.length; fill++) {
    const feed = fills.feed[fill]!;
    const current = held.get(feed) ?? waiting.get(feed)?.pop();
    if (current === undefined) continue;
    trade[fill] = trades.ref[current]!;
    const closes = fills.closed[fill] !== 0;
    const ends = closes && (fills.opened[fill] !== 0 || fills.positionSize[fill] === 0);
    if (ends) {
      profit[fill] = trades.net[current]!;
      held.delete(feed);
    } else {
      held.set(feed, current);
    }
  }
  return { trade, profit };
}

/** The fills of one series inside a range of its bars; above `max` of them only their number. */
export function fillMarkers(
  handle: SeriesHandle,
  run: { readonly fills: FillColumns; readonly tickers: readonly string[]; readonly of: FillTrades },
  query: MarkerQuery,
): Uint8Array<ArrayBuffer> {
  const time = columnOf(handle, 'time')!;
  const from = Math.min(Math.max(0, query.fromBar), time.length);
  const to = Math.min(Math.max(from, query.toBar), time.length);
  const chosen =
    to > from ? fillsBetween(run, handle.ticker, time[from]!, time[to] ?? Number.POSITIVE_INFINITY) : [];
  const shown = chosen.length <= query.max ? chosen : [];
  const meta: MarkersMeta = { total: chosen.length };
  const column = (values: ArrayLike<number>) => Float64Array.from(shown, (fill) => values[fill]!);
  return packFrame({
    meta,
    columns: {
      // The bar that the fill lies in: where the bars are longer than the run's, the one that began before it.
      bar: Int32Array.from(shown, (fill) => lowerBound(time, run.fills.time[fill]! + 1) - 1),
      time: column(run.fills.time),
      price: column(run.fills.price),
      size: column(run.fills.size),
      trade: Int32Array.from(shown, (fill) => run.of.trade[fill]!),
      profit: column(run.of.profit),
    },
  });
}

/** Fills lie in order of time. `first` inclusive, `end` exclusive, epoch ms. */
function fillsBetween(
  { fills, tickers }: { readonly fills: FillColumns; readonly tickers: readonly string[] },
  ticker: string,
  first: number,
  end: number,
): number[] {
  const chosen: number[] = [];
  for (let fill = lowerBound(fills.time, first); fill < fills.length && fills.time[fill]! < end; fill++) {
    if (tickers[fills.feed[fill]!] === ticker) chosen.push(fill);
  }
  return chosen;
}
