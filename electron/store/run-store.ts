import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { BacktestResult } from '../../shared/backtest/result.ts';
import { AppError } from '../../shared/contract/errors.ts';
import {
  ManifestSchema,
  type RunDetail,
  type RunSummary,
  TrustSchema,
} from '../../shared/contract/schemas.ts';
import type { StoredRun } from '../../shared/contract/stored-run.ts';
import { packFrame, unpackFrame, type WireColumn } from '../../shared/contract/wire.ts';
import type { Database } from './database.ts';

/** Groups of result columns, each stored as one compressed column frame. */
export const RESULT_PARTS = ['orders', 'fills', 'trades', 'equity', 'ambiguous'] as const;
export type ResultPart = (typeof RESULT_PARTS)[number];
type ResultHead = Omit<BacktestResult, ResultPart>;

const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

interface RunRow {
  readonly summary: string;
  readonly manifest: string;
  readonly statistics: string;
  readonly first_next_time: number | null;
  readonly result: string;
  readonly trust: string | null;
}

/** Backtests that were run: summary, manifest and statistics as JSON, results as columns. */
export class RunStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  save({ summary, manifest, trust, statistics, firstNextTime, result }: StoredRun): void {
    const { orders, fills, trades, equity, ambiguous, ...head } = result;
    const groups = { orders, fills, trades, equity, ambiguous };
    this.#db
      .transaction(() => {
        this.#db
          .prepare(
            `INSERT INTO run (id, created_at, summary, manifest, statistics, first_next_time, result, trust)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
          )
          .run(
            summary.id,
            summary.createdAt,
            JSON.stringify(summary),
            JSON.stringify(manifest),
            JSON.stringify(statistics),
            firstNextTime,
            JSON.stringify(head satisfies ResultHead),
            JSON.stringify(trust),
          );
        const insert = this.#db.prepare(
          'INSERT INTO run_columns (run_id, part, crc32, bytes) VALUES (?, ?, ?, ?)',
        );
        for (const part of RESULT_PARTS) {
          const bytes = packGroup(groups[part]);
          insert.run(summary.id, part, crc32(bytes), bytes);
        }
      })
      .immediate();
  }

  /** Throws not-found. */
  remove(runId: string): void {
    if (this.#db.prepare('DELETE FROM run WHERE id = ?').run(runId).changes === 0) throw noSuchRun(runId);
  }

  /** Newest first. */
  list(): RunSummary[] {
    const rows = this.#db.prepare<[], string>('SELECT summary FROM run ORDER BY created_at DESC, rowid DESC');
    return rows
      .pluck()
      .all()
      .map((summary) => JSON.parse(summary) as RunSummary);
  }

  detail(runId: string): RunDetail {
    const row = this.#row(runId);
    return {
      ...(JSON.parse(row.summary) as RunSummary),
      statistics: statisticsOf(row),
      // Manifests of older versions lack what their engine did not have.
      manifest: ManifestSchema.parse(JSON.parse(row.manifest)),
      trust: row.trust === null ? null : TrustSchema.parse(JSON.parse(row.trust)),
      firstNextTime: row.first_next_time,
    };
  }

  /** What a result holds beside its columns: tickers, first step of `next()`, ledger. */
  head(runId: string): ResultHead {
    return JSON.parse(this.#row(runId).result) as ResultHead;
  }

  /** One group of columns. Throws not-found, or library-damaged when its checksum does not match. */
  columns<Part extends ResultPart>(runId: string, part: Part): BacktestResult[Part] {
    const row = this.#db
      .prepare<[string, string], { crc32: number; bytes: Uint8Array }>(
        'SELECT crc32, bytes FROM run_columns WHERE run_id = ? AND part = ?',
      )
      .get(runId, part);
    if (row === undefined) {
      this.#row(runId);
      return completed(part, { length: 0 } as UnpackedGroup) as unknown as BacktestResult[Part];
    }
    if (crc32(row.bytes) !== row.crc32) {
      throw new AppError('library-damaged', `The stored ${part} of run ${runId} are damaged`, {
        field: part,
        hint: 'Reproduce the run from its manifest, then remove it.',
      });
    }
    return completed(part, unpackGroup(row.bytes)) as unknown as BacktestResult[Part];
  }

  /** The whole run as it was saved. */
  load(runId: string): StoredRun {
    const { statistics, manifest, trust, firstNextTime, ...summary } = this.detail(runId);
    const result: BacktestResult = {
      ...this.head(runId),
      orders: this.columns(runId, 'orders'),
      fills: this.columns(runId, 'fills'),
      trades: this.columns(runId, 'trades'),
      equity: this.columns(runId, 'equity'),
      ambiguous: this.columns(runId, 'ambiguous'),
    };
    return { summary, manifest, trust, statistics, firstNextTime, result };
  }

  #row(runId: string): RunRow {
    const row = this.#db.prepare<[string], RunRow>('SELECT * FROM run WHERE id = ?').get(runId);
    if (row === undefined) throw noSuchRun(runId);
    return row;
  }
}

const noSuchRun = (runId: string) =>
  new AppError('not-found', `There is no run ${runId} in the library any more`);

/** A group of columns: `length` and typed arrays of that length. */
function packGroup(group: object): Uint8Array {
  const { length, ...columns } = group as { length: number } & Record<string, WireColumn>;
  const frame = packFrame({ meta: { length }, columns: columns as Record<string, WireColumn> });
  return zstdCompressSync(frame, ZSTD);
}

type UnpackedGroup = { length: number } & Record<string, WireColumn>;

/** Columns that runs of version 0.1 do not have, with the value that says so. */
const ADDED: Readonly<Partial<Record<ResultPart, Readonly<Record<string, number>>>>> = {
  orders: { stop: Number.NaN, limit: Number.NaN, validUntil: Number.NaN, parent: 0, group: 0 },
  fills: { financing: 0 },
  trades: { financing: 0, tag: 0 },
  ambiguous: { bar: 0, feed: 0 },
};

function completed(part: ResultPart, group: UnpackedGroup): UnpackedGroup {
  const added = Object.entries(ADDED[part] ?? {})
    .filter(([name]) => !(name in group))
    .map(([name, value]) => [name, new Float64Array(group.length).fill(value)]);
  return { ...group, ...Object.fromEntries(added) };
}

/** Version 0.1 did not say which group a figure belongs to. */
function statisticsOf({ statistics }: RunRow): RunDetail['statistics'] {
  const figures = JSON.parse(statistics) as RunDetail['statistics'];
  return figures.map((figure) => ({ ...figure, group: figure.group ?? 'return' }));
}

function unpackGroup(bytes: Uint8Array): UnpackedGroup {
  const frame = new Uint8Array(zstdDecompressSync(bytes));
  const { meta, columns } = unpackFrame<{ length: number }>(frame.buffer);
  return { length: meta.length, ...columns } as UnpackedGroup;
}
