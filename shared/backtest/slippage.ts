import type { Slippage } from './settings.ts';

/**
 * The price after slippage: `price` moved against the order, but not beyond `cap`, the bar's high for a buy and its low
 * for a sell, because nobody traded there.
 */
export function slippedPrice(slippage: Slippage, side: number, price: number, cap: number): number {
  const slipped = movedPrice(slippage, side, price);
  if (side > 0) return slipped <= cap ? slipped : cap;
  return slipped >= cap ? slipped : cap;
}

function movedPrice(slippage: Slippage, side: number, price: number): number {
  switch (slippage.kind) {
    case 'none':
      return price;
    case 'percent':
      return side > 0 ? price * (1 + slippage.rate) : price * (1 - slippage.rate);
    case 'fixed':
      return side > 0 ? price + slippage.amount : price - slippage.amount;
  }
}
