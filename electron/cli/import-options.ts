import { type ImportOptions, type PlanOverrides, ReadingPlanSchema } from '../../shared/contract/schemas.ts';
import { isZone } from '../../shared/import/local-clock.ts';
import type { Values } from './command-line.ts';
import { UsageError } from './usage-error.ts';

export const IMPORT_OPTIONS = {
  ticker: { type: 'string' },
  'ticker-from-name': { type: 'boolean' },
  every: { type: 'string' },
  map: { type: 'string', multiple: true },
  tz: { type: 'string' },
  stamp: { type: 'string' },
  'date-order': { type: 'string' },
  'time-format': { type: 'string' },
  delimiter: { type: 'string' },
  decimal: { type: 'string' },
  heading: { type: 'string' },
  skip: { type: 'string' },
  'price-divisor': { type: 'string' },
  layout: { type: 'string' },
  'on-error': { type: 'string' },
  'zero-bars': { type: 'string' },
  replace: { type: 'boolean' },
  preview: { type: 'boolean' },
  check: { type: 'boolean' },
} as const;

/** Names under which a shell takes signs without quotes. */
const DELIMITERS: Readonly<Record<string, PlanOverrides['delimiter']>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  bar: '|',
  '\\t': '\t',
};
const DECIMALS: Readonly<Record<string, PlanOverrides['decimalMark']>> = { point: '.', comma: ',' };

/** What the options say about an import. Throws a UsageError naming the one that is wrong. */
export function importOptions(values: Values): Partial<ImportOptions> {
  const text = (name: keyof typeof IMPORT_OPTIONS) => values[name] as string | undefined;
  const oneOf = <T extends string>(
    name: keyof typeof IMPORT_OPTIONS,
    allowed: readonly T[],
  ): T | undefined => {
    const value = text(name);
    if (value === undefined || allowed.some((one) => one === value)) return value as T | undefined;
    throw new UsageError(`--${name} takes ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}.`);
  };
  const every = text('every') ?? null;
  if (every !== null && !/^[1-9]\d*[smhdw]$/.test(every)) {
    throw new UsageError('--every takes an interval such as 1m, 5m, 1h or 1d.');
  }
  return {
    ticker: text('ticker') ?? null,
    tickerFromName: values['ticker-from-name'] === true,
    every,
    onError: oneOf('on-error', ['reject', 'fail'] as const) ?? 'reject',
    zeroBars: oneOf('zero-bars', ['drop', 'reject-file'] as const) ?? 'drop',
    conflicts: values.replace === true ? 'replace' : 'keep',
    map: mapping((values.map as string[] | undefined) ?? []),
    plan: defined({
      zone: zone(text('tz')),
      stamp: oneOf('stamp', ['start', 'end'] as const),
      dateOrder: oneOf('date-order', ['ymd', 'dmy', 'mdy'] as const),
      timeFormat: oneOf('time-format', ReadingPlanSchema.shape.timeFormat.options),
      delimiter: sign(
        text('delimiter'),
        DELIMITERS,
        [',', ';', '\t', '|'],
        '--delimiter takes comma, semicolon, tab or bar.',
      ),
      decimalMark: sign(text('decimal'), DECIMALS, ['.', ','], '--decimal takes point or comma.'),
      hasHeading: heading(oneOf('heading', ['yes', 'no'] as const)),
      skip: count('skip', text('skip'), (value) => Number.isInteger(value) && value >= 0 && value <= 1_000),
      priceDivisor: count('price-divisor', text('price-divisor'), (value) => value > 0),
      layout: text('layout'),
    }),
  };
}

function mapping(lists: readonly string[]): Record<string, string> {
  const pairs = lists.flatMap((list) => list.split(','));
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=');
      if (at < 1 || at === pair.length - 1)
        throw new UsageError('--map takes pairs such as Last=close,Vol=volume.');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function zone(text: string | undefined): string | undefined {
  if (text !== undefined && !isZone(text)) {
    throw new UsageError('--tz takes a time zone such as America/New_York, UTC, EST or UTC+02:00.');
  }
  return text;
}

function sign<T extends string>(
  text: string | undefined,
  names: Readonly<Record<string, T | undefined>>,
  signs: readonly T[],
  usage: string,
): T | undefined {
  if (text === undefined) return undefined;
  const found = names[text] ?? signs.find((one) => one === text);
  if (found === undefined) throw new UsageError(usage);
  return found;
}

const heading = (text: 'yes' | 'no' | undefined) => (text === undefined ? undefined : text === 'yes');

function count(
  name: string,
  text: string | undefined,
  isGood: (value: number) => boolean,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!isGood(value)) throw new UsageError(`--${name} takes a number.`);
  return value;
}

/** Without what was not said. */
const defined = (plan: { readonly [Key in keyof PlanOverrides]: PlanOverrides[Key] | undefined }) =>
  Object.fromEntries(Object.entries(plan).filter(([, value]) => value !== undefined)) as PlanOverrides;
