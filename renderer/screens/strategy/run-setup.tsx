import type { Commission, Slippage } from '../../../shared/backtest/settings.ts';
import type { Series } from '../../../shared/contract/schemas.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { NumberField } from '../../components/number-field.tsx';
import { useSetup } from './setup.ts';

/** The run as one sentence whose words can be changed. */
export function RunSetup({
  strategyName,
  all,
  chosen,
}: {
  readonly strategyName: string;
  readonly all: readonly Series[];
  readonly chosen: Series;
}) {
  const { from, to, cash, commission, slippage, set } = useSetup();
  const first = formatDate(chosen.first);
  const last = formatDate(chosen.last);
  return (
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
        fill <span className="chip">next open</span>
      </span>
    </p>
  );
}

const COMMISSIONS: Record<Commission['kind'], string> = {
  none: 'none',
  percent: '%',
  'per-share': 'a share',
  'per-trade': 'an execution',
};

function CommissionField({
  commission,
  onChange,
}: {
  readonly commission: Commission;
  readonly onChange: (commission: Commission) => void;
}) {
  const choose = (kind: Commission['kind']) => {
    if (kind === 'none') onChange({ kind });
    else if (kind === 'percent') onChange({ kind, rate: 0.0005 });
    else onChange({ kind, amount: kind === 'per-share' ? 0.01 : 5 });
  };
  return (
    <>
      {commission.kind === 'percent' && (
        <PercentField
          label="Commission in percent"
          rate={commission.rate}
          onChange={(rate) => onChange({ kind: 'percent', rate })}
        />
      )}
      {(commission.kind === 'per-share' || commission.kind === 'per-trade') && (
        <NumberField
          label="Commission"
          value={commission.amount}
          min={0}
          max={1e6}
          onChange={(amount) => onChange({ ...commission, amount })}
        />
      )}
      <select
        aria-label="Kind of commission"
        value={commission.kind}
        onChange={({ target }) => choose(target.value as Commission['kind'])}
      >
        {Object.entries(COMMISSIONS).map(([kind, text]) => (
          <option key={kind} value={kind}>
            {text}
          </option>
        ))}
      </select>
    </>
  );
}

function SlippageField({
  slippage,
  onChange,
}: {
  readonly slippage: Slippage;
  readonly onChange: (slippage: Slippage) => void;
}) {
  const choose = (kind: Slippage['kind']) => {
    if (kind === 'none') onChange({ kind });
    else if (kind === 'percent') onChange({ kind, rate: 0.0001 });
    else onChange({ kind, amount: 0.05 });
  };
  return (
    <>
      {slippage.kind === 'percent' && (
        <PercentField
          label="Slippage in percent"
          rate={slippage.rate}
          onChange={(rate) => onChange({ kind: 'percent', rate })}
        />
      )}
      {slippage.kind === 'fixed' && (
        <NumberField
          label="Slippage in price units"
          value={slippage.amount}
          min={0}
          max={1e6}
          onChange={(amount) => onChange({ kind: 'fixed', amount })}
        />
      )}
      <select
        aria-label="Kind of slippage"
        value={slippage.kind}
        onChange={({ target }) => choose(target.value as Slippage['kind'])}
      >
        <option value="none">none</option>
        <option value="percent">%</option>
        <option value="fixed">in price</option>
      </select>
    </>
  );
}

/** Shown in percent, kept as a fraction; shifted by decimal text so that 0.07 % is exactly 0.0007. */
function PercentField({
  label,
  rate,
  onChange,
}: {
  readonly label: string;
  readonly rate: number;
  readonly onChange: (rate: number) => void;
}) {
  return (
    <NumberField
      label={label}
      value={Number(`${rate}e2`)}
      min={0}
      max={100}
      onChange={(percent) => onChange(Number(`${percent}e-2`))}
    />
  );
}
