import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { create } from 'zustand';
import type { IndicatorRequest } from '../../../shared/contract/schemas.ts';

const KINDS = ['sma', 'ema', 'rsi', 'obv'] as const;
const DEFAULT_PERIODS = { sma: 20, ema: 20, rsi: 14, obv: 1 } as const;
const MOST = 8;

/** Indicators on the chart, kept while the app is open. */
export const useIndicators = create<{
  list: readonly IndicatorRequest[];
  set: (list: readonly IndicatorRequest[]) => void;
}>((set) => ({
  list: [
    { kind: 'sma', period: 20 },
    { kind: 'sma', period: 60 },
  ],
  set: (list) => set({ list }),
}));

export const indicatorLabel = ({ kind, period }: IndicatorRequest) =>
  kind === 'obv' ? 'OBV' : `${kind.toUpperCase()} ${period}`;

export function IndicatorMenu({ colors }: { readonly colors: readonly string[] }) {
  const { list, set } = useIndicators();
  const [kind, setKind] = useState<IndicatorRequest['kind']>('sma');
  const [period, setPeriod] = useState<number>(DEFAULT_PERIODS.sma);
  const isKnown = list.some((one) => one.kind === kind && (kind === 'obv' || one.period === period));
  const add = () => !isKnown && list.length < MOST && set([...list, { kind, period }]);
  return (
    <div className="chips">
      {list.map((indicator, index) => (
        <span
          key={indicatorLabel(indicator)}
          className="chip"
          style={{ borderColor: colors[index % colors.length] }}
        >
          {indicatorLabel(indicator)}
          <button
            type="button"
            className="icon-button"
            aria-label={`Remove ${indicatorLabel(indicator)}`}
            onClick={() => set(list.filter((one) => one !== indicator))}
          >
            <X size={12} aria-hidden />
          </button>
        </span>
      ))}
      <form
        className="chip chip-form"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <select
          aria-label="Indicator"
          value={kind}
          onChange={({ target }) => {
            const next = target.value as IndicatorRequest['kind'];
            setKind(next);
            setPeriod(DEFAULT_PERIODS[next]);
          }}
        >
          {KINDS.map((name) => (
            <option key={name} value={name}>
              {name.toUpperCase()}
            </option>
          ))}
        </select>
        {kind !== 'obv' && (
          <input
            aria-label="Period in bars"
            type="number"
            min={1}
            max={10_000}
            value={period}
            onChange={({ target }) =>
              setPeriod(Math.max(1, Math.min(10_000, Math.round(Number(target.value) || 1))))
            }
          />
        )}
        <button
          type="submit"
          className="icon-button"
          aria-label="Add indicator"
          title="Add indicator"
          disabled={isKnown || list.length >= MOST}
        >
          <Plus size={14} aria-hidden />
        </button>
      </form>
    </div>
  );
}
