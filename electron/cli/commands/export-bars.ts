import { resolve } from 'node:path';
import {
  EXPORT_FORMATS,
  type ExportBars,
  ExportBarsSchema,
  PRICE_VIEWS,
} from '../../../shared/contract/schemas.ts';
import type { App } from '../../services/create-app.ts';
import type { Invocation } from '../command-line.ts';
import { print, printJson, progressLine } from '../output.ts';
import { parseChoice } from '../parse-values.ts';
import { seriesNamed } from '../series-named.ts';
import { UsageError } from '../usage-error.ts';
import { longerBarsSource } from './longer-bars.ts';

export const EXPORT_OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  format: { type: 'string' },
  view: { type: 'string' },
  out: { type: 'string' },
} as const;

/** Bars as a file; it appears under its name when it is complete. */
export async function exportBars(app: App, invocation: Invocation): Promise<void> {
  const { values, json, signal } = invocation;
  const { every, from, to, out } = values as Readonly<Record<string, string | undefined>>;
  const source = await longerBarsSource(app, invocation);
  const series = source ?? (await seriesNamed(app, invocation));
  const format = formatOf(values);
  const parsed = ExportBarsSchema.safeParse({
    seriesId: series.id,
    from: from ?? null,
    to: to ?? null,
    every: source === null ? null : every,
    view: parseChoice('--view', values.view as string | undefined, PRICE_VIEWS) ?? 'raw',
    format,
  });
  if (!parsed.success) throw new UsageError('--from and --to take dates such as 2024-07-01, in UTC.');
  const path = resolve(
    out ?? `${fileNameOf(series.ticker)}-${every ?? series.every}.${format}`.replace(':', '-'),
  );
  const progress = progressLine(path);
  const report = await app.library
    .exportTo(path, parsed.data, { onProgress: progress.update, signal })
    .finally(progress.end);
  if (json) return printJson({ file: path, ...report });
  print(`${report.bars} bars written to ${path} (${report.bytes} bytes)`);
}

/** What is asked for, or else what the file's name says. */
function formatOf({ format, out }: Invocation['values']): ExportBars['format'] {
  const asked = parseChoice('--format', format as string | undefined, EXPORT_FORMATS);
  return asked ?? EXPORT_FORMATS.findLast((known) => String(out).endsWith(`.${known}`)) ?? 'csv';
}

/** A ticker without the signs that files cannot have in their names. */
const fileNameOf = (ticker: string) => ticker.replace(/[^\w.=^-]/g, '-');
