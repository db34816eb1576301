import { join } from 'node:path';
import { RUN_FILES } from '../../shared/contract/schemas.ts';
import { trustItems } from '../../shared/format/trust.ts';
import type { App } from '../services/create-app.ts';
import { minuteText, print, printJson, statisticsTable, table } from './output.ts';
import { writeRunFiles } from './run-files.ts';

/** Prints a stored run and, with a folder, writes its files there. */
export async function reportRun(
  app: App,
  runId: string,
  folder: string | null,
  json: boolean,
): Promise<void> {
  const { statistics, manifest, trust, ...summary } = await app.runs.get(runId);
  const files = folder === null ? null : await writeRunFiles(app, runId, folder);
  if (json) {
    const values = Object.fromEntries(statistics.map(({ id, value }) => [id, value]));
    printJson({ run: summary, statistics: values, trust, results: manifest.results, files });
    return;
  }
  const { strategyName, tickers, every, bars, first, last, engineMilliseconds } = summary;
  print(`${strategyName} on ${tickers.join(', ')} ${every}, ${minuteText(first)} to ${minuteText(last)} UTC`);
  print(`${bars} bars in ${engineMilliseconds.toFixed(1)} ms\n`);
  print(statisticsTable(statistics));
  if (trust !== null) {
    print(
      `\n${table(
        ['how far to trust it', ''],
        trustItems(trust).map(({ label, value }) => [label, value]),
      )}`,
    );
  }
  if (files === null || folder === null) return;
  print(
    `\n${table(
      ['file', 'bytes', 'sha-256'],
      RUN_FILES.map((name) => [name, files[name].bytes, files[name].sha256.slice(0, 16)]),
    )}`,
  );
  print(`\nOpen ${join(folder, 'report.html')} in any browser.`);
}
