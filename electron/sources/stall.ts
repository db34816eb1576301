const STALL_MILLISECONDS = 30_000;

/** Fires when nothing has moved for a while: a connection that is dead without having said so. */
export class Stall {
  readonly #stop = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly signal: AbortSignal = this.#stop.signal;

  constructor(milliseconds = STALL_MILLISECONDS) {
    const reason = new DOMException('Nothing moved', 'TimeoutError');
    this.#timer = setTimeout(() => this.#stop.abort(reason), milliseconds);
  }

  moved(): void {
    this.#timer.refresh();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
