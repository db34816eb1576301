import { type BarInterval, intervalName } from './bar-interval.ts';

/** What longer bars are made by, as people write it; docs/resampling.md lists the forms. */
export type ResampleEvery =
  | BarInterval
  | `${number}mo`
  | 'session'
  | 'week'
  | 'month'
  | `${ThresholdKind}:${number}`;

type ThresholdKind = 'volume' | 'dollar' | 'ticks';

export type ResampleRule =
  /** Buckets of `length` milliseconds, counted from the start of the stretch of trading in which they lie. */
  | { readonly kind: 'time'; readonly length: number }
  /** `count` calendar days, weeks (from Monday) or months, by the trading day that bars belong to. */
  | { readonly kind: 'days' | 'weeks' | 'months'; readonly count: number }
  /** Bars that end with the source bar that brings the sum of volume, of money or of trades to `threshold`. */
  | { readonly kind: ThresholdKind; readonly threshold: number };

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;
const DAY = 86_400_000;
const WORDS: Readonly<Record<string, ResampleRule>> = {
  session: { kind: 'days', count: 1 },
  week: { kind: 'weeks', count: 1 },
  month: { kind: 'months', count: 1 },
};
const FORMS = '5m, 1h, 1d, session, 1w, week, 1mo, month, volume:100000, dollar:1000000 or ticks:500';

/** Throws a RangeError for what is no rule, naming the forms. */
export function parseResampleRule(text: string): ResampleRule {
  const word = Object.hasOwn(WORDS, text) ? WORDS[text] : undefined;
  if (word !== undefined) return word;
  const sum = /^(volume|dollar|ticks):(\d+(?:\.\d+)?(?:e\d{1,2})?)$/.exec(text);
  if (sum !== null && Number(sum[2]) > 0) {
    return { kind: sum[1] as ThresholdKind, threshold: Number(sum[2]) };
  }
  const time = /^(\d{1,6})(s|m|h|d|w|mo)$/.exec(text);
  const count = Number(time?.[1]);
  if (time === null || count < 1) throw new RangeError(`"${text}" is not a length of bars: write ${FORMS}`);
  if (time[2] === 'mo') return { kind: 'months', count };
  if (time[2] === 'w') return { kind: 'weeks', count };
  if (time[2] === 'd') return { kind: 'days', count };
  const length = count * UNITS[time[2] as keyof typeof UNITS];
  return length % DAY === 0 ? { kind: 'days', count: length / DAY } : { kind: 'time', length };
}

/** The shortest text of a rule: what `parseResampleRule` makes it of again. */
export function resampleRuleText(rule: ResampleRule): string {
  switch (rule.kind) {
    case 'time':
      for (const unit of ['h', 'm', 's'] as const) {
        if (rule.length % UNITS[unit] === 0) return `${rule.length / UNITS[unit]}${unit}`;
      }
      throw new RangeError(`${rule.length} ms is not a whole number of seconds`);
    case 'days':
      return `${rule.count}d`;
    case 'weeks':
      return `${rule.count}w`;
    case 'months':
      return `${rule.count}mo`;
    default:
      return `${rule.kind}:${rule.threshold}`;
  }
}

/** Throws a RangeError where bars of `interval` milliseconds (0: unknown) do not fit wholly into those of a rule. */
export function requireFitting(rule: ResampleRule, interval: number): void {
  const own = interval === 0 ? '' : ` of ${intervalName(interval)}`;
  const refuse = (why: string) =>
    new RangeError(`Bars of ${resampleRuleText(rule)} cannot be made of bars${own}: ${why}`);
  switch (rule.kind) {
    case 'time':
      if (interval > 0 && (rule.length <= interval || rule.length % interval !== 0)) {
        throw refuse('choose a whole multiple of their length');
      }
      return;
    case 'days':
      if (interval > DAY || (interval === DAY && rule.count === 1)) {
        throw refuse('they are no longer');
      }
      return;
    case 'weeks':
    case 'months':
      if (interval > DAY) throw refuse('days, weeks and months do not fit into one another');
      return;
    default:
      return;
  }
}
