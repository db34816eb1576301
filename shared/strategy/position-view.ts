import { sealClass } from './seal-class.ts';

/** The open position in one instrument, as it is now. */
export class PositionView {
  readonly #source: { readonly size: number; readonly price: number };

  constructor(source: { readonly size: number; readonly price: number }) {
    this.#source = source;
    Object.freeze(this);
  }

  /** Units held: positive long, negative short, 0 flat. */
  get size(): number {
    return this.#source.size;
  }
  /** Average price of the open units; 0 when flat. */
  get price(): number {
    return this.#source.price;
  }
}
sealClass(PositionView, { hideConstructor: true });
