import type { Statistic } from '../statistics/statistic.ts';

/** statistics.json: every figure with unit and convention, in the order of the screen; null where it has no value. */
export function statisticsJson(statistics: readonly Statistic[]): string {
  const figures = statistics.map(({ id, label, value, unit, convention, note }) => ({
    id,
    label,
    value,
    unit,
    convention,
    ...(note === undefined ? {} : { note }),
  }));
  return `${JSON.stringify(figures, null, 2)}\n`;
}
