const DAY = 86_400_000;

/** Days, weeks (from Monday) or months of which several make one bar; days are counted from 1970-01-01. */
export interface DayGroups {
  readonly firstDay: (day: number) => number;
  readonly lastDay: (day: number) => number;
}

/** Groups lie on whole multiples of `count` since the epoch, so that they are the same wherever the bars begin. */
export function dayGroups(kind: 'days' | 'weeks' | 'months', count: number): DayGroups {
  if (kind === 'months') {
    const firstMonth = (day: number) => Math.floor(monthOf(day) / count) * count;
    return {
      firstDay: (day) => firstDayOf(firstMonth(day)),
      lastDay: (day) => firstDayOf(firstMonth(day) + count) - 1,
    };
  }
  const days = kind === 'weeks' ? count * 7 : count;
  // The epoch was a Thursday.
  const shift = kind === 'weeks' ? 3 : 0;
  const firstDay = (day: number) => Math.floor((day + shift) / days) * days - shift;
  return { firstDay, lastDay: (day) => firstDay(day) + days - 1 };
}

/** Months since 1970-01. */
function monthOf(day: number): number {
  const date = new Date(day * DAY);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

const firstDayOf = (month: number) =>
  Math.round(Date.UTC(1970 + Math.floor(month / 12), month % 12, 1) / DAY);
