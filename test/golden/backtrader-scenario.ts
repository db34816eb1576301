import { join } from 'node:path';
import type { Feed } from '../../shared/backtest/feed.ts';
import {
  type BrokerSettings,
  type Commission,
  DEFAULT_SETTINGS,
  DEFAULT_TERMS,
  type InstrumentTerms,
  type Margin,
  type Sizer,
  type Slippage,
  type VolumeLimit,
} from '../../shared/backtest/settings.ts';
import type { BarColumns } from '../../shared/market/bar.ts';
import { readText } from './golden.ts';

/** A scenario file as test/golden/data/backtrader/README.md describes it; only what the comparison reads. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly data: readonly GoldenData[];
  readonly resample: readonly Readonly<Record<string, unknown>>[];
  readonly cerebro: Readonly<Record<string, unknown>>;
  readonly broker: {
    readonly cash: number;
    readonly commission: readonly Readonly<Record<string, unknown>>[];
    readonly slippage?: Readonly<Record<string, unknown>>;
    readonly coc?: boolean;
    readonly coo?: boolean;
    readonly shortcash?: boolean;
    readonly checksubmit?: boolean;
    readonly int2pnl?: boolean;
    readonly filler?: {
      readonly name?: string;
      readonly kind?: string;
      readonly type?: string;
      readonly size?: number | null;
      readonly perc?: number;
      readonly minmov?: number | null;
    } | null;
  };
  readonly sizer?: {
    readonly name: string;
    readonly stake?: number;
    readonly percents?: number;
  } | null;
  readonly strategy: { readonly name: string; readonly params: Readonly<Record<string, unknown>> };
  readonly calls?: readonly unknown[];
  readonly outputs: {
    readonly steps: number;
    readonly orders: readonly GoldenOrder[];
    readonly orderEvents: readonly (readonly [step: number, time: string, ref: number, status: string])[];
    readonly trades: readonly GoldenTrade[];
    readonly openPositions: readonly {
      readonly data: string;
      readonly size: number;
      readonly price: number;
    }[];
    readonly tfBars?: readonly (readonly [
      step: number,
      time: string,
      stamp: string,
      open: number,
      high: number,
      low: number,
      close: number,
      volume: number,
    ])[];
    readonly firstNextStep?: number;
    readonly analyzers: Readonly<Record<string, unknown>>;
    readonly final: { readonly cash: number; readonly value: number };
    readonly equity: {
      readonly dailyLast: readonly (readonly [day: string, cash: number, value: number])[];
      readonly perBar?: readonly (readonly [time: string, cash: number, value: number])[];
      readonly sha256Float64LE: string;
      readonly sha256Cents: string;
    };
  };
}
export interface GoldenData {
  readonly file: string;
  readonly ticker: string;
  readonly bars: number;
  readonly from: number;
  readonly tick?: number;
  readonly sessionend?: string;
}
export interface GoldenOrder {
  readonly ref: number;
  readonly data: string;
  readonly side: 'buy' | 'sell';
  readonly type: string;
  readonly bar: number;
  readonly createdTime: string;
  readonly size: number;
  readonly price: number;
  readonly pricelimit: number | null;
  readonly oco: number | null;
  readonly parent: number | null;
  readonly finalStop?: number;
  readonly finalLimit?: number;
  readonly transmit: boolean;
  readonly tradeid: number;
  readonly status?: string;
  readonly fills?: readonly {
    readonly time: string;
    readonly size: number;
    readonly price: number;
    readonly closed: number;
    readonly opened: number;
    readonly commission: number;
    readonly pnl: number;
    readonly positionSize: number;
    readonly positionPrice: number;
  }[];
  readonly executedTime?: string;
  readonly executedSize?: number;
  readonly executedPrice?: number;
  readonly commission?: number;
  readonly execBar?: number;
  readonly endTime?: string;
  readonly endBar?: number;
}
export interface GoldenTrade {
  readonly ref: number;
  readonly data: string;
  readonly long: boolean;
  readonly openTime: string;
  readonly closeTime: string;
  readonly barOpen: number;
  readonly barClose: number;
  readonly barLen: number;
  readonly maxSize: number;
  readonly price: number;
  readonly pnl: number;
  readonly pnlcomm: number;
  readonly commission: number;
}

/** The feeds of a scenario as the engine takes them. Time stamps are the bars' ends, as backtrader reads them. */
export function goldenFeeds(folder: string, { data, broker }: Scenario): Feed[] {
  return data.map((entry) => ({
    ticker: entry.ticker,
    bars: goldenBars(folder, entry),
    terms: termsOf(entry, broker.commission),
    session: { end: sessionEnd(entry), offsetAt: () => 0 },
  }));
}

