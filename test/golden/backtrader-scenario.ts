import { join } from 'node:path';
import type { StrategyClass } from '../../shared/backtest/run-backtest.ts';
import type { BrokerSettings, Commission, Slippage } from '../../shared/backtest/settings.ts';
import type { BarColumns } from '../../shared/market/bar.ts';
import { Strategy } from '../../shared/strategy/index.ts';
import { readText } from './golden.ts';

/** A scenario file as test/golden/data/backtrader/README.md describes it; only what the comparison reads. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly data: readonly GoldenData[];
  readonly resample: readonly unknown[];
  readonly cerebro: Readonly<Record<string, unknown>>;
  readonly broker: {
    readonly cash: number;
    readonly commission: readonly Readonly<Record<string, unknown>>[];
    readonly slippage?: Readonly<Record<string, unknown>>;
  };
  readonly strategy: { readonly name: string; readonly params: Readonly<Record<string, unknown>> };
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
  readonly oco: unknown;
  readonly parent: unknown;
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

const DEFAULT_SLIP: Readonly<Record<string, unknown>> = {
  slip_open: true,
  slip_match: true,
  slip_limit: true,
  slip_out: false,
};
const KNOWN_STATUSES = new Set([undefined, 'Submitted', 'Accepted', 'Completed', 'Margin']);

/** What a scenario asks for that this engine does not have, read off its settings and orders; null when it has all. */
export function missingFeature({ broker, cerebro, data, resample, outputs }: Scenario): string | null {
  if (resample.length > 0) return 'resampled data';
  for (const key of Object.keys(cerebro)) if (key !== 'stdstats') return `cerebro ${key}`;
  for (const key of Object.keys(broker)) {
    if (!['cash', 'commission', 'slippage'].includes(key)) return `broker ${key}`;
  }
  for (const entry of data) {
    for (const key of Object.keys(entry)) {
      if (!['file', 'ticker', 'bars', 'tick', 'from', 'sessionend'].includes(key)) return `data ${key}`;
    }
  }
  if (broker.commission.length > 1) return 'several commission schemes';
  for (const key of Object.keys(broker.commission[0] ?? {})) {
    if (!['commission', 'commtype', 'stocklike', 'perTrade'].includes(key)) return `commission ${key}`;
  }
  for (const [key, value] of Object.entries(broker.slippage ?? {})) {
    if (!['perc', 'fixed'].includes(key) && value !== DEFAULT_SLIP[key]) return `slippage ${key} ${value}`;
  }
  for (const order of outputs.orders) {
    if (order.type !== 'Market') return `${order.type} orders`;
    if (order.oco !== null || order.parent !== null || !order.transmit) return 'linked orders';
    if (order.tradeid !== 0) return 'trade ids';
    if (!KNOWN_STATUSES.has(order.status)) return `orders that end as ${order.status}`;
    if ((order.fills?.length ?? 0) > 1) return 'partial fills';
  }
  return null;
}

export function brokerSettings({ broker }: Scenario): BrokerSettings {
  return {
    cash: broker.cash,
    commission: commissionOf(broker.commission[0]),
    slippage: slippageOf(broker.slippage),
  };
}

function commissionOf(entry: Readonly<Record<string, unknown>> | undefined): Commission {
  if (entry === undefined) return { kind: 'none' };
  const figure = entry.commission as number;
  if (entry.perTrade === true) return { kind: 'per-trade', amount: figure };
  if (entry.commtype === 'COMM_FIXED') return { kind: 'per-share', amount: figure };
  return { kind: 'percent', rate: figure };
}

function slippageOf(entry: Readonly<Record<string, unknown>> | undefined): Slippage {
  if (entry?.perc !== undefined) return { kind: 'percent', rate: entry.perc as number };
  if (entry?.fixed !== undefined) return { kind: 'fixed', amount: entry.fixed as number };
  return { kind: 'none' };
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
    volume: null,
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
    volume: null,
    trades: null,
    vwap: null,
    twap: null,
  };
}

/** `2020-11-02 07:54:00`, UTC, as epoch milliseconds. */
export const milliseconds = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);

/** A strategy that makes the recorded orders, each on the bar on which the reference made it. */
export function replayOf(orders: readonly GoldenOrder[]): StrategyClass {
  return class Replay extends Strategy {
    made = 0;
    next() {
      for (; orders[this.made]?.bar === this.bar + 1; this.made++) {
        const { side, size, data: ticker } = orders[this.made]!;
        const data = this.datas.find((candidate) => candidate.ticker === ticker)!;
        if (side === 'buy') this.buy({ size, data });
        else this.sell({ size, data });
      }
    }
  };
}
