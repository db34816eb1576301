import type { BarColumns } from '../market/bar.ts';
import type { CorporateAction } from '../market/corporate-actions.ts';
import { ratioText } from './ratio-text.ts';
import type { SessionBars } from './session-bars.ts';
import type { SuspectRow, SuspectTable } from './suspect-table.ts';

/** A split whose step the bars do not show by this part of it was not in these bars, or is already out of them. */
const SHOWN = 0.4;

/** A known split and what the bars show of it. */
export interface KnownSplit {
  /** Number of the first session at or behind it. */
  readonly session: number;
  readonly ratio: number;
  /** The close before over the open after, and over the close of that session. */
  readonly openRatio: number;
  readonly closeRatio: number;
  readonly isShown: boolean;
}

/** Known splits inside the series, each with the step of the bars at that place. */
export function knownSplits(sessions: SessionBars, actions: readonly CorporateAction[]): KnownSplit[] {
  return actions.flatMap((action) => {
    if (action.kind !== 'split') return [];
    let session = 0;
    while (session < sessions.length && sessions.time[session]! < action.time) session++;
    if (session === 0 || session === sessions.length) return [];
    const before = sessions.close[session - 1]!;
    const openRatio = before / sessions.open[session]!;
    const closeRatio = before / sessions.close[session]!;
    const isShown = Math.log(openRatio) / Math.log(action.ratio) > SHOWN;
    return [{ session, ratio: action.ratio, openRatio, closeRatio, isShown }];
  });
}

/** Splits of the table of actions that the bars do not show: applying them would count them twice. */
export function findDoubledSplits(
  { time }: BarColumns,
  sessions: SessionBars,
  actions: readonly CorporateAction[],
  suspects: SuspectTable,
): void {
  for (const { session, ratio, openRatio, isShown } of knownSplits(sessions, actions)) {
    if (isShown) continue;
    const bar = sessions.bar[session]!;
    suspects.add({
      kind: 'doubled-split',
      fromBar: bar - 1,
      toBar: bar,
      from: time[bar - 1]!,
      to: time[bar]!,
      severity: 0.9,
      weight: 1,
      figures: [ratio, openRatio, Number.NaN],
    });
  }
}

export function describeDoubledSplit({ figures: [ratio, shown] }: SuspectRow): string {
  return `the table of actions has a split of ${ratioText(ratio)} here, but the price steps by ${shown.toPrecision(4)}: counted twice, or these bars are adjusted already`;
}
