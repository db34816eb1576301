import { createHash } from 'node:crypto';
import { calendarOf } from '../../shared/calendar/calendars.ts';
import type { HealthReport, StoredAction } from '../../shared/contract/schemas.ts';
import { healthReport, type RangeHealth, rangeHealth } from '../../shared/health/report.ts';
import { type SeriesHealth, seriesHealth } from '../../shared/health/series-health.ts';
import { instantsOf } from '../../shared/market/action-time.ts';
import type { BAR_COLUMN_NAMES, BarColumns } from '../../shared/market/bar.ts';
import { intervalMilliseconds } from '../../shared/market/bar-interval.ts';
import type { ActionStore } from '../store/action-store.ts';
import type { HealthKey, HealthRecord, HealthStore } from '../store/health-store.ts';
import type { SeriesStore } from '../store/series-store.ts';

export interface HealthStores {
  readonly series: SeriesStore;
  readonly actions: ActionStore;
  readonly health: HealthStore;
}

/** An answer, and what the writer is to keep when it had to be computed. */
export interface Computed<T> {
  readonly answer: T;
  readonly fresh: HealthRecord | null;
}

export interface HealthQuestion {
  readonly seriesId: string;
  /** Of the instrument; null: none is known. */
  readonly calendar: string | null;
}

export function reportTask(stores: HealthStores, question: HealthQuestion): Computed<HealthReport> {
  const { report, fresh } = knownHealth(stores, question);
  return { answer: report(), fresh };
}

export function rangeTask(
  stores: HealthStores,
  { range, ...question }: HealthQuestion & { readonly range: { from: number; to: number; bars: number } },
): Computed<RangeHealth> {
  const { health, reviewed, fresh } = knownHealth(stores, question);
  return { answer: rangeHealth(health, reviewed, range), fresh };
}

function knownHealth(stores: HealthStores, { seriesId, calendar }: HealthQuestion) {
  const series = stores.series.get(seriesId);
  const stored = stores.actions.list(series.ticker);
  const reviewed = stores.health.reviewed(seriesId);
  const key = keyOf(series, calendar, stored, reviewed);
  const kept = stores.health.find(key);
  const health = kept ?? compute(stores.series, seriesId, calendar, stored);
  const report = () => healthReport(health, calendar ?? 'none', reviewed);
  return { health, reviewed, report, fresh: kept === null ? recordOf(key, health, report()) : null };
}

function keyOf(
  { id, contentHash }: { readonly id: string; readonly contentHash: string },
  calendar: string | null,
  actions: readonly StoredAction[],
  reviewed: ReadonlySet<string>,
): HealthKey {
  const known = actions.map(({ at, kind, ratio, amount }) => [at, kind, ratio, amount]);
  const basis = createHash('sha256').update(JSON.stringify([known, [...reviewed]]));
  return { seriesId: id, contentHash, calendar: calendar ?? '', basis: basis.digest('hex') };
}

function compute(
  store: SeriesStore,
  seriesId: string,
  calendar: string | null,
  stored: readonly StoredAction[],
): SeriesHealth {
  const { every } = store.get(seriesId);
  const interval = intervalMilliseconds(every);
  const sessions = calendar === null ? null : calendarOf(calendar).table;
  const actions = instantsOf(stored, interval, sessions?.offsetAt ?? null);
  return seriesHealth({ bars: decodeBars(store, seriesId), interval, sessions, actions });
}

function recordOf(key: HealthKey, health: SeriesHealth, report: HealthReport): HealthRecord {
  const { score, suspectCount, months } = report;
  return { key, score, suspectCount, months, health: { ...health, suspects: health.suspects.cells.slice() } };
}

/** A series in memory of its own that nothing keeps: looked at once. */
export function decodeBars(store: SeriesStore, seriesId: string): BarColumns {
  const { ticker, bars: length } = store.get(seriesId);
  const chunks = store.chunks(seriesId);
  const present = store.columnNames(seriesId);
  const column = (name: (typeof BAR_COLUMN_NAMES)[number]) => {
    if (!present.has(name)) return null;
    const values = new Float64Array(length);
    let start = 0;
    for (const chunk of chunks) {
      const part = values.subarray(start, start + chunk.count);
      if (!store.decodeColumn(ticker, chunk, name, part)) part.fill(Number.NaN);
      start += chunk.count;
    }
    return values;
  };
  return {
    length,
    time: column('time')!,
    open: column('open')!,
    high: column('high')!,
    low: column('low')!,
    close: column('close')!,
    volume: column('volume'),
    trades: null,
    vwap: null,
    twap: null,
  };
}

/** Series whose health is not kept for their bars, calendar and actions as they are. */
export function staleTask(
  { series, actions, health }: HealthStores,
  calendars: Readonly<Record<string, string | null>>,
): string[] {
  const byTicker = new Map<string, StoredAction[]>();
  for (const action of actions.list(null)) {
    const own = byTicker.get(action.ticker);
    if (own === undefined) byTicker.set(action.ticker, [action]);
    else own.push(action);
  }
  return series
    .list()
    .filter(({ id, ticker, contentHash }) => {
      const own = byTicker.get(ticker) ?? [];
      return !health.has(keyOf({ id, contentHash }, calendars[id] ?? null, own, health.reviewed(id)));
    })
    .map(({ id }) => id);
}
