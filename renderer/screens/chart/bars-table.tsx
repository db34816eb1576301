import { formatNumber, formatPrice } from '../../../shared/format/number.ts';
import { formatMinute } from '../../../shared/format/time.ts';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import type { ShownZone } from '../../state/zone.ts';
import type { Viewport } from './use-viewport.ts';

/** The chart as a table, for screen readers and for reading exact figures. */
export function BarsTable({ viewport, shown }: { readonly viewport: Viewport; readonly shown: ShownZone }) {
  const { columns } = viewport.bars;
  const price = (name: string, title: string): TableColumn<number> => ({
    key: name,
    title,
    width: '110px',
    numeric: true,
    cell: (row) => formatPrice(columns[name]?.[row] ?? null),
  });
  return (
    <DataTable
      label="Bars in view"
      columns={[
        {
          key: 'time',
          title: `Start, ${shown.label}`,
          width: '150px',
          cell: (row) => formatMinute(columns.time?.[row] ?? null, shown.zone),
        },
        price('open', 'Open'),
        price('high', 'High'),
        price('low', 'Low'),
        price('close', 'Close'),
        {
          key: 'volume',
          title: 'Volume',
          width: '110px',
          numeric: true,
          cell: (row) => formatNumber(columns.volume?.[row] ?? null, 0),
        },
      ]}
      count={columns.time?.length ?? 0}
      row={(index) => index}
      empty="No bars in view."
    />
  );
}
