import { instantOfLocal, zoneOffset } from '../market/zone-offset.ts';

/** Zone in which times are shown: UTC, that of the instrument's exchange, that of this machine, or one of the IANA database. */
export type DisplayZone = 'utc' | 'exchange' | 'local' | (string & {});

export type TimeStyle = 'date' | 'minute' | 'second' | 'clock';

/** The places of `2024-07-01T07:31:00` that a style shows. */
const PLACES: Readonly<Record<TimeStyle, readonly [from: number, to: number]>> = {
  date: [0, 10],
  minute: [0, 16],
  second: [0, 19],
  clock: [11, 16],
};

const MISSING = '–';

/** Offsets of the zones in use; each remembers the last change of clocks that it met. */
const offsets = new Map<string, (time: number) => number>();

/**
 * The zone of the IANA database that is meant. `exchange` is the zone of the instrument's calendar (null: none is known,
 * so UTC), `local` that of this machine, which only the caller knows.
 */
export function zoneMeant(zone: DisplayZone, exchange: string | null, local: string): string {
  if (zone === 'utc') return 'UTC';
  if (zone === 'exchange') return exchange ?? 'UTC';
  return zone === 'local' ? local : zone;
}

/** Local time less UTC, milliseconds. Throws a RangeError for a zone that does not exist. */
export function offsetIn(zone: string): (time: number) => number {
  let offset = offsets.get(zone);
  if (offset === undefined) {
    offset = zoneOffset(zone);
    offsets.set(zone, offset);
  }
  return offset;
}

/** `2024-07-01 07:31` (and parts of it) on the clocks of a zone, from epoch milliseconds; a dash when missing. */
export function formatTime(time: number | null, style: TimeStyle = 'minute', zone = 'UTC'): string {
  if (time === null || Number.isNaN(time)) return MISSING;
  const local = new Date(time + offsetIn(zone)(time));
  return local
    .toISOString()
    .slice(...PLACES[style])
    .replace('T', ' ');
}

/** `2024-07-01 07:31`. */
export const formatMinute = (time: number | null, zone = 'UTC'): string => formatTime(time, 'minute', zone);

/** `2024-07-01`. */
export const formatDate = (time: number | null, zone = 'UTC'): string => formatTime(time, 'date', zone);

/** `UTC`, or `UTC+1`, `UTC-3:30`: how far the clocks of a zone are from it at an instant. */
export function offsetText(zone: string, time: number): string {
  const minutes = Math.round(offsetIn(zone)(time) / 60_000);
  if (minutes === 0) return 'UTC';
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/**
 * The instant at which the clocks of a zone show `local`, given as if it were UTC; where they show it twice the earlier
 * one, and where they pass over it the one that the clocks before the change would have shown it at.
 */
export const instantIn = (zone: string, local: number): number => instantOfLocal(offsetIn(zone), local);
