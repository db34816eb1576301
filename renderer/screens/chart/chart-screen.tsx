import { useEffect } from 'react';
import { useConnection } from '../../state/connection.ts';
import { publish, useLinks } from '../../state/links.ts';
import { useNavigation } from '../../state/navigation.ts';
import { usePane, usePaneLink, usePaneState } from '../../state/pane.tsx';
import { PriceChart } from './price-chart.tsx';

/** Candles of a series with the fills of a run over it. Charts of a colour group show the same series. */
export function ChartScreen() {
  const { series, runs } = useConnection();
  const { runId, go } = useNavigation();
  const { id: paneId } = usePane();
  const [group] = usePaneLink();
  const shared = useLinks(({ groups }) => groups[group]?.seriesId ?? null);
  const [own, setOwn] = usePaneState<string | null>('seriesId', null);
  const run = runs?.find(({ id }) => id === runId) ?? null;
  const ofRun = series?.find(({ ticker, every }) => run?.tickers[0] === ticker && run.every === every);
  const known = (wanted: string | null) => series?.find(({ id }) => id === wanted);
  const chosen = known(shared) ?? known(own) ?? ofRun ?? series?.[0];
  useEffect(() => {
    if (chosen === undefined) return;
    if (chosen.id !== own) setOwn(chosen.id);
    if (shared === null) publish(group, paneId, { seriesId: chosen.id });
  }, [chosen, own, setOwn, shared, group, paneId]);
  if (chosen === undefined || series === null) {
    return (
      <div className="empty" data-testid="screen-chart">
        <p>There are no bars to draw yet.</p>
        <button type="button" onClick={() => go('data')}>
          Import bars <kbd>Ctrl+1</kbd>
        </button>
      </div>
    );
  }
  const isOnSeries = run?.tickers.includes(chosen.ticker) && run.every === chosen.every;
  return (
    <PriceChart
      series={chosen}
      all={series}
      run={isOnSeries ? run : null}
      onSeries={(id) => {
        setOwn(id);
        publish(group, paneId, { seriesId: id });
      }}
    />
  );
}
