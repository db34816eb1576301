/** One figure with everything needed to read it: never a bare number. */
export interface Statistic {
  readonly id: StatisticId;
  readonly label: string;
  /** What it is about, so that screens can fold figures away. */
  readonly group: StatisticGroup;
  /** Null when it cannot be computed; then `note` says why ("not enough data: 3 daily returns, 20 needed"). */
  readonly value: number | null;
  readonly unit: StatisticUnit;
  /** How it was computed, in words: sampling, annualisation, risk-free rate, deviation, what counts, source. */
  readonly convention: string;
  readonly note?: string;
}

/** `percent` values are percentages already (2.5 means 2.5 %); `duration` is in milliseconds. */
export const STATISTIC_UNITS = ['money', 'percent', 'ratio', 'count', 'bars', 'duration'] as const;
export type StatisticUnit = (typeof STATISTIC_UNITS)[number];

/** `trade`: closed trades only; `trade-with-open`: the same figures with open trades counted at the last close. */
export const STATISTIC_GROUPS = [
  'return',
  'ratio',
  'risk',
  'trade',
  'trade-with-open',
  'time',
  'cost',
  'benchmark',
] as const;
export type StatisticGroup = (typeof STATISTIC_GROUPS)[number];

/** Every figure of a run, in the order in which screens and reports show them, group after group. */
export const STATISTIC_IDS = [
  'startingCash',
  'finalEquity',
  'netProfit',
  'totalReturn',
  'cagr',
  'bestDay',
  'worstDay',
  'positiveDays',
  'bestMonth',
  'worstMonth',
  'positiveMonths',

  'sharpe',
  'probabilisticSharpe',
  'deflatedSharpe',
  'minimumTrackRecord',
  'sortino',
  'calmar',
  'omega',
  'ulcerPerformance',
  'recoveryFactor',
  'tailRatio',

  'volatility',
  'maxDrawdownPercent',
  'maxDrawdownMoney',
  'maxDrawdownLength',
  'timeUnderWater',
  'ulcerIndex',
  'valueAtRisk',
  'conditionalValueAtRisk',
  'skew',
  'kurtosis',

  'trades',
  'openTrades',
  'won',
  'lost',
  'strikeRate',
  'winStreak',
  'lossStreak',
  'profitFactor',
  'expectancy',
  'averageWin',
  'averageLoss',
  'largestWin',
  'largestLoss',
  'payoffRatio',
  'kelly',
  'profitConcentration',
  'sqn',
  'averageAdverse',
  'worstAdverse',
  'averageFavourable',
  'bestFavourable',
  'edgeRatio',

  'tradesWithOpen',
  'wonWithOpen',
  'lostWithOpen',
  'strikeRateWithOpen',
  'winStreakWithOpen',
  'lossStreakWithOpen',
  'profitFactorWithOpen',
  'expectancyWithOpen',
  'averageWinWithOpen',
  'averageLossWithOpen',
  'largestWinWithOpen',
  'largestLossWithOpen',
  'payoffRatioWithOpen',
  'kellyWithOpen',
  'profitConcentrationWithOpen',
  'sqnWithOpen',

  'averageBarsHeld',
  'medianBarsHeld',
  'longestBarsHeld',
  'averageHolding',
  'medianHolding',
  'longestHolding',
  'exposure',
  'averageExposure',

  'grossProfit',
  'totalCommission',
  'totalSlippage',
  'totalFinancing',
  'rejectedOrders',
  'turnover',
  'largestParticipation',
  'capacity',

  'benchmarkReturn',
  'alpha',
  'beta',
  'correlation',
  'trackingError',
  'informationRatio',
] as const;
export type StatisticId = (typeof STATISTIC_IDS)[number];
