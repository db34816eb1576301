import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleX,
  ListChecks,
  LoaderCircle,
  RotateCw,
  Zap,
} from 'lucide-react';
import { useState } from 'react';
import type { Job, JobState } from '../../../shared/contract/schemas.ts';
import { counted } from '../../../shared/format/number.ts';
import { formatMinute } from '../../../shared/format/time.ts';
import { describeFailure } from '../../api/errors.ts';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Inspected } from '../../components/inspected.tsx';
import { describeProgress, ProgressBar } from '../../components/task-progress.tsx';
import { Bar, Button, EmptyState, Facts, IconButton, MenuItem, toast } from '../../design/index.ts';
import { currentClient } from '../../state/connection.ts';
import { isUnfinished, runningJobs, useJobs } from '../../state/jobs.ts';
import { useNavigation } from '../../state/navigation.ts';
import { usePaneState } from '../../state/pane.tsx';
import { openSample } from '../../state/tasks.ts';
import './jobs.css';

const ICONS = {
  waiting: CircleDashed,
  running: LoaderCircle,
  done: CircleCheck,
  failed: CircleX,
  cancelled: Ban,
  interrupted: Zap,
} as const satisfies Record<JobState, unknown>;
const KINDS: Readonly<Record<Job['kind'], string>> = {
  import: 'import',
  run: 'backtest',
  sample: 'sample',
  fetch: 'fetch',
  export: 'export',
};

function State({ job }: { readonly job: Job }) {
  const Icon = ICONS[job.state];
  return (
    <span className={`job-state ${job.state}`}>
      <Icon size={14} aria-hidden /> {job.state}
    </span>
  );
}

