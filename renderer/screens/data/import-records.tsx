import { Download, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { PlainError } from '../../../shared/contract/errors.ts';
import type { ImportRecord, ReadingPlan } from '../../../shared/contract/schemas.ts';
import { formatNumber } from '../../../shared/format/number.ts';
import { formatMinute } from '../../../shared/format/time.ts';
import { describeFailure } from '../../api/errors.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { saveFile } from '../../components/save-file.ts';
import { Badge, Button } from '../../design/index.ts';
import { currentClient } from '../../state/connection.ts';
import { takeBackImport } from '../../state/removals.ts';

/** Imports as units: file, range, how it was read, and undo. `seriesId` shows the part of one series only. */
export function ImportRecords({
  records,
  seriesId = null,
  error,
}: {
  readonly records: readonly ImportRecord[] | null;
  readonly seriesId?: string | null;
  readonly error: PlainError | null;
}) {
  const [failure, setFailure] = useState<PlainError | null>(null);
  const attempt = (action: Promise<unknown>) =>
    void action.then(
      () => setFailure(null),
      (thrown) => setFailure(describeFailure(thrown)),
    );
  return (
    <>
      <ErrorNotice error={failure ?? error} />
      <ul className="import-records">
        {records?.map((record) => (
          <li key={record.importId} className={record.undone ? 'undone' : ''} data-testid="import-record">
            <div className="import-record-words">
              <strong>{record.file}</strong>{' '}
              {record.source !== 'file' && <Badge tone="accent">{record.source}</Badge>}
              <Ranges record={record} seriesId={seriesId} />
              <p className="muted">
                {formatMinute(record.importedAt)} UTC · {formatNumber(record.accepted, 0)} accepted,{' '}
                {formatNumber(record.rejected, 0)} rejected, {formatNumber(record.stored, 0)} stored · SHA-256{' '}
                <code title={record.fileSha256}>{record.fileSha256.slice(0, 12)}</code> · parser{' '}
                {record.parserVersion}
              </p>
              {record.plan !== null && <p className="muted">{planWords(record.plan)}</p>}
              {record.warnings.map((warning) => (
                <p key={warning} className="muted">
                  {warning}
                </p>
              ))}
            </div>
            <div className="import-record-actions">
              {record.rejected > 0 && (
                <Button
                  icon={<Download size={14} aria-hidden />}
                  onClick={() =>
                    attempt(
                      currentClient()
                        .data.rejects({ importId: record.importId })
                        .then((payload) => saveFile(payload, `${record.file}.rejected.csv`)),
                    )
                  }
                >
                  Rejected lines
                </Button>
              )}
              {record.undone || record.settled ? (
                <span className="muted">{record.undone ? 'undone' : 'cleaned up: no undo'}</span>
              ) : (
                <Button
                  icon={<Undo2 size={14} aria-hidden />}
                  data-testid="undo-record"
                  onClick={() => takeBackImport(record)}
                >
                  Undo
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

const SHOWN = 4;

function Ranges({ record, seriesId }: { readonly record: ImportRecord; readonly seriesId: string | null }) {
  const parts = record.series.filter((part) => seriesId === null || part.seriesId === seriesId);
  return (
    <>
      {parts.slice(0, SHOWN).map(({ seriesId: id, ticker, every, bars, first, last }) => (
        <p key={id} className="numeric-words">
          {seriesId === null && `${ticker} ${every}: `}
          {formatNumber(bars, 0)} bars from {formatMinute(first)} to {formatMinute(last)}
        </p>
      ))}
      {parts.length > SHOWN && (
        <p className="muted">and {formatNumber(parts.length - SHOWN, 0)} more series</p>
      )}
    </>
  );
}

function planWords({ layout, zone, stamp, every, priceDivisor }: ReadingPlan): string {
  return [
    layout === null ? 'read by its columns' : `read as ${layout}`,
    `times in ${zone}`,
    `stamps at the bar’s ${stamp}`,
    every === null ? null : `${every} bars`,
    priceDivisor === 1 ? null : `prices divided by ${formatNumber(priceDivisor, 0)}`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}
