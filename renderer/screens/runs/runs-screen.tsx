import { ExternalLink, Play, Table2, Trash2 } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { RunSummary } from '../../../shared/contract/schemas.ts';
import { counted, formatNumber, formatSigned } from '../../../shared/format/number.ts';
import { formatDate, formatMinute } from '../../../shared/format/time.ts';
import { useKeys } from '../../commands/key-map.ts';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { Inspected } from '../../components/inspected.tsx';
import { Bar, Button, EmptyState, Facts, MenuItem, MenuLine, rank, SearchField } from '../../design/index.ts';
import { currentClient, useConnection } from '../../state/connection.ts';
import { useNavigation } from '../../state/navigation.ts';
import { usePaneState } from '../../state/pane.tsx';
import { removeWithUndo, useRemovals } from '../../state/removals.ts';
import { openSample } from '../../state/tasks.ts';
import './runs.css';

const tone = (value: number) => (value < 0 ? 'down' : value > 0 ? 'up' : '');

const COLUMNS: readonly TableColumn<RunSummary>[] = [
  {
    key: 'createdAt',
    title: 'Made, UTC',
    width: '118px',
    sortable: true,
    cell: ({ createdAt }) => formatMinute(createdAt),
  },
  {
    key: 'strategyName',
    title: 'Strategy',
    width: 'minmax(96px, 1.2fr)',
    sortable: true,
    cell: ({ strategyName }) => <strong>{strategyName}</strong>,
  },
  {
    key: 'tickers',
    title: 'Symbols',
    width: 'minmax(80px, 1fr)',
    sortable: true,
    cell: ({ tickers }) => tickers.join(', '),
  },
  { key: 'every', title: 'Bar', width: '40px', sortable: true, cell: ({ every }) => every },
  { key: 'first', title: 'From', width: '82px', sortable: true, cell: ({ first }) => formatDate(first) },
  { key: 'last', title: 'To', width: '82px', sortable: true, cell: ({ last }) => formatDate(last) },
  {
    key: 'netProfit',
    title: 'Net profit',
    width: 'minmax(84px, 0.6fr)',
    numeric: true,
    sortable: true,
    cell: ({ netProfit }) => <span className={tone(netProfit)}>{formatSigned(netProfit, 2)}</span>,
  },
  {
    key: 'totalReturn',
    title: 'Return, %',
    width: '70px',
    numeric: true,
    sortable: true,
    cell: ({ totalReturn }) => <span className={tone(totalReturn ?? 0)}>{formatSigned(totalReturn, 2)}</span>,
  },
  {
    key: 'maxDrawdownPercent',
    title: 'Drawdown, %',
    width: '84px',
    numeric: true,
    sortable: true,
    cell: ({ maxDrawdownPercent }) => formatNumber(maxDrawdownPercent, 2),
  },
  {
    key: 'sharpe',
    title: 'Sharpe',
    width: '54px',
    numeric: true,
    sortable: true,
    cell: ({ sharpe }) => formatNumber(sharpe, 2),
  },
  {
    key: 'trades',
    title: 'Trades',
    width: '60px',
    numeric: true,
    sortable: true,
    cell: ({ trades }) => formatNumber(trades, 0),
  },
];

type SortKey = keyof RunSummary;

function compare(one: RunSummary, other: RunSummary, key: SortKey): number {
  const a = one[key];
  const b = other[key];
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  // Missing figures come last in both directions of interest: they are the least.
  if (a === null || b === null) return (a === null ? 0 : 1) - (b === null ? 0 : 1);
  return String(a).localeCompare(String(b));
}

const searchText = ({ strategyName, tickers, every, createdAt, trades }: RunSummary) =>
  `${strategyName} ${tickers.join(' ')} ${every} ${formatMinute(createdAt)} ${trades} trades`;

