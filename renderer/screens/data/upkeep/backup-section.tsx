import { DownloadCloud, RotateCcw } from 'lucide-react';
import { useRef, useState } from 'react';
import type { PlainError } from '../../../../shared/contract/errors.ts';
import type { RestoreReport } from '../../../../shared/contract/schemas.ts';
import { counted, formatNumber } from '../../../../shared/format/number.ts';
import { formatMinute } from '../../../../shared/format/time.ts';
import { describeFailure } from '../../../api/errors.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { saveFile } from '../../../components/save-file.ts';
import { TaskProgress } from '../../../components/task-progress.tsx';
import { Button, ConfirmDialog } from '../../../design/index.ts';
import { currentClient, currentDoor, useConnection } from '../../../state/connection.ts';
import { useTask } from './use-task.ts';

/** The library as one file, out and in. */
export function BackupSection() {
  const isEmpty = useConnection(({ series, runs }) => series?.length === 0 && runs?.length === 0);
  const input = useRef<HTMLInputElement>(null);
  const [isSaving, setIsSaving] = useState(false);
  const [failure, setFailure] = useState<PlainError | null>(null);
  const [asked, setAsked] = useState<File | null>(null);
  const restore = useTask<RestoreReport>();
  const save = async () => {
    setIsSaving(true);
    setFailure(null);
    try {
      await saveFile(await currentClient().data.backup(), 'hindsight-library.backup');
    } catch (thrown) {
      setFailure(describeFailure(thrown));
    } finally {
      setIsSaving(false);
    }
  };
  const bringBack = (file: File) =>
    void restore.start(async (client, signal) => {
      const { fileId } = await currentDoor().giveFile(file, signal);
      return client.data.restore({ fileId, replace: !isEmpty }, { signal });
    });
  return (
    <section aria-label="Backup">
      <h2>Backup</h2>
      <p className="muted">
        One file with all bars, runs, settings and your strategies. Restoring it on another machine gives the
        same library.
      </p>
      <ErrorNotice error={failure ?? restore.error} />
      <div className="row-actions">
        <Button
          icon={<DownloadCloud size={14} aria-hidden />}
          disabled={isSaving}
          data-testid="backup"
          onClick={() => void save()}
        >
          {isSaving ? 'Writing …' : 'Save a backup'}
        </Button>
        <Button
          icon={<RotateCcw size={14} aria-hidden />}
          disabled={restore.isRunning}
          onClick={() => input.current?.click()}
        >
          Restore a backup …
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          data-testid="restore-file"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file !== undefined) {
              if (isEmpty) bringBack(file);
              else setAsked(file);
            }
            currentTarget.value = '';
          }}
        />
      </div>
      {restore.isRunning && (
        <TaskProgress label="Restoring" progress={restore.progress} onCancel={restore.cancel} />
      )}
      {restore.result !== null && (
        <p className="ok" data-testid="restored">
          Restored the library of {formatMinute(restore.result.madeAt)} UTC:{' '}
          {counted(restore.result.series, 'series')}, {formatNumber(restore.result.bars, 0)} bars,{' '}
          {counted(restore.result.runs, 'run')}, {counted(restore.result.strategies.length, 'strategy file')}.
        </p>
      )}
      <ConfirmDialog
        open={asked !== null}
        title="Put the backup in the place of this library?"
        action="Restore"
        onConfirm={() => asked !== null && bringBack(asked)}
        onClose={() => setAsked(null)}
      >
        All bars and runs that are in the library now are gone then, unless you save a backup of it first.
        This cannot be undone.
      </ConfirmDialog>
    </section>
  );
}
