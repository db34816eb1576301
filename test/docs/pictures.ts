import type { BrokerSettings } from '../../shared/backtest/settings.ts';
import type { Strategy } from '../../shared/strategy/index.ts';

/** A small picture of docs/order-matching.md: candles, what is ordered on the first of them, and what comes of it. */
export interface Picture {
  readonly name: string;
  readonly title: string;
  /** [open, high, low, close] per bar; the order is made on the first. */
  readonly rows: readonly (readonly [number, number, number, number])[];
  readonly order: (strategy: Strategy) => unknown;
  readonly settings?: Partial<BrokerSettings>;
  /** Prices drawn across, with their names. */
  readonly lines: readonly (readonly [price: number, name: string])[];
  /** Every fill that the engine makes: bar, price, signed size. */
  readonly fills: readonly (readonly [bar: number, price: number, size: number])[];
  /** Session end, in minutes after 07:00, for orders that speak of it. */
  readonly sessionEnd?: number;
  /** Minutes of the bars after 07:00; one a minute where absent. */
  readonly minutes?: readonly number[];
}

const START = [100, 101, 99, 100] as const;

export const PICTURES: readonly Picture[] = [
  {
    name: 'market',
    title: 'Market: the open of the next bar',
    rows: [START, [100.5, 102, 100, 101.5], [101.5, 103, 101, 102]],
    order: (s) => s.buy({ size: 1 }),
    lines: [],
    fills: [[1, 100.5, 1]],
  },
  {
    name: 'limit',
    title: 'Limit: at the limit, or at a better open',
    rows: [START, [100, 100.8, 98.5, 99.5], [99.5, 100, 97.4, 98.5]],
    order: (s) => s.buy({ size: 1, limit: 98 }),
    lines: [[98, 'limit']],
    fills: [[2, 98, 1]],
  },
  {
    name: 'stop',
    title: 'Stop: at the stop, or at a worse open',
    rows: [START, [100, 101.5, 99.5, 101], [103, 104, 102.5, 103.5]],
    order: (s) => s.buy({ size: 1, stop: 102 }),
    lines: [[102, 'stop']],
    fills: [[2, 103, 1]],
  },
  {
    name: 'stop-limit',
    title: 'Stop-limit: triggered above, filled on the way back',
    rows: [START, [100, 102.5, 99.8, 102.2], [102, 102.4, 100.6, 101.8]],
    order: (s) => s.buy({ size: 1, stop: 102, limit: 101 }),
    lines: [
      [102, 'stop'],
      [101, 'limit'],
    ],
    fills: [[2, 101, 1]],
  },
  {
    name: 'trailing-stop',
    title: 'Trailing stop: follows the closes, never back',
    rows: [START, [100, 103, 99, 103], [103, 103.4, 101.6, 102], [102, 102.2, 100, 100.5]],
    order: (s) => s.sell({ size: 1, trailAmount: 2 }),
    lines: [
      [98, 'stop at first'],
      [101, 'stop after 103'],
    ],
    fills: [[3, 101, -1]],
  },
  {
    name: 'trailing-stop-limit',
    title: 'Trailing stop-limit: the limit keeps its distance',
    rows: [START, [100, 103, 99, 103], [100.5, 101, 99.5, 100.2]],
    order: (s) => s.sell({ size: 1, trailAmount: 2, trailFrom: 100, limit: 99 }),
    lines: [
      [101, 'stop'],
      [100, 'limit'],
    ],
    fills: [[2, 100.5, -1]],
  },
  {
    name: 'market-on-close',
    title: 'Market-on-close: the close that ends the session',
    rows: [START, [100, 102, 99.5, 101], [101, 102.5, 100.5, 102], [103, 104, 102, 103]],
    order: (s) => s.buy({ size: 1, at: 'close' }),
    lines: [],
    fills: [[2, 102, 1]],
    sessionEnd: 3,
    minutes: [0, 1, 2, 1440],
  },
  {
    name: 'market-on-open',
    title: 'Market-on-open: the first open of the next session',
    rows: [START, [100, 102, 99.5, 101], [101, 102.5, 100.5, 102], [103, 104, 102, 103]],
    order: (s) => s.buy({ size: 1, at: 'open' }),
    lines: [],
    fills: [[3, 103, 1]],
    sessionEnd: 3,
    minutes: [0, 1, 2, 1440],
  },
  {
    name: 'bracket',
    title: 'Bracket: exits wake with the entry, one ends the other',
    rows: [START, [100, 102, 99, 101], [101, 104.6, 100.5, 104], [104, 105, 103, 104]],
    order: (s) => s.buyBracket({ size: 1, stopLoss: 97, takeProfit: 104.5 }),
    lines: [
      [104.5, 'target'],
      [97, 'stop'],
    ],
    fills: [
      [1, 100, 1],
      [2, 104.5, -1],
    ],
  },
  {
    name: 'oco',
    title: 'One cancels the other: a breakout either way',
    rows: [START, [100, 101.4, 98.6, 101], [101, 103, 100.5, 102.5], [102, 102.5, 96, 97]],
    order: (s) => {
      const oco = s.buy({ size: 1, stop: 102 });
      s.sell({ size: 1, stop: 98, oco });
    },
    lines: [
      [102, 'buy stop'],
      [98, 'sell stop'],
    ],
    fills: [[2, 102, 1]],
  },
  {
    name: 'partial-fill',
    title: 'Volume limit: 4 of 10 a bar',
    rows: [START, [100, 101, 99, 100.5], [100.5, 101.5, 100, 101], [101, 102, 100.5, 101.5]],
    order: (s) => s.buy({ size: 10 }),
    settings: { volumeLimit: { kind: 'fixed-size', size: 4, shared: true } },
    lines: [],
    fills: [
      [1, 100, 4],
      [2, 100.5, 4],
      [3, 101, 2],
    ],
  },
  {
    name: 'cheat-on-close',
    title: 'Cheat-on-close: the close it was made on',
    rows: [START, [101, 102, 99.5, 101.5], [101.5, 103, 101, 102]],
    order: (s) => s.buy({ size: 1 }),
    settings: { fill: 'cheat-on-close' },
    lines: [],
    fills: [[1, 100, 1]],
  },
  {
    name: 'same-bar-pessimistic',
    title: 'Stop and target in one bar, pessimistic: the stop',
    rows: [START, [100, 101, 99, 100], [100, 103.5, 96.5, 101]],
    order: (s) => s.buyBracket({ size: 1, stopLoss: 97, takeProfit: 103 }),
    lines: [
      [103, 'target'],
      [97, 'stop'],
    ],
    fills: [
      [1, 100, 1],
      [2, 97, -1],
    ],
  },
  {
    name: 'same-bar-optimistic',
    title: 'The same bar, optimistic: the target',
    rows: [START, [100, 101, 99, 100], [100, 103.5, 96.5, 101]],
    order: (s) => s.buyBracket({ size: 1, stopLoss: 97, takeProfit: 103 }),
    settings: { sameBar: 'optimistic' },
    lines: [
      [103, 'target'],
      [97, 'stop'],
    ],
    fills: [
      [1, 100, 1],
      [2, 103, -1],
    ],
  },
  {
    name: 'entry-bar',
    title: 'Exit in the bar of the entry: below the limit is certain',
    rows: [START, [100, 102.8, 96.5, 99], [99, 100, 98, 99]],
    order: (s) => s.buyBracket({ size: 1, limit: 98, stopLoss: 97, takeProfit: 102 }),
    lines: [
      [102, 'target'],
      [98, 'entry'],
      [97, 'stop'],
    ],
    fills: [
      [1, 98, 1],
      [1, 97, -1],
    ],
  },
];
