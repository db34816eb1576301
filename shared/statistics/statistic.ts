/** One figure with everything needed to read it: never a bare number. */
export interface Statistic {
  readonly id: StatisticId;
  readonly label: string;
  /** Null when it cannot be computed; then `note` says why ("not enough data: 3 daily returns, 20 needed"). */
  readonly value: number | null;
  readonly unit: StatisticUnit;
  /** How it was computed, in one sentence: sampling, annualisation, risk-free rate, deviation, what counts. */
  readonly convention: string;
  readonly note?: string;
}

/** `percent` values are percentages already (2.5 means 2.5 %); `duration` is in milliseconds. */
export const STATISTIC_UNITS = ['money', 'percent', 'ratio', 'count', 'bars', 'duration'] as const;
export type StatisticUnit = (typeof STATISTIC_UNITS)[number];

/** Every figure of a run, in the order in which screens and reports show them. */
export const STATISTIC_IDS = [
  'startingCash',
  'finalEquity',
  'netProfit',
  'totalReturn',
  'cagr',
  'sharpe',
  'maxDrawdownPercent',
  'maxDrawdownMoney',
  'maxDrawdownLength',
  'trades',
  'openTrades',
  'won',
  'lost',
  'strikeRate',
  'winStreak',
  'lossStreak',
  'profitFactor',
  'expectancy',
  'averageBarsHeld',
  'exposure',
  'sqn',
  'grossProfit',
  'totalCommission',
  'totalSlippage',
  'rejectedOrders',
] as const;
export type StatisticId = (typeof STATISTIC_IDS)[number];
