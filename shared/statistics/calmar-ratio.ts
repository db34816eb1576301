import type { Drawdown } from './drawdown.ts';
import { figure } from './figure.ts';
import type { AnnualGrowth } from './growth.ts';
import type { Statistic } from './statistic.ts';

/** Calmar ratio: compound annual growth over the deepest drawdown, both in percent, over the whole run. Young (1991). */
export function calmarRatio(growth: AnnualGrowth, drawdown: Drawdown): Statistic {
  return figure(
    {
      id: 'calmar',
      label: 'Calmar ratio',
      group: 'ratio',
      unit: 'ratio',
      convention:
        'CAGR over the deepest drawdown in percent, at every step of the whole run (Young 1991 takes 36 months).',
    },
    (growth.percent ?? Number.NaN) / drawdown.percent,
    growth.missing ?? (drawdown.percent === 0 ? 'undefined: no drawdown' : null),
  );
}
