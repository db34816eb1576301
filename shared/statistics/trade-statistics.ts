import type { TradeColumns } from '../backtest/result.ts';
import { meanOf, populationDeviation } from './moments.ts';
import type { Statistic } from './statistic.ts';

const MINIMUM_TRADES_SQN = 30;
const CLOSED = 'Closed trades, net of slippage and commission';

/** Counts and sums over the closed trades; trades still open are counted apart and enter nothing else. */
export function tradeStatistics(trades: TradeColumns): Statistic[] {
  const closed = closedTrades(trades);
  const { nets, won, lost, winStreak, lossStreak, gains, losses } = closed;
  const noTrades = nets.length === 0 ? 'not enough data: no closed trade' : null;
  const noLosses = noTrades ?? (losses === 0 ? 'undefined: no losing trade' : null);
  return [
    count('trades', 'Trades', nets.length, 'Closed trades; a trade is a position from flat to flat.'),
    count(
      'openTrades',
      'Open trades',
      trades.length - nets.length,
      'Positions still held at the end of the run; their open profit is in the equity only.',
    ),
    count('won', 'Won', won, `${CLOSED}: above zero. Break-even trades are neither won nor lost.`),
    count('lost', 'Lost', lost, `${CLOSED}: below zero.`),
    figure(
      'strikeRate',
      'Strike rate',
      'percent',
      (100 * won) / nets.length,
      'Won trades as a percentage of closed trades.',
      noTrades,
    ),
    count(
      'winStreak',
      'Longest win streak',
      winStreak,
      'Most won trades in a row, in order of entry; break-even ends a streak.',
    ),
    count(
      'lossStreak',
      'Longest loss streak',
      lossStreak,
      'Most lost trades in a row, in order of entry; break-even ends a streak.',
    ),
    figure(
      'profitFactor',
      'Profit factor',
      'ratio',
      gains / -losses,
      `${CLOSED}: sum of the won over sum of the lost.`,
      noLosses,
    ),
    figure('expectancy', 'Expectancy per trade', 'money', meanOf(nets), `${CLOSED}: average.`, noTrades),
    figure(
      'averageBarsHeld',
      'Average bars held',
      'bars',
      meanOf(closed.barsHeld),
      'Closed trades: average number of steps from the entry fill to the exit fill.',
      noTrades,
    ),
  ];
}

/** Van Tharp's system quality number over the closed trades. */
export function systemQuality(trades: TradeColumns): Statistic {
  const { nets } = closedTrades(trades);
  const deviation = populationDeviation(nets);
  const missing =
    nets.length < 2
      ? `not enough data: ${nets.length} closed trades, 2 needed`
      : deviation === 0
        ? 'not enough data: all trades have the same result'
        : null;
  const few =
    nets.length < MINIMUM_TRADES_SQN ? `fewer than ${MINIMUM_TRADES_SQN} trades: read with care` : null;
  return figure(
    'sqn',
    'SQN',
    'ratio',
    (Math.sqrt(nets.length) * meanOf(nets)) / deviation,
    'System quality number: square root of the number of closed trades times mean over population deviation (n) of their net results, as backtrader computes it.',
    missing,
    few,
  );
}

function closedTrades(trades: TradeColumns) {
  const nets: number[] = [];
  const barsHeld: number[] = [];
  let won = 0;
  let lost = 0;
  let gains = 0;
  let losses = 0;
  let streak = 0;
  let winStreak = 0;
  let lossStreak = 0;
  for (let i = 0; i < trades.length; i++) {
    if (trades.isOpen[i] === 1) continue;
    const net = trades.net[i]!;
    nets.push(net);
    barsHeld.push(trades.barsHeld[i]!);
    if (net > 0) {
      won++;
      gains += net;
      streak = Math.max(streak, 0) + 1;
    } else if (net < 0) {
      lost++;
      losses += net;
      streak = Math.min(streak, 0) - 1;
    } else streak = 0;
    winStreak = Math.max(winStreak, streak);
    lossStreak = Math.max(lossStreak, -streak);
  }
  return { nets, barsHeld, won, lost, gains, losses, winStreak, lossStreak };
}

function count(id: Statistic['id'], label: string, value: number, convention: string): Statistic {
  return { id, label, unit: 'count', value, convention };
}

/** A figure that is null with a note where `missing` says why, and may carry a warning otherwise. */
function figure(
  id: Statistic['id'],
  label: string,
  unit: Statistic['unit'],
  value: number,
  convention: string,
  missing: string | null,
  warning: string | null = null,
): Statistic {
  const note = missing ?? warning;
  return {
    id,
    label,
    unit,
    value: missing === null ? value : null,
    convention,
    ...(note === null ? {} : { note }),
  };
}
