/** One after the other, for each key apart, in the order of asking. */
export class Turns<Key> {
  /** The last turn of each key; the next one waits for it. */
  readonly #last = new Map<Key, Promise<void>>();

  /** Resolves when it is one's turn, with what ends it. `onWaiting` is called when it is another's at first. */
  async take(key: Key, onWaiting: () => void, signal?: AbortSignal): Promise<() => void> {
    const before = this.#last.get(key);
    let end = () => {};
    const mine = new Promise<void>((resolve) => (end = resolve));
    const turn = (before ?? Promise.resolve()).then(() => mine);
    this.#last.set(key, turn);
    if (before !== undefined) {
      onWaiting();
      try {
        await orAborted(before, signal);
      } catch (thrown) {
        end();
        throw thrown;
      }
    }
    return () => {
      end();
      if (this.#last.get(key) === turn) this.#last.delete(key);
    };
  }
}

function orAborted(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, reject);
  });
}
