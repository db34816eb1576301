import { createHash, type Hash } from 'node:crypto';
import type { BacktestResult } from '../../shared/backtest/result.ts';
import type { Manifest } from '../../shared/contract/schemas.ts';
import { statisticsJson } from '../../shared/export/statistics-json.ts';
import type { Statistic } from '../../shared/statistics/statistic.ts';

/**
 * What a manifest says about its results: SHA-256 (hex) per group of columns, over name, length and little-endian
 * bytes of each column in declaration order, and over statistics.json as it is exported.
 */
export function resultHashes(result: BacktestResult, statistics: readonly Statistic[]): Manifest['results'] {
  return {
    orders: hashGroup(result.orders),
    fills: hashGroup(result.fills),
    trades: hashGroup(result.trades),
    equity: hashGroup(result.equity),
    statistics: createHash('sha256').update(statisticsJson(statistics)).digest('hex'),
  };
}

function hashGroup(group: object): string {
  const hash = createHash('sha256');
  for (const [name, column] of Object.entries(group)) {
    if (ArrayBuffer.isView(column)) hashColumn(hash, name, column);
  }
  return hash.digest('hex');
}

function hashColumn(hash: Hash, name: string, column: ArrayBufferView): void {
  hash.update(`${name}:${column.byteLength}\n`);
  hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
}
