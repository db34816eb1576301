/** A closed trade as the analyzers see it; lists of them are in order of closing. */
export interface ClosedTrade {
  /** Profit at fill prices before commission, and after it; money. */
  readonly pnl: number;
  readonly pnlcomm: number;
  /** Bars held. */
  readonly barlen: number;
  readonly long: boolean;
}
