/** A finer step counts from so many occurrences and such a share on, if nearly all steps are multiples of it. */
const FEWEST = 3;
const SELDOM = 0.02;
const NEARLY_ALL = 0.98;

/** How far apart the bars of a ticker are, counted as they come in ascending order. */
export class StepCounter {
  readonly #counts = new Map<number, number>();
  #last = Number.NaN;
  #usual = Number.NaN;
  #usualCount = 0;

  /** Adds times that follow those added before. */
  add(time: Float64Array): void {
    let last = this.#last;
    for (let index = 0; index < time.length; index++) {
      const at = time[index]!;
      const step = at - last;
      last = at;
      if (step === this.#usual) this.#usualCount++;
      else if (step > 0) this.#addUnusual(step); // bars of one time are sorted out elsewhere
    }
    this.#last = last;
  }

  /** Adds times of another ticker. */
  addApart(time: Float64Array): void {
    this.#last = Number.NaN;
    this.add(time);
  }

  /** Bars after which the next one comes sooner than this. */
  closerThan(interval: number): number {
    let closer = 0;
    for (const [step, count] of this.#all()) if (step < interval) closer += count;
    return closer;
  }

  /**
   * The length of the bars: their most common step, or a finer one that occurs now and then and of which the others are
   * multiples, as in a share that seldom trades in two minutes running. Null where fewer than two bars speak.
   */
  interval(): number | null {
    const common = this.#mostCommon();
    if (common === null) return null;
    const steps = [...this.#all()];
    const total = steps.reduce((sum, [, count]) => sum + count, 0);
    const multiplesOf = (unit: number) =>
      steps.reduce((sum, [step, count]) => sum + (step % unit === 0 ? count : 0), 0);
    const finer = steps
      .filter(([step, count]) => step > 0 && step < common && count >= FEWEST && count >= total * SELDOM)
      .map(([step]) => step)
      .filter((step) => multiplesOf(step) >= total * NEARLY_ALL);
    return finer.length === 0 ? common : Math.min(...finer);
  }

  /** Share of the steps that are this long. */
  share(step: number): number {
    let total = 0;
    let own = 0;
    for (const [each, count] of this.#all()) {
      total += count;
      if (each === step) own += count;
    }
    return total === 0 ? 0 : own / total;
  }

  /** The shorter one of equally common steps. */
  #mostCommon(): number | null {
    let best: number | null = null;
    let most = 0;
    for (const [step, count] of this.#all()) {
      if (count > most || (count === most && step < best!)) {
        best = step;
        most = count;
      }
    }
    return best;
  }

  /** Whether bars follow each other after this time. */
  has(step: number): boolean {
    return step === this.#usual || this.#counts.has(step);
  }

  #addUnusual(step: number): void {
    if (Number.isNaN(this.#usual)) {
      this.#usual = step;
      this.#usualCount = 1;
      return;
    }
    this.#counts.set(step, (this.#counts.get(step) ?? 0) + 1);
  }

  *#all(): Generator<[step: number, count: number]> {
    if (!Number.isNaN(this.#usual)) yield [this.#usual, this.#usualCount];
    yield* this.#counts;
  }
}
