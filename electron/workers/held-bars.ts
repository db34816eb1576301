import { type BarColumns, lowerBound } from '../../shared/market/bar.ts';
import { rangeText, type SeriesStore, type StoredChunk } from '../store/series-store.ts';

export interface HeldBars {
  /** Bars that can be read. */
  readonly bars: BarColumns;
  /** The window must be stored anew though the import may bring nothing new; what it was. Null: all is well. */
  readonly damage: { readonly chunk: StoredChunk; readonly time: Float64Array | null } | null;
}

/**
 * The bars that the library holds of a window, for an import to be merged with. A damaged window is repaired by files that
 * bring nothing but bars it had: then these are the bars of before the imports that replaced the chunk last, so that what
 * those brought comes back with their files. Throws library-damaged, naming these, where other bars come.
 */
export function heldBars(
  store: SeriesStore,
  ticker: string,
  chunk: StoredChunk,
  incoming: BarColumns,
): HeldBars {
  const { columns, damaged } = store.decodeSound(chunk);
  const [first] = damaged;
  const time = damaged.includes('time') ? null : columns.time;
  if (first === undefined) {
    return { bars: columns, damage: store.hasDamagedLevel(chunk) ? { chunk, time } : null };
  }
  if (!bringsOnly(incoming.time, chunk, time)) {
    store.decodeColumn(ticker, chunk, first, new Float64Array(chunk.count)); // throws
  }
  const earlier = store.replacedChunks(chunk).map((replaced) => store.decodeSound(replaced));
  const sound = earlier.find((one) => one.damaged.length === 0);
  return { bars: sound?.columns ?? NONE, damage: { chunk, time } };
}

/** What an import says of a damaged window that it stored anew with the bars `time`. */
export function repairText(
  store: SeriesStore,
  ticker: string,
  { chunk, time: before }: NonNullable<HeldBars['damage']>,
  time: Float64Array,
): string {
  const what = `repaired: stored bars of ${ticker}, ${rangeText(chunk)}, were damaged and are stored anew`;
  const missing =
    before === null ? chunk.count - time.length : before.filter((at) => !includes(time, at)).length;
  if (missing <= 0) return what;
  return `${what}; ${missing} of them are still missing, import ${store.filesOf(chunk).join(', ')} to have them back`;
}

/** Whether all of `time` are bars that the chunk had, as far as it can still tell. */
function bringsOnly(time: Float64Array, { first, last }: StoredChunk, before: Float64Array | null): boolean {
  return before === null
    ? time[0]! >= first && time.at(-1)! <= last
    : time.every((at) => includes(before, at));
}

const includes = (time: Float64Array, at: number) => time[lowerBound(time, at)] === at;

const NONE: BarColumns = {
  length: 0,
  time: new Float64Array(0),
  open: new Float64Array(0),
  high: new Float64Array(0),
  low: new Float64Array(0),
  close: new Float64Array(0),
  volume: null,
  trades: null,
  vwap: null,
  twap: null,
};
