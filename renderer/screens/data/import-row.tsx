import { Check, Download, Undo2, X } from 'lucide-react';
import type { ImportReport } from '../../../shared/contract/schemas.ts';
import { formatCompact, formatNumber } from '../../../shared/format/number.ts';
import { describeReject } from '../../../shared/import/reject-reason.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { saveFile } from '../../components/save-file.ts';
import { TaskProgress } from '../../components/task-progress.tsx';
import { currentClient } from '../../state/connection.ts';
import { dismissImport, type ImportTask, undoImport } from '../../state/tasks.ts';

/** One file on its way in, then its verdict: every line accounted for, or why nothing was stored. */
export function ImportRow({ task }: { readonly task: ImportTask }) {
  return (
    <li className="import-row" data-testid="import-row" data-state={task.state}>
      {(task.state === 'waiting' || task.state === 'working') && (
        <TaskProgress label={task.name} progress={task.progress} onCancel={() => task.stop.abort()} />
      )}
      {task.state === 'cancelled' && <Headline task={task} text="stopped; nothing was stored" />}
      {task.state === 'failed' && <Headline task={task} text="refused; nothing was stored" />}
      <ErrorNotice error={task.error} />
      {task.report !== null && <Report task={task} report={task.report} />}
    </li>
  );
}

function Headline({ task, text }: { readonly task: ImportTask; readonly text: string }) {
  return (
    <div className="import-headline">
      <strong>{task.name}</strong> <span className="muted">{text}</span>
      <button
        type="button"
        className="icon-button"
        aria-label={`Close the report of ${task.name}`}
        onClick={() => dismissImport(task.id)}
      >
        <X size={14} aria-hidden />
      </button>
    </div>
  );
}

function Report({ task, report }: { readonly task: ImportTask; readonly report: ImportReport }) {
  const { linesRead, accepted, rejected, stored, unchanged, rejects, warnings, milliseconds } = report;
  const rate = formatCompact(linesRead / (milliseconds / 1000));
  const saveRejects = async () =>
    saveFile(await currentClient().data.rejects({ importId: report.importId }), `${task.name}.rejected.csv`);
  return (
    <div data-testid="import-report" data-accepted={accepted} data-rejected={rejected} data-stored={stored}>
      <Headline
        task={task}
        text={task.undone ? 'undone' : `${formatNumber(milliseconds / 1000, 2)} s, ${rate} lines/s`}
      />
      <div
        className="verdict"
        role="img"
        aria-label={`${accepted} accepted, ${rejected} rejected of ${linesRead} lines`}
      >
        <span className="verdict-accepted" style={{ flexGrow: accepted }} />
        <span className="verdict-rejected" style={{ flexGrow: rejected }} />
      </div>
      <p>
        <Check size={14} aria-hidden /> {formatNumber(linesRead, 0)} lines read ={' '}
        <strong>{formatNumber(accepted, 0)} accepted</strong> +{' '}
        <strong>{formatNumber(rejected, 0)} rejected</strong>
        <span className="muted">
          {' '}
          · {formatNumber(stored, 0)} bars stored
          {unchanged > 0 && `, ${formatNumber(unchanged, 0)} were there already`}
        </span>
      </p>
      {rejects.map(({ reason, count, examples }) => (
        <p key={reason} className="reject">
          {formatNumber(count, 0)} × {describeReject(reason)}
          {examples[0] !== undefined && (
            <span className="muted">
              {' '}
              first at line {examples[0].line}
              {examples[0].column !== null && `, ${examples[0].column}`}: <code>{examples[0].text}</code>
            </span>
          )}
        </p>
      ))}
      {warnings.map((warning) => (
        <p key={warning} className="muted">
          {warning}
        </p>
      ))}
      {!task.undone && (
        <div className="row-actions">
          {rejected > 0 && (
            <button type="button" onClick={() => void saveRejects()}>
              <Download size={14} aria-hidden /> Rejected lines
            </button>
          )}
          {stored > 0 && (
            <button type="button" data-testid="undo-import" onClick={() => void undoImport(task)}>
              <Undo2 size={14} aria-hidden /> Undo import
            </button>
          )}
        </div>
      )}
    </div>
  );
}
