import { CircleAlert, CircleCheck, CircleHelp, FileClock, FileText, X } from 'lucide-react';
import { useEffect } from 'react';
import { counted, formatNumber } from '../../../../shared/format/number.ts';
import { useCommand } from '../../../commands/handlers.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { TaskProgress } from '../../../components/task-progress.tsx';
import { Bar, Button, classNames } from '../../../design/index.ts';
import { ImportReportView } from './import-report.tsx';
import { LineRulesForm } from './line-rules.tsx';
import { LinesTable } from './lines-table.tsx';
import {
  applyToOthers,
  cancelImport,
  canImport,
  checkFile,
  choose,
  discard,
  importAllReady,
  importFile,
  isSettled,
  openQuestions,
  type PendingFile,
  tryAgain,
  usePending,
} from './pending.ts';
import { PlanPanel } from './plan-panel.tsx';
import { Verdict } from './verdict.tsx';
import './import.css';

/** The files on their way in: raw lines beside bars, how they are read, and the verdict. Nothing is stored before Import. */
export function ImportView() {
  const { files, chosenId } = usePending();
  // The key that runs elsewhere imports here.
  useCommand('run', importAllReady);
  const chosen = files.find(({ id }) => id === chosenId) ?? files[0];
  if (chosen === undefined) return null;
  const ready = files.filter(canImport);
  const areSettled = files.every(isSettled);
  return (
    <section className="import-view" data-testid="import-view" aria-label="Import">
      <Bar
        title={files.length === 1 ? `Import ${chosen.file.name}` : `Import ${counted(files.length, 'file')}`}
        end={
          <>
            {files.length > 1 && ready.length > 0 && (
              <Button
                tone="primary"
                keys="Ctrl+Enter"
                onClick={importAllReady}
                data-testid="import-all"
              >{`Import ${counted(ready.length, 'clear file')}`}</Button>
            )}
            <Button
              icon={<X size={14} aria-hidden />}
              onClick={() => discard(files.map(({ id }) => id))}
              data-testid="close-import"
            >
              {areSettled ? 'Close' : 'Discard'}
            </Button>
          </>
        }
      />
      <div
        className={classNames('import-body', files.length > 1 && 'many')}
        {...(files.length === 1 ? { 'data-testid': 'import-row', 'data-state': chosen.stage } : {})}
      >
        {files.length > 1 && <FileList files={files} chosenId={chosen.id} />}
        <FileView key={chosen.id} file={chosen} hasOthers={files.length > 1} />
      </div>
    </section>
  );
}

function FileList({
  files,
  chosenId,
}: {
  readonly files: readonly PendingFile[];
  readonly chosenId: number;
}) {
  return (
    <ul className="import-files" aria-label="Files">
      {files.map((file) => (
        <li key={file.id}>
          <button
            type="button"
            className="import-file"
            aria-current={file.id === chosenId}
            data-testid="import-row"
            data-state={file.stage}
            onClick={() => choose(file.id)}
          >
            <StageIcon file={file} />
            <span className="import-file-name" title={file.file.name}>
              {file.file.name}
            </span>
            <span className="muted">{stageWords(file)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function StageIcon({ file }: { readonly file: PendingFile }) {
  if (file.stage === 'done') return <CircleCheck size={14} className="ok" aria-hidden />;
  if (file.stage === 'failed' || (file.stage === 'ready' && file.preview?.problem))
    return <CircleAlert size={14} className="danger" aria-hidden />;
  if (openQuestions(file.preview).length > 0) return <CircleHelp size={14} className="warning" aria-hidden />;
  return file.stage === 'ready' ? <FileText size={14} aria-hidden /> : <FileClock size={14} aria-hidden />;
}

function stageWords(file: PendingFile): string {
  switch (file.stage) {
    case 'reading':
      return 'looking';
    case 'ready':
      if (file.preview?.problem) return 'not bars';
      return openQuestions(file.preview).length > 0 ? 'asks' : 'clear';
    case 'waiting':
      return 'waits';
    case 'importing':
      return 'importing';
    case 'done':
      return file.isUndone ? 'undone' : `${formatNumber(file.report?.stored ?? 0, 0)} bars`;
    case 'failed':
      return 'refused';
    case 'cancelled':
      return 'stopped';
  }
}

function FileView({ file, hasOthers }: { readonly file: PendingFile; readonly hasOthers: boolean }) {
  const { id, stage, preview, plan, fileId, error } = file;
  const rules = usePending((state) => state.rules);
  const isClear = canImport(file);
  // The whole file is judged whenever it is clear how it is read, and anew when that changes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `plan` and `rules` stand for what the check reads
  useEffect(() => {
    if (!isClear) return;
    const stop = new AbortController();
    const timer = setTimeout(() => void checkFile(id, stop.signal), 250);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [id, isClear, fileId, plan, rules]);

  if (stage === 'done') return <ImportReportView file={file} />;
  if (stage === 'importing' || stage === 'waiting')
    return (
      <div className="import-alone">
        <TaskProgress label={file.file.name} progress={file.progress} onCancel={() => cancelImport(id)} />
      </div>
    );
  if (stage === 'failed' || stage === 'cancelled')
    return (
      <div className="import-alone" data-testid="import-refused">
        <h2>{stage === 'failed' ? 'Refused; nothing was stored' : 'Stopped; nothing was stored'}</h2>
        <ErrorNotice error={error} />
        <div className="row-actions">
          <Button onClick={() => tryAgain(id)}>Look at it again</Button>
          <Button onClick={() => discard([id])}>Leave it out</Button>
        </div>
      </div>
    );
  if (preview === null) return <p className="import-alone muted">Looking at {file.file.name} …</p>;
  const questions = openQuestions(preview);
  return (
    <>
      <div className="import-main">
        <ErrorNotice error={error} />
        {preview.entries.length > 1 && (
          <p className="import-note muted">
            The archive holds {counted(preview.entries.length, 'file')}; shown is {preview.entries[0]}, all
            are read alike.
          </p>
        )}
        {preview.lines.length > 0 && <LinesTable preview={preview} />}
        <footer className="import-foot">
          <Verdict check={file.check} />
          <div className="import-go">
            <LineRulesForm />
            {questions.length > 0 && (
              <span className="warning" role="status">
                <CircleHelp size={14} aria-hidden /> {counted(questions.length, 'question')} first
              </span>
            )}
            <Button
              tone="primary"
              size="large"
              disabled={!isClear}
              autoFocus
              onClick={() => importFile(id)}
              data-testid="import-go"
            >
              Import
            </Button>
          </div>
        </footer>
      </div>
      {preview.plan !== null && (
        <aside className="import-side">
          <PlanPanel file={file} preview={preview} plan={preview.plan} />
          {hasOthers && (
            <Button onClick={() => applyToOthers(id)} data-testid="apply-to-others">
              Read the other files like this
            </Button>
          )}
        </aside>
      )}
    </>
  );
}
