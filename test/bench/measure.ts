/** One line of the benchmark: a rate, and the same work as a plain loop in the same run as its yardstick. */
export interface Measurement {
  readonly name: string;
  /** Median over the runs, in `unit`. */
  readonly value: number;
  readonly unit: string;
  /** Median over the runs of rate / rate of the plain loop beside it: comparable between machines, unlike the value. */
  readonly ratio: number;
  readonly against: string;
  readonly runs: number;
  readonly min: number;
  readonly max: number;
  /** Median of one call. */
  readonly milliseconds: number;
  /** Bytes of all columns that one run leaves, and those by which the process grew over all runs; null where not told. */
  readonly resultBytes: number | null;
  readonly processGrowth: number;
}

/** What one call came to, by its own clock; `resultBytes` where it leaves columns. */
export interface Call {
  readonly milliseconds: number;
  readonly resultBytes?: number;
}

/** A size or another figure that is no rate. */
export interface Fact {
  readonly name: string;
  readonly value: number;
  /** The figure in words, with its unit. */
  readonly text: string;
}

export interface Benchmark {
  readonly name: string;
  readonly unit: string;
  readonly against: string;
  /** How many units (bars, rows) one call works through. */
  readonly amount: number;
  readonly runs: number;
  /** Tells the milliseconds of one call, so that each benchmark times exactly its own part. */
  readonly work: () => Promise<Call> | Call;
  /** Returns its milliseconds. */
  readonly plain: () => number;
}

const WARM_UPS = 3;

/** Runs both sides in turn, after a few unmeasured ones, so that a machine that slows down slows both. */
export async function measure(benchmark: Benchmark): Promise<Measurement> {
  const { name, unit, against, amount, runs, work, plain } = benchmark;
  const before = process.memoryUsage().rss;
  let resultBytes: number | null = null;
  for (let run = 0; run < WARM_UPS; run++) {
    resultBytes = (await work()).resultBytes ?? null;
    plain();
  }
  const rates: number[] = [];
  const ratios: number[] = [];
  for (let run = 0; run < runs; run++) {
    const { milliseconds } = await work();
    rates.push((amount / milliseconds) * 1000);
    ratios.push(plain() / milliseconds);
  }
  return {
    name,
    value: median(rates),
    unit,
    ratio: median(ratios),
    against,
    runs,
    min: Math.min(...rates),
    max: Math.max(...rates),
    milliseconds: (amount / median(rates)) * 1000,
    resultBytes,
    processGrowth: process.memoryUsage().rss - before,
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