/** End of an instrument's session, milliseconds of the UTC day; backtrader's default is the last instant of it. */
export function sessionEnd({ sessionend }: GoldenData): number {
  if (sessionend === undefined) return 86_399_999.99;
  const [hours = 0, minutes = 0, seconds = 0] = sessionend.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** backtrader's broker: its switches, and its rule for stop and target in one bar. */
export function brokerSettings({ broker, cerebro, sizer }: Scenario): BrokerSettings {
  requireKnown(broker, [
    'cash',
    'commission',
    'slippage',
    'coc',
    'coo',
    'filler',
    'shortcash',
    'checksubmit',
    'int2pnl',
  ]);
  requireKnown(cerebro, ['stdstats', 'cheat_on_open']);
  return {
    ...DEFAULT_SETTINGS,
    cash: broker.cash,
    slippage: slippageOf(broker.slippage),
    slippageSwitches: {
      open: (broker.slippage?.slip_open ?? true) as boolean,
      match: (broker.slippage?.slip_match ?? true) as boolean,
      limit: (broker.slippage?.slip_limit ?? true) as boolean,
      out: (broker.slippage?.slip_out ?? false) as boolean,
      sellLimitBelowLow: true,
    },
    volumeLimit: volumeLimitOf(broker.filler),
    fill:
      cerebro.cheat_on_open === true || broker.coo === true
        ? 'cheat-on-open'
        : broker.coc === true
          ? 'cheat-on-close'
          : 'next-open',
    sameBar: 'backtrader',
    sizer: sizerOf(sizer),
    marginCall: { action: 'ignore', maintenance: 0 },
    checkSubmit: broker.checksubmit ?? true,
    shortCash: broker.shortcash ?? true,
  };
}

/** The last scheme that names the ticker, else the one for all. */
function termsOf({ ticker, tick }: GoldenData, schemes: Scenario['broker']['commission']): InstrumentTerms {
  const scheme =
    schemes.findLast(({ data }) => data === ticker) ?? schemes.findLast(({ data }) => data == null) ?? {};
  requireKnown(scheme, [
    'data',
    'commission',
    'commtype',
    'stocklike',
    'percabs',
    'perTrade',
    'margin',
    'mult',
    'leverage',
    'interest',
    'interest_long',
    'automargin',
  ]);
  const margin = (scheme.margin ?? 0) as number;
  const isStock = scheme.perTrade === true || (scheme.commtype == null ? !margin : scheme.stocklike === true);
  return {
    ...DEFAULT_TERMS,
    commission: commissionOf(scheme, margin !== 0),
    multiplier: (scheme.mult ?? 1) as number,
    margin: isStock ? null : marginOf(margin, scheme.automargin),
    leverage: (scheme.leverage ?? 1) as number,
    interest: { rate: (scheme.interest ?? 0) as number, onLong: scheme.interest_long === true },
    tick: tick ?? null,
  };
}

function marginOf(amount: number, automargin: unknown): Margin {
  const factor = automargin === true ? 1 : Number(automargin ?? 0);
  if (factor === 0) return { kind: 'amount', amount: amount || 1 };
  return factor < 0 ? { kind: 'price', revalued: true } : { kind: 'factor', factor, revalued: true };
}

function commissionOf(scheme: Readonly<Record<string, unknown>>, hasMargin: boolean): Commission {
  const figure = (scheme.commission ?? 0) as number;
  if (scheme.perTrade === true) return { kind: 'per-trade', amount: figure };
  const isFixed = scheme.commtype == null ? hasMargin : scheme.commtype === 'COMM_FIXED';
  if (isFixed) return { kind: 'per-share', amount: figure };
  return { kind: 'percent', rate: scheme.percabs === false ? figure / 100 : figure };
}

function slippageOf(entry: Readonly<Record<string, unknown>> | undefined): Slippage {
  if (entry?.perc != null && entry.perc !== 0) return { kind: 'percent', rate: entry.perc as number };
  if (entry?.fixed != null) return { kind: 'fixed', amount: entry.fixed as number };
  return { kind: 'none' };
}

function volumeLimitOf(filler: Scenario['broker']['filler']): VolumeLimit {
  if (filler == null) return { kind: 'none' };
  const name = filler.name ?? filler.kind ?? filler.type;
  const shared = false;
  switch (name) {
    case 'FixedSize':
      return { kind: 'fixed-size', size: filler.size ?? null, shared };
    case 'FixedBarPerc':
      return { kind: 'bar-percent', percent: filler.perc ?? 100, shared };
    case 'BarPointPerc':
      return { kind: 'point-percent', tick: filler.minmov ?? null, percent: filler.perc ?? 100, shared };
    default:
      throw new Error(`No volume filler known as ${JSON.stringify(filler)}`);
  }
}

function sizerOf(sizer: Scenario['sizer']): Sizer {
  if (sizer == null) return { kind: 'fixed', size: 1 };
  switch (sizer.name) {
    case 'FixedSize':
      return { kind: 'fixed', size: sizer.stake ?? 1 };
    case 'PercentSizer':
    case 'PercentSizerInt':
      return { kind: 'percent', percent: sizer.percents ?? 20, whole: sizer.name.endsWith('Int') };
    case 'AllInSizer':
    case 'AllInSizerInt':
      return { kind: 'percent', percent: 100, whole: sizer.name.endsWith('Int') };
    default:
      throw new Error(`No sizer known as ${JSON.stringify(sizer)}`);
  }
}

/** A setting that this reader does not know would make the comparison meaningless. */
function requireKnown(entry: object, known: readonly string[]): void {
  const unknown = Object.keys(entry).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`Settings not known to the comparison: ${unknown.join(', ')}`);
}

