import type { ClosedTrade } from './closed-trade.ts';

/** What backtrader shows as the shortest length where there was no trade to measure: 2^63 - 1, as a double. */
export const NO_LENGTH = 2 ** 63 - 1;

interface Money {
  readonly total: number;
  readonly average: number;
}
interface MoneyWithExtreme extends Money {
  /** Of won trades the largest, of lost trades the most negative; 0 without. */
  readonly max: number;
}
interface Lengths extends Money {
  readonly max: number;
  /** Not there where no won (or lost) trade had a length. */
  readonly min?: number;
}
interface Split<T> {
  readonly won: T;
  readonly lost: T;
}
interface Side extends Split<number> {
  readonly total: number;
  readonly pnl: Money & Split<MoneyWithExtreme>;
}

export interface TradeAnalysis {
  readonly total: { readonly total: number; readonly open?: number; readonly closed?: number };
  readonly streak?: Split<{ readonly current: number; readonly longest: number }>;
  readonly pnl?: { readonly gross: Money; readonly net: Money };
  readonly won?: { readonly total: number; readonly pnl: MoneyWithExtreme };
  readonly lost?: { readonly total: number; readonly pnl: MoneyWithExtreme };
  readonly long?: Side;
  readonly short?: Side;
  readonly len?: Lengths &
    Split<Lengths> & { readonly long: Lengths & Split<Lengths>; readonly short: Lengths & Split<Lengths> };
}

/**
 * backtrader's TradeAnalyzer: counts, profits (net, but for `pnl.gross`) and lengths in bars of the closed trades, in order
 * of closing. A break-even trade counts as won. Without closed trades only `total` exists; without any, only `total.total`.
 */
export function tradeAnalyzer(trades: readonly ClosedTrade[], openTrades: number): TradeAnalysis {
  const all = trades.length + openTrades;
  if (all === 0) return { total: { total: 0 } };
  if (trades.length === 0) return { total: { total: all, open: openTrades } };
  const won = trades.filter(isWon);
  const lost = trades.filter((trade) => !isWon(trade));
  const long = trades.filter((trade) => trade.long);
  const short = trades.filter((trade) => !trade.long);
  return {
    total: { total: all, open: openTrades, closed: trades.length },
    streak: { won: streakOf(trades, true), lost: streakOf(trades, false) },
    pnl: { gross: moneyOf(trades, grossOf), net: moneyOf(trades, netOf) },
    won: { total: won.length, pnl: moneyWithExtreme(won, Math.max) },
    lost: { total: lost.length, pnl: moneyWithExtreme(lost, Math.min) },
    long: sideOf(long),
    short: sideOf(short),
    len: {
      ...moneyOf(trades, lengthOf),
      max: longest(trades),
      // Here a length of zero counts, until the next trade replaces it.
      min: trades.reduce((min, { barlen }) => Math.min(min || NO_LENGTH, barlen), 0),
      won: withoutEmptyMin(lengthsOf(won)),
      lost: withoutEmptyMin(lengthsOf(lost)),
      long: { ...lengthsOf(long), ...splitLengths(long) },
      short: { ...lengthsOf(short), ...splitLengths(short) },
    },
  };
}

const isWon = ({ pnlcomm }: ClosedTrade) => pnlcomm >= 0;
const grossOf = ({ pnl }: ClosedTrade) => pnl;
const netOf = ({ pnlcomm }: ClosedTrade) => pnlcomm;
const lengthOf = ({ barlen }: ClosedTrade) => barlen;

function moneyOf(trades: readonly ClosedTrade[], figureOf: (trade: ClosedTrade) => number): Money {
  const total = trades.reduce((sum, trade) => sum + figureOf(trade), 0);
  return { total, average: total / (trades.length || 1) };
}

function moneyWithExtreme(
  trades: readonly ClosedTrade[],
  further: (a: number, b: number) => number,
): MoneyWithExtreme {
  const max = trades.reduce((extreme, trade) => further(extreme, netOf(trade)), 0);
  return { ...moneyOf(trades, netOf), max };
}

function sideOf(trades: readonly ClosedTrade[]): Side {
  const won = trades.filter(isWon);
  const lost = trades.filter((trade) => !isWon(trade));
  return {
    total: trades.length,
    pnl: {
      ...moneyOf(trades, netOf),
      won: moneyWithExtreme(won, Math.max),
      lost: moneyWithExtreme(lost, Math.min),
    },
    won: won.length,
    lost: lost.length,
  };
}

/** Lengths in bars; the shortest of those above zero. */
function lengthsOf(trades: readonly ClosedTrade[]) {
  const min = trades.reduce((least, { barlen }) => Math.min(least, barlen || least), NO_LENGTH);
  return { ...moneyOf(trades, lengthOf), max: longest(trades), min };
}

function splitLengths(trades: readonly ClosedTrade[]): Split<Lengths> {
  return { won: lengthsOf(trades.filter(isWon)), lost: lengthsOf(trades.filter((trade) => !isWon(trade))) };
}

function withoutEmptyMin({ min, ...lengths }: ReturnType<typeof lengthsOf>): Lengths {
  return min === NO_LENGTH ? lengths : { ...lengths, min };
}

const longest = (trades: readonly ClosedTrade[]) =>
  trades.reduce((most, { barlen }) => Math.max(most, barlen), 0);

/** Won (or lost) trades in a row: at the end, and the most. */
function streakOf(trades: readonly ClosedTrade[], won: boolean): { current: number; longest: number } {
  let current = 0;
  let most = 0;
  for (const trade of trades) {
    current = isWon(trade) === won ? current + 1 : 0;
    most = Math.max(most, current);
  }
  return { current, longest: most };
}
