import { useMemo, useState } from 'react';
import type { RunDetail, TradeQuery, TradeRow } from '../../../shared/contract/schemas.ts';
import { counted, formatNumber, formatPrice, formatSigned } from '../../../shared/format/number.ts';
import { formatMinute } from '../../../shared/format/time.ts';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Inspected } from '../../components/inspected.tsx';
import { Facts, Field, Kbd, optionsOf, Select } from '../../design/index.ts';
import { useConnection } from '../../state/connection.ts';
import { useNavigation } from '../../state/navigation.ts';
import { useShownZone, useZones, useZonesLabel } from '../../state/zone.ts';
import { type TradeView, useTradePages } from './use-trade-pages.ts';

const money = (
  key: 'gross' | 'slippage' | 'commission' | 'net' | 'maxAdverse' | 'maxFavourable',
  title: string,
  signed: boolean,
): TableColumn<TradeRow> => ({
  key,
  title,
  width: 'minmax(58px, 108px)',
  numeric: true,
  sortable: true,
  cell: (row) => {
    const value = row[key];
    if (!signed) return formatNumber(value, 2);
    return <span className={value < 0 ? 'down' : value > 0 ? 'up' : ''}>{formatSigned(value, 2)}</span>;
  },
});

const columnsIn = (zoneOf: (trade: TradeRow) => string, label: string): readonly TableColumn<TradeRow>[] => [
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
    title: `Entry, ${label}`,
    width: '120px',
    sortable: true,
    cell: (trade) => formatMinute(trade.entryTime, zoneOf(trade)),
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
    title: `Exit, ${label}`,
    width: '120px',
    sortable: true,
    cell: (trade) => formatMinute(trade.exitTime, zoneOf(trade)),
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
  const zones = useZones();
  const label = useZonesLabel(run.tickers.map((ticker) => ({ ticker, every: run.every })));
  const columns = useMemo(
    () => columnsIn(({ ticker }) => zones(ticker, run.every).zone, label),
    [zones, label, run.every],
  );
  const series = useConnection(({ series }) => series) ?? [];
  const { openChart } = useNavigation();
  const chosen = selected < 0 ? null : row(selected);
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
      <div className="trades-bar">
        <Field label="Outcome" layout="inline">
          <Select
            testId="trade-outcome"
            value={view.outcome}
            options={optionsOf({ all: 'all', won: 'won', lost: 'lost', open: 'open' })}
            onChange={(outcome) => change({ outcome })}
          />
        </Field>
        <Field label="Side" layout="inline">
          <Select
            testId="trade-side"
            value={view.side}
            options={optionsOf({ all: 'all', long: 'long', short: 'short' })}
            onChange={(side) => change({ side })}
          />
        </Field>
        {isLoaded && (
          <span className="muted" data-testid="trade-count" data-total={total} data-outcome={view.outcome}>
            {counted(total, 'trade')}
          </span>
        )}
        <span className="trades-hint muted">
          <Kbd keys="Enter" /> or double click shows a trade on the chart
        </span>
      </div>
      <ErrorNotice error={error} />
      <DataTable
        label="Trades"
        columns={columns}
        count={isLoaded ? total : 0}
        row={row}
        rowProps={rowProps}
        storageKey="trades"
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
      {chosen != null && (
        <Inspected title={`Trade ${chosen.ref}`}>
          <TradeFacts trade={chosen} every={run.every} />
        </Inspected>
      )}
    </div>
  );
}

const rowProps = ({ ref }: TradeRow) => ({ 'data-testid': 'trade-row', 'data-ref': String(ref) });

function TradeFacts({ trade, every }: { readonly trade: TradeRow; readonly every: string }) {
  const { zone, label } = useShownZone(trade.ticker, every);
  return (
    <Facts
      items={[
        ['Symbol', trade.ticker],
        ['Side and size', `${trade.side === 'long' ? '▲' : '▼'} ${trade.side} ${formatPrice(trade.size)}`],
        [
          `Entry, ${label}`,
          `${formatMinute(trade.entryTime, zone)} at ${formatPrice(Number(trade.entryPrice.toFixed(6)))}`,
        ],
        [
          `Exit, ${label}`,
          trade.isOpen
            ? 'still open'
            : `${formatMinute(trade.exitTime, zone)} at ${formatPrice(trade.exitPrice === null ? null : Number(trade.exitPrice.toFixed(6)))}`,
        ],
        ['Bars held', formatNumber(trade.barsHeld, 0)],
        ['Gross', formatSigned(trade.gross, 2)],
        ['Slippage', formatNumber(trade.slippage, 2)],
        ['Commission', formatNumber(trade.commission, 2)],
        ['Net', <Net key="net" value={trade.net} />],
        ['Worst on the way (MAE)', formatNumber(trade.maxAdverse, 2)],
        ['Best on the way (MFE)', formatNumber(trade.maxFavourable, 2)],
      ]}
    />
  );
}

const Net = ({ value }: { readonly value: number }) => (
  <strong className={value < 0 ? 'down' : value > 0 ? 'up' : ''}>{formatSigned(value, 2)}</strong>
);
