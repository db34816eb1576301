import type { BarCursor } from '../../strategy/bar-cursor.ts';
import type { Feed } from '../feed.ts';
import type { OrderBook } from '../orders/order-book.ts';
import { TYPE } from '../result.ts';
import type { BrokerSettings, InstrumentTerms } from '../settings.ts';
import { Attempt } from './attempt.ts';
import { DrillDown } from './drill-down.ts';
import { matchLimit } from './match-limit.ts';
import { matchMarket } from './match-market.ts';
import { matchOnClose } from './match-on-close.ts';
import { matchStop } from './match-stop.ts';
import { matchStopLimit } from './match-stop-limit.ts';
import { Quote } from './quote.ts';
import { type Reading, readingOf, restOfBar } from './rest-of-bar.ts';
import { Slipping } from './slipping.ts';

/**
 * Says whether and at what price an order fills on the current bar of its instrument. Changes nothing but the attempt
 * that it is given; what an unfilled order carries into the next bar is written by `carryOver`.
 */
export class Matcher {
  readonly attempt = new Attempt();
  /** For a second order while the first attempt is still needed. */
  readonly rival = new Attempt();
  readonly quote = new Quote();
  /** By feed; null where an instrument has no finer bars. */
  readonly drillDowns: readonly (DrillDown | null)[];
  readonly #rest = new Quote();
  readonly #book: OrderBook;
  readonly #cursors: readonly BarCursor[];
  readonly #terms: readonly InstrumentTerms[];
  readonly #intervals: readonly number[];
  readonly #slipping: Slipping;
  readonly #settings: BrokerSettings;
  readonly #other = new Attempt();

  constructor(
    book: OrderBook,
    cursors: readonly BarCursor[],
    feeds: readonly Feed[],
    terms: readonly InstrumentTerms[],
    settings: BrokerSettings,
  ) {
    this.#book = book;
    this.#cursors = cursors;
    this.#terms = terms;
    this.#settings = settings;
    this.#intervals = feeds.map(({ interval }) => interval ?? 0);
    this.#slipping = new Slipping(settings.slippage, settings.slippageSwitches);
    this.drillDowns = feeds.map(({ finer, interval = 0 }) =>
      finer === undefined ? null : new DrillDown(finer, interval),
    );
  }

  match(row: number, step: number, attempt: Attempt): void {
    const { columns } = this.#book.table;
    const feed = columns.feed[row]!;
    const cursor = this.#cursors[feed]!;
    const { quote } = this;
    attempt.reset();
    quote.readBar(cursor.bars, cursor.bar);
    const { kind } = this.#settings.slippage;
    if (kind === 'ticks' || kind === 'volume-share') {
      const volume = cursor.bars.volume?.[cursor.bar] ?? Number.NaN;
      this.#slipping.prepare(columns.size[row]! - columns.filledSize[row]!, volume, this.#terms[feed]!.tick);
    }
    if (columns.wokenInStep[row] !== step + 1) this.#matchOn(quote, row, attempt);
    else this.#matchOnRest(row, cursor, attempt);
  }

  /** An exit that became active in this very bar, with its entry: only what is left of the bar counts. */
  #matchOnRest(row: number, cursor: BarCursor, attempt: Attempt): void {
    const { columns } = this.#book.table;
    const { sameBar } = this.#settings;
    const reading = readingOf(sameBar);
    const isCertain = columns.filledAtOpen[columns.parent[row]! - 1] === 1;
    const drillDown = sameBar === 'drill-down' ? this.drillDowns[cursor.feed]! : null;
    if (!isCertain && drillDown !== null) {
      const parent = columns.parent[row]! - 1;
      const price = columns.filledUnslipped[parent]!;
      if (drillDown.restAfter(columns.side[parent]!, price, cursor.bars.time[cursor.bar]!, this.#rest)) {
        this.#matchOn(this.#rest, row, attempt);
        return;
      }
    }
    this.#readRest(row, reading);
    this.#matchOn(this.#rest, row, attempt);
    if (isCertain) return;
    this.#other.reset();
    this.#readRest(row, reading === 'best' ? 'worst' : 'best');
    this.#matchOn(this.#rest, row, this.#other);
    attempt.isAmbiguous = attempt.fills !== this.#other.fills;
  }

