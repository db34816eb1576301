/** A bar's length as people write it: `1m`, `5m`, `1h`, `1d`, `1w`. */
export type BarInterval = `${number}${'s' | 'm' | 'h' | 'd' | 'w'}`;

const UNIT_MILLISECONDS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** Length of an interval in milliseconds. Throws a RangeError for anything that is not one. */
export function intervalMilliseconds(interval: string): number {
  const match = /^(\d+)([smhdw])$/.exec(interval);
  const count = Number(match?.[1]);
  if (!match || count < 1)
    throw new RangeError(`"${interval}" is not a bar interval such as 1m, 5m, 1h or 1d`);
  return count * UNIT_MILLISECONDS[match[2] as keyof typeof UNIT_MILLISECONDS];
}

/** The shortest name of a length in milliseconds: 60000 is `1m`, 3600000 `1h`. */
export function intervalName(milliseconds: number): BarInterval {
  for (const unit of ['w', 'd', 'h', 'm', 's'] as const) {
    if (milliseconds % UNIT_MILLISECONDS[unit] === 0)
      return `${milliseconds / UNIT_MILLISECONDS[unit]}${unit}`;
  }
  throw new RangeError(`${milliseconds} ms is not a whole number of seconds`);
}
