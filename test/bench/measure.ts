/** One line of the benchmark: a rate, and the same work as a plain loop in the same run as its yardstick. */
export interface Measurement {
  readonly name: string;
  /** Median over the runs, in `unit`. */
  readonly value: number;
  readonly unit: string;
  /** value / rate of the plain loop: comparable between machines, unlike the value. */
  readonly ratio: number;
  readonly against: string;
  readonly runs: number;
  readonly min: number;
  readonly max: number;
}

export interface Benchmark {
  readonly name: string;
  readonly unit: string;
  readonly against: string;
  /** How many units (bars, rows) one call works through. */
  readonly amount: number;
  readonly runs: number;
  /** Returns the milliseconds of one call, so that each benchmark times exactly its own part. */
  readonly work: () => Promise<number> | number;
  readonly plain: () => number;
}

/** Runs both sides in turn (one unmeasured warm-up each), so that a machine that slows down slows both. */
export async function measure(benchmark: Benchmark): Promise<Measurement> {
  const { name, unit, against, amount, runs, work, plain } = benchmark;
  await work();
  plain();
  const rates: number[] = [];
  const plainRates: number[] = [];
  for (let run = 0; run < runs; run++) {
    rates.push((amount / (await work())) * 1000);
    plainRates.push((amount / plain()) * 1000);
  }
  const value = median(rates);
  return {
    name,
    value,
    unit,
    ratio: value / median(plainRates),
    against,
    runs,
    min: Math.min(...rates),
    max: Math.max(...rates),
  };
}

/** Milliseconds that `action` takes. */
export function time(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
