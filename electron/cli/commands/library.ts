import { resolve } from 'node:path';
import type { CleanUp } from '../../../shared/contract/schemas.ts';
import { firstInstant } from '../../../shared/market/time-range.ts';
import { nearestName } from '../../../shared/text/nearest-name.ts';
import type { App } from '../../services/create-app.ts';
import type { Invocation } from '../command-line.ts';
import { minuteText, print, printJson, progressLine, table } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { withApp } from '../with-app.ts';

export const LIBRARY_OPTIONS = {
  before: { type: 'string' },
  'to-limit': { type: 'boolean' },
  replace: { type: 'boolean' },
} as const;

const ACTIONS = { storage, check, compact, clean, backup, restore, limit } as const;

/** Upkeep of the library as a whole. */
export async function library(invocation: Invocation): Promise<void> {
  const [name = '', ...words] = invocation.words;
  const action = ACTIONS[name as keyof typeof ACTIONS];
  if (action === undefined) {
    const near = nearestName(name, Object.keys(ACTIONS));
    throw new UsageError(
      `hindsight library takes ${Object.keys(ACTIONS).join(', ')}.${near === null ? '' : ` Did you mean ${near}?`}`,
    );
  }
  await withApp(invocation, 'terminal', (app) => action(app, { ...invocation, words }));
}

async function storage(app: App, { json }: Invocation): Promise<void> {
  const report = await app.library.storage();
  if (json) return printJson(report);
  print(
    table(
      ['', 'bytes'],
      [
        ['file with its log', report.fileBytes],
        ['bars', report.barBytes],
        ['levels of detail', report.pyramidBytes],
        ['runs', report.runBytes],
        ['history, for undo', report.historyBytes],
        ['free, given back by compact', report.freeBytes],
        ['limit', report.limitBytes ?? 'none'],
      ],
    ),
  );
  if (report.history.length === 0) return;
  print(
    `\n${table(
      ['import', 'at', 'file', 'history', ''],
      report.history.map(({ importId, importedAt, file, bytes, undone }) => [
        importId,
        minuteText(importedAt),
        file,
        bytes,
        undone ? 'undone' : '',
      ]),
    )}`,
  );
}

/** Exit code 1 where anything is damaged: a script must notice. */
async function check(app: App, { json, signal }: Invocation): Promise<void> {
  const progress = progressLine('check');
  const report = await app.library
    .checkIntegrity({ onProgress: progress.update, signal })
    .finally(progress.end);
  if (report.damages.length > 0) process.exitCode = 1;
  if (json) return printJson(report);
  print(`${report.checkedChunks} chunks of bars and ${report.checkedRuns} runs checked`);
  if (report.damages.length === 0) print('Everything is as it was stored.');
  for (const { what, hint } of report.damages) print(`damaged: ${what}\n         ${hint}`);
}

async function compact(app: App, { json, signal }: Invocation): Promise<void> {
  const progress = progressLine('compact');
  const report = await app.library.compact({ onProgress: progress.update, signal }).finally(progress.end);
  if (json) return printJson(report);
  print(`${report.bytesBefore} bytes before, ${report.bytesAfter} now`);
}

async function clean(app: App, { values, json }: Invocation): Promise<void> {
  const request: CleanUp = {
    undone: true,
    before: values.before === undefined ? null : dayOf(values.before as string),
    toLimit: values['to-limit'] === true,
  };
  const report = await app.library.cleanUp(request);
  if (json) return printJson(report);
  print(
    `${report.freedBytes} bytes of history dropped; hindsight library compact gives them back to the disk`,
  );
  for (const { importId, file } of report.settled)
    print(`import ${importId} of ${file} can be undone no more`);
}

async function backup(app: App, { words, json, signal }: Invocation): Promise<void> {
  const [file] = words;
  if (file === undefined) throw new UsageError('hindsight library backup needs the name of a file.');
  const path = resolve(file);
  const progress = progressLine('backup');
  const { bytes } = await app.library
    .backupTo(path, { onProgress: progress.update, signal })
    .finally(progress.end);
  if (json) return printJson({ file: path, bytes });
  print(`The library is in ${path} (${bytes} bytes)`);
}

async function restore(app: App, { words, values, json, signal }: Invocation): Promise<void> {
  const [file] = words;
  if (file === undefined) throw new UsageError('hindsight library restore needs the name of a backup.');
  const progress = progressLine('restore');
  const report = await app.library
    .restore(resolve(file), values.replace === true, { onProgress: progress.update, signal })
    .finally(progress.end);
  if (json) return printJson(report);
  const { madeAt, series, bars, runs, strategies } = report;
  print(
    `${series} series with ${bars} bars, ${runs} runs and ${strategies.length} strategies as of ${minuteText(madeAt)}`,
  );
}

async function limit(app: App, { words, json }: Invocation): Promise<void> {
  const [size] = words;
  if (size === undefined) throw new UsageError('hindsight library limit takes a size such as 2GB, or none.');
  const report = await app.library.setLimit(bytesOf(size));
  if (json) return printJson(report);
  const { limitBytes, fileBytes } = report;
  if (limitBytes === null) return print('The library has no limit.');
  print(`The library may hold ${limitBytes} bytes; it has ${fileBytes}.`);
  if (fileBytes > limitBytes)
    print('hindsight library clean --to-limit drops the history of its oldest imports.');
}

const UNITS = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 } as const;

/** `2GB`, `500 MB`, a plain number of bytes; null for `none`. */
function bytesOf(size: string): number | null {
  if (size === 'none') return null;
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([kmgt]?b)?$/i.exec(size) ?? [];
  const bytes = Math.round(Number(number) * UNITS[(unit ?? 'b').toLowerCase() as keyof typeof UNITS]);
  if (!(bytes >= UNITS.mb)) throw new UsageError(`A limit is 1MB or more, or none, not "${size}".`);
  return bytes;
}

function dayOf(text: string): number {
  try {
    return firstInstant(text);
  } catch {
    throw new UsageError('--before takes a date such as 2024-07-01.');
  }
}
