import { createHash } from 'node:crypto';
import { calendarOf } from '../../shared/calendar/calendars.ts';
import { adjustBars, type PriceView } from '../../shared/market/adjust-bars.ts';
import { BAR_COLUMN_NAMES } from '../../shared/market/bar.ts';
import { intervalMilliseconds } from '../../shared/market/bar-interval.ts';
import type { CorporateAction } from '../../shared/market/corporate-actions.ts';
import type { BucketColumns } from '../../shared/market/longer-bars.ts';
import { type Hours, type ResampleSession, resampleAll } from '../../shared/market/resample.ts';
import { parseResampleRule, requireFitting, resampleRuleText } from '../../shared/market/resample-rule.ts';
import { barsOf } from './series-handle.ts';
import type { SeriesHandle } from './tasks.ts';

/** Longer bars of a loaded series. */
export interface ResampleRequest {
  readonly handle: SeriesHandle;
  /** A rule as shared/market/resample-rule.ts reads it. */
  readonly every: string;
  /** Calendar whose sessions the bars are laid into; null: days of UTC. */
  readonly calendar: string | null;
  /** Null: sessions for days and longer, all bars for what is shorter. */
  readonly hours: Hours | null;
  /** Prices that the bars are made of, and the corporate actions that adjust them. */
  readonly view?: PriceView;
  readonly actions?: readonly CorporateAction[];
}

/** A series that is not stored: longer bars in shared memory, told apart from others by its id and content hash. */
export interface DerivedSeries {
  readonly handle: SeriesHandle;
  readonly buckets: BucketColumns;
  /** Source bars out of hours. */
  readonly leftOut: number;
  readonly isLastUnfinished: boolean;
}

const DAY = 86_400_000;

/** Throws a RangeError for a rule that is none or that the series' bars do not fit into, and not-found for a calendar. */
export function resampleSeries(request: ResampleRequest): DerivedSeries {
  const { handle, every, calendar, hours, view = 'raw', actions = [] } = request;
  const interval = intervalMilliseconds(handle.every);
  const rule = parseResampleRule(every);
  requireFitting(rule, interval);
  const { bars, ...rest } = resampleAll(adjustBars(barsOf(handle), actions, view), rule, {
    interval,
    session: sessionOf(calendar),
    allocate: sharedColumn,
    ...(hours === null ? {} : { hours }),
  });
  const text = resampleRuleText(rule);
  const name = [text, calendar ?? 'UTC', hours ?? 'usual', view].join(' ');
  const basis = [
    handle.contentHash,
    name,
    ...(view === 'raw' ? [] : actions.map((one) => JSON.stringify(one))),
  ];
  const columns = Object.fromEntries(
    BAR_COLUMN_NAMES.map((name) => [name, (bars[name]?.buffer as SharedArrayBuffer | undefined) ?? null]),
  ) as SeriesHandle['columns'];
  return {
    handle: {
      seriesId: `${handle.seriesId} ${name}`,
      ticker: handle.ticker,
      every: text,
      contentHash: createHash('sha256').update(basis.join('\n')).digest('hex'),
      length: bars.length,
      present: handle.present,
      columns,
    },
    ...rest,
  };
}

function sessionOf(calendar: string | null): ResampleSession {
  if (calendar === null) return { end: DAY, offsetAt: () => 0 };
  const { table } = calendarOf(calendar);
  return { end: DAY, offsetAt: table.offsetAt, sessions: table };
}

const sharedColumn = (length: number) =>
  new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
