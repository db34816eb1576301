import { describe, expect, test } from 'vitest';
import { type BacktestResult, ORDER_REASONS, ORDER_STATUSES } from '../../../../shared/backtest/result.ts';
import type { Order, OrderRequest, Strategy } from '../../../../shared/strategy/index.ts';
import { bars, type GivenSettings, run, scripted } from '../run.ts';

const outcomes = ({ orders }: BacktestResult) =>
  Array.from(
    orders.ref,
    (_, row) =>
      `${ORDER_STATUSES[orders.status[row]!]} ${ORDER_REASONS[orders.reason[row]!]} ${orders.filledSize[row]}`,
  );
const FLAT = [100, 100, 100, 100];
const settings: GivenSettings = { cash: 1e6, sameBar: 'backtrader' };

describe('one cancels the other', () => {
  const pair = (s: Strategy, first: OrderRequest, second: OrderRequest) => {
    const oco = s.buy({ size: 1, ...first })!;
    s.buy({ size: 1, ...second, oco });
  };
  test('a fill takes the partner down', () => {
    const result = run(
      scripted({ 0: (s) => pair(s, { limit: 98 }, { stop: 103 }) }),
      bars([FLAT, FLAT, [100, 104, 99, 103]]),
      {
        settings,
      },
    );
    expect(outcomes(result)).toEqual(['cancelled oco-partner-ended 0', 'completed none 1']);
  });
  test('so does a cancellation, and an expiry', () => {
    let order: Order | null = null;
    const script = scripted({
      0: (s) => {
        order = s.buy({ size: 1, limit: 90 });
        s.buy({ size: 1, limit: 91, oco: order });
        s.buy({ size: 1, limit: 92, oco: order });
      },
      2: (s) => s.cancel(order!),
    });
    expect(outcomes(run(script, bars([FLAT, FLAT, FLAT, FLAT]), { settings }))).toEqual([
      'cancelled cancelled-by-strategy 0',
      'cancelled oco-partner-ended 0',
      'cancelled oco-partner-ended 0',
    ]);
    const expiring = scripted({ 0: (s) => pair(s, { limit: 90, valid: { minutes: 1 } }, { limit: 91 }) });
    expect(outcomes(run(expiring, bars([FLAT, FLAT, FLAT, FLAT]), { settings }))).toEqual([
      'expired time-in-force 0',
      'cancelled oco-partner-ended 0',
    ]);
  });
  test('a partial fill counts', () => {
    const result = run(
      scripted({ 0: (s) => pair(s, { size: 10 }, { limit: 90 }) }),
      bars([FLAT, FLAT, FLAT]),
      {
        settings: { ...settings, volumeLimit: { kind: 'fixed-size', size: 4, shared: false } },
      },
    );
    expect(outcomes(result)).toEqual(['open run-ended 8', 'cancelled oco-partner-ended 0']);
  });
});

test('a partner of an order that has filled in part does not end it, but is ended by its next fill', () => {
  const joined = (request: OrderRequest) => {
    let first: Order | null = null;
    const script = scripted({
      0: (s) => {
        first = s.buy({ size: 10, limit: 100 });
      },
      1: (s) => s.buy({ size: 1, ...request, oco: first! }),
    });
    const volumeLimit = { kind: 'fixed-size', size: 4, shared: false } as const;
    const dry = [101, 101, 101, 101];
    return outcomes(run(script, bars([FLAT, FLAT, dry, FLAT]), { settings: { ...settings, volumeLimit } }));
  };
  expect(joined({})).toEqual(['open run-ended 8', 'completed none 1']);
  expect(joined({ limit: 90 })).toEqual(['open run-ended 8', 'cancelled oco-partner-ended 0']);
});

describe('a bracket', () => {
  const bracket = (request: Partial<OrderRequest> = {}) =>
    scripted({ 0: (s) => s.buyBracket({ size: 10, stopLoss: 95, takeProfit: 110, ...request }) });
  test('the exits sleep until the entry has filled; the one that fills ends the other', () => {
    const result = run(bracket(), bars([FLAT, [100, 111, 94, 100], [100, 111, 99, 110]]), { settings });
    expect(outcomes(result)).toEqual(['completed none 10', 'cancelled bracket-ended 0', 'completed none 10']);
    expect([...result.fills.bar]).toEqual([1, 2]);
    expect([...result.orders.parent]).toEqual([0, 1, 1]);
  });
  test('an entry that expires takes its exits down', () => {
    const result = run(bracket({ limit: 90, valid: { minutes: 1 } }), bars([FLAT, FLAT, FLAT]), { settings });
    expect(outcomes(result)).toEqual([
      'expired time-in-force 0',
      'cancelled bracket-ended 0',
      'cancelled bracket-ended 0',
    ]);
  });
  test('an entry that is rejected leaves its exits without a parent', () => {
    const result = run(bracket(), bars([FLAT, FLAT]), { settings: { ...settings, cash: 500 } });
    expect(outcomes(result)).toEqual([
      'rejected not-enough-cash 0',
      'rejected parent-rejected 0',
      'rejected parent-rejected 0',
    ]);
  });
  test('a partly filled entry does not wake its exits', () => {
    const result = run(bracket(), bars([FLAT, FLAT, [100, 120, 90, 100]]), {
      settings: { ...settings, volumeLimit: { kind: 'fixed-size', size: 4, shared: false } },
    });
    expect(outcomes(result)).toEqual(['open run-ended 8', 'open run-ended 0', 'open run-ended 0']);
  });
  test('orders held back are not sent before the last of them is', () => {
    const script = scripted({ 0: (s) => s.buy({ size: 1, transmit: false }) });
    expect(outcomes(run(script, bars([FLAT, FLAT, FLAT]), { settings }))).toEqual(['open run-ended 0']);
  });
});

describe('replacing', () => {
  test('changes price and size, keeps type and links, and queues at the end', () => {
    let entry: Order | null = null;
    const script = scripted({
      0: (s) => {
        const first = s.buy({ size: 10, limit: 90 });
        s.buy({ size: 1, stop: 120, oco: first });
        entry = first;
      },
      1: (s) => {
        entry = s.replace(entry!, { limit: 99, size: 4 });
      },
    });
    const result = run(script, bars([FLAT, FLAT, [100, 100, 98, 99], FLAT]), { settings });
    expect(outcomes(result)).toEqual([
      'cancelled replaced 0',
      'cancelled oco-partner-ended 0',
      'completed none 4',
    ]);
    expect(result.fills.price[0]).toBe(99);
  });
  test('a filled order cannot be replaced', () => {
    let order: Order | null = null;
    let replaced: Order | null | undefined;
    const script = scripted({
      0: (s) => {
        order = s.buy({ size: 1 });
      },
      1: (s) => {
        replaced = s.replace(order!, { size: 2 });
      },
    });
    expect(outcomes(run(script, bars([FLAT, FLAT, FLAT]), { settings }))).toEqual(['completed none 1']);
    expect(replaced).toBe(null);
  });
  test('the exits of a bracket follow the entry that took the place', () => {
    let entry: Order | null = null;
    const script = scripted({
      0: (s) => {
        entry = s.buyBracket({ size: 10, limit: 90, stopLoss: 80, takeProfit: 110 })!.entry;
      },
      1: (s) => s.replace(entry!, { limit: 100 }),
    });
    const result = run(script, bars([FLAT, FLAT, FLAT, [100, 111, 99, 100]]), { settings });
    expect(outcomes(result)).toEqual([
      'cancelled replaced 0',
      'cancelled bracket-ended 0',
      'completed none 10',
      'completed none 10',
    ]);
  });
});