  #readRest(row: number, reading: Reading): void {
    const { columns } = this.#book.table;
    const parent = columns.parent[row]! - 1;
    const isAtOpen = columns.filledAtOpen[parent] === 1;
    restOfBar(
      reading,
      columns.side[parent]!,
      columns.filledUnslipped[parent]!,
      isAtOpen,
      this.quote,
      this.#rest,
    );
  }

  #matchOn(quote: Quote, row: number, attempt: Attempt): void {
    const { columns } = this.#book.table;
    const slipping = this.#slipping;
    const side = columns.side[row]!;
    const type = columns.type[row]!;
    if (type === TYPE.market) {
      this.#matchMarket(row, side, quote, attempt);
      return;
    }
    // Only now: a cell that need not be read may be a miss of the cache.
    const stop = columns.stop[row]!;
    const limit = columns.limit[row]!;
    switch (type) {
      case TYPE.limit:
        matchLimit(side, limit, quote, slipping, attempt);
        return;
      case TYPE.stop:
      case TYPE['trailing-stop']:
        matchStop(side, stop, quote, slipping, attempt);
        return;
      case TYPE['stop-limit']:
      case TYPE['trailing-stop-limit']:
        if (columns.isTriggered[row] === 1) matchLimit(side, limit, quote, slipping, attempt);
        else matchStopLimit(side, stop, limit, quote, slipping, attempt);
        return;
      case TYPE['market-on-close']:
        matchOnClose(columns, row, this.#cursorOf(row), this.#intervalOf(row), attempt);
        return;
      case TYPE['market-on-open']: {
        const { bar, bars } = this.#cursorOf(row);
        if (bars.time[bar]! + this.#intervalOf(row) > columns.sessionEnd[row]!) {
          matchMarket(side, quote.open, quote, slipping, attempt);
        }
        return;
      }
    }
  }

  #matchMarket(row: number, side: number, quote: Quote, attempt: Attempt): void {
    const { columns } = this.#book.table;
    const { fill } = this.#settings;
    const slipping = this.#slipping;
    if (fill === 'cheat-on-close') {
      matchMarket(side, columns.price[row]!, quote, slipping, attempt);
      attempt.time = columns.createdTime[row]!;
      return;
    }
    const { bar, bars } = this.#cursorOf(row);
    if (fill === 'next-open' && !(bars.time[bar]! > columns.createdTime[row]!)) return;
    matchMarket(side, quote.open, quote, slipping, attempt);
  }

  /** What a bar leaves behind on an order that is still waiting: a reached stop, a moved one, a noted close. */
  carryOver(row: number, attempt: Attempt): void {
    const { columns } = this.#book.table;
    const type = columns.type[row]!;
    if (type === TYPE.market || type === TYPE.limit || type === TYPE.stop) return;
    const cursor = this.#cursorOf(row);
    if (type === TYPE['market-on-close']) {
      if (!attempt.fills) columns.notedClose[row] = cursor.bars.close[cursor.bar]!;
      // What a close could not fill whole: in the reference the rest meets that very close again, bar after bar.
      else if (this.#settings.sameBar !== 'backtrader') columns.notedClose[row] = Number.NaN;
      return;
    }
    const wasTriggered = columns.isTriggered[row] === 1;
    if (attempt.triggers) columns.isTriggered[row] = 1;
    const trails = type === TYPE['trailing-stop'] || (type === TYPE['trailing-stop-limit'] && !wasTriggered);
    if (trails) this.#trail(row, cursor.bars.close[cursor.bar]!);
  }

  /** Moves a trailing stop after the close, never away from the market; its limit keeps its distance. */
  #trail(row: number, close: number): void {
    const { columns } = this.#book.table;
    const side = columns.side[row]!;
    const stop = close + side * trailDistance(columns.trailAmount[row]!, columns.trailFraction[row]!, close);
    if (!(side > 0 ? stop < columns.stop[row]! : stop > columns.stop[row]!)) return;
    columns.stop[row] = stop;
    if (columns.type[row] === TYPE['trailing-stop-limit'])
      columns.limit[row] = stop - columns.limitOffset[row]!;
  }

  #cursorOf(row: number): BarCursor {
    return this.#cursors[this.#book.table.columns.feed[row]!]!;
  }
  #intervalOf(row: number): number {
    return this.#intervals[this.#book.table.columns.feed[row]!]!;
  }
}

/** How far a stop trails behind `price`: an amount, or else a fraction of the price. */
export function trailDistance(amount: number, fraction: number, price: number): number {
  return Number.isNaN(amount) ? price * fraction : amount;
}
