import type { BarColumns } from '../market/bar.ts';
import type { CorporateAction } from '../market/corporate-actions.ts';
import { ratioText } from './ratio-text.ts';
import type { SessionBars } from './session-bars.ts';
import type { SplitStep } from './split-steps.ts';
import type { SuspectRow, SuspectTable } from './suspect-table.ts';

/** Actions are known for a day, bars for a time in it. */
const NEAR = 86_400_000;

/** Steps between sessions that look like splits (or distributions) and that no known action explains. */
export function findLikelySplits(
  { time }: BarColumns,
  sessions: SessionBars,
  steps: readonly SplitStep[],
  actions: readonly CorporateAction[],
  suspects: SuspectTable,
): void {
  for (const step of steps) {
    if (actions.some((action) => isOf(action, sessions.time[step.session]!))) continue;
    const bar = sessions.bar[step.session]!;
    suspects.add({
      kind: 'likely-split',
      fromBar: bar - 1,
      toBar: bar,
      from: time[bar - 1]!,
      to: time[bar]!,
      severity: step.plainRatio === null ? 0.5 : Math.max(0.5, step.confidence),
      weight: 1,
      figures: [step.ratio, step.plainRatio ?? Number.NaN, step.turnover],
    });
  }
}

/** Whether an action belongs to the step before a session. */
export const isOf = (action: CorporateAction, sessionTime: number): boolean =>
  action.time <= sessionTime + NEAR && action.time > sessionTime - NEAR;

export function describeLikelySplit({ figures: [ratio, plain, turnover] }: SuspectRow): string {
  const step =
    ratio > 1
      ? `the close before is ${ratio.toPrecision(4)} times the open behind`
      : `the open is ${(1 / ratio).toPrecision(4)} times the close before`;
  const quiet = Number.isNaN(turnover) ? '' : `, at ${turnover.toFixed(1)} times the usual turnover`;
  const reading = Number.isNaN(plain)
    ? 'a spin-off or special dividend that the table of actions lacks?'
    : `a split of ${ratioText(plain)} that the table of actions lacks?`;
  return `${step}${quiet}: ${reading}`;
}
