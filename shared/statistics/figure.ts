import type { Statistic } from './statistic.ts';

export type FigureHead = Omit<Statistic, 'value' | 'note'>;

/**
 * A figure that is null with a note where `missing` says why, and that may carry a warning otherwise. A result that is not
 * finite is never shown as a number.
 */
export function figure(
  head: FigureHead,
  value: number,
  missing: string | null = null,
  warning: string | null = null,
): Statistic {
  const reason = missing ?? (Number.isFinite(value) ? null : 'undefined: no finite result');
  const note = reason ?? warning;
  return { ...head, value: reason === null ? value : null, ...(note === null ? {} : { note }) };
}
