import type { ImportOptions, ImportReport } from '../../../shared/contract/schemas.ts';
import { describeReject } from '../../../shared/import/reject-reason.ts';
import type { Invocation } from '../command-line.ts';
import { minuteText, print, printJson, progressLine, table } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { withApp } from '../with-app.ts';

export const IMPORT_OPTIONS = {
  ticker: { type: 'string' },
  every: { type: 'string' },
  map: { type: 'string', multiple: true },
  'on-error': { type: 'string' },
  'zero-bars': { type: 'string' },
} as const;

/** Each file is one transaction; the first failure stops, files before it stay imported. */
export async function importFiles(invocation: Invocation): Promise<void> {
  const { words, json, signal } = invocation;
  if (words.length === 0) throw new UsageError('hindsight import needs at least one file.');
  const options = importOptions(invocation.values);
  await withApp(invocation, 'terminal', async (app) => {
    const reports: ImportReport[] = [];
    for (const path of words) {
      const progress = progressLine(path);
      const report = await app.imports.importFile({ path }, options, { onProgress: progress.update, signal });
      progress.end();
      reports.push(report);
      if (!json) printReport(report);
    }
    if (json) printJson({ imports: reports });
  });
}

function importOptions(values: Invocation['values']): Partial<ImportOptions> {
  const onError = values['on-error'] ?? 'reject';
  if (onError !== 'reject' && onError !== 'fail') throw new UsageError('--on-error takes reject or fail.');
  const zeroBars = values['zero-bars'] ?? 'drop';
  if (zeroBars !== 'drop' && zeroBars !== 'reject-file')
    throw new UsageError('--zero-bars takes drop or reject-file.');
  const every = (values.every as string | undefined) ?? null;
  if (every !== null && !/^[1-9]\d*[smhdw]$/.test(every))
    throw new UsageError('--every takes an interval such as 1m, 5m, 1h or 1d.');
  const pairs = ((values.map as string[] | undefined) ?? []).flatMap((list) => list.split(','));
  const map = Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=');
      if (at < 1 || at === pair.length - 1)
        throw new UsageError('--map takes pairs such as Last=close,Vol=volume.');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  return { ticker: (values.ticker as string | undefined) ?? null, every, onError, zeroBars, map };
}

function printReport(report: ImportReport): void {
  const { file, linesRead, accepted, rejected, stored, unchanged, milliseconds } = report;
  const rate = Math.round(linesRead / (milliseconds / 1000));
  print(`${file}: ${linesRead} lines read = ${accepted} accepted + ${rejected} rejected (${rate} lines/s)`);
  print(`${stored} bars stored, ${unchanged} were there already; import ${report.importId}`);
  print(
    table(
      ['ticker', 'every', 'bars', 'first', 'last'],
      report.series.map((series) => [
        series.ticker,
        series.every,
        series.bars,
        minuteText(series.first),
        minuteText(series.last),
      ]),
    ),
  );
  for (const { reason, count, examples } of report.rejects) {
    const first = examples[0];
    const place = first === undefined ? '' : `, first at line ${first.line}: ${first.text}`;
    print(`rejected ${count}: ${describeReject(reason)}${place}`);
  }
  for (const warning of report.warnings) print(`note: ${warning}`);
}
