import type { Statistic } from './statistic.ts';

export interface Drawdown {
  /** Deepest fall below the highest equity so far, percent of that peak (>= 0), and the deepest in money. */
  readonly percent: number;
  readonly money: number;
  /** Longest time from a peak to its recovery or to the end of the run, milliseconds and steps. */
  readonly milliseconds: number;
  readonly steps: number;
}

/** Drawdowns of an equity curve; the starting cash is the first peak. One pass, `time` in epoch ms. */
export function drawdownOf(time: Float64Array, equity: Float64Array, startingCash: number): Drawdown {
  let peak = startingCash;
  let peakStep = 0;
  let percent = 0;
  let money = 0;
  let milliseconds = 0;
  let steps = 0;
  for (let step = 0; step < equity.length; step++) {
    const value = equity[step]!;
    if (value >= peak) {
      peak = value;
      peakStep = step;
      continue;
    }
    const fall = peak - value;
    if (fall > money) money = fall;
    if ((100 * fall) / peak > percent) percent = (100 * fall) / peak;
    // Measured at every step under water, so that a fall that has not recovered counts up to the end.
    const length = time[step]! - time[peakStep]!;
    if (length > milliseconds) milliseconds = length;
    if (step - peakStep > steps) steps = step - peakStep;
  }
  return { percent, money, milliseconds, steps };
}

export function drawdownStatistics(drawdown: Drawdown): Statistic[] {
  const peak =
    'from the highest equity so far, starting cash included, to the lowest after it, at every step';
  return [
    {
      id: 'maxDrawdownPercent',
      label: 'Max drawdown',
      unit: 'percent',
      value: drawdown.percent,
      convention: `Deepest fall ${peak}, as a percentage of that peak.`,
    },
    {
      id: 'maxDrawdownMoney',
      label: 'Max drawdown, money',
      unit: 'money',
      value: drawdown.money,
      convention: `Deepest fall ${peak}, in money; it may be another fall than the deepest in percent.`,
    },
    {
      id: 'maxDrawdownLength',
      label: 'Longest drawdown',
      unit: 'duration',
      value: drawdown.milliseconds,
      convention: `Longest time from a peak until equity was as high again or the run ended; here ${drawdown.steps} steps.`,
    },
  ];
}
