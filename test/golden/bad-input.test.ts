import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSeries } from '../../electron/workers/load-series.ts';
import { barsOf } from '../../electron/workers/series-handle.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { ImportReport } from '../../shared/contract/schemas.ts';
import { TemporaryLibrary } from '../electron/store/temporary-library.ts';
import { goldenFolders } from './golden.ts';

interface Case {
  readonly file: string;
  readonly outcome: 'accept' | 'partial' | 'refuse';
  readonly rows: number;
  /** Parquet has rows in place of lines. */
  readonly rejected: readonly { readonly line?: number; readonly row?: number; readonly reason: string }[];
  readonly warnings: readonly string[];
}

/** What a refusal must say, by file. */
const REFUSALS: Readonly<Record<string, { code: string; message: RegExp; field?: string }>> = {
  '02-truncated.csv.gz': { code: 'file-unreadable', message: /cut short/ },
  '10-missing-close.csv': {
    code: 'file-format',
    message: /no column "close"; found: bucket, ticker, trades, open/,
    field: 'close',
  },
  '12-header-only.csv': { code: 'file-format', message: /no data rows/ },
  '13-empty.csv': { code: 'file-format', message: /empty/ },
  '19-binary.csv': { code: 'file-format', message: /not text/ },
  '20-html-page.csv': { code: 'file-format', message: /HTML/ },
};

for (const { set, path: folder } of goldenFolders('bad-input')) {
  if (!existsSync(join(folder, 'expectations.json'))) throw new Error(`${folder} holds no expectations.json`);
  const { cases } = JSON.parse(readFileSync(join(folder, 'expectations.json'), 'utf8')) as { cases: Case[] };
  describe(`bad input (${set})`, () => {
    it.each(cases)('$file: $outcome', async (expected) => {
      const library = new TemporaryLibrary();
      try {
        const path = join(folder, expected.file);
        const refusal = REFUSALS[expected.file];
        if (refusal !== undefined) {
          await expectRefusal(library, path, expected, refusal);
          return;
        }
        const report = await commit(library, path);
        expect(report).toMatchObject({
          file: expected.file,
          accepted: expected.rows,
          stored: expected.rows,
          rejected: expected.rejected.length,
          linesRead: expected.rows + expected.rejected.length,
        });
        expect(rejectedLines(library, report)).toEqual(
          expected.rejected.map(({ line, row, reason }) => `${line ?? row} ${reason}`),
        );
        expect(
          report.warnings.map((warning) => (warning.startsWith('ignored') ? warning : warning.split(':')[0])),
        ).toEqual(expected.warnings);
        const again = await commit(library, path);
        expect(again).toMatchObject({ stored: 0, unchanged: report.accepted, rejected: report.rejected });
      } finally {
        library.close();
      }
    });
  });

  describe(`values (${set})`, () => {
    it.each([
      ['01-bom-crlf.csv', 2401.5, 48293],
      ['03-semicolon-decimal-comma.csv', 2398.5, 62809],
      ['09-thousands.csv', 12400, 27326],
      ['14-utf16le.csv', null, null],
      ['15-epoch-seconds.csv', 2397, 35735],
      ['16-epoch-millis.csv', 2402.5, 63533],
      ['18-quoted-blank-tail.csv', 2398.5, 4252],
    ])('%s', async (file, close, volume) => {
      const library = new TemporaryLibrary();
      try {
        await commit(library, join(folder, file));
        const [series] = library.series.list();
        expect(series).toMatchObject({
          ticker: 'AAL.L',
          every: '1m',
          first: Date.UTC(2024, 6, 1, 7),
          bars: 10,
        });
        const bars = barsOf(loadSeries(library.series, series!.id));
        if (close !== null) expect([bars.close[0], bars.volume![0]]).toEqual([close, volume]);
      } finally {
        library.close();
      }
    });
  });
}

async function commit(library: TemporaryLibrary, path: string): Promise<PreparedReport> {
  const prepared = await library.prepareFile(path);
  library.imports.commit(prepared, 1);
  return prepared.report;
}
type PreparedReport = Omit<ImportReport, 'milliseconds'>;

/** `line reason` of every rejected line, by line: from the stored list, which must agree with the report. */
function rejectedLines(library: TemporaryLibrary, report: PreparedReport): string[] {
  const list = new TextDecoder()
    .decode(library.imports.rejectList(report.importId))
    .trimEnd()
    .split('\n')
    .slice(1);
  const fromList = list.map((line) => line.split(',')).map(([line, , reason]) => `${line} ${reason}`);
  const fromReport = report.rejects.flatMap(({ reason, examples }) =>
    examples.map(({ line }) => `${line} ${reason}`),
  );
  const byLine = (a: string, b: string) => Number.parseInt(a, 10) - Number.parseInt(b, 10);
  expect(fromList).toHaveLength(report.rejects.reduce((sum, { count }) => sum + count, 0));
  for (const entry of fromReport) expect(fromList).toContain(entry);
  return fromList.sort(byLine);
}

async function expectRefusal(
  library: TemporaryLibrary,
  path: string,
  { file }: Case,
  { code, message, field }: { code: string; message: RegExp; field?: string },
): Promise<void> {
  const thrown = await library.prepareFile(path).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(AppError);
  const error = thrown as AppError;
  expect(error.code).toBe(code);
  expect(error.message).toMatch(message);
  expect(error.detail).toMatchObject({ file, hint: expect.stringMatching(/\.$/) });
  if (field !== undefined) expect(error.detail.field).toBe(field);
  expect(library.series.list()).toEqual([]);
}
