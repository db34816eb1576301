import type { Commission, Slippage } from '../backtest/settings.ts';

/** A fraction as percent, without the dust of the multiplication: 0.0007 is `0.07 %`. */
export const percentText = (fraction: number): string => `${Number((fraction * 100).toPrecision(12))} %`;

/** A cost in a few words: `0.05 %, at least 1`. */
export function costText(cost: Commission | Slippage): string {
  switch (cost.kind) {
    case 'none':
      return 'none';
    case 'percent':
      return `${percentText(cost.rate)}${boundsText('minimum' in cost || 'maximum' in cost ? cost : {})}`;
    case 'per-share':
      return `${cost.amount} a share${boundsText(cost)}`;
    case 'per-trade':
      return `${cost.amount} an execution`;
    case 'tiered':
      return `${cost.tiers.map(tierText).join(', ')}${boundsText(cost)}`;
    case 'maker-taker':
      return `maker ${percentText(cost.maker)}, taker ${percentText(cost.taker)}${boundsText(cost)}`;
    case 'fixed':
      return `${cost.amount} in price`;
    case 'ticks':
      return `${cost.ticks} ticks`;
    case 'volume-share':
      return `${cost.impact} times the squared share of volume`;
  }
}

function boundsText(cost: { readonly minimum?: number; readonly maximum?: number }): string {
  const least = cost.minimum === undefined ? '' : `, at least ${cost.minimum}`;
  return cost.maximum === undefined ? least : `${least}, at most ${cost.maximum}`;
}

const tierText = ({ upTo, rate }: { readonly upTo: number | null; readonly rate: number }) =>
  upTo === null ? `${percentText(rate)} beyond` : `${percentText(rate)} to ${upTo}`;
