import type { BacktestResult } from '../../shared/backtest/result.ts';
import type { ResultPart, RunStore } from '../store/run-store.ts';
import { LruCache } from './lru-cache.ts';

const LIMIT_BYTES = 300e6;

/** Result columns of the runs looked at last: tables are paged and charts moved many times in a row. */
export class RunColumns {
  readonly #store: RunStore;
  readonly #groups = new LruCache<BacktestResult[ResultPart]>(LIMIT_BYTES);

  constructor(store: RunStore) {
    this.#store = store;
  }

  /** A stored run never changes, so its id is the key. Throws not-found, or library-damaged. */
  group<Part extends ResultPart>(runId: string, part: Part): BacktestResult[Part] {
    const group = this.#groups.get(`${runId}:${part}`, () => this.#store.columns(runId, part), bytesOf);
    return group as BacktestResult[Part];
  }
}

function bytesOf(group: object): number {
  let bytes = 0;
  for (const column of Object.values(group)) if (ArrayBuffer.isView(column)) bytes += column.byteLength;
  return bytes;
}
