import { coverageCells } from '../../../../shared/charts/coverage-cells.ts';
import type { HealthReport, Series } from '../../../../shared/contract/schemas.ts';
import { formatNumber } from '../../../../shared/format/number.ts';
import { formatDate } from '../../../../shared/format/time.ts';
import { useNavigation } from '../../../state/navigation.ts';

const WEEKDAYS = ['Mon', '', 'Wed', '', 'Fri', '', 'Sun'];
const LABEL_WIDTH = 30;
/** A year fits the panel; more years scroll. */
const PANEL_WIDTH = 400;
const CELL_LEAST = 6;
const CELL_MOST = 13;

/** Sessions as a calendar: weeks run to the right; paler days lack bars, crossed ones have none. A click opens the chart. */
export function HealthCalendar({
  series,
  days,
}: {
  readonly series: Series;
  readonly days: HealthReport['days'];
}) {
  const { openChart } = useNavigation();
  const { cells, weeks, months, missing } = coverageCells(days);
  const size = Math.floor((PANEL_WIDTH - LABEL_WIDTH) / Math.max(1, weeks));
  const cell = Math.max(CELL_LEAST, Math.min(CELL_MOST, size));
  const rows = cells.some(({ weekday }) => weekday > 4) ? 7 : 5;
  const label = `${formatNumber(days.length, 0)} sessions, ${formatNumber(missing, 0)} without any bar`;
  return (
    <div className="coverage">
      <p className="muted">{label}. Paler days lack bars, crossed days have none.</p>
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
          {cells.map(({ day, week, weekday, bars, expected, share }) => {
            const x = LABEL_WIDTH + week * cell;
            const y = 15 + weekday * cell;
            const title = `${formatDate(day)}: ${formatNumber(bars, 0)} of ${formatNumber(expected, 0)} bars`;
            return bars === 0 ? (
              <path
                key={day}
                className="none"
                d={`M${x} ${y}l${cell - 2} ${cell - 2}m${2 - cell} 0l${cell - 2} ${2 - cell}`}
              >
                <title>{title}</title>
              </path>
            ) : (
              // biome-ignore lint/a11y/noStaticElementInteractions: the chart's keyboard path is Go to date
              <rect
                key={day}
                x={x}
                y={y}
                width={cell - 1}
                height={cell - 1}
                className={share < 0.5 ? 'thin' : ''}
                style={{ fillOpacity: 0.2 + 0.8 * share }}
                onClick={() => openChart(series.id, day)}
              >
                <title>{title}</title>
              </rect>
            );
          })}
        </svg>
      </div>
    </div>
  );
}
