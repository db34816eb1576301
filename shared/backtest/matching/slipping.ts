import type { Slippage, SlippageSwitches } from '../settings.ts';
import type { Quote } from './quote.ts';

/** Slippage as it applies to one attempt: a fraction of the price or an amount, and the switches. Reused. */
export class Slipping {
  #fraction = 0;
  #amount = 0;
  readonly #slippage: Slippage;
  readonly #switches: SlippageSwitches;

  constructor(slippage: Slippage, switches: SlippageSwitches) {
    this.#slippage = slippage;
    this.#switches = switches;
    if (slippage.kind === 'percent') this.#fraction = slippage.rate;
    else if (slippage.kind === 'fixed') this.#amount = slippage.amount;
  }

  /** Where slippage depends on the order or the instrument: `size` units against `volume` traded in the bar. */
  prepare(size: number, volume: number, tick: number | null): void {
    if (this.#slippage.kind === 'ticks') this.#amount = this.#slippage.ticks * (tick ?? 0);
    else if (this.#slippage.kind === 'volume-share') {
      const share = volume > 0 ? Math.min(size / volume, 1) : 1;
      this.#fraction = this.#slippage.impact * share * share;
    }
  }

  /** How far a limit order that fills at the open may slip. */
  limitCap(side: number, limit: number, { high, low }: Quote): number {
    if (side > 0) return Math.min(high, limit);
    return this.#switches.sellLimitBelowLow ? limit : Math.max(low, limit);
  }

  get slipsAtOpen(): boolean {
    return this.#switches.open;
  }

  /**
   * `price` moved against an order of `side`, not beyond `cap` unless the switches allow it; NaN where it may not be
   * filled at all. `isLimit`: the boundary is a limit order's.
   */
  slipped(side: number, price: number, cap: number, isLimit: boolean): number {
    const price2 = this.#moved(side, price);
    if (price2 === price || (side > 0 ? price2 <= cap : price2 >= cap)) return price2;
    const { match, limit, out } = this.#switches;
    if (!match && !(isLimit && limit)) return Number.NaN;
    return out ? price2 : cap;
  }

  #moved(side: number, price: number): number {
    if (this.#fraction !== 0) return side > 0 ? price * (1 + this.#fraction) : price * (1 - this.#fraction);
    if (this.#amount !== 0) return side > 0 ? price + this.#amount : price - this.#amount;
    return price;
  }
}
