import type { ReactNode } from 'react';
import type { Margin, Sizer } from '../../../shared/backtest/settings.ts';
import type { Series } from '../../../shared/contract/schemas.ts';
import { NumberField } from '../../design/index.ts';
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
        <label>
          <input
            type="checkbox"
            checked={interest.onLong}
            onChange={({ target }) => onChange({ interest: { ...interest, onLong: target.checked } })}
          />{' '}
          on long, too
        </label>
      </Row>
      <Row text="Borrow fee a year, %">
        <PercentField
          label="Borrow fee a year in percent"
          rate={borrowFee}
          onChange={(rate) => onChange({ borrowFee: rate })}
        />
      </Row>
      <Row text="Margin call">
        <select
          aria-label="Margin call"
          value={marginCall.action}
          onChange={({ target }) =>
            onChange({ marginCall: { ...marginCall, action: target.value as 'ignore' | 'liquidate' } })
          }
        >
          <option value="liquidate">sell everything</option>
          <option value="ignore">ignore (as backtrader)</option>
        </select>
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
  const starts: Record<string, Margin | null> = {
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
      <select
        aria-label="Kind of margin"
        value={margin?.kind ?? 'none'}
        onChange={({ target }) => onChange(starts[target.value]!)}
      >
        <option value="none">none: paid in full</option>
        <option value="amount">a contract</option>
        <option value="price">the price</option>
        <option value="factor">times the price</option>
      </select>
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
      <select
        aria-label="Kind of sizer"
        value={sizer.kind}
        onChange={({ target }) => onChange(starts[target.value as Sizer['kind']])}
      >
        <option value="fixed">units</option>
        <option value="percent">% of cash</option>
        <option value="risk">% of equity at risk to the stop</option>
        <option value="volatility">% yearly volatility</option>
      </select>
    </>
  );
}

function Fills({ more, onChange }: GroupProps) {
  const { volumeLimit, slippageSwitches, checkSubmit, shortCash } = more;
  const flag = (text: string, isOn: boolean, change: (isOn: boolean) => Partial<Settings>) => (
    <label className="setting-row">
      <span>{text}</span>
      <input type="checkbox" checked={isOn} onChange={({ target }) => onChange(change(target.checked))} />
    </label>
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
        <select
          aria-label="Volume limit"
          value={volumeLimit.kind === 'bar-percent' ? 'bar-percent' : 'none'}
          onChange={({ target }) =>
            onChange({
              volumeLimit:
                target.value === 'none'
                  ? { kind: 'none' }
                  : { kind: 'bar-percent', percent: 10, shared: true },
            })
          }
        >
          <option value="none">no limit</option>
          <option value="bar-percent">%</option>
        </select>
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
  const toggle = (id: string, isOn: boolean) =>
    onChange({ otherSeries: isOn ? [...otherSeries, id] : otherSeries.filter((other) => other !== id) });
  return (
    <Group title="Instruments">
      <div className="setting-list">
        <span>On the same account</span>
        {others.length === 0 && <span className="muted">The library holds one series.</span>}
        {others.map(({ id, ticker, every }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={otherSeries.includes(id)}
              onChange={({ target }) => toggle(id, target.checked)}
            />{' '}
            {ticker} {every}
          </label>
        ))}
      </div>
      <Row text="Benchmark">
        <select
          aria-label="Benchmark"
          value={benchmark ?? ''}
          onChange={({ target }) => onChange({ benchmark: target.value === '' ? null : target.value })}
        >
          <option value="">none</option>
          {[...new Set(all.filter(({ every }) => every === chosen.every).map(({ ticker }) => ticker))].map(
            (ticker) => (
              <option key={ticker}>{ticker}</option>
            ),
          )}
        </select>
      </Row>
      <Row text="Session ends">
        <input
          type="time"
          aria-label="End of the session"
          value={session.end}
          onChange={({ target }) => onChange({ session: { ...session, end: target.value } })}
        />
        <input
          type="text"
          aria-label="Time zone of the session"
          value={session.zone}
          size={16}
          onChange={({ target }) => onChange({ session: { ...session, zone: target.value } })}
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
