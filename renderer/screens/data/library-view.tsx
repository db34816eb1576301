import { ChartCandlestick, Database, Trash2, Upload } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { HealthScore, Series } from '../../../shared/contract/schemas.ts';
import { formatNumber } from '../../../shared/format/number.ts';
import { formatMinute } from '../../../shared/format/time.ts';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { useCall } from '../../components/use-call.ts';
import {
  BarSparkline,
  Button,
  EmptyState,
  MenuItem,
  Pane,
  SearchField,
  SplitPane,
} from '../../design/index.ts';
import { useConnection } from '../../state/connection.ts';
import { useNavigation } from '../../state/navigation.ts';
import { usePane } from '../../state/pane.tsx';
import { useRemovals } from '../../state/removals.ts';
import { openSample } from '../../state/tasks.ts';
import { useZones, useZonesLabel } from '../../state/zone.ts';
import { chooseBars } from './choose-files.tsx';
import { removeSeries } from './remove-series.ts';
import { scoreTone } from './score-tone.ts';
import { SeriesPanel } from './series/series-panel.tsx';

interface Row extends Series {
  readonly health: HealthScore | null;
}

const columnsIn = (zones: ReturnType<typeof useZones>, label: string): readonly TableColumn<Row>[] => [
  {
    key: 'ticker',
    title: 'Ticker',
    width: 'minmax(84px, 1fr)',
    sortable: true,
    cell: ({ ticker }) => <strong>{ticker}</strong>,
  },
  { key: 'every', title: 'Bar', width: '46px', sortable: true, cell: ({ every }) => every },
  {
    key: 'bars',
    title: 'Bars',
    width: '84px',
    numeric: true,
    sortable: true,
    cell: ({ bars }) => formatNumber(bars, 0),
  },
  {
    key: 'first',
    title: `First, ${label}`,
    width: '124px',
    sortable: true,
    cell: ({ first, ticker, every }) => formatMinute(first, zones(ticker, every).zone),
  },
  {
    key: 'last',
    title: `Last, ${label}`,
    width: '124px',
    sortable: true,
    cell: ({ last, ticker, every }) => formatMinute(last, zones(ticker, every).zone),
  },
  {
    key: 'health',
    title: 'Health',
    width: '122px',
    sortable: true,
    cell: ({ health }) =>
      health === null ? <span className="muted">…</span> : <HealthCell health={health} />,
  },
  {
    key: 'storedBytes',
    title: 'MB',
    width: '58px',
    numeric: true,
    sortable: true,
    cell: ({ storedBytes }) => formatNumber(storedBytes / 1e6, 2),
  },
  {
    key: 'lastImportAt',
    title: `Imported, ${zones(null).label}`,
    width: '124px',
    sortable: true,
    cell: ({ lastImportAt }) => formatMinute(lastImportAt, zones(null).zone),
  },
];

function HealthCell({ health }: { readonly health: HealthScore }) {
  const { score, months } = health;
  const words = months.map(([month, missing]) => `${month} ${formatNumber(missing * 100, 1)} %`).join(', ');
  return (
    <span className={`health-cell ${scoreTone(score)}`}>
      <span className="health-score">{formatNumber(score, 0)}</span>
      <BarSparkline
        label={`Missing bars: ${words}`}
        values={months.map(([, missing]) => missing)}
        width={64}
        most={Math.max(0.05, ...months.map(([, missing]) => missing))}
      />
    </span>
  );
}

const rowProps = ({ ticker, bars }: Row) => ({
  'data-testid': 'series-row',
  'data-ticker': ticker,
  'data-bars': String(bars),
});

type SortKey = 'ticker' | 'every' | 'bars' | 'first' | 'last' | 'health' | 'storedBytes' | 'lastImportAt';

function sorted(rows: readonly Row[], key: SortKey, isDescending: boolean): readonly Row[] {
  const value = (row: Row) => (key === 'health' ? (row.health?.score ?? -1) : row[key]);
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [one, other] = [value(a), value(b)];
    return one === other ? 0 : (one < other ? -1 : 1) * sign;
  });
}

