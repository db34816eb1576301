import { formatStatistic } from '../../../shared/format/number.ts';
import type { Statistic } from '../../../shared/statistics/statistic.ts';

const SIGNED = new Set(['netProfit', 'totalReturn', 'cagr', 'expectancy']);

/** A headline figure; its convention shows on hover and on focus. */
export function Figure({ statistic }: { readonly statistic: Statistic }) {
  const { id, label, value, convention, note } = statistic;
  const tone = SIGNED.has(id) && value !== null && value !== 0 ? (value < 0 ? 'down' : 'up') : '';
  return (
    <div
      className="figure"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: focus shows the convention to keyboard users
      tabIndex={0}
      aria-describedby={`convention-${id}`}
      data-testid={`statistic-${id}`}
      data-value={value ?? ''}
    >
      <span className="figure-label">{label}</span>
      <strong className={tone}>{formatStatistic(statistic)}</strong>
      <div className="figure-convention" role="tooltip" id={`convention-${id}`}>
        {convention}
        {note !== undefined && <em> {note}.</em>}
      </div>
    </div>
  );
}
