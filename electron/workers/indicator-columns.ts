import type { IndicatorRequest } from '../../shared/contract/schemas.ts';
import type { BarColumnName } from '../../shared/market/bar.ts';

/** Columns that indicators are computed from. */
export function columnsFor(requests: readonly IndicatorRequest[]): BarColumnName[] {
  return requests.some(({ kind }) => kind === 'obv') ? ['close', 'volume'] : ['close'];
}
