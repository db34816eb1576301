export type Change =
  | 'ready'
  | 'series'
  | 'runs'
  | 'strategies'
  | 'health'
  | 'actions'
  | 'settings'
  | 'workspaces';

/** Tells windows that a list changed. Each subscriber sees every kind at least once after it changed. */
export class Changes {
  readonly #subscribers = new Set<(what: Change) => void>();

  announce(what: Change): void {
    for (const subscriber of this.#subscribers) subscriber(what);
  }

  async *subscribe(signal?: AbortSignal): AsyncGenerator<{ what: Change }, void, void> {
    const pending = new Set<Change>(['ready']);
    let wake: () => void = () => {};
    const subscriber = (what: Change) => {
      pending.add(what);
      wake();
    };
    const onAbort = () => wake();
    this.#subscribers.add(subscriber);
    signal?.addEventListener('abort', onAbort);
    try {
      while (!signal?.aborted) {
        for (const what of pending) {
          pending.delete(what);
          yield { what };
        }
        if (pending.size === 0 && !signal?.aborted) await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#subscribers.delete(subscriber);
      signal?.removeEventListener('abort', onAbort);
    }
  }
}
