import { zoneOffset } from '../market/zone-offset.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** No zone is further from UTC than this. */
const FURTHEST = 15 * HOUR;

/** Turns times of a wall clock into UTC. All are epoch milliseconds, local ones as if their digits were UTC. */
export interface LocalClock {
  /**
   * UTC of a local time; NaN where the clock was put forward over it. A time that occurs twice, when the clock is put
   * back, is the occurrence nearer to `neighbour`, UTC of the bar next to it in the file, and never that very instant;
   * the first occurrence where that is NaN.
   */
  toUtc(local: number, neighbour: number): number;
  /** Local less UTC all through the local day that begins at `day`; NaN around a change of the clock. */
  offsetOfDay(day: number): number;
}

/**
 * The clock of a zone as ReadingPlan names them: IANA (`Europe/London`), with a shift (`America/New_York+07:00`), an
 * offset (`UTC+02:00`), or `EST`, which knows no summer time. Throws a RangeError for a zone that does not exist.
 */
export function localClock(zone: string): LocalClock {
  const [, name = '', sign, hours, minutes] = /^(.*?)(?:([+-])(\d{2}):(\d{2}))?$/.exec(zone)!;
  const shift = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE);
  if (name === '' && sign === undefined) throw new RangeError('a time zone is needed');
  if (/^(UTC|GMT|Z|)$/i.test(name)) return new FixedClock(shift);
  if (name === 'EST') return new FixedClock(shift - 5 * HOUR);
  return new ZonedClock(zoneOffset(name), shift);
}

/** Whether there is such a zone. */
export function isZone(zone: string): boolean {
  try {
    localClock(zone);
    return true;
  } catch {
    return false;
  }
}

class FixedClock implements LocalClock {
  readonly #offset: number;

  constructor(offset: number) {
    this.#offset = offset;
  }

  toUtc(local: number): number {
    return local - this.#offset;
  }

  offsetOfDay(): number {
    return this.#offset;
  }
}

class ZonedClock implements LocalClock {
  readonly #offsetAt: (time: number) => number;
  readonly #shift: number;
  readonly #days = new Map<number, number>();
  #lastDay = Number.NaN;
  #lastOffset = Number.NaN;

  /** `shift`: how far the clock is ahead of the zone's. */
  constructor(offsetAt: (time: number) => number, shift: number) {
    this.#offsetAt = offsetAt;
    this.#shift = shift;
  }

  toUtc(local: number, neighbour: number): number {
    const day = Math.floor(local / DAY) * DAY;
    const offset = day === this.#lastDay ? this.#lastOffset : this.offsetOfDay(day);
    return Number.isNaN(offset) ? this.#nearChange(local - this.#shift, neighbour) : local - offset;
  }

  offsetOfDay(day: number): number {
    let offset = this.#days.get(day);
    if (offset === undefined) {
      const before = this.#offsetAt(day - this.#shift - FURTHEST);
      const after = this.#offsetAt(day - this.#shift + DAY + FURTHEST);
      offset = before === after ? before + this.#shift : Number.NaN;
      this.#days.set(day, offset);
    }
    this.#lastDay = day;
    this.#lastOffset = offset;
    return offset;
  }

  /** Within two days of a change of the clock: both offsets are tried. */
  #nearChange(local: number, neighbour: number): number {
    const one = this.#offsetAt(local - FURTHEST);
    const other = this.#offsetAt(local + FURTHEST);
    const first = local - Math.max(one, other);
    const second = local - Math.min(one, other);
    const isFirst = first + this.#offsetAt(first) === local;
    const isSecond = second + this.#offsetAt(second) === local;
    if (!isFirst || first === second) return isSecond ? second : Number.NaN;
    if (!isSecond || Number.isNaN(neighbour)) return first;
    if (neighbour === first) return second;
    return Math.abs(second - neighbour) <= Math.abs(first - neighbour) && neighbour !== second
      ? second
      : first;
  }
}
