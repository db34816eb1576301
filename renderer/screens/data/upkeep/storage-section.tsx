import { Archive, Eraser } from 'lucide-react';
import { useState } from 'react';
import type { PlainError } from '../../../../shared/contract/errors.ts';
import type { CompactReport, StorageReport } from '../../../../shared/contract/schemas.ts';
import { counted, formatNumber } from '../../../../shared/format/number.ts';
import { formatMinute } from '../../../../shared/format/time.ts';
import { describeFailure } from '../../../api/errors.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { TaskProgress } from '../../../components/task-progress.tsx';
import { useCall } from '../../../components/use-call.ts';
import {
  Button,
  ConfirmDialog,
  Facts,
  Field,
  NumberField,
  Switch,
  VerdictBar,
} from '../../../design/index.ts';
import { currentClient } from '../../../state/connection.ts';
import { useTask } from './use-task.ts';

const megabytes = (bytes: number) => `${formatNumber(bytes / 1e6, 1)} MB`;
const DEFAULT_LIMIT = 10e9;

/** What the library's file holds, its limit, and how it is made smaller. */
export function StorageSection() {
  const [version, setVersion] = useState(0);
  const again = () => setVersion((before) => before + 1);
  const { data, error } = useCall(`storage:${version}`, (client) => client.data.storage());
  const [failure, setFailure] = useState<PlainError | null>(null);
  const compact = useTask<CompactReport>();
  const attempt = (action: Promise<unknown>) =>
    action.then(
      () => {
        setFailure(null);
        again();
      },
      (thrown) => setFailure(describeFailure(thrown)),
    );
  return (
    <section aria-label="Storage">
      <h2>Storage</h2>
      <ErrorNotice error={failure ?? error ?? compact.error} />
      {data !== null && (
        <>
          <Parts storage={data} />
          <Limit storage={data} attempt={attempt} />
          <History storage={data} attempt={attempt} />
          <div className="row-actions">
            <Button
              icon={<Archive size={14} aria-hidden />}
              disabled={compact.isRunning}
              data-testid="compact"
              onClick={() =>
                void compact.start((client, signal) => client.data.compact(undefined, { signal })).then(again)
              }
            >
              Compact the file
            </Button>
            {compact.result !== null && (
              <span className="muted">
                {megabytes(compact.result.bytesBefore)} became {megabytes(compact.result.bytesAfter)}
              </span>
            )}
          </div>
          {compact.isRunning && (
            <TaskProgress label="Compacting" progress={compact.progress} onCancel={compact.cancel} />
          )}
        </>
      )}
    </section>
  );
}

function Parts({ storage }: { readonly storage: StorageReport }) {
  const { fileBytes, barBytes, pyramidBytes, runBytes, historyBytes, freeBytes } = storage;
  return (
    <>
      <VerdictBar
        label="Bytes of the file"
        parts={[
          { label: 'bars', count: barBytes, tone: 'ok' },
          { label: 'levels of detail', count: pyramidBytes, tone: 'accent' },
          { label: 'runs', count: runBytes, tone: 'neutral' },
          { label: 'history for undo', count: historyBytes, tone: 'warning' },
        ]}
      />
      <Facts
        items={[
          ['File', megabytes(fileBytes)],
          ['Bars', megabytes(barBytes)],
          ['Levels of detail', megabytes(pyramidBytes)],
          ['Runs', megabytes(runBytes)],
          ['History for undo', megabytes(historyBytes)],
          ['Free inside', megabytes(freeBytes)],
        ]}
      />
    </>
  );
}

interface PartProps {
  readonly storage: StorageReport;
  readonly attempt: (action: Promise<unknown>) => Promise<void>;
}

function Limit({ storage: { limitBytes }, attempt }: PartProps) {
  const set = (bytes: number | null) => void attempt(currentClient().data.setStorageLimit({ bytes }));
  return (
    <div className="upkeep-line">
      <Switch
        label="Warn above a limit"
        testId="limit-on"
        checked={limitBytes !== null}
        onChange={(isOn) => set(isOn ? DEFAULT_LIMIT : null)}
      />
      {limitBytes !== null && (
        <Field label="Limit" unit="GB" layout="inline">
          <NumberField
            label="Limit in gigabytes"
            value={limitBytes / 1e9}
            min={0.1}
            max={10_000}
            step={1}
            onChange={(gigabytes) => set(Math.round(gigabytes * 1e9))}
          />
        </Field>
      )}
    </div>
  );
}

function History({ storage: { history, historyBytes, limitBytes, fileBytes }, attempt }: PartProps) {
  const [isAsking, setIsAsking] = useState(false);
  const undone = history.filter((one) => one.undone);
  const standing = history.length - undone.length;
  const clean = (before: number | null, toLimit: boolean) =>
    void attempt(currentClient().data.cleanUp({ undone: true, before, toLimit }));
  return (
    <>
      <p className="muted">
        {history.length === 0
          ? 'No import keeps history.'
          : `${counted(standing, 'import')} can be undone, ${formatNumber(undone.length, 0)} were; their history takes ${megabytes(historyBytes)}${history[0] === undefined ? '' : `, the oldest is of ${formatMinute(history[0].importedAt)} UTC`}.`}
      </p>
      <div className="row-actions">
        <Button
          icon={<Eraser size={14} aria-hidden />}
          disabled={undone.length === 0}
          onClick={() => clean(null, false)}
        >
          Drop history of undone imports
        </Button>
        <Button disabled={history.length === 0} onClick={() => setIsAsking(true)} data-testid="drop-history">
          Drop all history …
        </Button>
        {limitBytes !== null && fileBytes > limitBytes && (
          <Button onClick={() => clean(null, true)}>Drop the oldest until below the limit</Button>
        )}
      </div>
      <ConfirmDialog
        open={isAsking}
        title="Drop the history of all imports?"
        action="Drop history"
        onConfirm={() => clean(Number.MAX_SAFE_INTEGER, false)}
        onClose={() => setIsAsking(false)}
      >
        Bars stay as they are. {counted(standing, 'import')} can be undone no more, and lists of rejected
        lines of undone imports are gone. This cannot be undone.
      </ConfirmDialog>
    </>
  );
}
