import type { ImportCheck, RejectGroup } from '../../../../shared/contract/schemas.ts';
import { counted, formatNumber } from '../../../../shared/format/number.ts';
import { formatMinute } from '../../../../shared/format/time.ts';
import { describeReject } from '../../../../shared/import/reject-reason.ts';
import { describeProgress, ProgressBar } from '../../../components/task-progress.tsx';
import { VerdictBar } from '../../../design/index.ts';
import type { FileCheck } from './pending.ts';

/** Every line accounted for, before anything is stored. */
export function Verdict({ check }: { readonly check: FileCheck | null }) {
  if (check === null)
    return <p className="muted">The whole file is judged once it is clear how it is read.</p>;
  if (check.error !== null)
    return (
      <p className="line-reject" role="alert">
        {check.error.message}
      </p>
    );
  if (check.result === null) {
    return (
      <div className="verdict-running">
        <span className="muted">Judging the whole file: {describeProgress(check.progress)}</span>
        <ProgressBar label="Judging the file" progress={check.progress} />
      </div>
    );
  }
  return <Judged check={check.result} />;
}

const DUPLICATES = new Set(['duplicate-identical', 'duplicate-conflict']);

function Judged({ check }: { readonly check: ImportCheck }) {
  const { linesRead, accepted, rejected, fresh, replaced, rejects, warnings, series } = check;
  const count = (chosen: (reason: string) => boolean) =>
    rejects.reduce((sum, { reason, count }) => sum + (chosen(reason) ? count : 0), 0);
  const doubled = count((reason) => DUPLICATES.has(reason));
  const conflicts = count((reason) => reason === 'conflicts-with-library');
  const first = Math.min(...series.map((one) => one.first));
  const last = Math.max(...series.map((one) => one.last));
  return (
    <div
      className="file-verdict"
      data-testid="import-check"
      data-accepted={accepted}
      data-rejected={rejected}
      data-lines={linesRead}
    >
      <VerdictBar
        label="Lines"
        parts={[
          { label: 'new', count: fresh, tone: 'ok' },
          { label: 'replacing', count: replaced, tone: 'accent' },
          { label: 'held already', count: accepted - fresh - replaced, tone: 'neutral' },
          { label: 'doubled', count: doubled, tone: 'warning' },
          { label: 'rejected', count: rejected - doubled, tone: 'danger' },
        ]}
      />
      <p>
        {counted(linesRead, 'line')} = <strong>{formatNumber(accepted, 0)} good</strong>
        {fresh < accepted && ` (${formatNumber(fresh, 0)} new)`} +{' '}
        <strong>{formatNumber(rejected, 0)} rejected</strong>
        {doubled > 0 && `, ${formatNumber(doubled, 0)} of them doubled`}
        {conflicts > 0 && `, ${formatNumber(conflicts, 0)} against the library’s values`}
        {series.length > 0 && (
          <span className="muted">
            {' · '}
            {series.length === 1
              ? `${series[0]!.ticker} ${series[0]!.every}`
              : `${formatNumber(series.length, 0)} series`}{' '}
            from {formatMinute(first)} to {formatMinute(last)} UTC
          </span>
        )}
      </p>
      <Rejects rejects={rejects} />
      {warnings.map((warning) => (
        <p key={warning} className="muted">
          {warning}
        </p>
      ))}
    </div>
  );
}

/** Reasons with their count and the first line of each. */
export function Rejects({ rejects }: { readonly rejects: readonly RejectGroup[] }) {
  return rejects.map(({ reason, count, examples: [example] }) => (
    <p key={reason} className="reject">
      {formatNumber(count, 0)} × {describeReject(reason)}
      {example !== undefined && (
        <span className="muted">
          {' '}
          first at line {example.line}
          {example.column !== null && `, ${example.column}`}: <code>{example.text}</code>
        </span>
      )}
    </p>
  ));
}
