import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { HealthScore, SuspectReview } from '../../shared/contract/schemas.ts';
import { suspectKey } from '../../shared/health/report.ts';
import { HEALTH_VERSION, type SeriesHealth, type SessionDays } from '../../shared/health/series-health.ts';
import { SuspectTable } from '../../shared/health/suspect-table.ts';
import type { Database } from './database.ts';

/** What a computed health depends on: equal keys, equal health. */
export interface HealthKey {
  readonly seriesId: string;
  readonly contentHash: string;
  readonly calendar: string;
  /** Hash over what the library knows beside the bars: corporate actions and reviewed suspects. */
  readonly basis: string;
}

/** The health of a series as it is kept. */
export interface HealthRecord {
  readonly key: HealthKey;
  readonly score: number;
  readonly suspectCount: number;
  readonly months: HealthScore['months'];
  readonly health: Omit<SeriesHealth, 'suspects'> & { readonly suspects: Float64Array };
}

interface Row {
  readonly bars: number;
  readonly has_calendar: number;
  readonly extended_bars: number;
  readonly days: Uint8Array;
  readonly suspects: Uint8Array;
}

/** The soundness of series as it was computed last, and the suspects that a user said are in order. */
export class HealthStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Null when nothing is kept under the key, or an older version of the checks made it. */
  find({ seriesId, contentHash, calendar, basis }: HealthKey): SeriesHealth | null {
    const row = this.#db
      .prepare<[string, string, string, string, number], Row>(
        `SELECT bars, has_calendar, extended_bars, days, suspects FROM series_health
        WHERE series_id = ? AND content_hash = ? AND calendar = ? AND basis = ? AND version = ?`,
      )
      .get(seriesId, contentHash, calendar, basis, HEALTH_VERSION);
    if (row === undefined) return null;
    return {
      bars: row.bars,
      hasCalendar: row.has_calendar === 1,
      usualExtendedBars: row.extended_bars,
      days: unpackDays(row.days),
      suspects: new SuspectTable(unpack(row.suspects)),
    };
  }

  /** Whether `find` would find something. */
  has({ seriesId, contentHash, calendar, basis }: HealthKey): boolean {
    const found = this.#db
      .prepare<[string, string, string, string, number], number>(
        `SELECT 1 FROM series_health
        WHERE series_id = ? AND content_hash = ? AND calendar = ? AND basis = ? AND version = ?`,
      )
      .pluck()
      .get(seriesId, contentHash, calendar, basis, HEALTH_VERSION);
    return found !== undefined;
  }

  /** Keeps healths, all of them or none; those of series that were removed meanwhile are dropped. */
  save(records: readonly HealthRecord[]): void {
    this.#db
      .transaction(() => {
        for (const record of records) this.#save(record);
      })
      .immediate();
  }

  #save({ key, score, suspectCount, months, health }: HealthRecord): void {
    const { days } = health;
    this.#db
      .prepare(
        `INSERT INTO series_health (series_id, content_hash, calendar, basis, version, score, suspect_count, months,
          bars, has_calendar, extended_bars, days, suspects)
        SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM series WHERE id = ?
        ON CONFLICT (series_id) DO UPDATE SET content_hash = excluded.content_hash, calendar = excluded.calendar,
          basis = excluded.basis, version = excluded.version, score = excluded.score,
          suspect_count = excluded.suspect_count, months = excluded.months, bars = excluded.bars,
          has_calendar = excluded.has_calendar, extended_bars = excluded.extended_bars, days = excluded.days,
          suspects = excluded.suspects`,
      )
      .run(
        key.contentHash,
        key.calendar,
        key.basis,
        HEALTH_VERSION,
        score,
        suspectCount,
        JSON.stringify(months),
        health.bars,
        health.hasCalendar ? 1 : 0,
        health.usualExtendedBars,
        pack(Float64Array.from([...days.day, ...days.bars, ...days.expected])),
        pack(health.suspects),
        key.seriesId,
      );
  }

  /** Scores that belong to the bars as they are now. */
  scores(): HealthScore[] {
    return this.#db
      .prepare<[number], { seriesId: string; score: number; suspectCount: number; months: string }>(
        `SELECT h.series_id AS seriesId, h.score, h.suspect_count AS suspectCount, h.months
        FROM series_health h JOIN series s ON s.id = h.series_id AND s.content_hash = h.content_hash
        WHERE h.version = ?`,
      )
      .all(HEALTH_VERSION)
      .map((row) => ({ ...row, months: JSON.parse(row.months) as HealthScore['months'] }));
  }

  /** Keys (suspectKey) of the suspects of a series that are in order. */
  reviewed(seriesId: string): Set<string> {
    const rows = this.#db
      .prepare<[string], { kind: string; from: number; to: number }>(
        'SELECT kind, first AS "from", last AS "to" FROM reviewed_suspect WHERE series_id = ? ORDER BY kind, first, last',
      )
      .all(seriesId);
    return new Set(rows.map(suspectKey));
  }

  review({ seriesId, kind, from, to, isFine }: SuspectReview): void {
    this.#db
      .prepare(
        isFine
          ? `INSERT INTO reviewed_suspect (series_id, kind, first, last) SELECT id, ?, ?, ? FROM series WHERE id = ?
            ON CONFLICT DO NOTHING`
          : 'DELETE FROM reviewed_suspect WHERE kind = ? AND first = ? AND last = ? AND series_id = ?',
      )
      .run(kind, from, to, seriesId);
  }
}

function pack(values: Float64Array): Uint8Array {
  return zstdCompressSync(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

function unpack(bytes: Uint8Array): Float64Array {
  const values = new Uint8Array(zstdDecompressSync(bytes));
  return new Float64Array(values.buffer, 0, values.length / Float64Array.BYTES_PER_ELEMENT);
}

function unpackDays(bytes: Uint8Array): SessionDays {
  const values = unpack(bytes);
  const length = values.length / 3;
  return {
    length,
    day: values.subarray(0, length),
    bars: values.subarray(length, 2 * length),
    expected: values.subarray(2 * length),
  };
}