/** Every series of the library with its health, and beside it what is known of the chosen one. */
export function LibraryView() {
  const series = useConnection((state) => state.series) ?? [];
  const { seriesId, selectSeries, openChart } = useNavigation();
  const { isNarrow } = usePane();
  const [filter, setFilter] = useState('');
  const [sort, setSort] = useState<{ key: SortKey; descending: boolean }>({
    key: 'ticker',
    descending: false,
  });
  const zones = useZones();
  const zonesLabel = useZonesLabel(series);
  const columns = useMemo(() => columnsIn(zones, zonesLabel), [zones, zonesLabel]);
  const hidden = useRemovals((state) => state.hidden);
  const grid = useRef<HTMLDivElement>(null);
  const healthChanges = useConnection((state) => state.healthChanges);
  const hashes = series.map(({ contentHash }) => contentHash.slice(0, 8)).join();
  const { data: scores } = useCall(`scores:${healthChanges}:${hashes}`, (client) =>
    client.data.healthScores(),
  );
  const rows = useMemo(() => {
    const byId = new Map((scores ?? []).map((score) => [score.seriesId, score]));
    const wanted = filter.trim().toLowerCase();
    const found = series
      .filter(({ id, ticker }) => !hidden.has(id) && ticker.toLowerCase().includes(wanted))
      .map((one): Row => ({ ...one, health: byId.get(one.id) ?? null }));
    return sorted(found, sort.key, sort.descending);
  }, [series, scores, filter, sort, hidden]);
  const chosen = rows.find(({ id }) => id === seriesId) ?? rows[0];

  const table = (
    <section className="library" ref={grid}>
      <div className="library-filter">
        <SearchField
          label="Filter tickers"
          value={filter}
          onChange={setFilter}
          onLeave={() => grid.current?.querySelector<HTMLElement>('[role=grid]')?.focus()}
        />
        <span className="muted">
          {formatNumber(rows.length, 0)}
          {rows.length !== series.length && ` of ${formatNumber(series.length, 0)}`} series
        </span>
      </div>
      <DataTable
        label="Series of the library"
        storageKey="series"
        columns={columns}
        count={rows.length}
        row={(index) => rows[index] ?? null}
        rowProps={rowProps}
        selected={chosen === undefined ? -1 : rows.indexOf(chosen)}
        onSelect={(index) => selectSeries(rows[index]!.id)}
        onOpen={(index) => openChart(rows[index]!.id, null)}
        onRowKey={(event, index) => {
          if (event.key !== 'Delete') return;
          event.preventDefault();
          removeSeries(rows[index]!);
        }}
        rowMenu={(index) => (
          <>
            <MenuItem
              icon={<ChartCandlestick size={14} aria-hidden />}
              keys="Enter"
              onSelect={() => openChart(rows[index]!.id, null)}
            >
              Open the chart
            </MenuItem>
            <MenuItem
              icon={<Trash2 size={14} aria-hidden />}
              keys="Delete"
              tone="danger"
              onSelect={() => removeSeries(rows[index]!)}
            >
              Remove from the library
            </MenuItem>
          </>
        )}
        sort={sort}
        onSort={(key) =>
          setSort((before) => ({
            key: key as SortKey,
            descending: before.key === key && !before.descending,
          }))
        }
        empty={series.length === 0 ? <EmptyLibrary /> : `No ticker contains “${filter}”.`}
      />
    </section>
  );
  if (chosen === undefined) return table;
  return (
    <SplitPane
      direction={isNarrow ? 'vertical' : 'horizontal'}
      storageKey={isNarrow ? 'data-narrow' : 'data'}
      className="library-split"
    >
      <Pane id="series" min={isNarrow ? 140 : 320}>
        {table}
      </Pane>
      <Pane id="detail" size={isNarrow ? '55%' : 440} min={isNarrow ? 140 : 320} fixed={!isNarrow}>
        <SeriesPanel key={chosen.id} series={chosen} />
      </Pane>
    </SplitPane>
  );
}

function EmptyLibrary() {
  return (
    <EmptyState
      icon={<Database size={32} aria-hidden />}
      title="No bars yet"
      actions={
        <>
          <Button tone="primary" data-testid="open-sample" onClick={() => void openSample()}>
            Open the sample
          </Button>
          <Button icon={<Upload size={14} aria-hidden />} onClick={chooseBars}>
            Import files …
          </Button>
        </>
      }
    >
      Drop a file of bars anywhere on the window: CSV, Parquet or JSON, zipped or not. It is shown before
      anything is stored.
    </EmptyState>
  );
}
