import { ChartCandlestick, Check, Download, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { ImportReport } from '../../../../shared/contract/schemas.ts';
import { formatCompact, formatNumber } from '../../../../shared/format/number.ts';
import { formatMinute } from '../../../../shared/format/time.ts';
import { DataTable, type TableColumn } from '../../../components/data-table.tsx';
import { saveFile } from '../../../components/save-file.ts';
import { Button, VerdictBar } from '../../../design/index.ts';
import { currentClient, useConnection } from '../../../state/connection.ts';
import { useNavigation } from '../../../state/navigation.ts';
import { type PendingFile, undoPending } from './pending.ts';
import { Rejects } from './verdict.tsx';

/** What became of a file that was imported: every line, and what can be done next. */
export function ImportReportView({ file }: { readonly file: PendingFile }) {
  const { openChart } = useNavigation();
  const library = useConnection(({ series }) => series);
  const { report } = file;
  if (report === null) return null;
  const { linesRead, accepted, rejected, stored, unchanged, replaced, rejects, warnings } = report;
  const seconds = report.milliseconds / 1000;
  const [first] = report.series;
  const standing = (part: ImportReport['series'][number] | undefined) =>
    library?.find(({ ticker, every }) => ticker === part?.ticker && every === part.every);
  const openSeries = (part: ImportReport['series'][number]) => {
    const found = standing(part);
    if (found !== undefined) openChart(found.id, null);
  };
  const stands = standing(first);
  const saveRejects = async () =>
    saveFile(
      await currentClient().data.rejects({ importId: report.importId }),
      `${report.file}.rejected.csv`,
    );
  return (
    <section
      className="import-report"
      data-testid="import-report"
      data-accepted={accepted}
      data-rejected={rejected}
      data-stored={stored}
      data-undone={file.isUndone}
      aria-label={`Report of ${report.file}`}
    >
      <h2>
        <Check size={18} aria-hidden /> {file.isUndone ? 'Import undone' : 'Imported'}{' '}
        <span className="muted">
          {formatNumber(seconds, 2)} s, {formatCompact(linesRead / seconds)} lines/s
        </span>
      </h2>
      <VerdictBar
        label="Lines"
        parts={[
          { label: 'accepted', count: accepted, tone: 'ok' },
          { label: 'rejected', count: rejected, tone: 'danger' },
        ]}
      />
      <p>
        {formatNumber(linesRead, 0)} lines read = <strong>{formatNumber(accepted, 0)} accepted</strong> +{' '}
        <strong>{formatNumber(rejected, 0)} rejected</strong>
        <span className="muted">
          {' '}
          · {formatNumber(stored, 0)} bars stored
          {unchanged > 0 && `, ${formatNumber(unchanged, 0)} were there already`}
          {replaced > 0 && `, ${formatNumber(replaced, 0)} took the place of other values`}
        </span>
      </p>
      <Rejects rejects={rejects} />
      {warnings.map((warning) => (
        <p key={warning} className="muted">
          {warning}
        </p>
      ))}
      {report.series.length > 1 && <SeriesList report={report} onOpen={openSeries} />}
      {!file.isUndone && (
        <div className="row-actions">
          {stands !== undefined && (
            <Button
              tone="primary"
              autoFocus
              icon={<ChartCandlestick size={14} aria-hidden />}
              onClick={() => openChart(stands.id, null)}
              data-testid="open-imported"
            >
              Open the chart
            </Button>
          )}
          {rejected > 0 && (
            <Button icon={<Download size={14} aria-hidden />} onClick={() => void saveRejects()}>
              Rejected lines
            </Button>
          )}
          {stored + replaced > 0 && (
            <Button
              icon={<Undo2 size={14} aria-hidden />}
              onClick={() => undoPending(file.id)}
              data-testid="undo-import"
            >
              Undo import
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

type Part = ImportReport['series'][number];

const PART_COLUMNS: readonly TableColumn<Part>[] = [
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
];

function SeriesList({
  report,
  onOpen,
}: {
  readonly report: ImportReport;
  readonly onOpen: (part: Part) => void;
}) {
  const [selected, setSelected] = useState(0);
  return (
    <DataTable
      label="Series of the file"
      columns={PART_COLUMNS}
      count={report.series.length}
      row={(index) => report.series[index] ?? null}
      selected={selected}
      onSelect={setSelected}
      onOpen={(index) => onOpen(report.series[index]!)}
      empty="None."
    />
  );
}
