import { ShieldCheck } from 'lucide-react';
import type { IntegrityReport } from '../../../../shared/contract/schemas.ts';
import { counted, formatNumber } from '../../../../shared/format/number.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { TaskProgress } from '../../../components/task-progress.tsx';
import { Button } from '../../../design/index.ts';
import { useTask } from './use-task.ts';

/** Reads every stored byte again and compares it with its checksum. */
export function IntegritySection() {
  const { progress, result, error, isRunning, start, cancel } = useTask<IntegrityReport>();
  return (
    <section aria-label="Integrity">
      <h2>Integrity</h2>
      <p className="muted">
        Every column of bars and results carries a checksum. A check reads them all and names what is damaged
        and which file mends it.
      </p>
      <ErrorNotice error={error} />
      <div className="row-actions">
        <Button
          icon={<ShieldCheck size={14} aria-hidden />}
          disabled={isRunning}
          data-testid="check-integrity"
          onClick={() => void start((client, signal) => client.data.integrity(undefined, { signal }))}
        >
          Check the library
        </Button>
      </div>
      {isRunning && <TaskProgress label="Checking" progress={progress} onCancel={cancel} />}
      {result !== null && (
        <div data-testid="integrity-result" data-damages={result.damages.length}>
          <p className={result.damages.length === 0 ? 'ok' : 'danger'}>
            {result.damages.length === 0
              ? 'Everything is as it was written'
              : counted(result.damages.length, 'damage')}
            : {formatNumber(result.checkedChunks, 0)} chunks of bars and {counted(result.checkedRuns, 'run')}{' '}
            read.
          </p>
          {result.damages.map((damage) => (
            <div key={damage.what} className="damage">
              <strong>{damage.what}</strong>
              <p>{damage.hint}</p>
              {damage.files.length > 0 && <p className="muted">Files: {damage.files.join(', ')}</p>}
            </div>
          ))}
        </div>
      )}
    </section>
  );
}
