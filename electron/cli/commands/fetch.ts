import type { FetchProgress, FetchRequest, FetchResult } from '../../../shared/contract/schemas.ts';
import { FetchRequestSchema } from '../../../shared/contract/schemas.ts';
import type { Invocation } from '../command-line.ts';
import { minuteText, print, printJson, progressLine, table } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { withApp } from '../with-app.ts';
import { sourceNamed } from './sources.ts';

export const FETCH_OPTIONS = {
  every: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  again: { type: 'boolean' },
  plan: { type: 'boolean' },
} as const;

/** Fetches bars from a source on the network into the library; `--plan` only says what it would fetch. */
export async function fetchBars(invocation: Invocation): Promise<void> {
  const { json, signal, values } = invocation;
  const request = requestOf(invocation);
  await withApp(invocation, 'terminal', async (app) => {
    if (values.plan === true) {
      const plan = await app.sources.plan(request, { signal });
      if (json) return printJson(plan);
      const rows = plan.parts.map(({ name, bytes, isHeld }) => [name, bytes ?? '', isHeld ? 'held' : '']);
      print(rows.length === 0 ? 'There is nothing to fetch.' : table(['part', 'bytes', ''], rows));
      return;
    }
    const line = progressLine(request.id);
    const onProgress = (progress: FetchProgress) =>
      line.update({ ...progress, stage: [progress.stage, progress.part].filter(Boolean).join(' ') });
    const result = await app.sources.fetch(request, { signal, onProgress }).finally(line.end);
    if (json) printJson(result);
    else printResult(result);
  });
}

function requestOf({ words, values }: Invocation): FetchRequest {
  const id = sourceNamed(words);
  const symbols = words.slice(1);
  const parsed = FetchRequestSchema.safeParse({
    id,
    // Keys of objects may hold commas, symbols do not.
    symbols: id === 's3' ? symbols : symbols.flatMap((word) => word.split(',')).filter((word) => word !== ''),
    ...(values.every === undefined ? {} : { every: values.every }),
    from: values.from ?? null,
    to: values.to ?? null,
    again: values.again === true,
  });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new UsageError(`--${issue.path.join('.')} takes ${issue.message.replace(/^Invalid string: /, '')}.`);
}

function printResult({ reports, skipped, empty, failures }: FetchResult): void {
  const series = new Map<string, { bars: number; first: number; last: number }>();
  let stored = 0;
  let rejected = 0;
  for (const report of reports) {
    stored += report.stored;
    rejected += report.rejected;
    for (const { ticker, every, bars, first, last } of report.series) {
      const known = series.get(`${ticker} ${every}`) ?? { bars: 0, first, last };
      series.set(`${ticker} ${every}`, {
        bars: known.bars + bars,
        first: Math.min(known.first, first),
        last: Math.max(known.last, last),
      });
    }
  }
  print(`${reports.length} parts imported, ${skipped} held already, ${empty.length} without bars`);
  print(`${stored} bars stored, ${rejected} lines rejected`);
  const rows = [...series].map(([name, { bars, first, last }]) => [
    name,
    bars,
    minuteText(first),
    minuteText(last),
  ]);
  if (rows.length > 0) print(table(['series', 'bars', 'first', 'last'], rows));
  for (const { part, error } of failures)
    print(`failed ${part}: ${error.message}. ${error.detail.hint ?? ''}`);
}
