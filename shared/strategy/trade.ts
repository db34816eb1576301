import type { TradeColumns } from '../backtest/result.ts';
import type { Data } from './data.ts';
import { sealClass } from './seal-class.ts';

/** Where the engine keeps trades; the columns are replaced as they grow. */
export interface TradeSource {
  readonly columns: Omit<TradeColumns, 'length'>;
}

/** A closed trade: a position from flat to flat. Times in epoch milliseconds UTC, money in the account's unit. */
export class Trade {
  readonly #data: Data;
  readonly #source: TradeSource;
  readonly #row: number;

  constructor(source: TradeSource, row: number, data: Data) {
    this.#source = source;
    this.#row = row;
    this.#data = data;
  }

  get data(): Data {
    return this.#data;
  }
  /** 1, 2, 3, … in order of entry. */
  get ref(): number {
    return this.#source.columns.ref[this.#row]!;
  }
  get side(): 'long' | 'short' {
    return this.#source.columns.side[this.#row]! > 0 ? 'long' : 'short';
  }
  /** Largest number of units held. */
  get size(): number {
    return this.#source.columns.size[this.#row]!;
  }
  get entryTime(): number {
    return this.#source.columns.entryTime[this.#row]!;
  }
  get entryPrice(): number {
    return this.#source.columns.entryPrice[this.#row]!;
  }
  get exitTime(): number {
    return this.#source.columns.exitTime[this.#row]!;
  }
  get exitPrice(): number {
    return this.#source.columns.exitPrice[this.#row]!;
  }
  /** Profit at prices before slippage; net = gross - slippage - commission - financing. */
  get gross(): number {
    return this.#source.columns.gross[this.#row]!;
  }
  get slippage(): number {
    return this.#source.columns.slippage[this.#row]!;
  }
  get commission(): number {
    return this.#source.columns.commission[this.#row]!;
  }
  /** Interest and borrow fees less dividends. */
  get financing(): number {
    return this.#source.columns.financing[this.#row]!;
  }
  get net(): number {
    return this.#source.columns.net[this.#row]!;
  }
  get barsHeld(): number {
    return this.#source.columns.barsHeld[this.#row]!;
  }
  /** The `tradeId` of its orders; 0 without. */
  get tradeId(): number {
    return this.#source.columns.tag[this.#row]!;
  }
}
sealClass(Trade, { hideConstructor: true });
