/** What the analyzers see of an account: its value at every step. */
export interface AccountCurve {
  /** Epoch ms UTC, ascending. */
  readonly time: Float64Array;
  /** Cash plus positions at the step's closes, money. */
  readonly equity: Float64Array;
  /** Value before the first step. */
  readonly startingCash: number;
}
