/** What came of matching an order against a bar. Reused, never kept. */
export class Attempt {
  /** Fill price, slippage included; NaN where the order does not fill. */
  price = Number.NaN;
  /** The price before slippage. */
  unslipped = Number.NaN;
  /** The fill happens at the bar's first price, before anything else in it. */
  isAtOpen = false;
  /** The price waited at a limit: the other side came to it. */
  isMaker = false;
  /** A stop-limit's stop was reached, whether or not the limit was. */
  triggers = false;
  /** Whether it fills depends on the order in which the bar's prices came. */
  isAmbiguous = false;
  /** The bar before the current one is the one that fills it: its time stamps the fill, its volume bounds it. */
  isOnBarBefore = false;
  /** Time that the fill is stamped with where it is not that of the bar, else NaN. */
  time = Number.NaN;

  reset(): void {
    this.price = Number.NaN;
    this.unslipped = Number.NaN;
    this.isAtOpen = false;
    this.isMaker = false;
    this.triggers = false;
    this.isAmbiguous = false;
    this.isOnBarBefore = false;
    this.time = Number.NaN;
  }

  get fills(): boolean {
    return !Number.isNaN(this.price);
  }

  fill(price: number, unslipped: number, isAtOpen: boolean): void {
    this.price = price;
    this.unslipped = unslipped;
    this.isAtOpen = isAtOpen;
  }
}
