import { formatStatistic } from '../../../shared/format/number.ts';
import type { Statistic } from '../../../shared/statistics/statistic.ts';

/** Every figure with its convention. */
export function StatisticsTable({ statistics }: { readonly statistics: readonly Statistic[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className="statistics" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col" className="numeric">
              Value
            </th>
            <th scope="col">Convention</th>
          </tr>
        </thead>
        <tbody>
          {statistics.map((statistic) => (
            <tr key={statistic.id}>
              <th scope="row">{statistic.label}</th>
              <td
                className="numeric"
                data-testid={`figure-${statistic.id}`}
                data-value={statistic.value ?? ''}
              >
                {formatStatistic(statistic)}
              </td>
              <td className="muted">
                {statistic.convention}
                {statistic.note !== undefined && <em> {statistic.note}.</em>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
