import { calendarOf } from '../../../shared/calendar/calendars.ts';
import type { Series } from '../../../shared/contract/schemas.ts';
import { formatMinute } from '../../../shared/format/time.ts';
import type { App } from '../../services/create-app.ts';
import type { DerivedOptions, DerivedSeries } from '../../services/derived-series.ts';
import type { Invocation } from '../command-line.ts';
import { print, printJson, table } from '../output.ts';
import { UsageError } from '../usage-error.ts';

export const LONGER_BARS_OPTIONS = {
  hours: { type: 'string' },
  day: { type: 'string' },
  edges: { type: 'boolean' },
} as const;

/** Buckets shown from each end; the rest can be exported. */
const EDGE = 5;
const FEW = 40;

/** The stored series that the asked bars are to be made of; null where the library holds them itself. */
export async function longerBarsSource(app: App, { words, values }: Invocation): Promise<Series | null> {
  const [ticker] = words;
  const { every } = values;
  if (ticker === undefined || typeof every !== 'string') return null;
  const isStored = (await app.series.list()).some((one) => one.ticker === ticker && one.every === every);
  return isStored ? null : app.derived.source(ticker, every);
}

/** Longer bars that the library does not hold, made of those that it does: `hindsight data show T --every 1h`. */
export async function showLongerBars(app: App, source: Series, invocation: Invocation): Promise<void> {
  const { values, json } = invocation;
  const options = optionsOf(values);
  const instrument = await app.instruments.find(source.ticker);
  const calendar = options.calendar === undefined ? instrument.calendar : options.calendar;
  const derived = await app.derived.of(source, options);
  const zone = calendar === null ? 'UTC' : calendarOf(calendar).zone;
  const count = derived.handle.length;
  const shown = (index: number) => values.edges !== true || index < EDGE || index >= count - EDGE;
  if (json) {
    const rows = Array.from({ length: count }, (_, index) => index).filter(shown);
    const { ticker, every } = derived.handle;
    return printJson({
      ticker,
      every,
      source: source.every,
      sourceBars: source.bars,
      calendar,
      zone,
      bars: count,
      leftOut: derived.leftOut,
      isLastUnfinished: derived.isLastUnfinished,
      rows: rows.map((index) => barAt(derived, index)),
    });
  }
  print(
    `${source.ticker} ${derived.handle.every}: ${count} bars made of ${source.bars} bars of ${source.every}`,
  );
  print(
    calendar === null
      ? 'No calendar: buckets lie on whole multiples of UTC.'
      : `Calendar ${calendar}${options.calendar === undefined ? ` (${instrument.why})` : ''}: buckets begin with each stretch of trading.`,
  );
  print('A bucket holds the bars that start in it, start inclusive, end exclusive; bars carry its start.');
  if (derived.leftOut > 0)
    print(`${derived.leftOut} bars lie out of hours and are in none (--hours all takes them in).`);
  if (derived.isLastUnfinished) print('The last bucket is not over with the last bar.');
  print();
  const isLong = count > FEW || values.edges === true;
  const indexes = Array.from({ length: count }, (_, index) => index).filter(
    (index) => !isLong || index < EDGE || index >= count - EDGE,
  );
  print(
    table(
      [`from, ${zone}`, 'to', 'bars', 'open', 'high', 'low', 'close', 'volume'],
      indexes.map((index) => {
        const { start, end, bars, open, high, low, close, volume } = barAt(derived, index);
        return [
          formatMinute(start, zone),
          formatMinute(end, zone),
          bars,
          ...[open, high, low, close, volume].map((value) => (value === null ? '–' : String(value))),
        ];
      }),
    ),
  );
  if (indexes.length < count)
    print(`(${count - indexes.length} buckets between the first and the last ${EDGE})`);
}

function optionsOf(values: Invocation['values']): DerivedOptions {
  const { every, hours, day, calendar } = values as Record<string, string | undefined>;
  if (hours !== undefined && hours !== 'all' && hours !== 'regular') {
    throw new UsageError('--hours is all or regular.');
  }
  if (day !== undefined && day !== 'exchange' && day !== 'utc')
    throw new UsageError('--day is exchange or utc.');
  if (calendar !== undefined) calendarOf(calendar);
  return {
    every: every!,
    ...(day === 'utc' ? { calendar: null } : calendar === undefined ? {} : { calendar }),
    ...(hours === undefined ? {} : { hours }),
  };
}

function barAt({ handle, buckets }: DerivedSeries, index: number) {
  const value = (name: 'open' | 'high' | 'low' | 'close' | 'volume') => {
    const memory = handle.columns[name];
    const number = memory === null ? Number.NaN : new Float64Array(memory)[index]!;
    return Number.isNaN(number) ? null : number;
  };
  return {
    start: buckets.start[index]!,
    end: buckets.end[index]!,
    bars: buckets.to[index]! - buckets.from[index]!,
    open: value('open'),
    high: value('high'),
    low: value('low'),
    close: value('close'),
    volume: value('volume'),
  };
}
