import type { BarCursor } from '../../strategy/bar-cursor.ts';
import type { BrokerSettings, InstrumentTerms } from '../settings.ts';
import { CommissionParts, chargeCommission } from './commission.ts';
import { boundMoney, operationCost, profitOf } from './instrument-value.ts';
import { markPrice } from './mark-price.ts';
import { closingPart, Position } from './position.ts';

const DAY = 86_400_000;
const DAYS_PER_YEAR = 365;

/** One fill as the account booked it; the account has a single one and overwrites it. Sizes are signed. */
export class Booking {
  price = 0;
  /** The part that closed a position and the part that opened one, each with its commission. */
  closed = 0;
  opened = 0;
  closedCommission = 0;
  openedCommission = 0;
  /** Profit realised by the closed part at the price paid, before commission. */
  profit = 0;
  /** Interest and borrow fees less dividends that the closed position had gathered. */
  financing = 0;
  /** The position before the fill. */
  heldSize = 0;
  heldPrice = 0;
  /** The opening part was dropped because the cash did not suffice. */
  lacksCash = false;
}

/** What valuing the only instrument of a run reads at every step. */
class SoleHolding {
  readonly cursor: BarCursor;
  readonly closes: Float64Array;
  readonly position: Position;
  readonly multiplier: number;

  constructor(cursor: BarCursor, position: Position, multiplier: number) {
    this.cursor = cursor;
    this.closes = cursor.bars.close;
    this.position = position;
    this.multiplier = multiplier;
  }
}

/**
 * Cash and positions of one run. The order of operations on cash is backtrader's, so that sums round as there
 * (docs/order-matching.md names the differences).
 */
export class Account {
  readonly positions: readonly Position[];
  readonly terms: readonly InstrumentTerms[];
  readonly booking = new Booking();
  // Fields that change per bar begin with a number: one that begins undefined would box every number it is given.
  cash = 0;
  /** Cash plus positions, and the sum of the positions' absolute values, both at the closes of this step. */
  equity = 0;
  exposure = 0;
  /** The largest sum of money that was ever booked: what rounding is measured against. */
  largestAmount = 0;
  /** What of equity is margin counted at another price than it was set aside at. */
  revaluation = 0;
  /** Interest and borrow fees paid less dividends received, over the run. */
  financing = 0;
  readonly #cursors: readonly BarCursor[];
  readonly #shortCash: boolean;
  /** Instruments in the order in which they were first traded: the order in which their values are added up. */
  readonly #traded: number[] = [];
  readonly #isTraded: Uint8Array;
  /** The usual case: one instrument so far, paid in full. */
  #sole: SoleHolding | null = null;
  #openPositions = 0;
  // Sums of one valuation.
  #held = 0;
  #exposed = 0;
  /** Positions owe interest or borrow fees. */
  readonly hasFinancing: boolean;
  readonly #hasFutures: boolean;
  // What valuing needs at every step, out of the terms.
  readonly #multipliers: Float64Array;
  readonly #leverages: Float64Array;
  /** 1 where a position is worth its size at its price: no margin, and short sales bring in cash. */
  readonly #isPlain: Uint8Array;
  readonly #commission = new CommissionParts();
  /** Positions of the cash check, made once. */
  readonly #paperSizes: Float64Array;
  #paperCash = 0;

  constructor(cursors: readonly BarCursor[], terms: readonly InstrumentTerms[], settings: BrokerSettings) {
    this.#cursors = cursors;
    this.terms = terms;
    this.#shortCash = settings.shortCash;
    this.positions = cursors.map(() => new Position());
    this.#paperSizes = new Float64Array(cursors.length);
    this.#isTraded = new Uint8Array(cursors.length);
    this.hasFinancing = terms.some(({ interest, borrowFee }) => interest.rate !== 0 || borrowFee !== 0);
    this.#multipliers = Float64Array.from(terms, ({ multiplier }) => multiplier);
    this.#leverages = Float64Array.from(terms, ({ leverage }) => leverage);
    this.#isPlain = Uint8Array.from(terms, ({ margin }) => (margin === null && settings.shortCash ? 1 : 0));
    this.#hasFutures = terms.some(({ margin }) => margin !== null);
    this.cash = settings.cash;
    this.equity = settings.cash;
    this.largestAmount = settings.cash;
  }

  /** Nothing is held: equity is cash. */
  get isFlat(): boolean {
    return this.#openPositions === 0;
  }

