import { ChartCandlestick, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { PlainError } from '../../../shared/contract/errors.ts';
import type { Series } from '../../../shared/contract/schemas.ts';
import { formatNumber } from '../../../shared/format/number.ts';
import { formatMinute } from '../../../shared/format/time.ts';
import { describeFailure } from '../../api/errors.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useCall } from '../../components/use-call.ts';
import { currentClient } from '../../state/connection.ts';
import { useNavigation } from '../../state/navigation.ts';
import { Coverage } from './coverage.tsx';

/** One series: coverage, where its bars came from, and what can be done with it. */
export function SeriesPanel({ series }: { readonly series: Series }) {
  const { openChart } = useNavigation();
  const [failure, setFailure] = useState<PlainError | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const { data: detail, error } = useCall(
    `${series.id}:${series.contentHash}:${series.lastImportAt}`,
    (client) => client.data.get({ seriesId: series.id }),
  );
  const attempt = async (action: () => Promise<unknown>) => {
    setFailure(null);
    await action().catch((thrown) => setFailure(describeFailure(thrown)));
  };
  return (
    <aside className="series-panel" aria-label={`${series.ticker} ${series.every}`}>
      <header>
        <h2>
          {series.ticker} <span className="muted">{series.every}</span>
        </h2>
        <div className="row-actions">
          <button type="button" className="primary" onClick={() => openChart(series.id, null)}>
            <ChartCandlestick size={14} aria-hidden /> Open chart
          </button>
          {isAsking ? (
            <>
              <button
                type="button"
                className="danger"
                onClick={() => void attempt(() => currentClient().data.remove({ seriesId: series.id }))}
              >
                Remove {formatNumber(series.bars, 0)} bars
              </button>
              <button type="button" onClick={() => setIsAsking(false)}>
                Keep
              </button>
            </>
          ) : (
            <button type="button" onClick={() => setIsAsking(true)}>
              <Trash2 size={14} aria-hidden /> Remove …
            </button>
          )}
        </div>
      </header>
      <ErrorNotice error={failure ?? error} />
      <dl className="facts">
        <dt>Bars</dt>
        <dd>{formatNumber(series.bars, 0)}</dd>
        <dt>First, UTC</dt>
        <dd>{formatMinute(series.first)}</dd>
        <dt>Last, UTC</dt>
        <dd>{formatMinute(series.last)}</dd>
        <dt>Stored</dt>
        <dd>
          {formatNumber(series.storedBytes / 1e6, 2)} MB, {formatNumber(series.storedBytes / series.bars, 1)}{' '}
          B a bar
        </dd>
        <dt>Content</dt>
        <dd>
          <code title={series.contentHash}>{series.contentHash.slice(0, 16)}</code>
        </dd>
      </dl>
      {detail !== null && (
        <>
          <h3>Coverage</h3>
          <Coverage days={detail.days} />
          <h3>Imports</h3>
          <ul className="imports">
            {detail.imports.map((one) => (
              <li key={one.importId} className={one.undone ? 'undone' : ''}>
                <div>
                  <strong>{one.file}</strong>
                  <p className="muted">
                    {formatMinute(one.importedAt)} UTC · {formatNumber(one.accepted, 0)} accepted,{' '}
                    {formatNumber(one.rejected, 0)} rejected, {formatNumber(one.stored, 0)} stored ·{' '}
                    <code title={one.fileSha256}>{one.fileSha256.slice(0, 12)}</code>
                  </p>
                </div>
                {one.undone ? (
                  <span className="muted">undone</span>
                ) : (
                  <button
                    type="button"
                    onClick={() =>
                      void attempt(() => currentClient().data.undoImport({ importId: one.importId }))
                    }
                  >
                    <Undo2 size={14} aria-hidden /> Undo
                  </button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </aside>
  );
}
