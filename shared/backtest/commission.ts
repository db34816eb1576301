import type { Commission } from './settings.ts';

/**
 * Commission of one part of a fill, in money: `size` units (any sign) at `price`. A fill that closes a position and
 * opens the opposite one is two parts, and pays a sum per trade twice.
 */
export function commissionOf(commission: Commission, size: number, price: number): number {
  switch (commission.kind) {
    case 'none':
      return 0;
    case 'percent':
      return Math.abs(size) * commission.rate * price;
    case 'per-share':
      return Math.abs(size) * commission.amount;
    case 'per-trade':
      return commission.amount;
  }
}
