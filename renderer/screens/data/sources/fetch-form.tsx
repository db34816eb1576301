import { DownloadCloud } from 'lucide-react';
import { useState } from 'react';
import type { PlainError } from '../../../../shared/contract/errors.ts';
import type {
  FetchProgress,
  FetchResult,
  Progress,
  SourceState,
} from '../../../../shared/contract/schemas.ts';
import { counted, formatNumber } from '../../../../shared/format/number.ts';
import { describeFailure } from '../../../api/errors.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { TaskProgress } from '../../../components/task-progress.tsx';
import { Button, DateField, Field, Select, TextField } from '../../../design/index.ts';
import { currentClient } from '../../../state/connection.ts';
import { followJob } from '../../../state/job-stream.ts';
import { watchJob } from '../../../state/jobs.ts';

/** What to fetch from a source, its progress, and what came of it. */
export function FetchForm({ source }: { readonly source: SourceState }) {
  const [symbols, setSymbols] = useState('');
  const [every, setEvery] = useState(source.intervals?.[0] ?? '1m');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [progress, setProgress] = useState<{ part: string | null; progress: Progress } | null>(null);
  const [outcome, setOutcome] = useState<FetchResult | null>(null);
  const [failure, setFailure] = useState<PlainError | null>(null);
  const [stop, setStop] = useState<AbortController | null>(null);

  const names = symbols
    .split(/[\s,;]+/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const isComplete = names.length > 0 || !source.symbols.isRequired;
  const fetchBars = async () => {
    const own = new AbortController();
    setStop(own);
    setProgress(null);
    setOutcome(null);
    setFailure(null);
    try {
      const request = {
        id: source.id,
        symbols: names,
        every,
        from: from === '' ? null : from,
        to: to === '' ? null : to,
      };
      const result = await followJob<FetchResult, FetchProgress>(currentClient().data.fetch(request), {
        signal: own.signal,
        onStarted: watchJob,
        onProgress: (next) => setProgress({ part: next.part, progress: next }),
      });
      setOutcome(result);
    } catch (thrown) {
      if (!own.signal.aborted) setFailure(describeFailure(thrown));
    } finally {
      setStop(null);
    }
  };
  return (
    <div className="fetch">
      <form
        className="fetch-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete && stop === null) void fetchBars();
        }}
      >
        <Field label={source.symbols.label}>
          <TextField
            value={symbols}
            placeholder={source.symbols.example}
            testId={`fetch-${source.id}-symbols`}
            onChange={setSymbols}
          />
        </Field>
        {source.intervals !== null && (
          <Field label="Bars">
            <Select
              value={every}
              options={source.intervals.map((value) => ({ value, label: value }))}
              onChange={setEvery}
            />
          </Field>
        )}
        {source.hasRange && (
          <>
            <Field label="From" unit="UTC">
              <DateField value={from} isOptional onChange={setFrom} />
            </Field>
            <Field label="To" unit="UTC">
              <DateField value={to} isOptional onChange={setTo} />
            </Field>
          </>
        )}
        <Button
          type="submit"
          tone="primary"
          icon={<DownloadCloud size={14} aria-hidden />}
          disabled={!isComplete || stop !== null}
          data-testid={`fetch-${source.id}`}
        >
          Fetch
        </Button>
      </form>
      {stop !== null && (
        <TaskProgress
          label={progress?.part ?? source.name}
          progress={progress?.progress ?? null}
          onCancel={() => stop.abort()}
        />
      )}
      <ErrorNotice error={failure} />
      {outcome !== null && <Outcome outcome={outcome} />}
    </div>
  );
}

function Outcome({ outcome: { reports, skipped, empty, failures } }: { readonly outcome: FetchResult }) {
  const stored = reports.reduce((sum, { stored }) => sum + stored, 0);
  return (
    <div data-testid="fetch-outcome" data-stored={stored}>
      <p>
        {formatNumber(stored, 0)} new bars from {counted(reports.length, 'part')}
        {skipped > 0 && `; ${counted(skipped, 'part')} were here already`}
        {empty.length > 0 && `; no bars for ${empty.slice(0, 5).join(', ')}`}
      </p>
      {failures.map(({ part, error }) => (
        <div key={part}>
          <p className="reject">{part}</p>
          <ErrorNotice error={error} />
        </div>
      ))}
    </div>
  );
}
