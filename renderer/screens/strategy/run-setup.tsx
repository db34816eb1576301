import { ChevronDown, ChevronUp, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { FILL_TIMINGS, type FillTiming, SAME_BAR_POLICIES } from '../../../shared/backtest/settings.ts';
import type { Series } from '../../../shared/contract/schemas.ts';
import { FILL_TEXT, SAME_BAR_TEXT } from '../../../shared/format/assumptions.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { Button, Combobox, DateField, NumberField, Select } from '../../design/index.ts';
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
      <div className="setup-sentence">
        <strong>{strategyName}</strong>
        <span className="phrase">
          on
          <Combobox
            label="Series"
            testId="setup-ticker"
            value={chosen.id}
            items={all.map(({ id, ticker, every }) => ({ value: id, label: `${ticker} ${every}` }))}
            placeholder="Search a symbol"
            onChange={(seriesId) => set({ seriesId })}
          />
          {others > 0 && <span>and {others} more</span>}
        </span>
        <span className="phrase">
          from
          <DateField
            label="From"
            min={first}
            max={last}
            value={from === '' ? first : from}
            onChange={(date) => set({ from: date === first ? '' : date })}
          />
          to
          <DateField
            label="To"
            min={first}
            max={last}
            value={to === '' ? last : to}
            onChange={(date) => set({ to: date === last ? '' : date })}
          />
        </span>
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
          <Select
            label="When market orders fill"
            testId="fill-timing"
            value={fill}
            options={FILL_TIMINGS.map((timing) => ({ value: timing, label: FILL_NAMES[timing] }))}
            onChange={(timing) => set({ fill: timing })}
          />
          {fill !== 'next-open' && (
            <span className="warning-mark" title={FILL_TEXT[fill]}>
              <TriangleAlert size={14} aria-label="This setting cheats" /> cheats
            </span>
          )}
        </span>
        <span className="phrase">
          stop and target in one bar
          <Select
            label="Stop and target in one bar"
            testId="same-bar"
            value={sameBar}
            options={SAME_BAR_POLICIES.map((policy) => ({
              value: policy,
              label: policy,
              hint: SAME_BAR_TEXT[policy],
            }))}
            onChange={(policy) => set({ sameBar: policy })}
          />
        </span>
        <Button
          tone="quiet"
          icon={isOpen ? <ChevronUp size={14} aria-hidden /> : <ChevronDown size={14} aria-hidden />}
          aria-expanded={isOpen}
          aria-controls="more-settings"
          data-testid="more"
          onClick={() => setIsOpen(!isOpen)}
        >
          More
        </Button>
      </div>
      {isOpen && <MoreSettings all={all} chosen={chosen} />}
    </div>
  );
}
