import { nearestName } from '../../../shared/text/nearest-name.ts';
import type { App } from '../../services/create-app.ts';
import type { Invocation } from '../command-line.ts';
import { minuteText, print, printJson, table } from '../output.ts';
import { seriesNamed } from '../series-named.ts';
import { UsageError } from '../usage-error.ts';
import { withApp } from '../with-app.ts';
import { ACTION_OPTIONS, actions } from './actions.ts';
import { CHECK_OPTIONS, check } from './check.ts';
import { EXPORT_OPTIONS, exportBars } from './export-bars.ts';
import { imports, rejects } from './imports.ts';
import { INSTRUMENT_OPTIONS, instrument } from './instrument.ts';
import { LONGER_BARS_OPTIONS, longerBarsSource, showLongerBars } from './longer-bars.ts';
import { SQL_OPTIONS, sql } from './sql.ts';

export const DATA_OPTIONS = {
  every: { type: 'string' },
  ...CHECK_OPTIONS,
  ...ACTION_OPTIONS,
  ...INSTRUMENT_OPTIONS,
  ...LONGER_BARS_OPTIONS,
  ...EXPORT_OPTIONS,
  ...SQL_OPTIONS,
} as const;

const ACTIONS = {
  list,
  show,
  instrument,
  remove,
  imports,
  rejects,
  undo,
  check,
  actions,
  export: exportBars,
  sql,
} as const;

export async function data(invocation: Invocation): Promise<void> {
  const [name = '', ...words] = invocation.words;
  const action = ACTIONS[name as keyof typeof ACTIONS];
  if (action === undefined) {
    const near = nearestName(name, Object.keys(ACTIONS));
    throw new UsageError(
      `hindsight data takes ${Object.keys(ACTIONS).join(', ')}.${near === null ? '' : ` Did you mean ${near}?`}`,
    );
  }
  await withApp(invocation, 'terminal', (app) => action(app, { ...invocation, words }));
}

async function list(app: App, { json }: Invocation): Promise<void> {
  const series = await app.series.list();
  if (json) return printJson({ series });
  if (series.length === 0) return print('The library is empty. Import a file, or run hindsight demo.');
  print(
    table(
      ['ticker', 'every', 'bars', 'first', 'last', 'bytes'],
      series.map((s) => [s.ticker, s.every, s.bars, minuteText(s.first), minuteText(s.last), s.storedBytes]),
    ),
  );
}

async function show(app: App, invocation: Invocation): Promise<void> {
  const source = await longerBarsSource(app, invocation);
  if (source !== null) return showLongerBars(app, source, invocation);
  const { id } = await seriesNamed(app, invocation);
  const detail = await app.workers.readers.run('seriesDetail', { seriesId: id });
  if (invocation.json) return printJson(detail);
  print(`${detail.ticker} ${detail.every}: ${detail.bars} bars on ${detail.days.length} days`);
  print(
    `${minuteText(detail.first)} to ${minuteText(detail.last)} UTC (bar starts), content ${detail.contentHash}\n`,
  );
  print(
    table(
      ['import', 'at', 'file', 'read', 'accepted', 'rejected', 'stored', ''],
      detail.imports.map((i) => [
        i.importId,
        minuteText(i.importedAt),
        i.file,
        i.linesRead,
        i.accepted,
        i.rejected,
        i.stored,
        i.undone ? 'undone' : '',
      ]),
    ),
  );
}

async function remove(app: App, invocation: Invocation): Promise<void> {
  const series = await seriesNamed(app, invocation);
  await app.imports.removeSeries(series.id);
  if (invocation.json) return printJson({ removed: series });
  print(`${series.ticker} ${series.every}: ${series.bars} bars removed`);
}

async function undo(app: App, { words, json }: Invocation): Promise<void> {
  const [importId] = words;
  if (importId === undefined)
    throw new UsageError('hindsight data undo needs the id of an import (see data show).');
  const { removedBars } = await app.imports.undo(importId);
  if (json) return printJson({ importId, removedBars });
  print(`Import ${importId} undone: ${removedBars} bars removed`);
}
