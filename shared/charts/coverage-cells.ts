const DAY = 86_400_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export interface CoverageCell {
  /** Midnight UTC, epoch ms. */
  readonly day: number;
  /** Column from the first week on, and row, Monday 0. */
  readonly week: number;
  readonly weekday: number;
  readonly bars: number;
  /** Bars against the usual day, at most 1. */
  readonly share: number;
}

/** Days with bars as the cells of a calendar; the usual day is the median. */
export function coverageCells(days: readonly (readonly [day: number, bars: number])[]) {
  const counts = days.map(([, bars]) => bars).sort((a, b) => a - b);
  const usual = counts[counts.length >> 1] ?? 0;
  const weekOf = (day: number) => Math.floor((day / DAY + 3) / 7); // the epoch began on a Thursday
  const firstWeek = days.length === 0 ? 0 : weekOf(days[0]![0]);
  const cells = days.map(([day, bars]): CoverageCell => {
    const weekday = (day / DAY + 3) % 7;
    return {
      day,
      week: weekOf(day) - firstWeek,
      weekday,
      bars,
      share: usual === 0 ? 0 : Math.min(1, bars / usual),
    };
  });
  return { cells, usual, weeks: (cells.at(-1)?.week ?? -1) + 1, months: monthLabels(cells) };
}

/** A label over the first week of each month, with the year in January and at the start. */
function monthLabels(cells: readonly CoverageCell[]): { week: number; text: string }[] {
  const labels: { week: number; text: string }[] = [];
  let before = -1;
  for (const { day, week } of cells) {
    const date = new Date(day);
    const month = date.getUTCMonth();
    if (month === before) continue;
    before = month;
    const isFirst = labels.length === 0;
    const previous = labels.at(-1);
    // A label with a year takes the room of two.
    if (previous !== undefined && week - previous.week < (previous.text.length > 3 ? 8 : 4)) continue;
    labels.push({
      week,
      text: isFirst || month === 0 ? `${MONTHS[month]} ${date.getUTCFullYear()}` : MONTHS[month]!,
    });
  }
  return labels;
}
