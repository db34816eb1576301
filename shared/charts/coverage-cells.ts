const DAY = 86_400_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export interface CoverageCell {
  /** Midnight UTC, epoch ms. */
  readonly day: number;
  /** Column from the first week on, and row, Monday 0. */
  readonly week: number;
  readonly weekday: number;
  readonly bars: number;
  readonly expected: number;
  /** Bars against those expected, at most 1. */
  readonly share: number;
}

/** Sessions ([midnight UTC, bars, bars expected], ascending) as the cells of a calendar; `missing` have no bar at all. */
export function coverageCells(days: readonly (readonly [day: number, bars: number, expected: number])[]) {
  const weekOf = (day: number) => Math.floor((day / DAY + 3) / 7); // the epoch began on a Thursday
  const firstWeek = days.length === 0 ? 0 : weekOf(days[0]![0]);
  const cells = days.map(
    ([day, bars, expected]): CoverageCell => ({
      day,
      week: weekOf(day) - firstWeek,
      weekday: (day / DAY + 3) % 7,
      bars,
      expected,
      share: expected === 0 ? 1 : Math.min(1, bars / expected),
    }),
  );
  const missing = cells.reduce((sum, { bars }) => sum + (bars === 0 ? 1 : 0), 0);
  return { cells, missing, weeks: (cells.at(-1)?.week ?? -1) + 1, months: monthLabels(cells) };
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
