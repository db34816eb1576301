import {
  type BrokerSettings,
  DEFAULT_SETTINGS,
  DEFAULT_TERMS,
  type FillTiming,
  type InstrumentTerms,
  type SameBarPolicy,
  type Sizer,
  type VolumeLimit,
} from '../backtest/settings.ts';
import { costText, percentText } from './cost.ts';

export const FILL_TEXT: Readonly<Record<FillTiming, string>> = {
  'next-open': 'market orders fill at the next bar’s open',
  'cheat-on-open': 'CHEAT: orders made at an open fill at that open',
  'cheat-on-close': 'CHEAT: market orders fill at the close they were made on',
};
export const SAME_BAR_TEXT: Readonly<Record<SameBarPolicy, string>> = {
  pessimistic: 'stop before target where a bar does not tell (pessimistic)',
  backtrader: 'the order accepted first where a bar does not tell (backtrader)',
  optimistic: 'target before stop where a bar does not tell (optimistic)',
  'open-proximity': 'the extreme nearer to the open first where a bar does not tell',
  'drill-down': 'finer bars decide between stop and target (drill-down)',
};

type Assumed = Omit<BrokerSettings, 'cash' | 'terms'> & InstrumentTerms;

/** What a run assumes, in short phrases: how orders fill, always, and every other setting that is not the default. */
export function assumptions(spec: Assumed): string[] {
  const { interest, borrowFee, leverage, margin, multiplier, tick, marginCall } = spec;
  const said: (string | null)[] = [
    FILL_TEXT[spec.fill],
    SAME_BAR_TEXT[spec.sameBar],
    leverage === 1 ? null : `leverage ${leverage}`,
    margin === null ? null : `margin ${marginText(margin)}`,
    multiplier === 1 ? null : `multiplier ${multiplier}`,
    tick === null ? null : `tick ${tick}`,
    interest.rate === 0
      ? null
      : `interest ${percentText(interest.rate)} a year on ${interest.onLong ? 'all' : 'short'} positions`,
    borrowFee === 0 ? null : `borrow fee ${percentText(borrowFee)} a year`,
    volumeText(spec.volumeLimit),
    sizerText(spec.sizer),
    switchesText(spec),
    marginCall.action === 'ignore'
      ? 'no margin call'
      : marginCall.maintenance === 0
        ? null
        : `margin call at ${percentText(marginCall.maintenance)}`,
    spec.checkSubmit ? null : 'orders are not checked against the cash when they are made',
    spec.shortCash ? null : 'short sales cost like purchases',
  ];
  return said.filter((phrase) => phrase !== null);
}

/** The terms of one instrument that differ from those of the run. */
export function ownTerms(terms: Partial<InstrumentTerms>): string[] {
  const { commission, ...rest } = terms;
  const other = assumptions({ ...DEFAULT_SETTINGS, ...DEFAULT_TERMS, ...rest }).slice(2);
  return commission === undefined ? other : [`commission ${costText(commission)}`, ...other];
}

function marginText(margin: NonNullable<InstrumentTerms['margin']>): string {
  switch (margin.kind) {
    case 'amount':
      return `${margin.amount} a contract`;
    case 'price':
      return 'the price';
    case 'factor':
      return `${margin.factor} times the price`;
  }
}

function volumeText(limit: VolumeLimit): string | null {
  switch (limit.kind) {
    case 'none':
      return null;
    case 'fixed-size':
      return `at most ${limit.size ?? 'the volume'} a bar`;
    case 'bar-percent':
      return `at most ${limit.percent} % of a bar’s volume`;
    case 'point-percent':
      return `at most ${limit.percent} % of the volume at one price`;
  }
}

function sizerText(sizer: Sizer): string | null {
  switch (sizer.kind) {
    case 'fixed':
      return sizer.size === 1 ? null : `${sizer.size} units where no size is given`;
    case 'percent':
      return `${sizer.percent} % of cash where no size is given`;
    case 'risk':
      return `${sizer.percent} % of equity at risk where no size is given`;
    case 'volatility':
      return `${sizer.percent} % yearly volatility where no size is given`;
  }
}

function switchesText({ slippage, slippageSwitches: { open, match, limit, out } }: Assumed): string | null {
  if (slippage.kind === 'none') return null;
  const said = [
    open ? null : 'not at the open',
    match ? null : 'orders wait for a bar in which the slipped price lies',
    limit ? null : 'limit orders too',
    out ? 'beyond the bar' : null,
  ].filter((phrase) => phrase !== null);
  return said.length === 0 ? null : `slippage ${said.join(', ')}`;
}
