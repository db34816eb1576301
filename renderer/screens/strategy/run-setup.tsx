import { ChevronDown, ChevronUp, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import {
  FILL_TIMINGS,
  type FillTiming,
  SAME_BAR_POLICIES,
  type SameBarPolicy,
} from '../../../shared/backtest/settings.ts';
import type { Series } from '../../../shared/contract/schemas.ts';
import { FILL_TEXT, SAME_BAR_TEXT } from '../../../shared/format/assumptions.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { NumberField } from '../../design/index.ts';
import { CommissionField, SlippageField } from './cost-fields.tsx';
import { MoreSettings } from './more-settings.tsx';
import { useSetup } from './setup.ts';

const FILL_NAMES: Record<FillTiming, string> = {
  'next-open': 'next open',
  'cheat-on-open': 'this open (cheat)',
  'cheat-on-close': 'this close (cheat)',
};

/** The run as one sentence whose words can be changed; what it leaves out opens below. */
export function RunSetup({
  strategyName,
  all,
  chosen,
}: {
  readonly strategyName: string;
  readonly all: readonly Series[];
  readonly chosen: Series;
}) {
  const { from, to, cash, commission, slippage, fill, sameBar, more, set } = useSetup();
  const [isOpen, setIsOpen] = useState(false);
  const first = formatDate(chosen.first);
  const last = formatDate(chosen.last);
  const others = more.otherSeries.filter((id) => all.some((series) => series.id === id)).length;
  return (
    <div className="run-setup">
      <p className="setup-sentence">
        <strong>{strategyName}</strong> on
        <select
          aria-label="Series"
          data-testid="setup-ticker"
          value={chosen.id}
          onChange={({ target }) => set({ seriesId: target.value })}
        >
          {all.map(({ id, ticker, every }) => (
            <option key={id} value={id}>
              {ticker} {every}
            </option>
          ))}
        </select>
        {others > 0 && <span>and {others} more</span>}
        from
        <input
          type="date"
          aria-label="From"
          min={first}
          max={last}
          value={from === '' ? first : from}
          onChange={({ target }) => set({ from: target.value === first ? '' : target.value })}
        />
        to
        <input
          type="date"
          aria-label="To"
          min={first}
          max={last}
          value={to === '' ? last : to}
          onChange={({ target }) => set({ to: target.value === last ? '' : target.value })}
        />
        <span className="phrase">
          cash
          <NumberField
            label="Cash"
            value={cash}
            min={1}
            max={1e12}
            onChange={(value) => set({ cash: value })}
          />
        </span>
        <span className="phrase">
          commission
          <CommissionField commission={commission} onChange={(value) => set({ commission: value })} />
        </span>
        <span className="phrase">
          slippage
          <SlippageField slippage={slippage} onChange={(value) => set({ slippage: value })} />
        </span>
        <span className="phrase">
          fill
          <select
            aria-label="When market orders fill"
            title={FILL_TEXT[fill]}
            value={fill}
            onChange={({ target }) => set({ fill: target.value as FillTiming })}
          >
            {FILL_TIMINGS.map((timing) => (
              <option key={timing} value={timing}>
                {FILL_NAMES[timing]}
              </option>
            ))}
          </select>
          {fill !== 'next-open' && (
            <span className="warning-mark" title={FILL_TEXT[fill]}>
              <TriangleAlert size={14} aria-label="This setting cheats" /> cheats
            </span>
          )}
        </span>
        <span className="phrase">
          stop and target in one bar
          <select
            aria-label="Stop and target in one bar"
            title={SAME_BAR_TEXT[sameBar]}
            value={sameBar}
            onChange={({ target }) => set({ sameBar: target.value as SameBarPolicy })}
          >
            {SAME_BAR_POLICIES.map((policy) => (
              <option key={policy} value={policy}>
                {policy}
              </option>
            ))}
          </select>
        </span>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls="more-settings"
          data-testid="more"
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? <ChevronUp size={14} aria-hidden /> : <ChevronDown size={14} aria-hidden />} More
        </button>
      </p>
      {isOpen && <MoreSettings all={all} chosen={chosen} />}
    </div>
  );
}