  /** Takes note that an instrument is traded: values are added up in the order in which that began. */
  touch(feed: number): void {
    if (this.#isTraded[feed] === 1) return;
    this.#isTraded[feed] = 1;
    this.#traded.push(feed);
    const isSimple = this.#isPlain[feed] === 1 && this.#leverages[feed] === 1;
    this.#sole =
      this.#traded.length === 1 && isSimple
        ? new SoleHolding(this.#cursors[feed]!, this.positions[feed]!, this.#multipliers[feed]!)
        : null;
  }

  /** Begins a cash check over several new orders. */
  beginPaper(): void {
    for (let feed = 0; feed < this.#paperSizes.length; feed++) {
      this.#paperSizes[feed] = this.positions[feed]!.size;
    }
    this.#paperCash = this.cash;
  }

  /**
   * Executes an order on paper, whole and at its reference price; false when that leaves the paper cash below zero. The
   * cash is not restored then, so one order too large takes down those behind it unless they free cash.
   */
  affords(feed: number, size: number, price: number): boolean {
    const terms = this.terms[feed]!;
    const held = this.#paperSizes[feed]!;
    const closed = closingPart(held, size);
    const opened = size - closed;
    const { multiplier, leverage } = terms;
    const commission = this.#commission;
    chargeCommission(terms.commission, closed, opened, price, multiplier, false, commission);
    let cash = this.#paperCash;
    if (closed !== 0) {
      const value = this.#closingValue(terms, closed, price);
      cash = cash + (value > 0 ? value / leverage : value) - commission.closed;
    }
    if (opened !== 0) {
      const value = this.#openingValue(terms, opened, price);
      cash = cash - (value > 0 ? value / leverage : value) - commission.opened;
    }
    this.#paperSizes[feed] = held + size;
    this.#paperCash = cash;
    return !(cash < 0);
  }

  /**
   * Books `size` signed units at `price`. The closing part always goes through; the opening part is dropped when cash and
   * commission would end below zero. The result stands in `booking`.
   */
  execute(feed: number, size: number, price: number, isMaker: boolean): void {
    const { booking } = this;
    const terms = this.terms[feed]!;
    const position = this.positions[feed]!;
    const { size: heldSize, price: heldPrice } = position;
    const closed = closingPart(heldSize, size);
    let opened = size - closed;
    booking.price = price;
    booking.heldSize = heldSize;
    booking.heldPrice = heldPrice;
    booking.profit = 0;
    booking.financing = 0;
    booking.lacksCash = false;
    const commission = this.#commission;
    chargeCommission(terms.commission, closed, opened, price, terms.multiplier, isMaker, commission);
    if (closed !== 0) {
      booking.profit = profitOf(terms, -closed, heldPrice, price);
      const value = this.#closingValue(terms, closed, heldPrice);
      const freed = value > 0 ? value / terms.leverage : value;
      this.cash += terms.margin === null ? freed + booking.profit : freed;
      this.cash -= commission.closed;
      if (terms.margin !== null) this.cash += profitOf(terms, -closed, position.settledPrice, price);
    }
    if (opened !== 0) {
      const value = this.#openingValue(terms, opened, price);
      let left = this.cash - (value > 0 ? value / terms.leverage : value) - commission.opened;
      if (left < 0) {
        booking.lacksCash = true;
        // Without the opening part the bounds of the commission hold for the closing part alone.
        const charged = commission.closed;
        chargeCommission(terms.commission, closed, 0, price, terms.multiplier, isMaker, commission);
        this.cash -= commission.closed - charged;
        opened = 0;
      } else {
        if (terms.margin !== null) {
          const kept = heldSize + closed;
          if (kept !== 0) left += profitOf(terms, kept, position.settledPrice, price);
          position.settledPrice = price;
        }
        this.cash = left;
      }
    }
    booking.closed = closed;
    booking.opened = opened;
    booking.closedCommission = commission.closed;
    booking.openedCommission = commission.opened;
    const filled = closed + opened;
    if (filled === 0) return;
    position.update(filled, price);
    if (heldSize === 0) this.#openPositions++;
    else if (position.size === 0) this.#openPositions--;
    const cursor = this.#cursors[feed]!;
    if (this.hasFinancing) position.chargedDay = Math.floor(cursor.bars.time[cursor.bar]! / DAY);
    if (closed !== 0) {
      booking.financing = position.financing;
      position.financing = 0;
    }
    const amount = Math.max(Math.abs(this.cash), Math.abs(position.size * price * terms.multiplier));
    if (amount > this.largestAmount) this.largestAmount = amount;
  }

  /** Takes interest and borrow fees for the calendar days since the last charge or fill. */
  chargeFinancing(): void {
    if (!this.hasFinancing || this.#openPositions === 0) return;
    let sum = 0;
    for (let i = 0; i < this.#traded.length; i++) {
      const feed = this.#traded[i]!;
      const position = this.positions[feed]!;
      const { size, price } = position;
      if (size === 0) continue;
      const cursor = this.#cursors[feed]!;
      const { interest, borrowFee, multiplier } = this.terms[feed]!;
      const day = Math.floor(cursor.bars.time[cursor.bar]! / DAY);
      const days = day - position.chargedDay;
      position.chargedDay = day;
      if (days <= 0) continue;
      let charge = 0;
      if (size < 0 || interest.onLong) {
        charge = days * (interest.rate / DAYS_PER_YEAR) * Math.abs(size) * price * multiplier;
      }
      if (size < 0 && borrowFee !== 0) {
        const value = Math.abs(size) * markPrice(cursor, price) * multiplier;
        charge += days * (borrowFee / DAYS_PER_YEAR) * value;
      }
      position.financing += charge;
      sum += charge;
    }
    this.cash -= sum;
    this.financing += sum;
  }

  /** Pays `amount` of money per unit held (short positions pay it). */
  payDividend(feed: number, amount: number): void {
    const position = this.positions[feed]!;
    const paid = position.size * amount * this.terms[feed]!.multiplier;
    this.cash += paid;
    position.financing -= paid;
    this.financing -= paid;
  }

  /** Settles futures-like positions at this step's closes, then values the account. */
  value(): void {
    if (this.#openPositions === 0) {
      this.equity = this.cash;
      this.exposure = 0;
      this.revaluation = 0;
      return;
    }
    if (this.#sole !== null && this.#valueSole(this.#sole)) return;
    if (this.#hasFutures) this.#settle();
    this.#held = 0;
    this.#exposed = 0;
    this.revaluation = 0;
    for (let i = 0; i < this.#traded.length; i++) this.#addPosition(this.#traded[i]!);
    this.equity = this.cash + this.#held;
    this.exposure = this.#exposed;
  }

  /** The same without detours; false where there is no close yet. Rounds as the other. */
  #valueSole({ cursor, closes, position, multiplier }: SoleHolding): boolean {
    const mark = closes[cursor.bar]!;
    if (Number.isNaN(mark)) return false;
    const { size, price } = position;
    const market = size * mark * multiplier;
    this.exposure = Math.abs(market);
    if (market > 0) {
      const profit = size * (mark - price) * multiplier;
      this.equity = this.cash + (market - profit + profit);
    } else this.equity = this.cash + market;
    return true;
  }

  #addPosition(feed: number): void {
    const position = this.positions[feed]!;
    const { size } = position;
    if (size === 0) return;
    const { price } = position;
    const mark = markPrice(this.#cursors[feed]!, price);
    const multiplier = this.#multipliers[feed]!;
    const market = size * mark * multiplier;
    const value = this.#isPlain[feed] === 1 ? market : this.#heldValue(this.terms[feed]!, size, price, mark);
    const leverage = this.#leverages[feed]!;
    this.#exposed += Math.abs(market);
    if (!(value > 0)) this.#held += value;
    // A margin holds no profit: that is in cash already. (The reference takes it out of the margin nevertheless.)
    else if (leverage !== 1 && this.terms[feed]!.margin !== null) this.#held += value / leverage;
    else {
      // In two additions, because that is how the reference rounds.
      const profit = size * (mark - price) * multiplier;
      const invested = value - profit;
      this.#held = this.#held + (leverage === 1 ? invested : invested / leverage) + profit;
    }
  }

  /** Value of the position in one instrument at its close, negative when short: what targets by value start from. */
  positionValue(feed: number): number {
    const { size, price } = this.positions[feed]!;
    if (size === 0) return 0;
    const terms = this.terms[feed]!;
    const mark = markPrice(this.#cursors[feed]!, price);
    if (this.#shortCash || terms.margin !== null || size > 0) return boundMoney(terms, size, mark);
    return (price * size + (price - mark) * size) * terms.multiplier;
  }

  #settle(): void {
    for (let i = 0; i < this.#traded.length; i++) {
      const feed = this.#traded[i]!;
      const terms = this.terms[feed]!;
      const position = this.positions[feed]!;
      if (terms.margin === null || position.size === 0) continue;
      const mark = markPrice(this.#cursors[feed]!, position.price);
      this.cash += profitOf(terms, position.size, position.settledPrice, mark);
      position.settledPrice = mark;
    }
  }

  #heldValue(terms: InstrumentTerms, size: number, price: number, mark: number): number {
    const { margin } = terms;
    if (margin !== null) {
      const value = boundMoney(terms, size, price);
      if (margin.kind === 'amount' || margin.revalued !== true) return value;
      const revalued = boundMoney(terms, size, mark);
      this.revaluation += (revalued - value) / terms.leverage;
      return revalued;
    }
    if (this.#shortCash || size > 0) return boundMoney(terms, size, mark);
    // A short sale that cost its value is worth that value plus its profit.
    return Math.abs((price * size + (price - mark) * size) * terms.multiplier);
  }

  #closingValue(terms: InstrumentTerms, closed: number, price: number): number {
    return this.#shortCash ? boundMoney(terms, -closed, price) : operationCost(terms, closed, price);
  }

  #openingValue(terms: InstrumentTerms, opened: number, price: number): number {
    return this.#shortCash ? boundMoney(terms, opened, price) : operationCost(terms, opened, price);
  }
}
