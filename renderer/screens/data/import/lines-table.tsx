import { useMemo } from 'react';
import type { ImportPreview, PreviewLine } from '../../../../shared/contract/schemas.ts';
import { formatNumber, formatPrice } from '../../../../shared/format/number.ts';
import { formatMinute } from '../../../../shared/format/time.ts';
import { describeReject } from '../../../../shared/import/reject-reason.ts';
import { DataTable, type TableColumn } from '../../../components/data-table.tsx';

const price = (name: 'open' | 'high' | 'low' | 'close', title: string): TableColumn<PreviewLine> => ({
  key: name,
  title,
  width: 'minmax(62px, 0.3fr)',
  numeric: true,
  cell: ({ bar }) => (bar === null ? '' : formatPrice(bar[name])),
});

const COLUMNS: readonly TableColumn<PreviewLine>[] = [
  { key: 'line', title: 'Line', width: '44px', numeric: true, cell: ({ line }) => line },
  {
    key: 'raw',
    title: 'As it stands in the file',
    width: 'minmax(210px, 1.6fr)',
    cell: ({ raw }) => <code title={raw}>{raw}</code>,
  },
  {
    key: 'time',
    title: 'Start, UTC',
    width: 'minmax(126px, 0.6fr)',
    cell: ({ bar, reject }) =>
      reject !== null ? (
        <span className="line-reject" title={describeReject(reject)}>
          {describeReject(reject)}
        </span>
      ) : bar === null ? (
        <span className="muted">no bar</span>
      ) : (
        formatMinute(bar.time)
      ),
  },
  {
    key: 'ticker',
    title: 'Ticker',
    width: 'minmax(60px, 0.3fr)',
    cell: ({ bar }) => bar?.ticker ?? '',
  },
  price('open', 'Open'),
  price('high', 'High'),
  price('low', 'Low'),
  price('close', 'Close'),
  {
    key: 'volume',
    title: 'Volume',
    width: 'minmax(70px, 0.35fr)',
    numeric: true,
    cell: ({ bar }) => (bar === null || bar.volume === null ? '' : formatNumber(bar.volume, 0)),
  },
];

const rowProps = ({ reject, bar }: PreviewLine): Record<string, string> => ({
  'data-testid': 'preview-line',
  'data-verdict': reject !== null ? 'rejected' : bar === null ? 'heading' : 'bar',
});

/** The first lines of the file, each beside the bar it makes or the reason why it makes none. */
export function LinesTable({ preview }: { readonly preview: ImportPreview }) {
  const { lines } = preview;
  const label = `First lines of ${preview.file} beside their bars`;
  return useMemo(
    () => (
      <DataTable
        label={label}
        storageKey="import-lines"
        columns={COLUMNS}
        count={lines.length}
        row={(index) => lines[index] ?? null}
        rowProps={rowProps}
        empty="The file shows no lines."
      />
    ),
    [lines, label],
  );
}
