/** Units held in one instrument, their average price, and what they owe. */
export class Position {
  /** Positive long, negative short, 0 flat. */
  size = 0;
  /** Average price of the open units; 0 when flat. */
  price = 0;
  /** Price up to which a futures-like position has been settled in cash. */
  settledPrice = 0;
  /** UTC day number up to which interest and borrow fees are paid. */
  chargedDay = 0;
  /** Interest and borrow fees less dividends since the last closing fill: already in cash, not yet in a trade. */
  financing = 0;

  /** Books `size` signed units at `price`. Adding averages the price, reducing leaves it, reversing starts anew. */
  update(size: number, price: number): void {
    const before = this.size;
    const after = before + size;
    if (after === 0) this.price = 0;
    else if (before === 0) this.price = price;
    else if (before > 0 === size > 0) this.price = (this.price * before + size * price) / after;
    else if (before > 0 !== after > 0) this.price = price;
    this.size = after;
  }
}

/** How much of `size` signed units closes a position of `held` units; the rest opens one. */
export function closingPart(held: number, size: number): number {
  if (held === 0 || held > 0 === size > 0) return 0;
  return Math.abs(size) <= Math.abs(held) ? size : -held;
}
