import { ChartCandlestick, Check, Download, Undo2 } from 'lucide-react';
import { formatCompact, formatNumber } from '../../../../shared/format/number.ts';
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
  const stands = library?.find(({ ticker, every }) => ticker === first?.ticker && every === first.every);
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
              onClick={() => void undoPending(file.id)}
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
