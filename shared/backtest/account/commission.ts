import type { Commission, CommissionTier } from '../settings.ts';

/** What an execution pays, split into the part that closed a position and the part that opened one. */
export class CommissionParts {
  closed = 0;
  opened = 0;
}

/**
 * Commission of one execution of `closed` and `opened` units (any sign) at `price`, into `parts`. The two parts pay
 * separately, a sum per execution twice; a bound holds for both together and is shared in proportion. `valuePerUnit`
 * is the instrument's multiplier.
 */
export function chargeCommission(
  commission: Commission,
  closed: number,
  opened: number,
  price: number,
  valuePerUnit: number,
  isMaker: boolean,
  parts: CommissionParts,
): void {
  parts.closed = closed === 0 ? 0 : unbounded(commission, closed, price, valuePerUnit, isMaker);
  parts.opened = opened === 0 ? 0 : unbounded(commission, opened, price, valuePerUnit, isMaker);
  if (commission.kind === 'none' || commission.kind === 'per-trade') return;
  if (closed === 0 && opened === 0) return;
  const { minimum, maximum } = commission;
  const total = parts.closed + parts.opened;
  if (minimum !== undefined && total < minimum) share(parts, minimum, total, closed, opened);
  else if (maximum !== undefined && total > maximum) share(parts, maximum, total, closed, opened);
}

function unbounded(
  commission: Commission,
  size: number,
  price: number,
  valuePerUnit: number,
  isMaker: boolean,
): number {
  switch (commission.kind) {
    case 'none':
      return 0;
    case 'percent':
      return Math.abs(size) * commission.rate * price * valuePerUnit;
    case 'per-share':
      return Math.abs(size) * commission.amount;
    case 'per-trade':
      return commission.amount;
    case 'tiered':
      return tiered(commission.tiers, Math.abs(size) * price * valuePerUnit);
    case 'maker-taker':
      return Math.abs(size) * (isMaker ? commission.maker : commission.taker) * price * valuePerUnit;
  }
}

function tiered(tiers: readonly CommissionTier[], value: number): number {
  let sum = 0;
  let from = 0;
  for (const { upTo, rate } of tiers) {
    const to = upTo === null ? value : Math.min(upTo, value);
    if (to <= from) break;
    sum += (to - from) * rate;
    from = to;
  }
  return sum;
}

function share(parts: CommissionParts, bound: number, total: number, closed: number, opened: number): void {
  const weight = total > 0 ? parts.closed / total : Math.abs(closed) / (Math.abs(closed) + Math.abs(opened));
  parts.closed = bound * weight;
  parts.opened = bound - parts.closed;
}
