import type { BarCursor } from '../strategy/bar-cursor.ts';
import { Account } from './account/account.ts';
import { markPrice } from './account/mark-price.ts';
import type { Dividend, Feed } from './feed.ts';
import { Matcher } from './matching/matcher.ts';
import { SameBar } from './matching/same-bar.ts';
import { fillableSize } from './matching/volume-limit.ts';
import { draftLiquidation } from './orders/liquidation.ts';
import { OrderBook, PENDING } from './orders/order-book.ts';
import type { OrderDraft } from './orders/order-draft.ts';
import { EVENT } from './orders/order-event.ts';
import { OrderLinks } from './orders/order-links.ts';
import { FillEvent, FillLog } from './records/fill-log.ts';
import type { RunMemory } from './records/run-memory.ts';
import { TradeRecorder } from './records/trade-recorder.ts';
import { REASON, STATUS, TYPE } from './result.ts';
import { sessionEndAfter, WHOLE_DAY } from './session-times.ts';
import type { BrokerSettings } from './settings.ts';

/**
 * Turns orders into fills, in backtrader's order of events: once per step, after the bars have moved and before the
 * strategy decides, it wakes the children of filled parents, checks new orders against the cash, charges interest, fills
 * what it can, and values the account. An order is therefore never filled on the bar that it was made on (the two
 * cheats aside).
 */
export class Broker {
  readonly book: OrderBook;
  readonly fills: FillLog;
  readonly trades: TradeRecorder;
  readonly account: Account;
  readonly sameBar: SameBar;
  readonly #settings: BrokerSettings;
  readonly #feeds: readonly Feed[];
  readonly #cursors: readonly BarCursor[];
  readonly #links: OrderLinks;
  readonly #matcher: Matcher;
  readonly #event = new FillEvent();
  readonly #hasDividends: boolean;
  /** Cash may change without a fill. */
  readonly #hasPayments: boolean;
  readonly #watchesMargin: boolean;
  readonly #maintenance: number;
  readonly #nextDividend: Int32Array;
  /** Volume of the current bar that orders have taken, by feed, and the step to which that belongs. */
  readonly #usedVolume: Float64Array;
  readonly #usedAtStep: Int32Array;
  #step = -1;
  #isLiquidating = false;

  constructor(
    cursors: readonly BarCursor[],
    feeds: readonly Feed[],
    settings: BrokerSettings,
    memory: RunMemory,
  ) {
    const terms = feeds.map((feed) => feed.terms ?? settings.terms);
    this.#settings = settings;
    this.#feeds = feeds;
    this.#cursors = cursors;
    this.account = new Account(cursors, terms, settings);
    this.book = new OrderBook(memory.orders);
    this.fills = new FillLog(memory.fills);
    this.trades = new TradeRecorder(memory.trades, terms);
    this.sameBar = new SameBar(settings.sameBar);
    this.#links = new OrderLinks(this.book, (row, reason) => this.#end(row, STATUS.cancelled, reason));
    this.#matcher = new Matcher(this.book, cursors, feeds, terms, settings);
    this.#hasDividends = feeds.some(({ dividends }) => dividends !== undefined && dividends.length > 0);
    this.#hasPayments = this.#hasDividends || this.account.hasFinancing;
    this.#watchesMargin = settings.marginCall.action === 'liquidate';
    this.#maintenance = settings.marginCall.maintenance;
    this.#nextDividend = new Int32Array(feeds.length);
    this.#usedVolume = new Float64Array(feeds.length);
    this.#usedAtStep = new Int32Array(feeds.length).fill(-1);
  }

  /** Takes an order in; the row in the book. Prices of the draft that are NaN are completed from the current bar. */
  submit(draft: OrderDraft, step: number): number {
    const cursor = this.#cursors[draft.feed]!;
    this.account.touch(draft.feed);
    this.#complete(draft);
    const { book } = this;
    const row = book.create(draft, step);
    if (this.account.equity <= 0 && this.#settings.marginCall.action === 'liquidate') {
      book.end(row, STATUS.rejected, REASON['account-ruined'], step, cursor);
      return row;
    }
    this.#links.enter(row, draft.oco, draft.parent);
    if (draft.transmit) {
      if (draft.parent < 0) this.#send(row);
      else this.#links.forEachHeld(row, this.#send);
    }
    return row;
  }

