import type { HealthPart, HealthReport, Suspect } from '../contract/schemas.ts';
import { describeDoubledSplit } from './doubled-splits.ts';
import { describeGap } from './gaps.ts';
import { SUSPECT_KINDS, type SuspectKind } from './kinds.ts';
import { describeLikelySplit } from './likely-splits.ts';
import { describeMissingSessions } from './missing-sessions.ts';
import { describeOhlcOrder } from './ohlc-order.ts';
import { describeOutsideSessions } from './outside-sessions.ts';
import {
  allowanceOf,
  type Extent,
  LOWEST_WEIGHT,
  overallScore,
  PART_LABELS,
  PART_RULES,
  partScore,
  type Sickness,
  totalOf,
} from './score.ts';
import type { SeriesHealth, SessionDays } from './series-health.ts';
import { describeSpike } from './spikes.ts';
import { describeStalePrices } from './stale-prices.ts';
import type { SuspectRow } from './suspect-table.ts';
import { describeUnitJump } from './unit-jumps.ts';
import { describeZeroVolume } from './zero-volume.ts';

const MOST_SUSPECTS = 1_000;
const MONTHS = 12;
/** From here on a suspect taints what is traded on its bars. */
export const MARKING_SEVERITY = 0.25;

const DESCRIBE: Readonly<Record<SuspectKind, (row: SuspectRow) => string>> = {
  'missing-session': describeMissingSessions,
  gap: describeGap,
  'likely-split': describeLikelySplit,
  'doubled-split': describeDoubledSplit,
  'unit-jump': describeUnitJump,
  spike: describeSpike,
  'ohlc-order': describeOhlcOrder,
  'stale-prices': describeStalePrices,
  'zero-volume': describeZeroVolume,
  'outside-session': describeOutsideSessions,
};

/** A suspect's name in the list of those that a user said are in order. */
export const suspectKey = ({ kind, from, to }: { kind: string; from: number; to: number }): string =>
  `${kind} ${from} ${to}`;

/** The report that screens and the terminal show. `reviewed` holds keys of suspects that are in order. */
export function healthReport(
  health: SeriesHealth,
  calendar: string,
  reviewed: ReadonlySet<string>,
): HealthReport {
  const rows = [...health.suspects].map((row) => ({ row, isReviewed: reviewed.has(suspectKey(row)) }));
  const counted = rows.filter(({ isReviewed }) => !isReviewed).map(({ row }) => row);
  const parts = healthParts(health, extentOf(health), counted);
  const worst = rows
    .sort((a, b) => Number(a.isReviewed) - Number(b.isReviewed) || b.row.severity - a.row.severity)
    .slice(0, MOST_SUSPECTS);
  const { days } = health;
  return {
    score: round(overallScore(parts.map(({ score }) => score))),
    convention: OVERALL_CONVENTION,
    calendar,
    parts: parts.map((part) => ({ ...part, score: round(part.score) })),
    suspects: worst.map(({ row, isReviewed }) => suspectOf(row, isReviewed)),
    suspectCount: counted.length,
    days: Array.from({ length: days.length }, (_, i) => [days.day[i]!, days.bars[i]!, days.expected[i]!]),
    months: missingByMonth(days),
  };
}

export interface RangeHealth {
  readonly score: number;
  readonly suspects: number;
  /** First and last times of the bars that suspects taint: pairs, ascending and apart from each other. */
  readonly marked: Float64Array;
}

/** The same figures over a part of the series: bars between two times, both inclusive. */
export function rangeHealth(
  health: SeriesHealth,
  reviewed: ReadonlySet<string>,
  range: { readonly from: number; readonly to: number; readonly bars: number },
): RangeHealth {
  const rows = [...health.suspects].filter(
    (row) => row.to >= range.from && row.from <= range.to && !reviewed.has(suspectKey(row)),
  );
  const extent = extentOf(health, range);
  const parts = healthParts(health, extent, rows);
  return {
    score: round(overallScore(parts.map(({ score }) => score))),
    suspects: rows.length,
    marked: markedTimes(rows.filter(({ severity }) => severity >= MARKING_SEVERITY)),
  };
}

