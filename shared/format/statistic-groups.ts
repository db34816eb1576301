import { STATISTIC_GROUPS, type Statistic, type StatisticGroup } from '../statistics/statistic.ts';

/** Headings of the groups of figures. */
const STATISTIC_GROUP_TITLES: Readonly<Record<StatisticGroup, string>> = {
  return: 'Return',
  ratio: 'Return for risk',
  risk: 'Risk',
  trade: 'Closed trades',
  'trade-with-open': 'Trades, with open ones at the last close',
  time: 'Time in the market',
  cost: 'Costs and size',
  benchmark: 'Against the benchmark',
};

/** The figures in their groups, in the order of the groups; groups without figures are left out. */
export function groupedStatistics(
  statistics: readonly Statistic[],
): { readonly title: string; readonly group: StatisticGroup; readonly figures: readonly Statistic[] }[] {
  return STATISTIC_GROUPS.map((group) => ({
    group,
    title: STATISTIC_GROUP_TITLES[group],
    figures: statistics.filter((figure) => figure.group === group),
  })).filter(({ figures }) => figures.length > 0);
}
