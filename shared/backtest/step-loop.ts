import type { BarCursor } from '../strategy/bar-cursor.ts';
import type { Strategy } from '../strategy/strategy.ts';
import type { Broker } from './broker.ts';
import type { Clock } from './clock.ts';
import type { StepColumns } from './records/run-memory.ts';
import type { BrokerSettings } from './settings.ts';
import type { StrategySession } from './strategy-session.ts';

export interface StepLoopParts {
  readonly strategy: Strategy;
  readonly session: StrategySession;
  readonly clock: Clock;
  readonly cursors: readonly BarCursor[];
  readonly broker: Broker;
  readonly columns: StepColumns;
  readonly settings: BrokerSettings;
  /** Cell 0 receives the number of the current step. */
  readonly progress: Float64Array;
}

/** The hot loop: nothing in it allocates while nothing is ordered. */
export class StepLoop {
  /** Step of the first `next()`; -1 before. */
  firstNextBar = -1;
  readonly #parts: StepLoopParts;
  readonly #opens: boolean;
  readonly #hasTimers: boolean;
  readonly #hasSessionEnds: boolean;

  constructor(parts: StepLoopParts) {
    const { strategy, session, settings } = parts;
    this.#parts = parts;
    this.#opens = settings.fill === 'cheat-on-open' && strategy.nextOpen !== undefined;
    this.#hasTimers = session.timers.length > 0;
    this.#hasSessionEnds = strategy.onSessionEnd !== undefined;
  }

  /** Steps `from` (inclusive) to `to` (exclusive), which must follow on those of before. */
  run(from: number, to: number): void {
    const hasExtras = this.#opens || this.#hasTimers || this.#hasSessionEnds;
    let step = from;
    while (step < to && (hasExtras || this.firstNextBar < 0)) this.#stepWithExtras(step++);
    this.#plainSteps(step, to);
  }

  /** The hot path: warm, without timers and the like. */
  #plainSteps(from: number, to: number): void {
    const { strategy, session, clock, broker, progress } = this.#parts;
    const { equity, cash, exposure } = this.#parts.columns;
    const { account } = broker;
    const { news } = broker.book;
    const { closed } = broker.trades;
    for (let step = from; step < to; step++) {
      progress[0] = step;
      session.step = step;
      clock.advance(step);
      broker.turn(step);
      equity[step] = account.equity;
      cash[step] = account.cash;
      exposure[step] = account.exposure;
      if (news.length > 0 || closed.length > 0) session.deliver(strategy);
      strategy.next();
    }
  }

  #stepWithExtras(step: number): void {
    const { strategy, session, clock, broker, progress } = this.#parts;
    const { equity, cash, exposure } = this.#parts.columns;
    const { account } = broker;
    progress[0] = step;
    session.step = step;
    if (this.#opens && this.firstNextBar >= 0) this.#open(step);
    else clock.advance(step);
    broker.turn(step);
    equity[step] = account.equity;
    cash[step] = account.cash;
    exposure[step] = account.exposure;
    if (broker.book.news.length > 0 || broker.trades.closed.length > 0) session.deliver(strategy);
    if (this.#hasTimers) session.fireTimers(strategy);
    if (this.#hasSessionEnds) session.endSessions(strategy);
    if (this.firstNextBar < 0) {
      if (!clock.isWarm) return;
      this.firstNextBar = step;
    }
    strategy.next();
  }

  /** Advances the clock and, before anything of the new bars but their opens is shown, asks the strategy. */
  #open(step: number): void {
    const { strategy, clock, cursors } = this.#parts;
    const before = cursors.map(({ bar }) => bar);
    clock.advance(step);
    for (const [feed, cursor] of cursors.entries()) {
      cursor.isOpening = cursor.bar !== before[feed];
      cursor.bar = before[feed]!;
    }
    strategy.nextOpen!();
    for (const cursor of cursors) {
      if (cursor.isOpening) cursor.bar++;
      cursor.isOpening = false;
    }
  }
}