function markedTimes(rows: readonly SuspectRow[]): Float64Array {
  const marked: number[] = [];
  for (const { from, to } of [...rows].sort((a, b) => a.from - b.from)) {
    const last = marked.length - 1;
    if (last > 0 && from <= marked[last]!) marked[last] = Math.max(marked[last]!, to);
    else marked.push(from, to);
  }
  return Float64Array.from(marked);
}

const DAY = 86_400_000;

function extentOf(
  { bars, days }: SeriesHealth,
  range = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, bars },
): Extent {
  let expected = 0;
  let sessions = 0;
  for (let i = 0; i < days.length; i++) {
    if (days.day[i]! + DAY <= range.from || days.day[i]! > range.to) continue;
    expected += days.expected[i]!;
    sessions++;
  }
  return { bars: range.bars, expectedBars: expected, sessions };
}

function healthParts(health: SeriesHealth, extent: Extent, rows: readonly SuspectRow[]): HealthPart[] {
  return SUSPECT_KINDS.map((kind) => {
    const sickness: { count: number; weight: number; severity: number } = {
      count: 0,
      weight: 0,
      severity: 0,
    };
    for (const row of rows) {
      if (row.kind !== kind) continue;
      sickness.count++;
      sickness.weight += row.weight;
      sickness.severity += row.weight * row.severity;
    }
    return {
      id: kind,
      label: PART_LABELS[kind],
      score: partScore(kind, sickness, extent),
      count: sickness.count,
      convention: convention(kind, sickness, extent, health),
    };
  });
}

export const OVERALL_CONVENTION = `${LOWEST_WEIGHT * 100} % of the lowest part and ${Math.round((1 - LOWEST_WEIGHT) * 100)} % of the mean of all parts.`;

function convention(
  kind: SuspectKind,
  { weight, severity }: Sickness,
  extent: Extent,
  { hasCalendar, usualExtendedBars }: SeriesHealth,
): string {
  const needsCalendar = kind === 'missing-session' || kind === 'gap' || kind === 'outside-session';
  if (needsCalendar && !hasCalendar) return 'Not judged: no calendar for these bars.';
  const rule = PART_RULES[kind];
  const own =
    kind === 'outside-session' && usualExtendedBars > 0
      ? ` ${usualExtendedBars} bars before the open or behind the close are not counted: the series has such on most days.`
      : kind === 'gap'
        ? ' Only gaps longer than the series’ own are counted.'
        : '';
  if (rule.by === 'share') {
    const whole = totalOf(rule.of, extent);
    const what = kind === 'gap' || kind === 'missing-session' ? 'missing' : 'wrong';
    return `100 × exp(−${rule.rate} × ${amount(weight)} ${what} ÷ ${whole} ${rule.of}).${own}`;
  }
  return `100 × 2^(−${amount(severity)} ÷ ${amount(allowanceOf(rule, extent))}): suspects weighted by severity over those that halve it.`;
}

const amount = (value: number) => String(Number(value.toFixed(2)));
const round = (score: number) => Math.round(score * 10) / 10;

function suspectOf(row: SuspectRow, isReviewed: boolean): Suspect {
  const { kind, from, to, fromBar, toBar, severity } = row;
  return { kind, from, to, fromBar, toBar, detail: DESCRIBE[kind](row), severity, isReviewed };
}

/** Share of the expected bars that are missing, by month; the last twelve with sessions. */
export function missingByMonth({ length, day, bars, expected }: SessionDays): [string, number][] {
  const months = new Map<string, { expected: number; held: number }>();
  for (let i = 0; i < length; i++) {
    const name = new Date(day[i]!).toISOString().slice(0, 7);
    const month = months.get(name) ?? { expected: 0, held: 0 };
    month.expected += expected[i]!;
    month.held += Math.min(bars[i]!, expected[i]!);
    months.set(name, month);
  }
  return [...months]
    .slice(-MONTHS)
    .map(([name, month]) => [name, month.expected === 0 ? 0 : 1 - month.held / month.expected]);
}
