import { AppError } from '../../../shared/contract/errors.ts';
import type { HealthReport, Series } from '../../../shared/contract/schemas.ts';
import type { App } from '../../services/create-app.ts';
import type { Invocation } from '../command-line.ts';
import { minuteText, print, printJson, progressLine, table } from '../output.ts';
import { parseNumber } from '../parse-values.ts';
import { seriesNamed } from '../series-named.ts';
import { UsageError } from '../usage-error.ts';

export const CHECK_OPTIONS = {
  all: { type: 'boolean' },
  'min-score': { type: 'string' },
  worst: { type: 'string' },
} as const;

const WORST = 15;

/** Health of one series with its suspects, or of all as a table. `--min-score` makes it the exit code. */
export async function check(app: App, invocation: Invocation): Promise<void> {
  const { values } = invocation;
  const least = parseNumber('--min-score', values['min-score'] as string | undefined) ?? 0;
  const below =
    values.all === true ? await checkAll(app, invocation, least) : await checkOne(app, invocation, least);
  if (below.length === 0) return;
  throw new AppError('data-doubtful', `Health below ${least}: ${below.join(', ')}`, {
    hint: 'See hindsight data check TICKER for what is doubtful.',
  });
}

async function checkOne(app: App, invocation: Invocation, least: number): Promise<string[]> {
  const worst = parseNumber('--worst', invocation.values.worst as string | undefined) ?? WORST;
  const series = await seriesNamed(app, invocation);
  const report = await app.health.report(series.id, { signal: invocation.signal });
  if (invocation.json) printJson({ ticker: series.ticker, every: series.every, ...report });
  else printReport(series, report, worst);
  return report.score < least ? [`${series.ticker} ${report.score}`] : [];
}

async function checkAll(app: App, { words, json, signal }: Invocation, least: number): Promise<string[]> {
  if (words.length > 0) throw new UsageError('hindsight data check takes a ticker or --all, not both.');
  const series = new Map((await app.series.list()).map((one) => [one.id, one]));
  const progress = progressLine('check');
  const reports: { series: Series; report: HealthReport }[] = [];
  for await (const { seriesId, report } of app.health.reports([...series.keys()], { signal })) {
    const one = series.get(seriesId)!;
    reports.push({ series: one, report });
    progress.update({
      stage: one.ticker,
      done: reports.length,
      total: series.size,
      unit: 'series',
      rate: null,
      secondsLeft: null,
    });
  }
  progress.end();
  reports.sort((a, b) => a.report.score - b.report.score);
  if (json) {
    printJson({
      series: reports.map(({ series: { ticker, every, bars }, report }) => ({
        ticker,
        every,
        bars,
        ...report,
      })),
    });
  } else if (reports.length === 0) print('The library is empty. Import a file, or run hindsight demo.');
  else {
    print(
      table(
        ['ticker', 'every', 'bars', 'health', 'suspects', 'calendar', 'lowest part'],
        reports.map(({ series: { ticker, every, bars }, report }) => {
          const lowest = report.parts.reduce((low, part) => (part.score < low.score ? part : low));
          const what = lowest.score < 100 ? `${lowest.label} ${lowest.score.toFixed(1)}` : '';
          return [ticker, every, bars, report.score.toFixed(1), report.suspectCount, report.calendar, what];
        }),
      ),
    );
  }
  return reports
    .filter(({ report }) => report.score < least)
    .map(({ series, report }) => `${series.ticker} ${series.every} ${report.score}`);
}

function printReport({ ticker, every, bars }: Series, report: HealthReport, worst: number): void {
  print(
    `${ticker} ${every}: health ${report.score.toFixed(1)} of 100 over ${bars} bars, calendar ${report.calendar}`,
  );
  print(`${report.convention}\n`);
  print(
    table(
      ['part', 'score', 'suspects', 'how'],
      report.parts.map(({ label, score, count, convention }) => [label, score.toFixed(1), count, convention]),
    ),
  );
  const shown = report.suspects.slice(0, worst);
  if (shown.length === 0) {
    print('\nNo suspects.');
    return;
  }
  print(
    `\n${shown.length === report.suspects.length ? 'All' : 'The worst'} ${shown.length} of ${report.suspects.length} suspects:`,
  );
  print(
    table(
      ['kind', 'from', 'to', 'severity', 'what'],
      shown.map(({ kind, from, to, severity, detail, isReviewed }) => [
        kind,
        minuteText(from),
        minuteText(to),
        isReviewed ? 'reviewed' : severity.toFixed(2),
        detail,
      ]),
    ),
  );
}
