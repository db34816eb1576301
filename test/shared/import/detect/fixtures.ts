// Bars for files of every layout: minutes of local days, with prices that tell their column.

export interface FixtureBar {
  /** Local time as if its digits were UTC, epoch ms. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** The bar of a minute: always the same, its four prices all different. */
export function barAt(time: number): FixtureBar {
  const step = Math.floor(time / MINUTE) % 97;
  const open = 100 + step / 4;
  const isUp = step % 2 === 0;
  const close = open + (isUp ? 0.5 : -0.5);
  return {
    time,
    open,
    high: Math.max(open, close) + 0.25,
    low: Math.min(open, close) - 0.75,
    close,
    volume: 100 + step,
  };
}

/** Bars every `every` minutes from `from` to `to` (both included, minutes of the day) on each of `days`. */
export function sessions(days: readonly string[], from: number, to: number, every = 1): FixtureBar[] {
  return days.flatMap((day) =>
    Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, index) =>
      barAt(Date.parse(`${day}T00:00:00Z`) + (from + index * every) * MINUTE),
    ),
  );
}

export const at = (hours: number, minutes = 0) => hours * 60 + minutes;
/** Monday to Friday of a summer week, and one of winter. */
export const SUMMER = ['2024-07-01', '2024-07-02', '2024-07-03', '2024-07-05', '2024-07-08'];
export const WINTER = ['2024-01-08', '2024-01-09', '2024-01-10', '2024-01-11', '2024-01-12'];

/** Days of bars around the clock from one minute to another, both included. */
export function aroundTheClock(from: string, minutes: number): FixtureBar[] {
  const start = Date.parse(`${from}:00Z`);
  return Array.from({ length: minutes }, (_, index) => barAt(start + index * MINUTE));
}

const two = (value: number) => String(value).padStart(2, '0');

/** Parts of a time, for writing it in a vendor's way. */
export function parts(time: number) {
  const date = new Date(time);
  const iso = date.toISOString();
  return {
    iso,
    ymd: iso.slice(0, 10),
    compact: iso.slice(0, 10).replaceAll('-', ''),
    dots: iso.slice(0, 10).replaceAll('-', '.'),
    mdy: `${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/${date.getUTCFullYear()}`,
    dmy: `${two(date.getUTCDate())}.${two(date.getUTCMonth() + 1)}.${date.getUTCFullYear()}`,
    hm: iso.slice(11, 16),
    hms: iso.slice(11, 19),
    hhmmss: iso.slice(11, 19).replaceAll(':', ''),
    ofDay: ((time % DAY) + DAY) % DAY,
  };
}

/** The text of a file, and the bar in its first line. */
export class Written {
  readonly text: string;
  readonly first: FixtureBar;

  constructor(written: string, first: FixtureBar) {
    this.text = written;
    this.first = first;
  }

  between(before: string, behind: string): Written {
    return new Written(`${before}${this.text}${behind}`, this.first);
  }
}

/** A text of lines: a heading (or none) and a line per bar. */
export function text(
  heading: string | null,
  bars: readonly FixtureBar[],
  line: (bar: FixtureBar, time: ReturnType<typeof parts>) => string,
): Written {
  const lines = bars.map((bar) => line(bar, parts(bar.time)));
  return new Written([...(heading === null ? [] : [heading]), ...lines, ''].join('\n'), bars[0]!);
}
