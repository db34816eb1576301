/** Keeps the values used last, up to a total weight; a single value above it is kept alone. */
export class LruCache<Value> {
  readonly #entries = new Map<string, { value: Value; weight: number }>();
  readonly #limit: number;
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The value of a key, made and weighed when it is not there. */
  get(key: string, make: () => Value, weigh: (value: Value) => number): Value {
    const found = this.#entries.get(key);
    if (found !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, found);
      return found.value;
    }
    const value = make();
    const weight = weigh(value);
    this.#entries.set(key, { value, weight });
    this.#total += weight;
    for (const [oldest, entry] of this.#entries) {
      if (this.#total <= this.#limit || oldest === key) break;
      this.#entries.delete(oldest);
      this.#total -= entry.weight;
    }
    return value;
  }
}
