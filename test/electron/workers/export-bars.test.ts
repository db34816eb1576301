import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ActionStore } from '../../../electron/store/action-store.ts';
import { exportBars, sinkFor } from '../../../electron/workers/export-bars.ts';
import { loadSeries } from '../../../electron/workers/load-series.ts';
import { barsOf } from '../../../electron/workers/series-handle.ts';
import { type ExportBars, ExportBarsSchema } from '../../../shared/contract/schemas.ts';
import { BAR_COLUMN_NAMES } from '../../../shared/market/bar.ts';
import { barLines, csvOf, HEADING, range, TemporaryLibrary } from '../store/temporary-library.ts';

let library: TemporaryLibrary;
let path: string;
beforeAll(async () => {
  library = new TemporaryLibrary();
  path = join(library.path, 'out');
  const lines = barLines(range(0, 40_000).filter((minute) => minute % 7 !== 3));
  // A volume here and there is missing, one average is no short decimal.
  await library.import(
    csvOf(
      lines.map((line, index) => {
        const fields = line.split(',');
        if (index % 50 === 9) fields[7] = '';
        if (index === 77) fields[8] = String(Number(fields[6]) + 1 / 3);
        return fields.join(',');
      }),
    ),
  );
});
afterAll(() => library.close());

const series = () => library.series.list().find(({ ticker }) => ticker === 'AAL.L')!;

async function write(request: Partial<ExportBars> = {}, into = path, calendar: string | null = null) {
  rmSync(into, { force: true });
  const full = ExportBarsSchema.parse({ seriesId: series().id, ...request });
  const stores = { series: library.series, actions: new ActionStore(library.reader) };
  const progress: number[] = [];
  const report = exportBars(
    stores,
    { request: full, calendar, path: into },
    await sinkFor(full.format),
    (done, total) => progress.push(done / total),
  );
  expect(progress.at(-1)).toBe(1);
  expect(report.bytes).toBe(readFileSync(into).length);
  return report;
}

describe('bars as CSV', () => {
  it('are imported again as the same bars', async () => {
    for (const format of ['csv', 'csv.gz'] as const) {
      const { bars } = await write({ format });
      expect(bars).toBe(series().bars);
      const bytes = readFileSync(path);
      const text = (format === 'csv' ? bytes : gunzipSync(bytes)).toString();
      expect(
        text.startsWith(`${HEADING}\n2024-07-01 07:00:00,AAL.L,0,2400,2401.5,2399.5,2400,0,2400.166667,\n`),
      ).toBe(true);
      const other = new TemporaryLibrary();
      await other.import(bytes);
      expect(other.series.list()[0]!.contentHash).toBe(series().contentHash);
      other.close();
    }
  });

  it('hold the days of a range, both ends included', async () => {
    await write({ from: '2024-07-03', to: '2024-07-04' });
    const lines = readFileSync(path, 'utf8').trim().split('\n').slice(1);
    expect(lines[0]).toMatch(/^2024-07-03 00:0/);
    expect(lines.at(-1)).toMatch(/^2024-07-04 23:5/);
    const expected = barLines(range(0, 40_000).filter((minute) => minute % 7 !== 3)).filter((line) =>
      /^2024-07-0[34]/.test(line),
    );
    expect(lines.length).toBe(expected.length);
    await expect(write({ from: '2030-01-01' })).rejects.toMatchObject({ code: 'data-missing' });
    await expect(write({ from: '2024-02-31' })).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('can be longer ones', async () => {
    const { bars } = await write({ every: '1d', from: '2024-07-02', to: '2024-07-05' });
    expect(bars).toBe(4);
    const [, first] = readFileSync(path, 'utf8').split('\n');
    const all = barsOf(loadSeries(library.series, series().id));
    const [from, to] = [Date.UTC(2024, 6, 2), Date.UTC(2024, 6, 3)];
    const inside = [...all.time.keys()].filter((bar) => all.time[bar]! >= from && all.time[bar]! < to);
    const fields = first!.split(',');
    expect(fields[0]).toBe('2024-07-02 00:00:00');
    expect(fields.slice(3, 7).map(Number)).toEqual([
      all.open[inside[0]!],
      Math.max(...inside.map((bar) => all.high[bar]!)),
      Math.min(...inside.map((bar) => all.low[bar]!)),
      all.close[inside.at(-1)!],
    ]);
    await expect(write({ every: '90s' })).rejects.toMatchObject({
      code: 'bad-request',
      detail: { field: 'every' },
    });
    await expect(write({ every: 'often' })).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('can be in units of today', async () => {
    const actions = new ActionStore(library.writer);
    const split = actions.put({
      ticker: 'AAL.L',
      at: Date.UTC(2024, 6, 3),
      kind: 'split',
      ratio: 2,
      amount: null,
      source: 'test',
      note: '',
    });
    await write({ view: 'split', to: '2024-07-03' });
    const closes = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => [line.slice(0, 10), Number(line.split(',')[6])] as const);
    const all = barsOf(loadSeries(library.series, series().id));
    closes.forEach(([day, close], bar) => {
      expect(close).toBe(day < '2024-07-03' ? all.close[bar]! / 2 : all.close[bar]!);
    });
    actions.remove(split.id);
  });

  it('guard against formulas in the ticker', async () => {
    await library.import(csvOf(barLines(range(0, 3), '^GSPC')));
    const id = library.series.list().find(({ ticker }) => ticker === '^GSPC')!.id;
    await write({ seriesId: id });
    expect(readFileSync(path, 'utf8')).toContain(',^GSPC,');
  });
});

it('bars as Parquet are read back by hyparquet as they are', async () => {
  const { bars } = await write({ format: 'parquet' });
  const file = await asyncBufferFromFile(path);
  const rows = (await parquetReadObjects({ file, compressors })) as Record<string, unknown>[];
  expect(rows.length).toBe(bars);
  const all = barsOf(loadSeries(library.series, series().id));
  expect(Object.keys(rows[0]!)).toEqual(HEADING.split(','));
  expect(rows.map(({ bucket }) => (bucket as Date).getTime())).toEqual([...all.time]);
  expect(new Set(rows.map(({ ticker }) => ticker))).toEqual(new Set(['AAL.L']));
  for (const name of BAR_COLUMN_NAMES) {
    if (name === 'time') continue;
    const column = all[name] ?? new Float64Array(bars).fill(Number.NaN);
    expect(rows.map((row) => row[name] ?? Number.NaN)).toEqual([...column]);
  }
});

it('a file that is there already is left alone', async () => {
  await write();
  const stores = { series: library.series, actions: new ActionStore(library.reader) };
  const request = ExportBarsSchema.parse({ seriesId: series().id });
  const sink = await sinkFor('csv');
  expect(() => exportBars(stores, { request, calendar: null, path }, sink, () => {})).toThrow(
    expect.objectContaining({ code: 'disk' }),
  );
  expect(existsSync(path)).toBe(true);
});
