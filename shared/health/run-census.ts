/** A run is unusual when fewer than this many of its length are to be expected by chance. */
const CHANCE = 0.01;
/** Runs from which the series' own long ones can be told, and how much longer than those an unusual one is. */
const ENOUGH_RUNS = 50;
const OWN_QUANTILE = 0.99;
const OWN_FACTOR = 4;
const LONGEST = 4_096;

/**
 * How long runs of something (missing bars, unchanged prices, no volume) usually are in a stretch of a series, so that a
 * thinly traded one is measured by itself.
 */
export class RunCensus {
  /** Runs by length; longer ones count as the longest. */
  readonly #lengths = new Int32Array(LONGEST + 1);
  #runs = 0;
  #marked = 0;
  readonly #slots: number;
  /** By length, once it was asked for; 0 before. */
  readonly #limits = new Float64Array(LONGEST + 1);

  /** `slots`: places at which the thing could have been. */
  constructor(slots: number) {
    this.#slots = slots;
  }

  add(length: number): void {
    this.#lengths[Math.min(length, LONGEST)]!++;
    this.#runs++;
    this.#marked += length;
  }

  get marked(): number {
    return this.#marked;
  }
  get slots(): number {
    return this.#slots;
  }

  /**
   * The length above which a run is unusual: longer than chance makes it where the things fall independently of each other
   * (the run itself left out of the count), and, because they come in clusters, four times the 99 % quantile of all runs.
   * Above 1 for every length. All runs must have been added.
   */
  limit(length: number): number {
    if (length > LONGEST) return this.#limitOf(length);
    let limit = this.#limits[length]!;
    if (limit === 0) this.#limits[length] = limit = this.#limitOf(length);
    return limit;
  }

  #limitOf(length: number): number {
    const share = (this.#marked - length + 1) / (this.#slots - length + 1);
    const byChance = share >= 1 ? Number.POSITIVE_INFINITY : Math.log(CHANCE / this.#slots) / Math.log(share);
    return Math.max(byChance, this.#runs < ENOUGH_RUNS ? 0 : OWN_FACTOR * this.#quantile());
  }

  #quantile(): number {
    let left = this.#runs - Math.floor(this.#runs * OWN_QUANTILE);
    for (let length = LONGEST; length > 0; length--) {
      left -= this.#lengths[length]!;
      if (left <= 0) return length;
    }
    return 0;
  }
}
