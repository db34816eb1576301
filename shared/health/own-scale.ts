import type { BarColumns } from '../market/bar.ts';
import { nth } from './nth.ts';

/** Bars over which a series' own movement is measured; calm and wild times are measured apart. */
const BLOCK_BARS = 16_384;
/** Values looked at in a block: enough for a median and a 99 % quantile. */
const SAMPLES = 2_048;
/** Makes the median of absolute deviations the standard deviation of a normal distribution. */
const MAD_TO_DEVIATION = 1.4826;
const FEWEST = 20;
/** Largest values that a short stretch may owe to what is looked for. */
const OUTLIERS = 8;

/** How much a series moves from bar to bar, over one stretch of it. Moves are absolute simple returns of closes. */
export interface OwnScale {
  readonly fromBar: number;
  readonly toBar: number;
  /** Median absolute move of the bars that moved, as the standard deviation it stands for. */
  readonly deviation: number;
  /** 99 % quantile of the moves (see largeIndex). */
  readonly largeMove: number;
  /** The same of how far lows and highs reach beyond the closes on either side. */
  readonly largeReach: number;
}

/** Scales of consecutive stretches; stretches with too few moves have none. */
export function ownScales(bars: BarColumns): OwnScale[] {
  const count = Math.max(1, Math.round(bars.length / BLOCK_BARS));
  return Array.from({ length: count }, (_, block) => {
    const fromBar = Math.max(1, Math.floor((block * bars.length) / count));
    const toBar = Math.floor(((block + 1) * bars.length) / count);
    return scaleOf(bars, fromBar, toBar);
  }).filter((scale) => scale !== null);
}

function scaleOf(bars: BarColumns, fromBar: number, toBar: number): OwnScale | null {
  const stride = Math.max(1, Math.floor((toBar - fromBar) / SAMPLES));
  const moves = new Float64Array(Math.ceil(Math.max(0, toBar - fromBar) / stride));
  const reaches = new Float64Array(moves.length);
  let moved = 0;
  let reached = 0;
  for (let bar = fromBar; bar < toBar; bar += stride) {
    const move = Math.abs(bars.close[bar]! / bars.close[bar - 1]! - 1);
    const reach = reachOf(bars, bar);
    if (move > 0 && move < Number.POSITIVE_INFINITY) moves[moved++] = move;
    if (reach >= 0 && reach < Number.POSITIVE_INFINITY) reaches[reached++] = reach;
  }
  if (moved < FEWEST) return null;
  return {
    fromBar,
    toBar,
    deviation: MAD_TO_DEVIATION * nth(moves, moved, moved >> 1),
    largeMove: nth(moves, moved, largeIndex(moved)),
    largeReach: reached === 0 ? 0 : nth(reaches, reached, largeIndex(reached)),
  };
}

/** The 99 % quantile, or in short stretches a lower one, so that a few spikes and splits do not measure themselves. */
const largeIndex = (count: number) => Math.max(0, Math.min(Math.floor(0.99 * count), count - 1 - OUTLIERS));

/** How far a bar's low or high lies beyond both its close and the one before, as a share. */
export function reachOf({ high, low, close }: BarColumns, bar: number): number {
  const before = close[bar - 1]!;
  const now = close[bar]!;
  const above = high[bar]! / (now > before ? now : before) - 1;
  const below = (now < before ? now : before) / low[bar]! - 1;
  return above > below ? above : below;
}