/** `0.4 s`, `12 s`, `3 min 20 s`. */
function took({ startedAt, endedAt }: Job): string {
  if (startedAt === null || endedAt === null) return '–';
  const seconds = (endedAt - startedAt) / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

const ask = (call: Promise<unknown>, title: string): void => {
  call.catch((thrown) => toast({ kind: 'problem', title, text: describeFailure(thrown).message }));
};
const cancel = ({ id }: Job) =>
  ask(currentClient().jobs.cancel({ jobId: id }), 'The job could not be cancelled');
const retry = ({ id }: Job) =>
  ask(currentClient().jobs.retry({ jobId: id }), 'The job could not be started again');

function openResult({ kind, result }: Job): void {
  const { openRun, go } = useNavigation.getState();
  if (result?.runId !== undefined) openRun(result.runId);
  else if (kind === 'import' || kind === 'fetch') go('data');
}
const canOpen = ({ kind, state, result }: Job) =>
  state === 'done' && (result?.runId !== undefined || kind === 'import' || kind === 'fetch');

const COLUMNS: readonly TableColumn<Job>[] = [
  { key: 'state', title: 'State', width: '98px', cell: (job) => <State job={job} /> },
  { key: 'kind', title: 'Kind', width: '66px', cell: ({ kind }) => KINDS[kind] },
  {
    key: 'title',
    title: 'What',
    width: 'minmax(120px, 1.4fr)',
    cell: ({ title }) => <strong>{title}</strong>,
  },
  {
    key: 'outcome',
    title: 'Progress or outcome',
    width: 'minmax(160px, 2fr)',
    cell: (job) => <Outcome job={job} />,
  },
  { key: 'started', title: 'Started, UTC', width: '118px', cell: ({ startedAt }) => formatMinute(startedAt) },
  { key: 'took', title: 'Took', width: '84px', numeric: true, cell: took },
  { key: 'where', title: 'Where', width: '88px', cell: ({ where }) => where },
  { key: 'actions', title: 'Do', width: '64px', numeric: true, cell: (job) => <Actions job={job} /> },
];

function Outcome({ job }: { readonly job: Job }) {
  if (isUnfinished(job)) {
    return (
      <span className="job-progress">
        <ProgressBar label={job.title} progress={job.progress} />
        <span className="muted">{describeProgress(job.progress)}</span>
      </span>
    );
  }
  if (job.error !== null) return <span className="job-error">{job.error.message}</span>;
  if (job.state === 'interrupted') return <span className="muted">Hindsight ended before it was done</span>;
  return <span className="muted">{job.result?.text ?? ''}</span>;
}

function Actions({ job }: { readonly job: Job }) {
  if (isUnfinished(job)) {
    return (
      <IconButton
        label={`Cancel ${job.title}`}
        icon={<Ban size={13} aria-hidden />}
        onClick={() => cancel(job)}
      />
    );
  }
  if (!job.canRetry) return null;
  return (
    <IconButton
      label={`Start ${job.title} again`}
      icon={<RotateCw size={13} aria-hidden />}
      onClick={() => retry(job)}
    />
  );
}

/** Imports, backtests, fetches and exports: what is under way, and what became of the others. */
export function JobsScreen() {
  const jobs = useJobs(({ jobs }) => jobs) ?? [];
  const [chosenId, setChosenId] = usePaneState<string | null>('chosen', null);
  const [scrollTop, setScrollTop] = usePaneState<number>('scroll', 0);
  const [firstScroll] = useState(scrollTop);
  const running = runningJobs(jobs).length;
  const selected = jobs.findIndex(({ id }) => id === chosenId);
  const chosen = jobs[selected];

  if (jobs.length === 0) {
    return (
      <EmptyState
        testId="screen-jobs"
        icon={<ListChecks size={22} aria-hidden />}
        title="No jobs yet"
        actions={<Button onClick={() => void openSample()}>Open the sample</Button>}
      >
        Imports, backtests, fetches and exports show here, with their progress. They go on when the window is
        closed.
      </EmptyState>
    );
  }
  return (
    <div className="jobs-screen" data-testid="screen-jobs">
      <Bar
        title="Jobs"
        end={
          <Button
            disabled={running === jobs.length}
            onClick={() => ask(currentClient().jobs.clear(), 'The list could not be cleared')}
          >
            Clear what is over
          </Button>
        }
      >
        <span className="muted">
          {running === 0 ? 'nothing is running' : `${counted(running, 'job')} running`}
        </span>
      </Bar>
      <DataTable
        label="Jobs"
        storageKey="jobs"
        columns={COLUMNS}
        count={jobs.length}
        row={(index) => jobs[index] ?? null}
        rowProps={rowProps}
        selected={selected}
        onSelect={(index) => setChosenId(jobs[index]!.id)}
        onOpen={(index) => openResult(jobs[index]!)}
        onRowKey={(event, index) => {
          const job = jobs[index]!;
          if (event.key === 'Delete' && isUnfinished(job)) cancel(job);
          else if (event.key.toLowerCase() === 'r' && job.canRetry) retry(job);
          else return;
          event.preventDefault();
        }}
        rowMenu={(index) => <JobMenu job={jobs[index]!} />}
        scrollTop={firstScroll}
        onScrollTop={setScrollTop}
        empty=""
      />
      {chosen !== undefined && (
        <Inspected title={chosen.title}>
          <Facts
            items={[
              ['State', <State key="state" job={chosen} />],
              ['Kind', KINDS[chosen.kind]],
              ['Asked for, UTC', formatMinute(chosen.createdAt)],
              ['Took', took(chosen)],
              ['Where', chosen.where],
              ...(chosen.result?.text === undefined ? [] : [['Outcome', chosen.result.text] as const]),
            ]}
          />
          <ErrorNotice error={chosen.error} />
          <div className="inspected-actions">
            {canOpen(chosen) && (
              <Button tone="primary" onClick={() => openResult(chosen)}>
                Open the result
              </Button>
            )}
            {chosen.canRetry && <Button onClick={() => retry(chosen)}>Start again</Button>}
          </div>
        </Inspected>
      )}
    </div>
  );
}

const rowProps = ({ id, state, kind }: Job) => ({
  'data-testid': 'job-row',
  'data-job': id,
  'data-state': state,
  'data-kind': kind,
});

function JobMenu({ job }: { readonly job: Job }) {
  return (
    <>
      <MenuItem disabled={!canOpen(job)} keys="Enter" onSelect={() => openResult(job)}>
        Open the result
      </MenuItem>
      <MenuItem disabled={!job.canRetry} keys="R" onSelect={() => retry(job)}>
        Start again
      </MenuItem>
      <MenuItem disabled={!isUnfinished(job)} keys="Delete" onSelect={() => cancel(job)}>
        Cancel
      </MenuItem>
      <MenuItem
        onSelect={() =>
          ask(
            navigator.clipboard.writeText(JSON.stringify(job, null, 2)),
            'The clipboard cannot be written to',
          )
        }
      >
        Copy diagnostics
      </MenuItem>
    </>
  );
}
