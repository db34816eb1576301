/** Orders in which vendors write their four prices. */
const ORDERS = {
  'open, high, low, close': ['open', 'high', 'low', 'close'],
  'open, close, high, low': ['open', 'close', 'high', 'low'],
  'low, high, open, close': ['low', 'high', 'open', 'close'],
  'high, low, open, close': ['high', 'low', 'open', 'close'],
} as const;
export type PriceRole = 'open' | 'high' | 'low' | 'close';

/** Share of rows that must be sound bars. */
const SOUND_SHARE = 0.95;

export interface PriceOrder {
  readonly name: keyof typeof ORDERS;
  readonly roles: readonly PriceRole[];
  /** Share of the rows that are sound bars in this order. */
  readonly share: number;
  /** Another order fits as well: all prices of each bar are alike. */
  readonly isAmbiguous: boolean;
}

/** The order of four columns of prices under which the rows are sound bars; null where none fits. */
export function priceOrder(rows: readonly (readonly number[])[]): PriceOrder | null {
  if (rows.length === 0) return null;
  const fits = (Object.keys(ORDERS) as (keyof typeof ORDERS)[])
    .map((name) => ({ name, roles: ORDERS[name], share: soundShare(rows, ORDERS[name]) }))
    .filter(({ share }) => share >= SOUND_SHARE)
    .sort((a, b) => b.share - a.share);
  const [best, next] = fits;
  if (best === undefined) return null;
  return { ...best, isAmbiguous: next !== undefined && next.share === best.share };
}

/** Share of rows whose high is not below, and whose low is not above, any other price. */
export function soundShare(rows: readonly (readonly number[])[], roles: readonly PriceRole[]): number {
  const high = roles.indexOf('high');
  const low = roles.indexOf('low');
  const isSound = (row: readonly number[]) =>
    row.every((price) => price <= row[high]! && price >= row[low]! && price > 0);
  return rows.filter(isSound).length / rows.length;
}
