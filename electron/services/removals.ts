import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/contract/errors.ts';
import type { RemovalKind } from '../../shared/contract/schemas.ts';
import type { Removal } from '../workers/tasks.ts';
import type { Workers } from './workers.ts';

/**
 * How long a removal waits for its window to say that Undo is no longer offered. That is ten seconds as a rule, and longer
 * while the pointer rests on the offer; a window that is gone says nothing.
 */
export const UNDO_MILLISECONDS = 60_000;

interface Remover {
  /** Throws an AppError where it could not be removed. */
  readonly check: (target: string) => Promise<unknown>;
  /** Carries the removal out for good. */
  readonly carryOut: (target: string) => Promise<unknown>;
  /** Tells windows that it is gone, or back. */
  readonly announce: () => void;
}

/**
 * Removals with time to take them back. What is removed is out of sight at once and the wish is stored; it is carried
 * out when the time is over, or when the library is opened next. So a process that ends in between leaves a removal
 * that will happen, and nothing in between.
 */
export class RemovalService {
  readonly #workers: Workers;
  readonly #removers = new Map<RemovalKind, Remover>();
  readonly #pending = new Map<string, Removal & { readonly timer: NodeJS.Timeout }>();

  constructor(workers: Workers) {
    this.#workers = workers;
  }

  define(kind: RemovalKind, remover: Remover): void {
    this.#removers.set(kind, remover);
  }

  /** Carries out what a process before this one left; those of the last seconds may be another process's to undo. */
  async finishOld(now = Date.now()): Promise<void> {
    for (const removal of await this.#workers.readers.run('listRemovals', undefined)) {
      if (now - removal.askedAt > UNDO_MILLISECONDS) await this.#carryOut(removal);
      else this.#wait(removal, UNDO_MILLISECONDS - (now - removal.askedAt));
    }
  }

  isHidden(kind: RemovalKind, target: string): boolean {
    for (const removal of this.#pending.values())
      if (removal.kind === kind && removal.target === target) return true;
    return false;
  }

  /** Targets of a kind that are out of sight. */
  hidden(kind: RemovalKind): Set<string> {
    const ofKind = [...this.#pending.values()].filter((removal) => removal.kind === kind);
    return new Set(ofKind.map(({ target }) => target));
  }

  /** `isImmediate`: carried out at once, with no time to take it back; for what is itself an undoing. */
  async remove(kind: RemovalKind, target: string, isImmediate = false): Promise<{ removalId: string }> {
    if (this.isHidden(kind, target)) throw new AppError('not-found', 'This has been removed already');
    await this.#removers.get(kind)!.check(target);
    const removal: Removal = { id: randomUUID(), kind, target, askedAt: Date.now() };
    if (isImmediate) {
      await this.#removers.get(kind)!.carryOut(target);
      return { removalId: removal.id };
    }
    await this.#workers.writer.run('putRemoval', removal);
    this.#wait(removal, UNDO_MILLISECONDS);
    this.#removers.get(kind)!.announce();
    return { removalId: removal.id };
  }

  /** Carries out at once what waits: before bars come in that it could take along. */
  async finishNow(): Promise<void> {
    for (const removal of [...this.#pending.values()]) {
      clearTimeout(removal.timer);
      await this.#carryOut(removal);
    }
  }

  /** Undo is not offered any more. Nothing happens when it has been carried out already. */
  async finish(removalId: string): Promise<void> {
    const removal = this.#pending.get(removalId);
    if (removal === undefined) return;
    clearTimeout(removal.timer);
    await this.#carryOut(removal);
  }

  /** Throws not-found when the time is over. */
  async undo(removalId: string): Promise<void> {
    const removal = this.#pending.get(removalId);
    if (removal === undefined) throw new AppError('not-found', 'It is too late to bring this back');
    clearTimeout(removal.timer);
    await this.#workers.writer.run('dropRemoval', { id: removalId });
    this.#pending.delete(removalId);
    this.#removers.get(removal.kind)!.announce();
  }

  /** What waits is carried out at the next start. */
  close(): void {
    for (const { timer } of this.#pending.values()) clearTimeout(timer);
    this.#pending.clear();
  }

  #wait(removal: Removal, milliseconds: number): void {
    const timer = setTimeout(() => void this.#carryOut(removal), milliseconds);
    timer.unref();
    this.#pending.set(removal.id, { ...removal, timer });
  }

  async #carryOut({ id, kind, target }: Removal): Promise<void> {
    try {
      await this.#removers.get(kind)?.carryOut(target);
    } catch (thrown) {
      // Gone already, or an import that others were built upon meanwhile: what is there stays, and is shown again.
      if (!(thrown instanceof AppError)) throw thrown;
    } finally {
      await this.#workers.writer.run('dropRemoval', { id });
      if (this.#pending.delete(id)) this.#removers.get(kind)?.announce();
    }
  }
}
