import type { ReactNode } from 'react';
import type { Margin, Sizer } from '../../../shared/backtest/settings.ts';
import type { Series } from '../../../shared/contract/schemas.ts';
import {
  Checkbox,
  Combobox,
  NumberField,
  optionsOf,
  Select,
  TextField,
  TimeField,
} from '../../design/index.ts';
import { PercentField } from './cost-fields.tsx';
import { type MoreSettings as Settings, useSetup } from './setup.ts';

/** Every setting of a run that the sentence leaves out, in groups. */
export function MoreSettings({ all, chosen }: { readonly all: readonly Series[]; readonly chosen: Series }) {
  const { more, setMore } = useSetup();
  return (
    <div className="more-settings" id="more-settings" data-testid="more-settings">
      <Money more={more} onChange={setMore} />
      <Fills more={more} onChange={setMore} />
      <Instruments more={more} onChange={setMore} all={all} chosen={chosen} />
    </div>
  );
}

interface GroupProps {
  readonly more: Settings;
  readonly onChange: (change: Partial<Settings>) => void;
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

function Row({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <div className="setting-row">
      <span>{text}</span>
      <span className="phrase">{children}</span>
    </div>
  );
}

function Money({ more, onChange }: GroupProps) {
  const { leverage, margin, multiplier, interest, borrowFee, marginCall, sizer } = more;
  return (
    <Group title="Money">
      <Row text="Leverage">
        <NumberField
          label="Leverage"
          value={leverage}
          min={1}
          max={100}
          onChange={(value) => onChange({ leverage: value })}
        />
      </Row>
      <Row text="Money per price unit">
        <NumberField
          label="Multiplier"
          value={multiplier}
          min={0.000001}
          max={1e6}
          onChange={(value) => onChange({ multiplier: value })}
        />
      </Row>
      <Row text="Margin">
        <MarginField margin={margin} onChange={(value) => onChange({ margin: value })} />
      </Row>
      <Row text="Interest a year, %">
        <PercentField
          label="Interest a year in percent"
          rate={interest.rate}
          onChange={(rate) => onChange({ interest: { ...interest, rate } })}
        />
        <Checkbox
          label="on long, too"
          checked={interest.onLong}
          onChange={(onLong) => onChange({ interest: { ...interest, onLong } })}
        />
      </Row>
      <Row text="Borrow fee a year, %">
        <PercentField
          label="Borrow fee a year in percent"
          rate={borrowFee}
          onChange={(rate) => onChange({ borrowFee: rate })}
        />
      </Row>
      <Row text="Margin call">
        <Select
          label="Margin call"
          value={marginCall.action}
          options={optionsOf({ liquidate: 'sell everything', ignore: 'ignore (as backtrader)' })}
          onChange={(action) => onChange({ marginCall: { ...marginCall, action } })}
        />
        {marginCall.action === 'liquidate' && (
          <>
            at
            <PercentField
              label="Maintenance margin in percent of the positions"
              rate={marginCall.maintenance}
              onChange={(maintenance) => onChange({ marginCall: { ...marginCall, maintenance } })}
            />
            %
          </>
        )}
      </Row>
      <Row text="Default size">
        <SizerField sizer={sizer} onChange={(value) => onChange({ sizer: value })} />
      </Row>
    </Group>
  );
}

function MarginField({
  margin,
  onChange,
}: {
  readonly margin: Margin | null;
  readonly onChange: (margin: Margin | null) => void;
}) {
  const starts: Record<Margin['kind'] | 'none', Margin | null> = {
    none: null,
    amount: { kind: 'amount', amount: 1000 },
    price: { kind: 'price' },
    factor: { kind: 'factor', factor: 0.1 },
  };
  return (
    <>
      {margin?.kind === 'amount' && (
        <NumberField
          label="Margin a contract"
          value={margin.amount}
          min={0.01}
          max={1e9}
          onChange={(amount) => onChange({ kind: 'amount', amount })}
        />
      )}
      {margin?.kind === 'factor' && (
        <NumberField
          label="Margin as a share of the price"
          value={margin.factor}
          min={0.0001}
          max={1e6}
          onChange={(factor) => onChange({ kind: 'factor', factor })}
        />
      )}
      <Select
        label="Kind of margin"
        value={margin?.kind ?? 'none'}
        options={optionsOf({
          none: 'none: paid in full',
          amount: 'a contract',
          price: 'the price',
          factor: 'times the price',
        })}
        onChange={(kind) => onChange(starts[kind])}
      />
    </>
  );
}

function SizerField({
  sizer,
  onChange,
}: {
  readonly sizer: Sizer;
  readonly onChange: (sizer: Sizer) => void;
}) {
  const starts: Record<Sizer['kind'], Sizer> = {
    fixed: { kind: 'fixed', size: 100 },
    percent: { kind: 'percent', percent: 50, whole: true },
    risk: { kind: 'risk', percent: 1, whole: true },
    volatility: { kind: 'volatility', percent: 15, lookback: 500, whole: true },
  };
  return (
    <>
      {sizer.kind === 'fixed' ? (
        <NumberField
          label="Units"
          value={sizer.size}
          min={0.000001}
          max={1e9}
          onChange={(size) => onChange({ kind: 'fixed', size })}
        />
      ) : (
        <NumberField
          label="Percent"
          value={sizer.percent}
          min={0.01}
          max={100}
          onChange={(percent) => onChange({ ...sizer, percent })}
        />
      )}
      <Select
        label="Kind of sizer"
        value={sizer.kind}
        options={optionsOf({
          fixed: 'units',
          percent: '% of cash',
          risk: '% of equity at risk to the stop',
          volatility: '% yearly volatility',
        })}
        onChange={(kind) => onChange(starts[kind])}
      />
    </>
  );
}

function Fills({ more, onChange }: GroupProps) {
  const { volumeLimit, slippageSwitches, checkSubmit, shortCash } = more;
  const flag = (text: string, isOn: boolean, change: (isOn: boolean) => Partial<Settings>) => (
    <div className="setting-row">
      <Checkbox label={text} checked={isOn} onChange={(value) => onChange(change(value))} />
    </div>
  );
  return (
    <Group title="Fills">
      <Row text="At most, of a bar’s volume">
        {volumeLimit.kind === 'bar-percent' && (
          <NumberField
            label="Percent of a bar’s volume"
            value={volumeLimit.percent}
            min={0.01}
            max={100}
            onChange={(percent) => onChange({ volumeLimit: { kind: 'bar-percent', percent, shared: true } })}
          />
        )}
        <Select
          label="Volume limit"
          value={volumeLimit.kind === 'bar-percent' ? 'bar-percent' : 'none'}
          options={optionsOf({ none: 'no limit', 'bar-percent': '%' })}
          onChange={(kind) =>
            onChange({
              volumeLimit:
                kind === 'none' ? { kind: 'none' } : { kind: 'bar-percent', percent: 10, shared: true },
            })
          }
        />
      </Row>
      {flag('Slippage at the open, too', slippageSwitches.open, (open) => ({
        slippageSwitches: { ...slippageSwitches, open },
      }))}
      {flag('Slippage ends at the bar’s range', slippageSwitches.match, (match) => ({
        slippageSwitches: { ...slippageSwitches, match },
      }))}
      {flag('Slippage of limit orders ends at the limit', slippageSwitches.limit, (limit) => ({
        slippageSwitches: { ...slippageSwitches, limit },
      }))}
      {flag('Slippage may leave the bar', slippageSwitches.out, (out) => ({
        slippageSwitches: { ...slippageSwitches, out },
      }))}
      {flag('New orders are checked against the cash', checkSubmit, (value) => ({ checkSubmit: value }))}
      {flag('Short sales bring in cash', shortCash, (value) => ({ shortCash: value }))}
    </Group>
  );
}

function Instruments({
  more,
  onChange,
  all,
  chosen,
}: GroupProps & { readonly all: readonly Series[]; readonly chosen: Series }) {
  const { otherSeries, benchmark, session, tick } = more;
  const others = all.filter(({ id }) => id !== chosen.id);
  const tickers = [...new Set(all.filter(({ every }) => every === chosen.every).map(({ ticker }) => ticker))];
  const toggle = (id: string, isOn: boolean) =>
    onChange({ otherSeries: isOn ? [...otherSeries, id] : otherSeries.filter((other) => other !== id) });
  return (
    <Group title="Instruments">
      <div className="setting-list">
        <span>On the same account</span>
        {others.length === 0 && <span className="muted">The library holds one series.</span>}
        {others.map(({ id, ticker, every }) => (
          <Checkbox
            key={id}
            label={`${ticker} ${every}`}
            checked={otherSeries.includes(id)}
            onChange={(isOn) => toggle(id, isOn)}
          />
        ))}
      </div>
      <Row text="Benchmark">
        <Combobox
          label="Benchmark"
          value={benchmark ?? ''}
          items={[
            { value: '', label: 'none' },
            ...tickers.map((ticker) => ({ value: ticker, label: ticker })),
          ]}
          onChange={(ticker) => onChange({ benchmark: ticker === '' ? null : ticker })}
        />
      </Row>
      <Row text="Session ends">
        <TimeField
          label="End of the session"
          value={session.end}
          onChange={(end) => onChange({ session: { ...session, end } })}
        />
        <TextField
          label="Time zone of the session"
          value={session.zone}
          className="session-zone"
          onChange={(zone) => onChange({ session: { ...session, zone } })}
        />
      </Row>
      <Row text="Tick (0: unknown)">
        <NumberField
          label="Tick"
          value={tick ?? 0}
          min={0}
          max={1e6}
          onChange={(value) => onChange({ tick: value === 0 ? null : value })}
        />
      </Row>
    </Group>
  );
}