const barFiles = new Map<string, BarColumns>();

/** The bars of a scenario's instrument, with their times exactly as they stand in the file. */
export function goldenBars(folder: string, { file, bars, from }: GoldenData): BarColumns {
  const path = join(folder, 'bars', file);
  const all = barFiles.get(path) ?? parseBars(readText(path));
  barFiles.set(path, all);
  const cut = (column: Float64Array) => column.slice(from, from + bars);
  return {
    length: bars,
    time: cut(all.time),
    open: cut(all.open),
    high: cut(all.high),
    low: cut(all.low),
    close: cut(all.close),
    volume: cut(all.volume!),
    trades: null,
    vwap: null,
    twap: null,
  };
}

function parseBars(text: string): BarColumns {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const names = header.split(',');
  const rows = lines.map((line) => line.split(','));
  const cells = (name: string) => rows.map((row) => row[names.indexOf(name)]!);
  const numbers = (name: string) => Float64Array.from(cells(name), Number);
  return {
    length: rows.length,
    time: Float64Array.from(cells('bucket'), milliseconds),
    open: numbers('open'),
    high: numbers('high'),
    low: numbers('low'),
    close: numbers('close'),
    volume: numbers('volume'),
    trades: null,
    vwap: null,
    twap: null,
  };
}

/** `2020-11-02 07:54:00`, UTC, as epoch milliseconds. */
export const milliseconds = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);
