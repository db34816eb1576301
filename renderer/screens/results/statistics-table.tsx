import { formatStatistic } from '../../../shared/format/number.ts';
import { groupedStatistics } from '../../../shared/format/statistic-groups.ts';
import type { Statistic } from '../../../shared/statistics/statistic.ts';

/** Every figure with its convention, in groups that fold. */
export function StatisticsTable({ statistics }: { readonly statistics: readonly Statistic[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className="statistics" tabIndex={0}>
      {groupedStatistics(statistics).map(({ group, title, figures }) => (
        <details key={group} open={group !== 'trade-with-open' && group !== 'benchmark'}>
          <summary>
            {title} <span className="muted">{figures.length}</span>
          </summary>
          <table aria-label={title}>
            <thead className="visually-hidden">
              <tr>
                <th scope="col">Figure</th>
                <th scope="col">Value</th>
                <th scope="col">Convention</th>
              </tr>
            </thead>
            <tbody>
              {figures.map((statistic) => (
                <FigureRow key={statistic.id} statistic={statistic} />
              ))}
            </tbody>
          </table>
        </details>
      ))}
    </div>
  );
}

function FigureRow({ statistic }: { readonly statistic: Statistic }) {
  const { id, label, value, convention, note } = statistic;
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="numeric" data-testid={`figure-${id}`} data-value={value ?? ''}>
        {formatStatistic(statistic)}
      </td>
      <td className="muted">
        {convention}
        {note !== undefined && <em> {note}.</em>}
      </td>
    </tr>
  );
}
