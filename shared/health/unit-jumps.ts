import type { BarColumns } from '../market/bar.ts';
import type { SuspectRow, SuspectTable } from './suspect-table.ts';

/** Pence against pounds, cents against dollars, LEAN's ten-thousandths. */
const FACTORS = [100, 10_000] as const;
/** How far from the exact factor the step may be: the move of the price itself within one bar. */
const TOLERANCE = 0.15;

/** Bars at which prices change their unit, and those that were explained by it. */
export interface UnitJumps {
  readonly bars: ReadonlySet<number>;
}

/** Steps by 100 or 10,000, up or down: not a return but another unit. From the jump to the jump back, if there is one. */
export function findUnitJumps({ length, time, close }: BarColumns, suspects: SuspectTable): UnitJumps {
  const bars = new Set<number>();
  let open: { bar: number; factor: number } | null = null;
  const add = (from: number, to: number, factor: number, count: number) =>
    suspects.add({
      kind: 'unit-jump',
      fromBar: from,
      toBar: to,
      from: time[from]!,
      to: time[to]!,
      severity: 1,
      weight: 1,
      figures: [close[from - 1]!, close[from]!, count === 0 ? factor : -factor],
    });
  for (let bar = 1; bar < length; bar++) {
    const ratio = close[bar]! / close[bar - 1]!;
    if (ratio < 50 && ratio > 0.02) continue;
    const factor = factorOf(ratio);
    if (factor === 0) continue;
    bars.add(bar);
    if (open !== null && factor === 1 / open.factor) {
      add(open.bar, bar - 1, open.factor, 1);
      open = null;
    } else {
      if (open !== null) add(open.bar, open.bar, open.factor, 0);
      open = { bar, factor };
    }
  }
  if (open !== null) add(open.bar, open.bar, open.factor, 0);
  return { bars };
}

/** The factor that a ratio of prices comes near to, less than 1 for a step down; 0 for none. */
function factorOf(ratio: number): number {
  for (const factor of FACTORS) {
    if (Math.abs(Math.log(ratio / factor)) < TOLERANCE) return factor;
    if (Math.abs(Math.log(ratio * factor)) < TOLERANCE) return 1 / factor;
  }
  return 0;
}

export function describeUnitJump({ fromBar, toBar, figures: [before, after, factor] }: SuspectRow): string {
  const size = Math.abs(factor);
  const step = size >= 1 ? `${size} times` : `a ${Math.round(1 / size)}th of`;
  const back = factor < 0 ? `, back after ${toBar - fromBar + 1} bars` : '';
  return `close ${after} is ${step} the ${before} before, up to the price’s own move: another unit${back}`;
}