/** Every run of the library: search, sort, open, remove. */
export function RunsScreen() {
  const runs = useConnection(({ runs }) => runs) ?? [];
  const hidden = useRemovals(({ hidden }) => hidden);
  const { openRun, go } = useNavigation();
  const [search, setSearch] = usePaneState<string>('search', '');
  const [sort, setSort] = usePaneState<{ readonly key: string; readonly descending: boolean }>('sort', {
    key: 'createdAt',
    descending: true,
  });
  const [chosenId, setChosenId] = usePaneState<string | null>('chosen', null);
  const [scrollTop, setScrollTop] = usePaneState<number>('scroll', 0);
  const [firstScroll] = useState(scrollTop);
  const table = useRef<HTMLDivElement>(null);
  const runKeys = useKeys('go-strategy');

  const shown = useMemo(() => {
    const kept = runs.filter(({ id }) => !hidden.has(id));
    const found = [...rank(search, kept, searchText, kept.length)];
    if (search.trim() !== '') return found;
    const sign = sort.descending ? -1 : 1;
    return found.sort((a, b) => sign * compare(a, b, sort.key as SortKey));
  }, [runs, hidden, search, sort]);
  const selected = shown.findIndex(({ id }) => id === chosenId);
  const chosen = shown[selected];
  const remove = ({ id, strategyName, tickers, createdAt }: RunSummary) =>
    removeWithUndo({
      id,
      title: `Run removed: ${strategyName} on ${tickers.join(', ')}`,
      text: `Made ${formatMinute(createdAt)} UTC.`,
      commit: () => currentClient().runs.remove({ runId: id }),
    });

  if (runs.length === 0) {
    return (
      <EmptyState
        testId="screen-runs"
        icon={<Table2 size={22} aria-hidden />}
        title="No runs yet"
        actions={
          <>
            <Button
              tone="primary"
              icon={<Play size={14} aria-hidden />}
              keys={runKeys}
              onClick={() => go('strategy')}
            >
              Choose a strategy
            </Button>
            <Button onClick={() => void openSample()}>Open the sample</Button>
          </>
        }
      >
        Every backtest is kept here with all that reproduces it.
      </EmptyState>
    );
  }
  return (
    <div className="runs-screen" data-testid="screen-runs" ref={table}>
      <Bar title="Runs" end={<span className="muted">{counted(shown.length, 'run')}</span>}>
        <SearchField
          label="Search runs"
          placeholder="Strategy, symbol, date"
          value={search}
          onChange={setSearch}
          testId="runs-search"
          onLeave={() => {
            if (chosen === undefined) setChosenId(shown[0]?.id ?? null);
            table.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
          }}
        />
      </Bar>
      <DataTable
        label="Runs"
        storageKey="runs"
        columns={COLUMNS}
        count={shown.length}
        row={(index) => shown[index] ?? null}
        rowProps={rowProps}
        selected={selected}
        onSelect={(index) => setChosenId(shown[index]!.id)}
        onOpen={(index) => openRun(shown[index]!.id)}
        onRowKey={(event, index) => {
          if (event.key === 'Delete') remove(shown[index]!);
          else if (event.key === 'Enter' && event.shiftKey) openRun(shown[index]!.id, true);
          else return;
          event.preventDefault();
        }}
        rowMenu={(index) => (
          <>
            <MenuItem
              icon={<Play size={14} aria-hidden />}
              keys="Enter"
              onSelect={() => openRun(shown[index]!.id)}
            >
              Open
            </MenuItem>
            <MenuItem
              icon={<ExternalLink size={14} aria-hidden />}
              keys="Shift+Enter"
              onSelect={() => openRun(shown[index]!.id, true)}
            >
              Open in a new tab
            </MenuItem>
            <MenuLine />
            <MenuItem
              tone="danger"
              icon={<Trash2 size={14} aria-hidden />}
              keys="Delete"
              onSelect={() => remove(shown[index]!)}
            >
              Remove
            </MenuItem>
          </>
        )}
        sort={search.trim() === '' ? sort : undefined}
        onSort={(key) =>
          setSort({
            key,
            descending: sort.key === key ? !sort.descending : key !== 'strategyName' && key !== 'tickers',
          })
        }
        scrollTop={firstScroll}
        onScrollTop={setScrollTop}
        empty={`No run is like “${search}”.`}
      />
      {chosen !== undefined && (
        <Inspected title={chosen.strategyName}>
          <RunFacts run={chosen} />
          <div className="inspected-actions">
            <Button tone="primary" onClick={() => openRun(chosen.id)}>
              Open
            </Button>
            <Button tone="danger" icon={<Trash2 size={13} aria-hidden />} onClick={() => remove(chosen)}>
              Remove
            </Button>
          </div>
        </Inspected>
      )}
    </div>
  );
}

const rowProps = ({ id }: RunSummary) => ({ 'data-testid': 'run-row', 'data-run': id });

function RunFacts({ run }: { readonly run: RunSummary }) {
  return (
    <Facts
      items={[
        ['Symbols', `${run.tickers.join(', ')} ${run.every}`],
        ['Made, UTC', formatMinute(run.createdAt)],
        ['Bars', `${formatNumber(run.bars, 0)}, ${formatDate(run.first)} to ${formatDate(run.last)}`],
        ['Net profit', formatSigned(run.netProfit, 2)],
        ['Return, %', formatSigned(run.totalReturn, 2)],
        ['Max drawdown, %', formatNumber(run.maxDrawdownPercent, 2)],
        ['Sharpe ratio', formatNumber(run.sharpe, 2)],
        ['Trades', formatNumber(run.trades, 0)],
        ['Simulated in, ms', formatNumber(run.engineMilliseconds, 1)],
      ]}
    />
  );
}
