import { useState } from 'react';
import type { RunDetail, TradeQuery, TradeRow } from '../../../shared/contract/schemas.ts';
import { counted, formatNumber, formatPrice, formatSigned } from '../../../shared/format/number.ts';
import { formatMinute } from '../../../shared/format/time.ts';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useConnection } from '../../state/connection.ts';
import { useNavigation } from '../../state/navigation.ts';
import { type TradeView, useTradePages } from './use-trade-pages.ts';

const money = (
  key: 'gross' | 'slippage' | 'commission' | 'net' | 'maxAdverse' | 'maxFavourable',
  title: string,
  signed: boolean,
): TableColumn<TradeRow> => ({
  key,
  title,
  width: 'minmax(54px, 1fr)',
  numeric: true,
  sortable: true,
  cell: (row) => {
    const value = row[key];
    if (!signed) return formatNumber(value, 2);
    return <span className={value < 0 ? 'down' : value > 0 ? 'up' : ''}>{formatSigned(value, 2)}</span>;
  },
});

const COLUMNS: readonly TableColumn<TradeRow>[] = [
  { key: 'ref', title: '#', width: '40px', numeric: true, sortable: true, cell: ({ ref }) => ref },
  {
    key: 'side',
    title: 'Side',
    width: '52px',
    sortable: true,
    cell: ({ side, isOpen }) => `${side === 'long' ? '▲' : '▼'} ${isOpen ? 'open' : side}`,
  },
  {
    key: 'size',
    title: 'Size',
    width: '44px',
    numeric: true,
    sortable: true,
    cell: ({ size }) => formatPrice(size),
  },
  {
    key: 'entryTime',
    title: 'Entry, UTC',
    width: '120px',
    sortable: true,
    cell: ({ entryTime }) => formatMinute(entryTime),
  },
  {
    key: 'entryPrice',
    title: 'In',
    width: '64px',
    numeric: true,
    sortable: true,
    cell: ({ entryPrice }) => formatPrice(Number(entryPrice.toFixed(4))),
  },
  {
    key: 'exitTime',
    title: 'Exit, UTC',
    width: '120px',
    sortable: true,
    cell: ({ exitTime }) => formatMinute(exitTime),
  },
  {
    key: 'exitPrice',
    title: 'Out',
    width: '64px',
    numeric: true,
    sortable: true,
    cell: ({ exitPrice }) => formatPrice(exitPrice === null ? null : Number(exitPrice.toFixed(4))),
  },
  {
    key: 'barsHeld',
    title: 'Bars',
    width: '40px',
    numeric: true,
    sortable: true,
    cell: ({ barsHeld }) => formatNumber(barsHeld, 0),
  },
  money('gross', 'Gross', true),
  money('slippage', 'Slip', false),
  money('commission', 'Comm', false),
  money('net', 'Net', true),
  money('maxAdverse', 'MAE', false),
  money('maxFavourable', 'MFE', false),
];

/** The trade log: sort, filter, and Enter to see a trade on the chart. */
export function TradeTable({ run }: { readonly run: RunDetail }) {
  const [view, setView] = useState<TradeView>({
    sort: 'ref',
    descending: false,
    outcome: 'all',
    side: 'all',
  });
  const [selected, setSelected] = useState(-1);
  const { total, row, isLoaded, error, onVisible } = useTradePages(run.id, view);
  const series = useConnection(({ series }) => series) ?? [];
  const { openChart } = useNavigation();
  const change = (next: Partial<TradeView>) => {
    setView({ ...view, ...next });
    setSelected(-1);
  };
  const show = (index: number) => {
    const trade = row(index);
    const found =
      trade === null
        ? undefined
        : series.find(({ ticker, every }) => ticker === trade.ticker && every === run.every);
    if (trade !== null && found !== undefined) openChart(found.id, trade.entryTime);
  };
  return (
    <div className="trades">
      <div className="toolbar">
        <label>
          Outcome
          <select
            data-testid="trade-outcome"
            value={view.outcome}
            onChange={({ target }) => change({ outcome: target.value as TradeQuery['outcome'] })}
          >
            <option value="all">all</option>
            <option value="won">won</option>
            <option value="lost">lost</option>
            <option value="open">open</option>
          </select>
        </label>
        <label>
          Side
          <select
            data-testid="trade-side"
            value={view.side}
            onChange={({ target }) => change({ side: target.value as TradeQuery['side'] })}
          >
            <option value="all">all</option>
            <option value="long">long</option>
            <option value="short">short</option>
          </select>
        </label>
        {isLoaded && (
          <span className="muted" data-testid="trade-count" data-total={total} data-outcome={view.outcome}>
            {counted(total, 'trade')}
          </span>
        )}
        <span className="toolbar-note muted">
          <kbd>Enter</kbd> or double click shows a trade on the chart
        </span>
      </div>
      <ErrorNotice error={error} />
      <DataTable
        label="Trades"
        columns={COLUMNS}
        count={isLoaded ? total : 0}
        row={row}
        rowProps={({ ref }) => ({ 'data-testid': 'trade-row', 'data-ref': String(ref) })}
        selected={selected}
        onSelect={setSelected}
        onOpen={show}
        sort={{ key: view.sort, descending: view.descending }}
        onSort={(key) =>
          change({
            sort: key as TradeQuery['sort'],
            descending: view.sort === key ? !view.descending : false,
          })
        }
        onVisible={onVisible}
        empty={isLoaded ? 'No trade is like that.' : 'Loading …'}
      />
    </div>
  );
}
