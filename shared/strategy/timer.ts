import { AppError } from '../contract/errors.ts';
import { sealClass } from './seal-class.ts';

export interface TimerRequest {
  /** Local time of day, `09:30`: the timer fires on the first bar of the day at or after it. */
  readonly at: string;
  /** Minutes after which it fires again on the same day; once a day where absent. */
  readonly repeatMinutes?: number;
  /** Days on which it fires, 1 Monday to 7 Sunday; every day where absent. */
  readonly weekdays?: readonly number[];
}

const MINUTE = 60_000;
const DAY = 86_400_000;

let isDue: (timer: Timer, localTime: number) => boolean;

/** Fires at times of the day, in the zone of the first instrument's session (UTC without one). */
export class Timer {
  readonly at: string;
  readonly #start: number;
  readonly #repeat: number;
  readonly #weekdays: readonly number[] | null;
  #due = Number.NaN;

  constructor({ at, repeatMinutes, weekdays }: TimerRequest) {
    const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(at);
    if (match === null) throw invalid('at', at, 'a time of day such as 09:30');
    if (repeatMinutes !== undefined && !(repeatMinutes > 0)) {
      throw invalid('repeatMinutes', repeatMinutes, 'a number of minutes above zero');
    }
    if (weekdays?.some((day) => !Number.isInteger(day) || day < 1 || day > 7)) {
      throw invalid('weekdays', weekdays, 'a list of days from 1 (Monday) to 7 (Sunday)');
    }
    this.at = at;
    this.#start = (Number(match[1]) * 60 + Number(match[2])) * MINUTE;
    this.#repeat = repeatMinutes === undefined ? Number.POSITIVE_INFINITY : repeatMinutes * MINUTE;
    this.#weekdays = weekdays === undefined ? null : [...weekdays];
  }

  static {
    isDue = (timer, localTime) => timer.#isDue(localTime);
  }

  /** Whether it fires on the bar at `localTime`; the engine asks once per step, in ascending order. */
  #isDue(localTime: number): boolean {
    if (Number.isNaN(this.#due)) this.#due = this.#firstDue(localTime);
    if (localTime < this.#due) return false;
    const day = Math.floor(localTime / DAY) * DAY;
    // Bars may be missing: what was due on a day that is over is not made up for.
    const isToday = this.#due >= day;
    let next = isToday ? this.#due : day + this.#start;
    const fires = localTime >= next && this.#firesOn(day);
    while (next <= localTime) next += this.#repeat;
    this.#due = next < day + DAY ? next : day + DAY + this.#start;
    return fires;
  }

  #firstDue(localTime: number): number {
    return Math.floor(localTime / DAY) * DAY + this.#start;
  }

  #firesOn(day: number): boolean {
    // The epoch was a Thursday.
    return this.#weekdays === null || this.#weekdays.includes(((Math.floor(day / DAY) + 3) % 7) + 1);
  }
}
sealClass(Timer, { hideConstructor: true });

export { isDue };

function invalid(field: string, value: unknown, rule: string): AppError {
  return new AppError('strategy-error', `A timer’s \`${field}\` is ${rule}, not ${String(value)}`, { field });
}
