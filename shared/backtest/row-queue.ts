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

  /** Takes the first `count` rows out. */
  drop(count: number): void {
    if (count < this.length) this.#rows.copyWithin(0, count, this.length);
    this.length -= count;
  }

  /** Takes one row out, wherever it stands; false when it is not there. */
  remove(row: number): boolean {
    const place = this.#rows.subarray(0, this.length).indexOf(row);
    if (place < 0) return false;
    this.#rows.copyWithin(place, place + 1, this.length--);
    return true;
  }

  /** Keeps, in their order, the rows for which `keep` is true, asked once each from the front. */
  filter(keep: (row: number) => boolean): void {
    let kept = 0;
    for (let i = 0; i < this.length; i++) {
      const row = this.#rows[i]!;
      if (keep(row)) this.#rows[kept++] = row;
    }
    this.length = kept;
  }
}
