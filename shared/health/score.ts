import type { SuspectKind } from './kinds.ts';

/**
 * Scores of the parts and of the whole; docs/data-health.md has the same formulas with a worked example. A part that is
 * scored by share falls by its `rate`: 100 exp(-rate x what is missing or wrong / what there is). One that is scored by
 * events halves with every `allowance` of them (weighted by severity), and long series are allowed more of the harmless.
 */
export type PartRule =
  | { readonly by: 'share'; readonly of: 'bars' | 'expected bars' | 'sessions'; readonly rate: number }
  | { readonly by: 'events'; readonly allowance: number; readonly barsPerExtra: number };

export const PART_RULES: Readonly<Record<SuspectKind, PartRule>> = {
  'missing-session': { by: 'share', of: 'sessions', rate: 8 },
  gap: { by: 'share', of: 'expected bars', rate: 8 },
  'likely-split': { by: 'events', allowance: 1, barsPerExtra: Number.POSITIVE_INFINITY },
  'doubled-split': { by: 'events', allowance: 1, barsPerExtra: Number.POSITIVE_INFINITY },
  'unit-jump': { by: 'events', allowance: 1, barsPerExtra: Number.POSITIVE_INFINITY },
  spike: { by: 'events', allowance: 3, barsPerExtra: 20_000 },
  'ohlc-order': { by: 'share', of: 'bars', rate: 100 },
  'stale-prices': { by: 'share', of: 'bars', rate: 8 },
  'zero-volume': { by: 'share', of: 'bars', rate: 4 },
  'outside-session': { by: 'share', of: 'bars', rate: 8 },
};

export const PART_LABELS: Readonly<Record<SuspectKind, string>> = {
  'missing-session': 'Missing sessions',
  gap: 'Gaps',
  'likely-split': 'Unknown splits',
  'doubled-split': 'Splits counted twice',
  'unit-jump': 'Changes of unit',
  spike: 'Spikes',
  'ohlc-order': 'Order of prices',
  'stale-prices': 'Stale prices',
  'zero-volume': 'No volume',
  'outside-session': 'Outside trading hours',
};

/** What there is to be sick. */
export interface Extent {
  readonly bars: number;
  readonly expectedBars: number;
  readonly sessions: number;
}

/** What is sick of one kind: suspects, their weights, and their weights times severity. */
export interface Sickness {
  readonly count: number;
  readonly weight: number;
  readonly severity: number;
}

/** 0 to 100. */
export function partScore(kind: SuspectKind, { weight, severity }: Sickness, extent: Extent): number {
  const rule = PART_RULES[kind];
  if (rule.by === 'share') {
    const whole = totalOf(rule.of, extent);
    return weight === 0 ? 100 : 100 * Math.exp((-rule.rate * weight) / Math.max(1, whole));
  }
  return 100 * 2 ** (-severity / allowanceOf(rule, extent));
}

export const totalOf = (of: 'bars' | 'expected bars' | 'sessions', extent: Extent): number =>
  of === 'bars' ? extent.bars : of === 'sessions' ? extent.sessions : extent.expectedBars;

export const allowanceOf = (rule: { allowance: number; barsPerExtra: number }, { bars }: Extent): number =>
  rule.allowance + bars / rule.barsPerExtra;

/** Weight of the lowest part; the rest is the mean of all. */
export const LOWEST_WEIGHT = 0.7;

/** 0 to 100: seven tenths of the lowest part and three of the mean of all. One sick part is enough to be sick. */
export function overallScore(parts: readonly number[]): number {
  const mean = parts.reduce((sum, part) => sum + part, 0) / parts.length;
  return LOWEST_WEIGHT * Math.min(...parts) + (1 - LOWEST_WEIGHT) * mean;
}
