import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { AppError, describeError, type PlainError, toPlainError } from '../../../shared/contract/errors.ts';
import type {
  ImportCheck,
  ImportOptions,
  ImportPreview,
  ImportReport,
} from '../../../shared/contract/schemas.ts';
import { describeReject } from '../../../shared/import/reject-reason.ts';
import type { App } from '../../services/create-app.ts';
import type { Invocation } from '../command-line.ts';
import { importOptions } from '../import-options.ts';
import { minuteText, print, printJson, progressLine, table } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { withApp } from '../with-app.ts';

const PREVIEWED_LINES = 20;

/**
 * Each file is one import of its own; folders stand for all files in them. A file that is refused does not keep the others
 * out; it makes the command fail in the end.
 */
export async function importFiles(invocation: Invocation): Promise<void> {
  const { words, values } = invocation;
  if (words.length === 0) throw new UsageError('hindsight import needs at least one file or folder.');
  const options = importOptions(values);
  const paths = await filesIn(words);
  await withApp(invocation, 'terminal', (app) => {
    if (values.preview === true) return previewAll(app, paths, options, invocation);
    if (values.check === true) return checkAll(app, paths, options, invocation);
    return importAll(app, paths, options, invocation);
  });
}

/** Files as they are named, and all files of folders by name; hidden ones are left out. */
async function filesIn(words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const word of words) {
    // A file that is not there is told of by its import.
    const isFolder = await stat(word).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
    if (!isFolder) {
      found.push(word);
      continue;
    }
    const inside = (await readdir(word, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter(
        (path) =>
          !relative(word, path)
            .split(/[/\\]/)
            .some((part) => part.startsWith('.')),
      )
      .sort();
    if (inside.length === 0) {
      throw new AppError('not-found', `There are no files in ${word}`, {
        file: word,
        hint: 'Name another folder.',
      });
    }
    found.push(...inside);
  }
  return found;
}

interface Failure {
  readonly file: string;
  readonly error: PlainError;
}

async function importAll(
  app: App,
  paths: readonly string[],
  options: Partial<ImportOptions>,
  { json, signal }: Invocation,
): Promise<void> {
  const reports: ImportReport[] = [];
  const failures: Failure[] = [];
  for (const path of paths) {
    const progress = progressLine(path);
    try {
      const report = await app.imports.importFile({ path }, options, { onProgress: progress.update, signal });
      progress.end();
      reports.push(report);
      if (!json) printReport(report);
    } catch (thrown) {
      progress.end();
      const error = toPlainError(thrown);
      if (error.code === 'cancelled') throw cancelledAfter(reports.length);
      if (paths.length === 1) throw thrown;
      failures.push({ file: path, error });
      if (!json) print(`${path}: refused`);
    }
  }
  if (json) printJson({ imports: reports, failures });
  else if (paths.length > 1) printSummary(paths.length, reports, failures);
  if (failures.length > 0) throw someRefused(failures, paths.length);
}

function printSummary(files: number, reports: readonly ImportReport[], failures: readonly Failure[]): void {
  const sum = (value: (report: ImportReport) => number) =>
    reports.reduce((total, report) => total + value(report), 0);
  print(`\n${reports.length} of ${files} files imported: ${sum(({ linesRead }) => linesRead)} lines read`);
  print(
    `${sum(({ stored }) => stored)} bars stored, ${sum(({ unchanged }) => unchanged)} were there already, ${sum(({ rejected }) => rejected)} lines rejected`,
  );
  for (const { file, error } of failures) print(`refused ${file}: ${describeError(error)}`);
}

const someRefused = (failures: readonly Failure[], files: number) =>
  new AppError(failures[0]!.error.code, `${failures.length} of ${files} files were refused`, {
    file: failures[0]!.file,
    hint: 'The others are imported. Look at one with hindsight import --preview FILE.',
  });

const cancelledAfter = (imported: number) =>
  new AppError('cancelled', 'Stopped', {
    hint:
      imported === 0
        ? 'nothing was stored'
        : `${imported} ${imported === 1 ? 'file was' : 'files were'} imported before and stay imported`,
  });

function printReport(report: ImportReport): void {
  const { file, linesRead, accepted, rejected, stored, unchanged, replaced, milliseconds } = report;
  const rate = Math.round(linesRead / (milliseconds / 1000));
  print(`${file}: ${linesRead} lines read = ${accepted} accepted + ${rejected} rejected (${rate} lines/s)`);
  const took = replaced > 0 ? `, ${replaced} took the place of other values` : '';
  print(`${stored} bars stored, ${unchanged} were there already${took}; import ${report.importId}`);
  printVerdict(report);
  if (rejected > 0) print(`all rejected lines: hindsight data rejects ${report.importId}`);
}

function printVerdict({
  series,
  rejects,
  warnings,
}: Pick<ImportReport, 'series' | 'rejects' | 'warnings'>): void {
  print(
    table(
      ['ticker', 'every', 'bars', 'first', 'last'],
      series.map((one) => [one.ticker, one.every, one.bars, minuteText(one.first), minuteText(one.last)]),
    ),
  );
  for (const { reason, count, examples } of rejects) {
    const first = examples[0];
    const inFile = first?.entry === undefined ? '' : `${first.entry}, `;
    const place = first === undefined ? '' : `, first at ${inFile}line ${first.line}: ${first.text}`;
    print(`rejected ${count}: ${describeReject(reason)}${place}`);
  }
  for (const warning of warnings) print(`note: ${warning}`);
}

/** How each file would be read, and what its first lines become; nothing is stored. */
async function previewAll(
  app: App,
  paths: readonly string[],
  options: Partial<ImportOptions>,
  { json, signal }: Invocation,
): Promise<void> {
  const previews: ImportPreview[] = [];
  for (const path of paths) {
    const preview = await app.imports.preview({ path }, options, { signal });
    previews.push(preview);
    if (!json) printPreview(preview);
  }
  if (json) printJson({ previews });
}

function printPreview({ file, bytes, entries, guesses, lines, problem }: ImportPreview): void {
  const inside = entries.length > 1 ? `, ${entries.length} files inside, ${entries[0]} shown` : '';
  print(`${file}: ${bytes} bytes${inside}`);
  if (problem !== null) {
    print(`${describeError(problem)}\n`);
    return;
  }
  print(
    table(
      ['', 'what', 'value', 'why'],
      guesses.map(({ certainty, field, value, why }) => [certainty, field, value, why]),
    ),
  );
  print();
  const shown = lines.slice(0, PREVIEWED_LINES);
  print(
    table(
      ['line', 'as it stands', 'ticker', 'bar start, UTC', 'open', 'high', 'low', 'close', 'volume'],
      shown.map(({ line, raw, bar, reject }) =>
        bar === null
          ? [
              String(line),
              clipped(raw),
              '',
              reject === null ? '' : describeReject(reject),
              '',
              '',
              '',
              '',
              '',
            ]
          : [
              String(line),
              clipped(raw),
              bar.ticker,
              new Date(bar.time).toISOString().slice(0, 19).replace('T', ' '),
              ...[bar.open, bar.high, bar.low, bar.close].map(String),
              bar.volume === null ? '' : String(bar.volume),
            ],
      ),
    ),
  );
  const asked = guesses.filter(({ certainty }) => certainty === 'ask').map(({ field }) => field);
  if (asked.length > 0) print(`\nTo be said before the import: ${asked.join(', ')}`);
  print();
}

const clipped = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text).replaceAll('\t', ' ');

/** Reads all of each file and says what an import would do; nothing is stored. */
async function checkAll(
  app: App,
  paths: readonly string[],
  options: Partial<ImportOptions>,
  { json, signal }: Invocation,
): Promise<void> {
  const checks: (ImportCheck & { file: string })[] = [];
  for (const path of paths) {
    const progress = progressLine(path);
    const check = await app.imports.check({ path }, options, { onProgress: progress.update, signal });
    progress.end();
    checks.push({ file: path, ...check });
    if (json) continue;
    const { linesRead, accepted, rejected, fresh, replaced } = check;
    print(
      `${path}: ${linesRead} lines read = ${accepted} accepted + ${rejected} rejected; nothing was stored`,
    );
    print(
      `${fresh} bars would be stored, ${accepted - fresh - replaced} are there already, ${replaced} would be replaced`,
    );
    printVerdict(check);
  }
  if (json) printJson({ checks });
}
