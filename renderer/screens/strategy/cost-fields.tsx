import type { Commission, Slippage } from '../../../shared/backtest/settings.ts';
import { NumberField, optionsOf, Select } from '../../design/index.ts';

/** Shown in percent, kept as a fraction; shifted by decimal text so that 0.07 % is exactly 0.0007. */
export function PercentField({
  label,
  rate,
  min = 0,
  max = 100,
  onChange,
}: {
  readonly label: string;
  readonly rate: number;
  readonly min?: number;
  readonly max?: number;
  readonly onChange: (rate: number) => void;
}) {
  return (
    <NumberField
      label={label}
      value={Number(`${rate}e2`)}
      min={min}
      max={max}
      onChange={(percent) => onChange(Number(`${percent}e-2`))}
    />
  );
}

const COMMISSIONS: Record<Commission['kind'], string> = {
  none: 'none',
  percent: '%',
  'per-share': 'a share or contract',
  'per-trade': 'an execution',
  'maker-taker': '% maker, % taker',
  tiered: '% in tiers',
};
const COMMISSION_STARTS: { readonly [Kind in Commission['kind']]: Extract<Commission, { kind: Kind }> } = {
  none: { kind: 'none' },
  percent: { kind: 'percent', rate: 0.0005 },
  'per-share': { kind: 'per-share', amount: 0.01 },
  'per-trade': { kind: 'per-trade', amount: 5 },
  'maker-taker': { kind: 'maker-taker', maker: 0.0002, taker: 0.0005 },
  tiered: {
    kind: 'tiered',
    tiers: [
      { upTo: 10_000, rate: 0.001 },
      { upTo: null, rate: 0.0005 },
    ],
  },
};

export function CommissionField({
  commission,
  onChange,
}: {
  readonly commission: Commission;
  readonly onChange: (commission: Commission) => void;
}) {
  return (
    <>
      <CommissionFigures commission={commission} onChange={onChange} />
      <Select
        label="Kind of commission"
        value={commission.kind}
        options={optionsOf(COMMISSIONS)}
        onChange={(kind) => onChange(COMMISSION_STARTS[kind])}
      />
    </>
  );
}

function CommissionFigures({
  commission,
  onChange,
}: {
  readonly commission: Commission;
  readonly onChange: (commission: Commission) => void;
}) {
  switch (commission.kind) {
    case 'none':
      return null;
    case 'percent':
      return (
        <PercentField
          label="Commission in percent"
          rate={commission.rate}
          onChange={(rate) => onChange({ ...commission, rate })}
        />
      );
    case 'per-share':
    case 'per-trade':
      return (
        <NumberField
          label="Commission"
          value={commission.amount}
          min={0}
          max={1e6}
          onChange={(amount) => onChange({ ...commission, amount })}
        />
      );
    case 'maker-taker':
      return (
        <>
          <PercentField
            label="Maker commission in percent"
            rate={commission.maker}
            min={-100}
            onChange={(maker) => onChange({ ...commission, maker })}
          />
          <PercentField
            label="Taker commission in percent"
            rate={commission.taker}
            onChange={(taker) => onChange({ ...commission, taker })}
          />
        </>
      );
    case 'tiered':
      return <Tiers commission={commission} onChange={onChange} />;
  }
}

type Tiered = Extract<Commission, { kind: 'tiered' }>;

function Tiers({
  commission,
  onChange,
}: {
  readonly commission: Tiered;
  readonly onChange: (commission: Tiered) => void;
}) {
  const { tiers } = commission;
  const change = (index: number, tier: Tiered['tiers'][number]) =>
    onChange({ ...commission, tiers: tiers.map((one, i) => (i === index ? tier : one)) });
  return (
    <>
      {tiers.map((tier, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a tier has no name but its place
        <span key={index} className="phrase">
          <PercentField
            label={`Commission in percent, tier ${index + 1}`}
            rate={tier.rate}
            onChange={(rate) => change(index, { ...tier, rate })}
          />
          {tier.upTo === null ? (
            'beyond'
          ) : (
            <>
              to
              <NumberField
                label={`Value up to which tier ${index + 1} holds`}
                value={tier.upTo}
                min={1}
                max={1e12}
                onChange={(upTo) => change(index, { ...tier, upTo })}
              />
            </>
          )}
        </span>
      ))}
    </>
  );
}

const SLIPPAGES: Record<Slippage['kind'], string> = {
  none: 'none',
  percent: '%',
  fixed: 'in price',
  ticks: 'ticks',
  'volume-share': 'times the squared volume share',
};
const SLIPPAGE_STARTS: { readonly [Kind in Slippage['kind']]: Extract<Slippage, { kind: Kind }> } = {
  none: { kind: 'none' },
  percent: { kind: 'percent', rate: 0.0001 },
  fixed: { kind: 'fixed', amount: 0.05 },
  ticks: { kind: 'ticks', ticks: 1 },
  'volume-share': { kind: 'volume-share', impact: 0.1 },
};

export function SlippageField({
  slippage,
  onChange,
}: {
  readonly slippage: Slippage;
  readonly onChange: (slippage: Slippage) => void;
}) {
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
      {slippage.kind === 'ticks' && (
        <NumberField
          label="Slippage in ticks"
          value={slippage.ticks}
          min={0}
          max={1000}
          onChange={(ticks) => onChange({ kind: 'ticks', ticks })}
        />
      )}
      {slippage.kind === 'volume-share' && (
        <NumberField
          label="Impact of the volume share"
          value={slippage.impact}
          min={0}
          max={100}
          onChange={(impact) => onChange({ kind: 'volume-share', impact })}
        />
      )}
      <Select
        label="Kind of slippage"
        value={slippage.kind}
        options={optionsOf(SLIPPAGES)}
        onChange={(kind) => onChange(SLIPPAGE_STARTS[kind])}
      />
    </>
  );
}
