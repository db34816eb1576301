import { ChartCandlestick, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Series } from '../../../../shared/contract/schemas.ts';
import { formatNumber } from '../../../../shared/format/number.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useCall } from '../../../components/use-call.ts';
import { Button, IconButton, Tabs } from '../../../design/index.ts';
import { useConnection } from '../../../state/connection.ts';
import { useNavigation } from '../../../state/navigation.ts';
import { removeSeries } from '../remove-series.ts';
import { ActionsTab } from './actions-tab.tsx';
import { ExportBars } from './export-bars.tsx';
import { HealthTab } from './health-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { ProvenanceTab } from './provenance-tab.tsx';
import './series.css';

type Page = 'overview' | 'health' | 'actions' | 'provenance';

/** One series: what it is, how sound it is, what happened to its shares, and where its bars came from. */
export function SeriesPanel({ series }: { readonly series: Series }) {
  const { openChart } = useNavigation();
  const [page, setPage] = useState<Page>('overview');
  const healthChanges = useConnection((state) => state.healthChanges);
  const { data: health, error } = useCall(
    `${series.id}:${series.contentHash}:${healthChanges}`,
    (client, signal) => client.data.health({ seriesId: series.id }, { signal }),
  );
  return (
    <aside
      className="series-panel"
      data-testid="series-panel"
      aria-label={`${series.ticker} ${series.every}`}
    >
      <header>
        <h2>
          {series.ticker} <span className="muted">{series.every}</span>
        </h2>
        <div className="row-actions">
          <Button
            tone="primary"
            icon={<ChartCandlestick size={14} aria-hidden />}
            onClick={() => openChart(series.id, null)}
          >
            Open chart
          </Button>
          <ExportBars series={series} />
          <IconButton
            label={`Remove ${series.ticker} ${series.every}`}
            icon={<Trash2 size={14} aria-hidden />}
            onClick={() => removeSeries(series)}
          />
        </div>
      </header>
      <ErrorNotice error={error} />
      <Tabs<Page>
        label={`About ${series.ticker}`}
        value={page}
        onChange={setPage}
        tabs={[
          { value: 'overview', label: 'Overview' },
          {
            value: 'health',
            label: 'Health',
            ...(health === null ? {} : { badge: formatNumber(health.score, 0) }),
          },
          { value: 'actions', label: 'Actions' },
          { value: 'provenance', label: 'Imports' },
        ]}
      >
        {page === 'overview' && <OverviewTab series={series} health={health} />}
        {page === 'health' && <HealthTab series={series} health={health} />}
        {page === 'actions' && <ActionsTab series={series} />}
        {page === 'provenance' && <ProvenanceTab series={series} />}
      </Tabs>
    </aside>
  );
}
