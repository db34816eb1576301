import { AppError } from '../../contract/errors.ts';
import type { LedgerCheck, TradeColumns } from '../result.ts';

const HALF_A_CENT = 0.005;
/** Share of the largest amount booked that a run of millions of fills may lose to rounding. */
const ROUNDING = 1e-12;

/**
 * Compares the account with the trades: starting cash plus the net profit of all trades, closed and open, must be the
 * final equity to within half a cent (or, for amounts beyond a few billions, within what doubles can hold). Throws
 * `internal` when it is not: then the engine has a bug and the result must not be shown.
 */
export function checkLedger(
  trades: TradeColumns,
  startingCash: number,
  finalEquity: number,
  largestAmount: number,
): LedgerCheck {
  const closedNet = netSum(trades, 0);
  const openNet = netSum(trades, 1);
  const difference = Math.abs(startingCash + closedNet + openNet - finalEquity);
  if (!(difference < Math.max(HALF_A_CENT, largestAmount * ROUNDING))) {
    throw new AppError(
      'internal',
      `The books do not balance: starting cash ${startingCash} and net profits ${closedNet} (closed) and ${openNet} ` +
        `(open) against a final equity of ${finalEquity}`,
      { hint: 'Please report this run with its manifest.' },
    );
  }
  return { startingCash, finalEquity, closedNet, openNet, difference };
}

/** Sum of the net profits of closed (0) or open (1) trades, compensated (Neumaier 1974): millions add up to the cent. */
function netSum({ length, isOpen, net }: TradeColumns, which: number): number {
  let sum = 0;
  let lost = 0;
  for (let row = 0; row < length; row++) {
    if (isOpen[row] !== which) continue;
    const value = net[row]!;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}
