import type { OrderRequest } from '../../strategy/order-request.ts';
import { ORDER_TYPES } from '../result.ts';
import type { OrderBook } from './order-book.ts';

/** The request that would make the order in `row` as it stands now, without size and links. */
export function requestOf({ table: { columns } }: OrderBook, row: number): OrderRequest {
  const type = ORDER_TYPES[columns.type[row]!]!;
  const limit = columns.limit[row]!;
  const stop = columns.stop[row]!;
  const until = columns.validUntil[row]!;
  const atOnce = columns.fillWhole[row] === 1 ? 'fok' : 'ioc';
  return {
    ...(columns.fillAtOnce[row] === 1 ? { valid: atOnce } : Number.isNaN(until) ? {} : { valid: until }),
    tradeId: columns.tag[row]!,
    ...pricesOf(),
  };

  function pricesOf(): OrderRequest {
    switch (type) {
      case 'market':
        return {};
      case 'market-on-close':
        return { at: 'close' };
      case 'market-on-open':
        return { at: 'open' };
      case 'limit':
        return { limit };
      case 'stop':
        return { stop };
      case 'stop-limit':
        return { stop, limit };
      case 'trailing-stop':
      case 'trailing-stop-limit': {
        // Starts where the stop ends up as it is.
        const amount = columns.trailAmount[row]!;
        const fraction = columns.trailFraction[row]!;
        const side = columns.side[row]!;
        const byAmount = !Number.isNaN(amount);
        const trailFrom = byAmount ? stop - side * amount : stop / (1 + side * fraction);
        const trail = byAmount ? { trailAmount: amount } : { trailPercent: fraction };
        const offset = columns.limitOffset[row]!;
        return { ...trail, trailFrom, ...(type === 'trailing-stop' ? {} : { limit: trailFrom - offset }) };
      }
    }
  }
}