  #complete(draft: OrderDraft): void {
    const cursor = this.#cursors[draft.feed]!;
    draft.createdTime = cursor.bars.time[cursor.visibleBar]!;
    if (draft.type === 'market-on-close' || draft.type === 'market-on-open') {
      const { session = WHOLE_DAY, interval = 0 } = this.#feeds[draft.feed]!;
      draft.sessionEnd = sessionEndAfter(session, draft.createdTime + interval);
    }
    if (Number.isNaN(draft.price)) {
      draft.price = cursor.isOpening ? cursor.bars.open[cursor.visibleBar]! : markPrice(cursor, Number.NaN);
    }
  }

  readonly #send = (row: number) => {
    if (this.#settings.checkSubmit) this.book.submit(row);
    else this.book.accept(row);
  };

  /** Takes a pending order back, with its group and bracket; false for orders that are new in this step or done. */
  cancel(row: number, step: number, reason: number): boolean {
    if (this.book.table.columns.state[row] !== PENDING) return false;
    this.#step = step;
    this.#fail(row, STATUS.cancelled, reason);
    return true;
  }

  /** Puts a new order in the place of a pending one; its row, or -1 where that one is not pending any more. */
  replace(row: number, draft: OrderDraft, step: number): number {
    if (this.book.table.columns.state[row] !== PENDING) return -1;
    this.#complete(draft);
    this.#step = step;
    this.#end(row, STATUS.cancelled, REASON.replaced);
    const replacement = this.book.create(draft, step);
    this.#links.takePlace(row, replacement);
    this.#send(replacement);
    return replacement;
  }

  /** The broker's part of one step. */
  turn(step: number): void {
    const { book, account } = this;
    this.#step = step;
    // Most bars of most runs: nothing waits. (What is waking waits too.)
    if (book.pending.length === 0 && book.submitted.length === 0 && !this.#hasPayments) {
      if (!account.isFlat) this.#value();
      return;
    }
    if (this.#links.waking.length > 0) this.#wake();
    if (book.submitted.length > 0) this.#checkSubmitted();
    account.chargeFinancing();
    if (this.#hasDividends) this.#payDividends();
    if (book.pending.length > 0) this.#walk();
    this.#value();
  }

  #value(): void {
    const { account } = this;
    account.value();
    if (!this.#watchesMargin) return;
    if (account.equity > this.#maintenance * account.exposure) this.#isLiquidating = false;
    else if (account.exposure > 0) this.#liquidate();
  }

  #wake(): void {
    const { waking } = this.#links;
    for (let i = 0; i < waking.length; i++) this.book.table.columns.isAsleep[waking.at(i)] = 0;
    waking.drop(waking.length);
  }

  /** Executes the new orders on paper, one after the other. Without any close there is no price to check against. */
  #checkSubmitted(): void {
    const { book, account } = this;
    const { columns } = book.table;
    account.beginPaper();
    const count = book.submitted.length;
    for (let i = 0; i < count; i++) {
      const row = book.submitted.at(i);
      if (this.#links.isOrphan(row)) {
        this.#end(row, STATUS.rejected, REASON['parent-rejected']);
        continue;
      }
      const feed = columns.feed[row]!;
      const price = columns.price[row]!;
      const size = columns.size[row]! * columns.side[row]!;
      if (Number.isNaN(price) || account.affords(feed, size, this.#paperPrice(row, price))) book.accept(row);
      else this.#fail(row, STATUS.rejected, REASON['not-enough-cash']);
    }
    book.submitted.drop(count);
  }

  /** With cheat-on-open a market order is checked at the open that it will be filled at. */
  #paperPrice(row: number, price: number): number {
    const { columns } = this.book.table;
    if (this.#settings.fill !== 'cheat-on-open' || columns.type[row] !== TYPE.market) return price;
    const cursor = this.#cursors[columns.feed[row]!]!;
    const open = cursor.bars.open[cursor.bar]!;
    return Number.isNaN(open) ? price : open;
  }

  #payDividends(): void {
    for (let feed = 0; feed < this.#feeds.length; feed++) {
      const dividends: readonly Dividend[] = this.#feeds[feed]!.dividends ?? [];
      const cursor = this.#cursors[feed]!;
      const now = cursor.bar < 0 ? Number.NEGATIVE_INFINITY : cursor.bars.time[cursor.bar]!;
      let next = this.#nextDividend[feed]!;
      for (; next < dividends.length && dividends[next]!.time <= now; next++) {
        this.account.payDividend(feed, dividends[next]!.amount);
      }
      this.#nextDividend[feed] = next;
    }
  }

  /** Walks the pending orders once, in order of acceptance. What cannot be filled on this bar waits for the next. */
  #walk(): void {
    const { pending, table } = this.book;
    const links = this.#links;
    const count = pending.length;
    links.keptCount = 0;
    for (let i = 0; i < count; i++) {
      links.walkIndex = i;
      const row = pending.at(i);
      if (table.columns.state[row] !== PENDING) continue;
      this.#visit(row);
      if (table.columns.state[row] === PENDING) pending.put(links.keptCount++, row);
    }
    pending.length = links.keptCount;
    links.walkIndex = -1;
  }

  #visit(row: number): void {
    const { columns } = this.book.table;
    const cursor = this.#cursorOf(row);
    const now = cursor.bars.time[cursor.bar]!;
    if (columns.type[row] !== TYPE.market && now > columns.validUntil[row]!) {
      this.#fail(row, STATUS.expired, REASON['time-in-force']);
      return;
    }
    if (columns.isAsleep[row] === 1) return;
    const matcher = this.#matcher;
    const { attempt } = matcher;
    matcher.match(row, this.#step, attempt);
    if (attempt.isAmbiguous) this.sameBar.note(this.#step, columns.feed[row]!);
    if (attempt.fills && this.#links.hasPartners(row)) {
      const winner = this.#winner(row);
      if (winner !== row) {
        matcher.match(winner, this.#step, attempt);
        this.#execute(winner);
        if (columns.state[row] !== PENDING) return;
        matcher.match(row, this.#step, attempt);
      }
    }
    if (attempt.fills) this.#execute(row);
    if (columns.state[row] !== PENDING) return;
    matcher.carryOver(row, attempt);
    if (columns.fillAtOnce[row] === 1 && now > columns.createdTime[row]!) {
      this.#fail(row, STATUS.cancelled, REASON['time-in-force']);
    }
  }

  /**
   * Of a row that would fill and its partners that would fill on the same bar: the one that does. One that fills at the
   * open comes before those inside the bar; else the bar is ambiguous and the run's policy decides.
   */
  #winner(row: number): number {
    const { pending, table } = this.book;
    const { columns } = table;
    const { attempt, rival, quote } = this.#matcher;
    const feed = columns.feed[row]!;
    const cursor = this.#cursors[feed]!;
    let winner = row;
    let price = attempt.unslipped;
    for (let i = this.#links.walkIndex + 1; i < pending.length && !attempt.isAtOpen; i++) {
      const other = pending.at(i);
      if (columns.state[other] !== PENDING || columns.isAsleep[other] === 1 || columns.feed[other] !== feed)
        continue;
      if (!this.#links.arePartners(row, other)) continue;
      this.#matcher.match(other, this.#step, rival);
      if (!rival.fills) continue;
      if (rival.isAtOpen) {
        if (this.sameBar.policy === 'backtrader') continue;
        return other;
      }
      quote.readBar(cursor.bars, cursor.bar);
      const isFirst = this.sameBar.secondComesFirst(
        this.#step,
        feed,
        columns.side[winner]!,
        price,
        columns.side[other]!,
        rival.unslipped,
        quote,
        cursor.bars.time[cursor.bar]!,
        this.#matcher.drillDowns[feed]!,
      );
      if (!isFirst) continue;
      winner = other;
      price = rival.unslipped;
    }
    return winner;
  }

  /** Books what the attempt found for an order, as far as volume and cash allow. */
  #execute(row: number): void {
    const { book, account } = this;
    const { columns } = book.table;
    const { attempt } = this.#matcher;
    const { price, unslipped } = attempt;
    const feed = columns.feed[row]!;
    const side = columns.side[row]!;
    const cursor = this.#cursors[feed]!;
    const position = account.positions[feed]!;
    const remaining = columns.size[row]! - columns.filledSize[row]!;
    const bar = attempt.isOnBarBefore ? cursor.bar - 1 : cursor.bar;
    const units = this.#fillable(row, remaining, bar);
    if (!(units > 0) || (columns.fillWhole[row] === 1 && units < remaining)) return;
    account.execute(feed, units * side, price, attempt.isMaker);
    const { booking } = account;
    const filled = booking.closed + booking.opened;
    if (filled !== 0) {
      const event = this.#event;
      event.orderRef = columns.ref[row]!;
      event.step = this.#step;
      event.time = Number.isNaN(attempt.time) ? cursor.bars.time[bar]! : attempt.time;
      event.tag = columns.tag[row]!;
      event.side = side;
      event.slippagePerUnit = (price - unslipped) * side * account.terms[feed]!.multiplier;
      event.isAtOpen = attempt.isAtOpen;
      this.fills.record(event, booking, cursor, position);
      this.trades.record(event, booking, cursor);
      book.fill(row, filled, price, booking.closedCommission + booking.openedCommission);
      if (columns.firstChild[row] !== 0) {
        columns.filledAtOpen[row] = attempt.isAtOpen ? 1 : 0;
        columns.filledUnslipped[row] = unslipped;
      }
      this.#takeVolume(feed, Math.abs(filled));
      if (!booking.lacksCash && columns.filledSize[row]! >= columns.size[row]!) {
        this.#end(row, STATUS.completed, REASON.none);
      } else book.tell(row, EVENT['partially-filled']);
      this.#links.dissolveGroup(row);
    }
    if (booking.lacksCash) this.#fail(row, STATUS.rejected, REASON['not-enough-cash-at-fill']);
    else if (columns.state[row] !== PENDING) this.#completed(row);
  }

  #completed(row: number): void {
    const { columns } = this.book.table;
    const links = this.#links;
    // In the reference an exit can never follow its entry within a bar; here it can, as far as the bar tells.
    const waitsForNextBar =
      this.sameBar.policy === 'backtrader' || columns.type[row] === TYPE['market-on-close'];
    if (columns.parent[row] !== 0) links.endBracket(row);
    else if (waitsForNextBar) links.wakeChildren(row);
    else links.wakeChildrenNow(row, this.#step);
  }

  /** Units that a bar can give an order, by the run's volume limit. */
  #fillable(row: number, remaining: number, bar: number): number {
    const { volumeLimit } = this.#settings;
    if (volumeLimit.kind === 'none') return remaining;
    const feed = this.book.table.columns.feed[row]!;
    const { bars } = this.#cursors[feed]!;
    const used = volumeLimit.shared && this.#usedAtStep[feed] === this.#step ? this.#usedVolume[feed]! : 0;
    const volume = bars.volume === null ? Number.NaN : bars.volume[bar]! - used;
    this.#matcher.quote.readBar(bars, bar);
    return fillableSize(volumeLimit, remaining, volume, this.#matcher.quote);
  }

  #takeVolume(feed: number, units: number): void {
    if (this.#settings.volumeLimit.kind === 'none') return;
    if (this.#usedAtStep[feed] !== this.#step) this.#usedVolume[feed] = 0;
    this.#usedAtStep[feed] = this.#step;
    this.#usedVolume[feed]! += units;
  }

  /** Equity has fallen to the maintenance margin: nothing new, and out of everything at the next open. */
  #liquidate(): void {
    const { account, book } = this;
    if (this.#isLiquidating) return;
    this.#isLiquidating = true;
    const { pending } = book;
    for (let i = 0; i < pending.length; i++) this.cancel(pending.at(i), this.#step, REASON['margin-call']);
    for (const [feed, { size }] of account.positions.entries()) {
      if (size === 0) continue;
      const draft = draftLiquidation(feed, size, this.#cursors[feed]!);
      book.accept(book.create(draft, this.#step));
    }
  }

  /** Ends an order that did not complete, and with it its group and bracket. */
  #fail(row: number, status: number, reason: number): void {
    this.#end(row, status, reason);
    this.#links.dissolveGroup(row);
    this.#links.endBracket(row);
  }

  #end(row: number, status: number, reason: number): void {
    this.book.end(row, status, reason, this.#step, this.#cursorOf(row));
  }
  #cursorOf(row: number): BarCursor {
    return this.#cursors[this.book.table.columns.feed[row]!]!;
  }
}
