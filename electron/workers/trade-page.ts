import type { TradeColumns } from '../../shared/backtest/result.ts';
import type { TradeQuery, TradeRow } from '../../shared/contract/schemas.ts';
import { sortPermutation } from '../../shared/market/sort-permutation.ts';

/** Indexes of all trades in ascending order of a column; rows without a value stand last. */
export function tradeOrder(
  trades: TradeColumns,
  tickers: readonly string[],
  sort: TradeQuery['sort'],
): Uint32Array {
  return sortPermutation(sortValues(trades, tickers, sort));
}

/** One page of the trade table. `order` is that of the query's sort column; `total` counts what passes the filters. */
export function tradePage(
  trades: TradeColumns,
  tickers: readonly string[],
  order: Uint32Array,
  query: TradeQuery,
): { total: number; rows: TradeRow[] } {
  const rows: TradeRow[] = [];
  let total = 0;
  const visit = (index: number) => {
    if (!passes(trades, index, query)) return;
    if (total >= query.offset && rows.length < query.limit) rows.push(tradeRow(trades, tickers, index));
    total++;
  };
  const missing = query.descending ? countMissing(trades, order, query.sort) : 0;
  if (query.descending) for (let at = order.length - missing - 1; at >= 0; at--) visit(order[at]!);
  for (let at = query.descending ? order.length - missing : 0; at < order.length; at++) visit(order[at]!);
  return { total, rows };
}

function sortValues(
  trades: TradeColumns,
  tickers: readonly string[],
  sort: TradeQuery['sort'],
): Float64Array {
  if (sort !== 'ticker') {
    const column = trades[sort];
    return column instanceof Float64Array ? column : new Float64Array(column);
  }
  const ranks = [...tickers.keys()].sort((a, b) => (tickers[a]! < tickers[b]! ? -1 : 1));
  const rankOf = Float64Array.from(tickers, (_, feed) => ranks.indexOf(feed));
  const values = new Float64Array(trades.length);
  for (let index = 0; index < trades.length; index++) values[index] = rankOf[trades.feed[index]!]!;
  return values;
}

/** Rows at the end of an order that have no value: they stay last when the order is reversed. */
function countMissing(trades: TradeColumns, order: Uint32Array, sort: TradeQuery['sort']): number {
  if (sort === 'ticker') return 0;
  const column = trades[sort];
  let missing = 0;
  while (missing < order.length && Number.isNaN(column[order[order.length - 1 - missing]!])) missing++;
  return missing;
}

/** Break-even trades are neither won nor lost, as in the statistics. */
function passes(trades: TradeColumns, index: number, { outcome, side }: TradeQuery): boolean {
  if (side !== 'all' && trades.side[index]! > 0 !== (side === 'long')) return false;
  if (outcome === 'all') return true;
  const isOpen = trades.isOpen[index] === 1;
  if (outcome === 'open') return isOpen;
  return !isOpen && (outcome === 'won' ? trades.net[index]! > 0 : trades.net[index]! < 0);
}

function tradeRow(trades: TradeColumns, tickers: readonly string[], index: number): TradeRow {
  const orNull = (value: number) => (Number.isNaN(value) ? null : value);
  return {
    ref: trades.ref[index]!,
    ticker: tickers[trades.feed[index]!]!,
    side: trades.side[index]! > 0 ? 'long' : 'short',
    size: trades.size[index]!,
    entryTime: trades.entryTime[index]!,
    entryPrice: trades.entryPrice[index]!,
    exitTime: orNull(trades.exitTime[index]!),
    exitPrice: orNull(trades.exitPrice[index]!),
    gross: trades.gross[index]!,
    slippage: trades.slippage[index]!,
    commission: trades.commission[index]!,
    net: trades.net[index]!,
    maxAdverse: trades.maxAdverse[index]!,
    maxFavourable: trades.maxFavourable[index]!,
    barsHeld: trades.barsHeld[index]!,
    isOpen: trades.isOpen[index] === 1,
  };
}
