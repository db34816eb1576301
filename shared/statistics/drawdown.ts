import { figure } from './figure.ts';
import type { Statistic } from './statistic.ts';

export interface Drawdown {
  /** Deepest fall below the highest equity so far, percent of that peak (>= 0), and the deepest in money. */
  readonly percent: number;
  readonly money: number;
  /** Longest time from a peak to its recovery or to the end of the run, milliseconds and steps. */
  readonly milliseconds: number;
  readonly steps: number;
  /** Time spent below the highest equity so far, and the time of the whole run; milliseconds. */
  readonly underWater: number;
  readonly elapsed: number;
}

/** Drawdowns of an equity curve; the starting cash is the first peak. One pass, `time` in epoch ms. */
export function drawdownOf(time: Float64Array, equity: Float64Array, startingCash: number): Drawdown {
  const { length } = equity;
  let peak = startingCash;
  let peakStep = 0;
  let trough = startingCash;
  let percent = 0;
  let money = 0;
  let milliseconds = 0;
  let steps = 0;
  let underWater = 0;
  for (let step = 0; step < length; step++) {
    const value = equity[step]!;
    if (value < peak) {
      if (value < trough) trough = value;
      if (step + 1 < length) continue;
    }
    // Here a fall has ended: by recovery, or with the run.
    if (trough < peak) {
      if (peak - trough > money) money = peak - trough;
      const fall = (100 * (peak - trough)) / peak;
      if (fall > percent) percent = fall;
      const lastBelow = value < peak ? step : step - 1;
      // From the step of the peak on, so that a fall that has not recovered counts up to the end.
      const duration = time[lastBelow]! - time[peakStep]!;
      underWater += duration;
      if (duration > milliseconds) milliseconds = duration;
      if (lastBelow - peakStep > steps) steps = lastBelow - peakStep;
    }
    peak = value;
    trough = value;
    peakStep = step;
  }
  const elapsed = length === 0 ? 0 : time[length - 1]! - time[0]!;
  return { percent, money, milliseconds, steps, underWater, elapsed };
}

export function drawdownStatistics(drawdown: Drawdown, netProfit: number): Statistic[] {
  const peak =
    'from the highest equity so far, starting cash included, to the lowest after it, at every step';
  return [
    {
      id: 'maxDrawdownPercent',
      label: 'Max drawdown',
      group: 'risk',
      unit: 'percent',
      value: drawdown.percent,
      convention: `Deepest fall ${peak}, as a percentage of that peak.`,
    },
    {
      id: 'maxDrawdownMoney',
      label: 'Max drawdown, money',
      group: 'risk',
      unit: 'money',
      value: drawdown.money,
      convention: `Deepest fall ${peak}, in money; it may be another fall than the deepest in percent.`,
    },
    {
      id: 'maxDrawdownLength',
      label: 'Longest drawdown',
      group: 'risk',
      unit: 'duration',
      value: drawdown.milliseconds,
      convention: `Longest time from a peak until equity was as high again or the run ended; here ${drawdown.steps} steps.`,
    },
    figure(
      {
        id: 'timeUnderWater',
        label: 'Time under water',
        group: 'risk',
        unit: 'percent',
        convention:
          'Calendar time from each peak to the last step below it, as a percentage of the time from the first to the last step.',
      },
      (100 * drawdown.underWater) / drawdown.elapsed,
      drawdown.elapsed === 0 ? 'not enough data: fewer than two bars' : null,
    ),
    figure(
      {
        id: 'recoveryFactor',
        label: 'Recovery factor',
        group: 'ratio',
        unit: 'ratio',
        convention: 'Net profit over the deepest drawdown in money.',
      },
      netProfit / drawdown.money,
      drawdown.money === 0 ? 'undefined: no drawdown' : null,
    ),
  ];
}
