import { floorDivide } from '../floor-divide.ts';
import type { InstrumentTerms } from '../settings.ts';

/** Margin per unit of a futures-like instrument at `price`. */
function marginPerUnit({ margin, multiplier }: InstrumentTerms, price: number): number {
  switch (margin!.kind) {
    case 'amount':
      return (margin as { readonly amount: number }).amount;
    case 'price':
      return price * multiplier;
    case 'factor':
      return price * (margin as { readonly factor: number }).factor;
  }
}

/** Money bound by `size` signed units at `price`: their value, negative when short, or the margin, always positive. */
export function boundMoney(terms: InstrumentTerms, size: number, price: number): number {
  if (terms.margin !== null) return Math.abs(size) * marginPerUnit(terms, price);
  return size * price * terms.multiplier;
}

/** Cash that an operation of `size` units costs when short sales bring none in. */
export function operationCost(terms: InstrumentTerms, size: number, price: number): number {
  return boundMoney(terms, Math.abs(size), price);
}

/** Profit of `size` signed units from `from` to `to`. */
export function profitOf(terms: InstrumentTerms, size: number, from: number, to: number): number {
  return size * (to - from) * terms.multiplier;
}

/** Whole units that `money` buys at `price`: what targets by value and percent use. Floor division as exact as fmod. */
export function wholeUnits(terms: InstrumentTerms, money: number, price: number): number {
  const perUnit = terms.margin === null ? price * terms.multiplier : marginPerUnit(terms, price);
  return Math.trunc(terms.leverage * floorDivide(money, perUnit));
}
