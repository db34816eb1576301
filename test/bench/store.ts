import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { CsvBars } from '../../electron/export/bars-csv.ts';
import { ParquetBars } from '../../electron/export/bars-parquet.ts';
import { type Database, libraryFile, openReader, openWriter } from '../../electron/store/database.ts';
import { ImportStore } from '../../electron/store/import-store.ts';
import { SeriesStore } from '../../electron/store/series-store.ts';
import { checkIntegrity } from '../../electron/workers/check-integrity.ts';
import { ChunkReader } from '../../electron/workers/chunk-reader.ts';
import { encodeChunk } from '../../electron/workers/encode-chunk.ts';
import { IndicatorCache } from '../../electron/workers/indicator-cache.ts';
import { loadSeries } from '../../electron/workers/load-series.ts';
import type { EncodedChunk, PreparedImport } from '../../electron/workers/tasks.ts';
import { viewport } from '../../electron/workers/viewport.ts';
import { seededRandom } from '../../shared/backtest/random.ts';
import { ViewportQuerySchema } from '../../shared/contract/schemas.ts';
import type { BarColumns } from '../../shared/market/bar.ts';
import { buildLevels } from '../../shared/market/pyramid.ts';
import { type Benchmark, type Fact, time } from './measure.ts';
import { plainCopy } from './plain-loops.ts';

const MINUTE = 60_000;
const WINDOW = 16_384;
const LARGE = 10_000_000;
const MEDIUM = 1_000_000;
/** Bars that row storage is measured with; its times are scaled up where more are asked for. */
const FEW = 250_000;
const RUNS = 5;
const DAY_BARS = 1_440;
const RUN_COLUMNS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

/**
 * The library's file: ten million minute bars in chunks, beside the same bars as rows of a plain table keyed by time, as
 * one would store them without thinking. "Undecoded" means that nothing is in our memory yet; the system may hold the file.
 */
