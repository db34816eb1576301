import { useEffect } from 'react';
import type { PaneRecord, RunSummary, Series, StrategySummary } from '../../shared/contract/schemas.ts';
import { useConnection } from '../state/connection.ts';
import { renamePane, useLayout } from '../state/layout.ts';
import { PANE_TITLES } from '../state/layout-json.ts';
import { useLinks } from '../state/links.ts';
import { seriesOfPane } from '../state/navigation.ts';

interface Lists {
  readonly series: readonly Series[] | null;
  readonly runs: readonly RunSummary[] | null;
  readonly strategies: readonly StrategySummary[] | null;
}

function titleOf(id: string, { kind, state }: PaneRecord, { series, runs, strategies }: Lists): string {
  if (kind === 'chart') {
    const found = series?.find((one) => one.id === seriesOfPane(id));
    return found === undefined ? PANE_TITLES.chart : `${found.ticker} ${found.every}`;
  }
  if (kind === 'result') {
    const run = runs?.find((one) => one.id === state.runId);
    return run === undefined ? PANE_TITLES.result : `${run.strategyName} · ${run.tickers.join(', ')}`;
  }
  if (kind === 'strategy') {
    return strategies?.find((one) => one.id === state.strategyId)?.name ?? PANE_TITLES.strategy;
  }
  return PANE_TITLES[kind];
}

/** Keeps the tabs' names in step with what the panes show, also of those that are not in sight. */
export function usePaneTitles(): void {
  const panes = useLayout(({ panes }) => panes);
  const { series, runs, strategies } = useConnection();
  const groups = useLinks(({ groups }) => groups);
  // biome-ignore lint/correctness/useExhaustiveDependencies: linked charts are named after their group's series
  useEffect(() => {
    for (const [id, pane] of Object.entries(panes))
      renamePane(id, titleOf(id, pane, { series, runs, strategies }));
  }, [panes, series, runs, strategies, groups]);
}
