import { useEffect } from 'react';
import { useConnection } from '../../state/connection.ts';
import { useNavigation } from '../../state/navigation.ts';
import { usePaneState } from '../../state/pane.tsx';
import { PriceChart } from './price-chart.tsx';

/** Candles of a series with the fills of a run over it. */
export function ChartScreen() {
  const { series, runs } = useConnection();
  const { runId, go } = useNavigation();
  const [seriesId, selectSeries] = usePaneState<string | null>('seriesId', null);
  const run = runs?.find(({ id }) => id === runId) ?? null;
  const ofRun = series?.find(({ ticker, every }) => run?.tickers[0] === ticker && run.every === every);
  const chosen = series?.find(({ id }) => id === seriesId) ?? ofRun ?? series?.[0];
  useEffect(() => {
    if (chosen !== undefined && chosen.id !== seriesId) selectSeries(chosen.id);
  }, [chosen, seriesId, selectSeries]);
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
      key={chosen.id}
      series={chosen}
      all={series}
      run={isOnSeries ? run : null}
      onSeries={selectSeries}
    />
  );
}