export function storeBenchmarks(): { benchmarks: Benchmark[]; facts: () => Fact[]; close: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'hindsight-bench-'));
  const large = libraryOf(folder, 'large', LARGE);
  const medium = libraryOf(folder, 'medium', MEDIUM);
  const few = minuteBars(0, FEW);
  const rows = rowsOf(join(folder, 'rows.sqlite'), few);
  const reader = openReader(large);
  const series = new SeriesStore(reader);
  const { id } = series.list()[0]!;
  const mediumStore = new SeriesStore(openReader(medium));
  const mediumId = mediumStore.list()[0]!.id;
  const view = (fromBar: number, toBar: number, maxBuckets: number) => ({
    milliseconds: time(() => {
      const query = ViewportQuerySchema.parse({ seriesId: id, fromBar, toBar, maxBuckets });
      // A reader of its own: nothing of the series is known or decoded.
      viewport(new ChunkReader(series), { handle: null, query }, new IndicatorCache());
    }),
  });
  const asRows = (bars: number) =>
    (time(() => {
      const columns = RUN_COLUMNS.map(() => new Float64Array(FEW));
      let row = 0;
      for (const values of rows
        .prepare(`SELECT ${RUN_COLUMNS.join(', ')} FROM bar ORDER BY time`)
        .raw()
        .iterate()) {
        const cells = values as number[];
        for (let column = 0; column < columns.length; column++) columns[column]![row] = cells[column]!;
        row++;
      }
    }) *
      bars) /
    FEW;
  let files = 0;
  const fresh = () => join(folder, `file-${++files}`);
  const written = (sink: { write(bars: BarColumns): void; finish(): number }) =>
    time(() => {
      sink.write(few);
      sink.finish();
    });
  const benchmarks: Benchmark[] = [
    {
      name: 'store.write',
      unit: 'bars/s',
      against: 'inserting rows',
      amount: FEW,
      runs: RUNS,
      work: () => {
        const path = mkdtempSync(join(folder, 'written-'));
        const db = openWriter(path);
        const milliseconds = time(() => new ImportStore(db).commit(importOf(chunksOf(few)), 0));
        db.close();
        return { milliseconds };
      },
      plain: () => {
        const path = fresh();
        const start = performance.now();
        rowsOf(path, few).close();
        return performance.now() - start;
      },
    },
    {
      name: 'store.load',
      unit: 'bars/s',
      against: 'selecting rows',
      amount: MEDIUM,
      runs: RUNS,
      work: () => ({ milliseconds: time(() => loadSeries(mediumStore, mediumId, RUN_COLUMNS)) }),
      plain: () => asRows(MEDIUM),
    },
    {
      name: 'store.day',
      unit: 'bars/s',
      against: 'selecting the rows of a day',
      amount: DAY_BARS,
      runs: RUNS,
      work: () => view(LARGE / 2, LARGE / 2 + DAY_BARS, 4_000),
      plain: () =>
        time(() => {
          const from = few.time[FEW / 2]!;
          rows
            .prepare('SELECT * FROM bar WHERE time >= ? AND time < ?')
            .raw()
            .all(from, from + DAY_BARS * MINUTE);
        }),
    },
    {
      name: 'store.view',
      unit: 'bars/s',
      against: 'grouping rows',
      amount: LARGE,
      runs: RUNS,
      work: () => view(0, LARGE, 1_000),
      plain: () =>
        (time(() =>
          rows
            .prepare('SELECT min(time), max(high), min(low), sum(volume) FROM bar GROUP BY time / ?')
            .raw()
            .all(MINUTE * 250),
        ) *
          LARGE) /
        FEW,
    },
    {
      name: 'store.view-4000',
      unit: 'bars/s',
      against: 'the same view in 1,000 buckets',
      amount: LARGE,
      runs: RUNS,
      work: () => view(0, LARGE, 4_000),
      plain: () => view(0, LARGE, 1_000).milliseconds,
    },
    {
      name: 'store.levels',
      unit: 'bars/s',
      against: 'copying the same columns',
      amount: FEW,
      runs: RUNS,
      work: () => ({ milliseconds: time(() => buildLevels(few)) }),
      plain: () => time(() => plainCopy(few)),
    },
    {
      name: 'store.check',
      unit: 'bars/s',
      against: 'loading the same columns',
      amount: MEDIUM,
      runs: RUNS,
      work: () => {
        const db = openReader(medium);
        const milliseconds = time(() => checkIntegrity(db, () => {}));
        db.close();
        return { milliseconds };
      },
      plain: () => time(() => loadSeries(mediumStore, mediumId)),
    },
    {
      name: 'export.csv',
      unit: 'bars/s',
      against: 'joining strings',
      amount: FEW,
      runs: RUNS,
      work: () => ({ milliseconds: written(new CsvBars(fresh(), 'BENCH', false)) }),
      plain: () => time(() => joinedLines(few)),
    },
    {
      name: 'export.parquet',
      unit: 'bars/s',
      against: 'joining strings',
      amount: FEW,
      runs: RUNS,
      work: () => ({ milliseconds: written(new ParquetBars(fresh(), 'BENCH')) }),
      plain: () => time(() => joinedLines(few)),
    },
  ];
  const facts = (): Fact[] => {
    const csv = fresh();
    written(new CsvBars(csv, 'BENCH', false));
    const perBar = (path: string, bars: number) => statSync(path).size / bars;
    const chunks = perBar(libraryFile(large), LARGE);
    const text = perBar(csv, FEW);
    return [
      {
        name: 'store.size',
        value: chunks,
        text: `${chunks.toFixed(1)} bytes a bar, ${(chunks / text).toFixed(3)} x as CSV`,
      },
      {
        name: 'rows.size',
        value: perBar(rows.name, FEW),
        text: `${perBar(rows.name, FEW).toFixed(1)} bytes a bar as rows`,
      },
      { name: 'csv.size', value: text, text: `${text.toFixed(1)} bytes a bar as CSV` },
    ];
  };
  return { benchmarks, facts, close: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A library with a single series of so many bars, made chunk by chunk. */
function libraryOf(folder: string, name: string, bars: number): string {
  const path = mkdtempSync(join(folder, name));
  const db = openWriter(path);
  const chunks: EncodedChunk[] = [];
  for (let from = 0; from < bars; from += WINDOW) {
    chunks.push(encodeChunk(from / WINDOW, minuteBars(from, Math.min(WINDOW, bars - from))));
  }
  new ImportStore(db).commit(importOf(chunks), 0);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return path;
}

function chunksOf(bars: BarColumns): EncodedChunk[] {
  const chunks: EncodedChunk[] = [];
  for (let from = 0; from < bars.length; from += WINDOW) {
    const to = Math.min(from + WINDOW, bars.length);
    const cut = (column: Float64Array | null) => column?.subarray(from, to) ?? null;
    const { time: starts, open, high, low, close, volume, trades, vwap, twap } = bars;
    const [time, o, h, l, c] = [starts, open, high, low, close].map((column) => column.subarray(from, to));
    chunks.push(
      encodeChunk(from / WINDOW, {
        length: to - from,
        time: time!,
        open: o!,
        high: h!,
        low: l!,
        close: c!,
        volume: cut(volume),
        trades: cut(trades),
        vwap: cut(vwap),
        twap: cut(twap),
      }),
    );
  }
  return chunks;
}

function importOf(chunks: readonly EncodedChunk[]): PreparedImport {
  const bars = chunks.reduce((sum, { count }) => sum + count, 0);
  const [first, last] = [chunks[0]!.first, chunks.at(-1)!.last];
  return {
    report: {
      importId: 'bench',
      file: 'bench.csv',
      fileSha256: '',
      linesRead: bars,
      accepted: bars,
      stored: bars,
      unchanged: 0,
      replaced: 0,
      rejected: 0,
      rejects: [],
      warnings: [],
      series: [{ ticker: 'BENCH', every: '1m', bars, first, last }],
    },
    parserVersion: 'bench',
    source: 'file',
    plan: null,
    remember: null,
    changes: [{ ticker: 'BENCH', every: '1m', basedOn: null, chunks }],
    rejectList: new Uint8Array(0),
  };
}

/** Minutes without a gap; prices in steps of a cent, averages with four decimals, as a vendor gives them. */
function minuteBars(from: number, length: number): BarColumns {
  const random = seededRandom(from + 1);
  const column = () => new Float64Array(length);
  const bars = {
    length,
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    trades: column(),
    vwap: column(),
    twap: column(),
  };
  let ticks = 10_000;
  for (let bar = 0; bar < length; bar++) {
    const open = ticks;
    ticks = Math.max(500, ticks + Math.round((random() - 0.5) * 16));
    const high = Math.max(open, ticks) + Math.floor(random() * 6);
    const low = Math.min(open, ticks) - Math.floor(random() * 6);
    bars.time[bar] = (from + bar) * MINUTE;
    bars.open[bar] = open / 100;
    bars.high[bar] = high / 100;
    bars.low[bar] = low / 100;
    bars.close[bar] = ticks / 100;
    bars.volume[bar] = Math.floor(random() * random() * 50_000);
    bars.trades[bar] = Math.floor(random() * 200);
    bars.vwap[bar] = Math.round((low + (high - low) * random()) * 100) / 10_000;
    bars.twap[bar] = Math.round((low + (high - low) * random()) * 100) / 10_000;
  }
  return bars;
}

function rowsOf(path: string, bars: BarColumns): Database {
  const db = new Sqlite(path);
  db.pragma('journal_mode = WAL');
  db.exec(
    `CREATE TABLE bar (time INTEGER PRIMARY KEY, open REAL, high REAL, low REAL, close REAL, volume REAL, trades REAL,
    vwap REAL, twap REAL) WITHOUT ROWID`,
  );
  const insert = db.prepare('INSERT INTO bar VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const { time: starts, open, high, low, close, volume, trades, vwap, twap } = bars;
  db.transaction(() => {
    for (let bar = 0; bar < bars.length; bar++) {
      insert.run(
        ...[starts, open, high, low, close, volume!, trades!, vwap!, twap!].map((column) => column[bar]),
      );
    }
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  return db;
}

function joinedLines(bars: BarColumns): number {
  const lines: string[] = [];
  const { open, high, low, close, volume, trades, vwap, twap } = bars;
  for (let bar = 0; bar < bars.length; bar++) {
    const at = new Date(bars.time[bar]!).toISOString().slice(0, 19).replace('T', ' ');
    lines.push(
      `${at},BENCH,${trades![bar]},${open[bar]},${high[bar]},${low[bar]},${close[bar]},${volume![bar]},${vwap![bar]},${twap![bar]}`,
    );
  }
  return lines.join('\n').length;
}
