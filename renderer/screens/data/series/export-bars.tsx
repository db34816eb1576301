import { Download } from 'lucide-react';
import { useState } from 'react';
import type { PlainError } from '../../../../shared/contract/errors.ts';
import type { ExportBars as Request, Series } from '../../../../shared/contract/schemas.ts';
import { formatDate } from '../../../../shared/format/time.ts';
import { describeFailure } from '../../../api/errors.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { saveFile } from '../../../components/save-file.ts';
import { Button, DateField, Field, Popover, Select } from '../../../design/index.ts';
import { currentClient } from '../../../state/connection.ts';

const INTERVALS = ['', '5m', '15m', '30m', '1h', '1d', '1w'] as const;

/** Bars as a file: format, range, length of bars, and how prices are adjusted. */
export function ExportBars({ series }: { readonly series: Series }) {
  const [format, setFormat] = useState<Request['format']>('csv');
  const [every, setEvery] = useState<string>('');
  const [view, setView] = useState<Request['view']>('raw');
  const [from, setFrom] = useState(formatDate(series.first));
  const [to, setTo] = useState(formatDate(series.last));
  const [failure, setFailure] = useState<PlainError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const save = async () => {
    setIsBusy(true);
    setFailure(null);
    try {
      const payload = await currentClient().data.exportBars({
        seriesId: series.id,
        from: from === '' ? null : from,
        to: to === '' ? null : to,
        every: every === '' ? null : every,
        view,
        format,
      });
      const name = `${series.ticker.replace(/[^\w.-]/g, '_')}-${every === '' ? series.every : every}.${format}`;
      await saveFile(payload, name);
    } catch (thrown) {
      setFailure(describeFailure(thrown));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Popover
      title={`Export ${series.ticker}`}
      trigger={
        <Button icon={<Download size={14} aria-hidden />} data-testid="export-bars">
          Export …
        </Button>
      }
    >
      <div className="export-form">
        <Field label="Format" layout="row">
          <Select
            value={format}
            testId="export-format"
            options={[
              { value: 'csv', label: 'CSV' },
              { value: 'csv.gz', label: 'CSV, gzip' },
              { value: 'parquet', label: 'Parquet' },
            ]}
            onChange={setFormat}
          />
        </Field>
        <Field label="Bars" layout="row">
          <Select
            value={every}
            options={INTERVALS.map((value) => ({
              value: value as string,
              label: value === '' ? `${series.every}, as stored` : value,
            }))}
            onChange={setEvery}
          />
        </Field>
        <Field label="Prices" layout="row">
          <Select
            value={view}
            options={[
              { value: 'raw', label: 'as they were' },
              { value: 'split', label: 'split-adjusted' },
              { value: 'total-return', label: 'with dividends' },
            ]}
            onChange={setView}
          />
        </Field>
        <Field label="From" unit="UTC" layout="row">
          <DateField value={from} isOptional onChange={setFrom} />
        </Field>
        <Field label="To" unit="UTC" layout="row">
          <DateField value={to} isOptional onChange={setTo} />
        </Field>
        <ErrorNotice error={failure} />
        <Button tone="primary" disabled={isBusy} onClick={() => void save()} data-testid="export-go">
          {isBusy ? 'Writing …' : 'Save the file'}
        </Button>
      </div>
    </Popover>
  );
}
