import { REASON } from '../result.ts';
import { HELD, type OrderBook, PENDING } from './order-book.ts';
import { RowQueue } from './row-queue.ts';

/** Ends an order that a link takes down, for a reason by the code REASON. */
export type EndLinked = (row: number, reason: number) => void;

/**
 * One-cancels-other groups and brackets, with backtrader's rules. A group is named by its first order; when a member
 * fills (even in part), is cancelled, expires or fails, the members that are pending then are cancelled and the group
 * starts anew, empty. A bracket is a parent with children that sleep until the parent has filled completely.
 */
export class OrderLinks {
  /** Children that become active at the beginning of the next turn. */
  readonly waking = new RowQueue();
  readonly #book: OrderBook;
  readonly #end: EndLinked;
  /** Places of the pending queue that a walk over it has kept, and where it stands; see `Broker`. */
  keptCount = 0;
  walkIndex = -1;
  #hasLinks = false;
  #groups = 0;

  constructor(book: OrderBook, end: EndLinked) {
    this.#book = book;
    this.#end = end;
  }

  /** Enters a new order into the group of `partner` and the bracket of `parent`; -1 for none. */
  enter(row: number, partner: number, parent: number): void {
    if (partner < 0 && parent < 0) return;
    this.#hasLinks = true;
    const { columns } = this.#book.table;
    if (partner >= 0) {
      const leader = this.#leaderOf(partner);
      if (columns.group[leader] === 0) this.#found(leader);
      columns.group[row] = leader + 1;
      columns.groupNumber[row] = columns.groupNow[leader]!;
    }
    if (parent >= 0) {
      let last = columns.firstChild[parent]! - 1;
      if (last < 0) columns.firstChild[parent] = row + 1;
      else {
        while (columns.nextSibling[last] !== 0) last = columns.nextSibling[last]! - 1;
        columns.nextSibling[last] = row + 1;
      }
    }
  }

  /** Puts `row` in the place of `replaced` in its group and bracket. */
  takePlace(replaced: number, row: number): void {
    const { columns } = this.#book.table;
    columns.group[row] = columns.group[replaced]!;
    columns.groupNumber[row] = columns.groupNumber[replaced]!;
    columns.isAsleep[row] = columns.isAsleep[replaced]!;
    const parent = columns.parent[replaced]! - 1;
    columns.parent[row] = parent + 1;
    if (parent >= 0) this.enter(row, -1, parent);
    columns.firstChild[row] = columns.firstChild[replaced]!;
    columns.firstChild[replaced] = 0;
    for (let child = this.#firstChild(row); child >= 0; child = this.#nextSibling(child)) {
      columns.parent[child] = row + 1;
    }
  }

  /** Every held order of the bracket of `row`, which has a parent, in order of creation, itself last. */
  forEachHeld(row: number, send: (row: number) => void): void {
    const { columns } = this.#book.table;
    const parent = columns.parent[row]! - 1;
    if (columns.state[parent] === HELD) send(parent);
    for (let child = this.#firstChild(parent); child >= 0; child = this.#nextSibling(child)) {
      if (columns.state[child] === HELD) send(child);
    }
  }

  /** Whether another pending order might be taken down if `row` filled. */
  hasPartners(row: number): boolean {
    if (!this.#hasLinks) return false;
    const { columns } = this.#book.table;
    return columns.group[row] !== 0 || columns.parent[row] !== 0;
  }

  /** Whether a fill of `row` would take down `other`. */
  arePartners(row: number, other: number): boolean {
    const { columns } = this.#book.table;
    const parent = columns.parent[row]!;
    if (parent !== 0 && parent === columns.parent[other]) return true;
    const group = columns.group[row]!;
    return (
      group !== 0 &&
      columns.group[other] === group &&
      columns.groupNumber[other] === columns.groupNow[group - 1]
    );
  }

  /** An order filled, in part or whole, or ended: the pending members of its group are cancelled, the newest first. */
  dissolveGroup(row: number): void {
    if (!this.#hasLinks) return;
    const { columns } = this.#book.table;
    if (columns.group[row] === 0) return;
    const leader = columns.group[row]! - 1;
    const group = columns.groupNow[leader]!;
    columns.groupNow[leader] = ++this.#groups;
    const { pending } = this.#book;
    // Kept places hold what the walk has seen, and stand behind what it has not: so from the back they come first.
    const unseenFrom = this.walkIndex + 1;
    for (let i = this.keptCount - 1; i >= 0 && this.walkIndex >= 0; i--) {
      this.#cancelMember(pending.at(i), leader, group, row);
    }
    for (let i = pending.length - 1; i >= unseenFrom; i--) {
      this.#cancelMember(pending.at(i), leader, group, row);
    }
  }

  /** A parent has filled completely: its children become active, at the beginning of the next turn. */
  wakeChildren(row: number): void {
    if (!this.#hasLinks) return;
    for (let child = this.#firstChild(row); child >= 0; child = this.#nextSibling(child))
      this.waking.push(child);
  }

  /** The same at once, for what is left of the bar of `step`; children on other instruments know nothing of that bar. */
  wakeChildrenNow(row: number, step: number): void {
    if (!this.#hasLinks) return;
    const { columns } = this.#book.table;
    for (let child = this.#firstChild(row); child >= 0; child = this.#nextSibling(child)) {
      if (columns.feed[child] !== columns.feed[row]) this.waking.push(child);
      else {
        columns.isAsleep[child] = 0;
        columns.wokenInStep[child] = step + 1;
      }
    }
  }

  /** An order ended without filling, or a child filled: what is pending of its bracket is cancelled. */
  endBracket(row: number): void {
    if (!this.#hasLinks) return;
    const { columns } = this.#book.table;
    const parent = columns.parent[row] === 0 ? row : columns.parent[row]! - 1;
    if (columns.firstChild[parent] === 0) return;
    columns.isBroken[parent] = 1;
    this.#cancelPart(parent, row);
    for (let child = this.#firstChild(parent); child >= 0; child = this.#nextSibling(child)) {
      this.#cancelPart(child, row);
    }
  }

  /** Whether the bracket that `row` belongs to is gone, so that it cannot be accepted any more. */
  isOrphan(row: number): boolean {
    if (!this.#hasLinks) return false;
    const { columns } = this.#book.table;
    const parent = columns.parent[row]! - 1;
    return parent >= 0 && columns.isBroken[parent] === 1;
  }

  #cancelPart(row: number, cause: number): void {
    if (row === cause || this.#book.table.columns.state[row] !== PENDING) return;
    this.#end(row, REASON['bracket-ended']);
    this.dissolveGroup(row);
  }

  #cancelMember(row: number, leader: number, group: number, cause: number): void {
    const { columns } = this.#book.table;
    if (row === cause || columns.state[row] !== PENDING) return;
    if (columns.group[row] !== leader + 1 || columns.groupNumber[row] !== group) return;
    this.#end(row, REASON['oco-partner-ended']);
  }

  /** Makes an order the first of a group; one that has filled in part has left it already. */
  #found(row: number): void {
    const { columns } = this.#book.table;
    columns.group[row] = row + 1;
    columns.groupNow[row] = ++this.#groups;
    if (columns.filledSize[row] === 0) columns.groupNumber[row] = this.#groups;
  }

  #leaderOf(row: number): number {
    const group = this.#book.table.columns.group[row]!;
    return group === 0 ? row : group - 1;
  }
  #firstChild(row: number): number {
    return this.#book.table.columns.firstChild[row]! - 1;
  }
  #nextSibling(row: number): number {
    return this.#book.table.columns.nextSibling[row]! - 1;
  }
}
