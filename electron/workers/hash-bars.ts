import { createHash } from 'node:crypto';
import { BAR_COLUMN_NAMES, type BarColumns } from '../../shared/market/bar.ts';

/**
 * SHA-256 (hex) over the values of all columns in their fixed order, little-endian doubles, each column preceded by
 * its name and length; an absent column is marked as such. Equal for equal bars on every machine.
 */
export function hashBars(bars: BarColumns): string {
  const hash = createHash('sha256');
  for (const name of BAR_COLUMN_NAMES) {
    const column = bars[name];
    hash.update(`${name}:${column === null ? 'absent' : column.length}\n`);
    if (column !== null) hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
  return hash.digest('hex');
}
