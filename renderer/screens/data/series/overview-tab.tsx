import type { HealthReport, Series } from '../../../../shared/contract/schemas.ts';
import { formatNumber } from '../../../../shared/format/number.ts';
import { formatMinute } from '../../../../shared/format/time.ts';
import { Facts } from '../../../design/index.ts';
import { useShownZone } from '../../../state/zone.ts';
import { scoreTone } from '../score-tone.ts';
import { HealthCalendar } from './health-calendar.tsx';
import { InstrumentFields } from './instrument-fields.tsx';

/** The series at a glance. */
export function OverviewTab({
  series,
  health,
}: {
  readonly series: Series;
  readonly health: HealthReport | null;
}) {
  const { zone, label } = useShownZone(series.ticker, series.every);
  return (
    <>
      <Facts
        items={[
          ['Bars', formatNumber(series.bars, 0)],
          [`First, ${label}`, formatMinute(series.first, zone)],
          [`Last, ${label}`, formatMinute(series.last, zone)],
          [
            'Stored',
            `${formatNumber(series.storedBytes / 1e6, 2)} MB, ${formatNumber(series.storedBytes / series.bars, 1)} B a bar`,
          ],
          [
            'Health',
            health === null ? (
              '…'
            ) : (
              <span key="score" className={scoreTone(health.score)}>
                {formatNumber(health.score, 0)} of 100, {formatNumber(health.suspectCount, 0)} suspects
              </span>
            ),
          ],
          [
            'Content',
            <code key="hash" title={series.contentHash}>
              {series.contentHash.slice(0, 16)}
            </code>,
          ],
        ]}
      />
      <h3>Instrument</h3>
      <InstrumentFields ticker={series.ticker} />
      {health !== null && (
        <>
          <h3>Coverage</h3>
          <HealthCalendar series={series} days={health.days} />
        </>
      )}
    </>
  );
}
