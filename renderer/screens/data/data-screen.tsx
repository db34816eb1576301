import { Upload } from 'lucide-react';
import { useState } from 'react';
import type { Series } from '../../../shared/contract/schemas.ts';
import { formatNumber } from '../../../shared/format/number.ts';
import { formatMinute } from '../../../shared/format/time.ts';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { useConnection } from '../../state/connection.ts';
import { useNavigation } from '../../state/navigation.ts';
import { openSample, useTasks } from '../../state/tasks.ts';
import { chooseBars } from './choose-files.tsx';
import { ImportOptionsForm } from './import-options.tsx';
import { ImportRow } from './import-row.tsx';
import { SeriesPanel } from './series-panel.tsx';

const COLUMNS: readonly TableColumn<Series>[] = [
  {
    key: 'ticker',
    title: 'Ticker',
    width: 'minmax(90px, 1fr)',
    cell: ({ ticker }) => <strong>{ticker}</strong>,
  },
  { key: 'every', title: 'Bar', width: '52px', cell: ({ every }) => every },
  { key: 'bars', title: 'Bars', width: '90px', numeric: true, cell: ({ bars }) => formatNumber(bars, 0) },
  { key: 'first', title: 'First, UTC', width: '132px', cell: ({ first }) => formatMinute(first) },
  { key: 'last', title: 'Last, UTC', width: '132px', cell: ({ last }) => formatMinute(last) },
  {
    key: 'size',
    title: 'MB',
    width: '64px',
    numeric: true,
    cell: ({ storedBytes }) => formatNumber(storedBytes / 1e6, 2),
  },
];

/** The library: what is in it, what is coming in, and where each bar came from. */
export function DataScreen() {
  const series = useConnection(({ series }) => series) ?? [];
  const imports = useTasks(({ imports }) => imports);
  const { seriesId, selectSeries, openChart } = useNavigation();
  const [filter, setFilter] = useState('');
  const shown = series.filter(({ ticker }) => ticker.toLowerCase().includes(filter.trim().toLowerCase()));
  const selected = shown.findIndex(({ id }) => id === seriesId);
  const chosen = shown[selected] ?? shown[0];
  return (
    <div className="data-screen" data-testid="screen-data">
      <section className="library">
        <div className="toolbar">
          <h1>Data</h1>
          <input
            type="search"
            placeholder="Filter tickers"
            aria-label="Filter tickers"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
          <button type="button" className="primary" onClick={chooseBars}>
            <Upload size={14} aria-hidden /> Import files …
          </button>
        </div>
        <ImportOptionsForm />
        {imports.length > 0 && (
          <ul className="import-list" aria-label="Imports of this session">
            {imports.map((task) => (
              <ImportRow key={task.id} task={task} />
            ))}
          </ul>
        )}
        <DataTable
          label="Series of the library"
          columns={COLUMNS}
          count={shown.length}
          row={(index) => shown[index] ?? null}
          rowProps={({ ticker, bars }) => ({
            'data-testid': 'series-row',
            'data-ticker': ticker,
            'data-bars': String(bars),
          })}
          selected={chosen === undefined ? -1 : shown.indexOf(chosen)}
          onSelect={(index) => selectSeries(shown[index]!.id)}
          onOpen={(index) => openChart(shown[index]!.id, null)}
          empty={series.length === 0 ? <EmptyLibrary /> : `No ticker contains “${filter}”.`}
        />
      </section>
      {chosen !== undefined && <SeriesPanel key={chosen.id} series={chosen} />}
    </div>
  );
}

function EmptyLibrary() {
  return (
    <>
      <p>No bars yet. Drop a file anywhere on the window, or</p>
      <button type="button" data-testid="open-sample" onClick={() => void openSample()}>
        open the sample
      </button>
    </>
  );
}
