/** Rows of a table in a queue. Keeps its memory when it is emptied: orders come and go all the time. */
export class RowQueue {
  length = 0;
  #rows = new Int32Array(16);

  at(index: number): number {
    return this.#rows[index]!;
  }

  push(row: number): void {
    if (this.length === this.#rows.length) {
      const grown = new Int32Array(2 * this.#rows.length);
      grown.set(this.#rows);
      this.#rows = grown;
    }
    this.#rows[this.length++] = row;
  }

  /** Overwrites a place that was already read, while the queue is filtered in place. */
  put(index: number, row: number): void {
    this.#rows[index] = row;
  }

  /** Takes the first `count` rows out. */
  drop(count: number): void {
    if (count < this.length) this.#rows.copyWithin(0, count, this.length);
    this.length -= count;
  }
}
