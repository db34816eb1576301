const HOUR = 3_600_000;

/**
 * Local time less UTC in a zone of the IANA database, in milliseconds, as a function of the instant; asked of the
 * runtime once per hour of data. Throws a RangeError for a zone that does not exist.
 */
export function zoneOffset(zone: string): (time: number) => number {
  if (zone === 'UTC') return () => 0;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const known = new Map<number, number>();
  return (time) => {
    const hour = Math.floor(time / HOUR);
    let offset = known.get(hour);
    if (offset === undefined) {
      offset = offsetAt(format, hour * HOUR);
      known.set(hour, offset);
    }
    return offset;
  };
}

function offsetAt(format: Intl.DateTimeFormat, time: number): number {
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - time;
}
