import { coverageCells } from '../../../shared/charts/coverage-cells.ts';
import type { SeriesDetail } from '../../../shared/contract/schemas.ts';
import { formatNumber } from '../../../shared/format/number.ts';
import { formatDate } from '../../../shared/format/time.ts';

const WEEKDAYS = ['Mon', '', 'Wed', '', 'Fri', '', 'Sun'];
const LABEL_WIDTH = 30;
/** A year fits the panel; more years scroll. */
const PANEL_WIDTH = 390;

/** Bars per day as a calendar: weeks run to the right, darker days hold fewer bars than usual. */
export function Coverage({ days }: { readonly days: SeriesDetail['days'] }) {
  const { cells, weeks, usual, months } = coverageCells(days);
  const cell = Math.max(6, Math.min(13, Math.floor((PANEL_WIDTH - LABEL_WIDTH) / Math.max(1, weeks))));
  const rows = cells.some(({ weekday }) => weekday > 4) ? 7 : 5;
  const label = `${days.length} days with bars, usually ${usual} bars a day`;
  return (
    <div className="coverage">
      <p className="muted">{label}; paler cells are thin days, outlined cells hold less than half.</p>
      <div className="coverage-scroll">
        <svg width={LABEL_WIDTH + weeks * cell} height={18 + rows * cell} role="img" aria-label={label}>
          {months.map(({ week, text }) => (
            <text key={week} x={LABEL_WIDTH + week * cell} y={10}>
              {text}
            </text>
          ))}
          {WEEKDAYS.slice(0, rows).map((text, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows never change
            <text key={row} x={0} y={15 + (row + 0.8) * cell}>
              {text}
            </text>
          ))}
          {cells.map(({ day, week, weekday, bars, share }) => (
            <rect
              key={day}
              x={LABEL_WIDTH + week * cell}
              y={15 + weekday * cell}
              width={cell - 1}
              height={cell - 1}
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
