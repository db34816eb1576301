import { coverageCells } from '../../../shared/charts/coverage-cells.ts';
import type { SeriesDetail } from '../../../shared/contract/schemas.ts';
import { formatNumber } from '../../../shared/format/number.ts';
import { formatDate } from '../../../shared/format/time.ts';

const CELL = 11;
const WEEKDAYS = ['Mon', '', 'Wed', '', 'Fri', '', 'Sun'];

/** Bars per day as a calendar: weeks run to the right, darker days hold fewer bars than usual. */
export function Coverage({ days }: { readonly days: SeriesDetail['days'] }) {
  const { cells, weeks, usual, months } = coverageCells(days);
  const label = `${days.length} days with bars, usually ${usual} bars a day`;
  return (
    <div className="coverage">
      <p className="muted">{label}; paler cells are thin days, outlined cells hold less than half.</p>
      <div className="coverage-scroll">
        <svg width={30 + weeks * CELL} height={22 + 7 * CELL} role="img" aria-label={label}>
          {months.map(({ week, text }) => (
            <text key={week} x={30 + week * CELL} y={10}>
              {text}
            </text>
          ))}
          {WEEKDAYS.map((text, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows never change
            <text key={row} x={0} y={24 + row * CELL}>
              {text}
            </text>
          ))}
          {cells.map(({ day, week, weekday, bars, share }) => (
            <rect
              key={day}
              x={30 + week * CELL}
              y={15 + weekday * CELL}
              width={CELL - 2}
              height={CELL - 2}
              className={share < 0.5 ? 'thin' : ''}
              style={{ fillOpacity: 0.2 + 0.8 * share }}
            >
              <title>
                {formatDate(day)}: {formatNumber(bars, 0)} bars
              </title>
            </rect>
          ))}
        </svg>
      </div>
    </div>
  );
}
