/** Why a line was rejected. `missing` and `not-a-number` carry the column: `missing: close`. */
export const REJECT_REASONS = {
  'wrong-field-count': 'the line has more or fewer fields than the others',
  'bad-quotes': 'a quoted field does not end before the next separator',
  'bad-json': 'the line is not one JSON object or array',
  'bad-ticker': 'the ticker is not a symbol (formula, path, or signs that no vendor uses)',
  'bad-time': 'the time cannot be read, or no such day or hour exists',
  'skipped-hour': 'the time does not exist: the clocks were put forward over it in the file’s time zone',
  missing: 'there is no value',
  'not-a-number': 'the value is not a number',
  'empty-minute': 'an empty minute of a dense grid: no prices and nothing traded',
  'price-not-positive': 'a price is zero or negative',
  'volume-negative': 'the volume is negative',
  'trades-negative': 'the number of trades is negative',
  'high-below-low': 'the high is below the low',
  'high-below-open-or-close': 'the high is below the open or the close',
  'low-above-open-or-close': 'the low is above the open or the close',
  'duplicate-identical': 'repeats an earlier line of the file exactly',
  'duplicate-conflict':
    'another line of the file gives other values for the same bar; the first one was kept',
  'conflicts-with-library': 'the library holds other values for this bar; those were kept',
} as const;
type ReasonCode = keyof typeof REJECT_REASONS;
type WithColumn = 'missing' | 'not-a-number';
export type RejectReason = Exclude<ReasonCode, WithColumn> | `${WithColumn}: ${string}`;

/** A reason code in words: `missing: close` becomes "there is no value (close)". */
export function describeReject(reason: string): string {
  const [code = '', column] = reason.split(': ');
  const words = REJECT_REASONS[code as ReasonCode] ?? reason;
  return column === undefined ? words : `${words} (${column})`;
}
