import { History } from 'lucide-react';
import { useCall } from '../../components/use-call.ts';
import { Button, EmptyState } from '../../design/index.ts';
import { useConnection } from '../../state/connection.ts';
import { chooseBars } from './choose-files.tsx';
import { ImportRecords } from './import-records.tsx';

/** Every import the library has seen, newest first; each can be undone as a unit. */
export function ImportsView() {
  const series = useConnection((state) => state.series) ?? [];
  const key = series
    .map(({ contentHash, lastImportAt }) => `${contentHash.slice(0, 8)}${lastImportAt}`)
    .join();
  const { data, error } = useCall(`imports:${key}`, (client) => client.data.imports());
  if (data?.length === 0)
    return (
      <EmptyState
        icon={<History size={32} aria-hidden />}
        title="Nothing was imported yet"
        actions={
          <Button tone="primary" onClick={chooseBars}>
            Import files …
          </Button>
        }
      >
        Every import is kept here as a unit with its file’s hash, how it was read and what it brought.
      </EmptyState>
    );
  return (
    <div className="data-page" data-testid="imports-view">
      <ImportRecords records={data} error={error} />
    </div>
  );
}
