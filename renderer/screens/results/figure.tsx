import { formatStatistic } from '../../../shared/format/number.ts';
import type { Statistic } from '../../../shared/statistics/statistic.ts';
import { Tooltip } from '../../design/index.ts';

const SIGNED = new Set(['netProfit', 'totalReturn', 'cagr', 'expectancy']);

/** A headline figure; its convention shows on hover and on focus. */
export function Figure({ statistic }: { readonly statistic: Statistic }) {
  const { id, label, value, convention, note } = statistic;
  const isSigned = SIGNED.has(id) && value !== null && value !== 0;
  const tone = isSigned ? (value < 0 ? 'down' : 'up') : '';
  return (
    <Tooltip
      text={
        <span>
          {convention}
          {note !== undefined && <em> {note}.</em>}
        </span>
      }
    >
      <div
        className="figure"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: focus shows the convention to keyboard users
        tabIndex={0}
        data-testid={`statistic-${id}`}
        data-value={value ?? ''}
      >
        <span className="figure-label">{label}</span>
        <strong className={tone}>{formatStatistic(statistic)}</strong>
        <span className="visually-hidden">. {convention}</span>
      </div>
    </Tooltip>
  );
}
