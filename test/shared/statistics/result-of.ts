import type { BacktestResult, TradeColumns } from '../../../shared/backtest/result.ts';

export const MINUTE = 60_000;
export const DAY = 86_400_000;
export const MONDAY = Date.UTC(2024, 6, 1);

/** One equity value per day from a Monday on, weekends left out unless asked for. */
export function dailyTimes(days: number, { weekends = false } = {}): Float64Array {
  const times: number[] = [];
  for (let day = MONDAY; times.length < days; day += DAY) {
    const weekday = new Date(day).getUTCDay();
    if (weekends || (weekday !== 0 && weekday !== 6)) times.push(day + 15 * 60 * MINUTE);
  }
  return Float64Array.from(times);
}

interface Trade {
  readonly net: number;
  readonly barsHeld?: number;
  readonly isOpen?: boolean;
  readonly commission?: number;
  readonly slippage?: number;
  readonly financing?: number;
  /** Worst and best open profit, money. */
  readonly adverse?: number;
  readonly favourable?: number;
  readonly entryTime?: number;
  /** Calendar time held, milliseconds. */
  readonly held?: number;
  readonly side?: 1 | -1;
}

/** A result with the given equity and trades; everything else is empty or zero. */
export function resultOf(
  time: Float64Array,
  equity: readonly number[],
  trades: readonly Trade[] = [],
  startingCash = 100_000,
): BacktestResult {
  const length = equity.length;
  const closed = trades.filter(({ isOpen }) => !isOpen);
  const sum = (list: readonly Trade[]) => list.reduce((total, { net }) => total + net, 0);
  const column = (value: (trade: Trade) => number) => Float64Array.from(trades, value);
  const table: TradeColumns = {
    length: trades.length,
    ref: Int32Array.from(trades, (_, i) => i + 1),
    feed: new Uint16Array(trades.length),
    side: Int8Array.from(trades, ({ side = 1 }) => side),
    size: column(() => 1),
    entryBar: Int32Array.from(trades, (_, i) => i),
    entryTime: column(({ entryTime = MONDAY }) => entryTime),
    entryPrice: column(() => 100),
    exitBar: Int32Array.from(trades, (_, i) => i + 1),
    exitTime: column(({ entryTime = MONDAY, held = MINUTE }) => entryTime + held),
    exitPrice: column(() => 101),
    gross: column(
      ({ net, commission = 0, slippage = 0, financing = 0 }) => net + commission + slippage + financing,
    ),
    slippage: column(({ slippage = 0 }) => slippage),
    commission: column(({ commission = 0 }) => commission),
    financing: column(({ financing = 0 }) => financing),
    net: column(({ net }) => net),
    maxAdverse: column(({ adverse = 0 }) => adverse),
    maxFavourable: column(({ favourable = 0 }) => favourable),
    barsHeld: Int32Array.from(trades, ({ barsHeld = 1 }) => barsHeld),
    isOpen: Uint8Array.from(trades, ({ isOpen }) => (isOpen ? 1 : 0)),
    entryOrder: Int32Array.from(trades, (_, i) => 2 * i + 1),
    exitOrder: Int32Array.from(trades, (_, i) => 2 * i + 2),
    tag: new Int32Array(trades.length),
  };
  return {
    tickers: ['TEST.L'],
    firstNextBar: 0,
    orders: threeOrders(),
    fills: fillsOf(table),
    trades: table,
    equity: {
      length,
      time: time.slice(0, length),
      equity: Float64Array.from(equity),
      cash: Float64Array.from(equity),
      exposure: Float64Array.from(equity, (_, i) => (i % 2 === 0 ? 50 : 0)),
    },
    ambiguous: { length: 0, bar: new Int32Array(0), feed: new Uint16Array(0) },
    ledger: {
      startingCash,
      finalEquity: equity.at(-1) ?? startingCash,
      closedNet: sum(closed),
      openNet: sum(trades) - sum(closed),
      difference: 0,
    },
  };
}

/** One completed and two rejected orders. */
function threeOrders(): BacktestResult['orders'] {
  const doubles = () => new Float64Array(3).fill(1);
  return {
    length: 3,
    ref: Int32Array.of(1, 2, 3),
    feed: new Uint16Array(3),
    side: Int8Array.of(1, -1, 1),
    type: new Uint8Array(3),
    size: doubles(),
    price: doubles(),
    stop: doubles(),
    limit: doubles(),
    validUntil: doubles(),
    parent: new Int32Array(3),
    group: new Int32Array(3),
    createdBar: Int32Array.of(0, 1, 2),
    createdTime: doubles(),
    status: Uint8Array.of(1, 3, 3),
    reason: Uint8Array.of(0, 1, 2),
    closedBar: Int32Array.of(1, 2, 3),
    closedTime: doubles(),
    filledSize: doubles(),
    filledPrice: doubles(),
    commission: doubles(),
  };
}

/** One fill a trade, with its costs. */
function fillsOf({ length, commission, slippage }: TradeColumns): BacktestResult['fills'] {
  const doubles = () => new Float64Array(length).fill(1);
  return {
    length,
    order: Int32Array.from({ length }, (_, i) => i + 1),
    feed: new Uint16Array(length),
    bar: new Int32Array(length),
    time: doubles(),
    size: doubles(),
    price: doubles(),
    slippage,
    commission,
    closed: doubles(),
    opened: doubles(),
    profit: doubles(),
    financing: doubles(),
    positionSize: doubles(),
    positionPrice: doubles(),
  };
}
