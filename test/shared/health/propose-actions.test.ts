import { describe, expect, test } from 'vitest';
import {
  type ProposalInput,
  proposeActions,
  type TimedAction,
} from '../../../shared/health/propose-actions.ts';
import { sessionBars } from '../../../shared/health/session-bars.ts';
import { type Bar, columnsOf, daysOf, walk } from './bars.ts';

const YEAR = daysOf('XNYS', '2023-01-01', '2024-01-01');
const AT = 120;

function scaled(ratio: number, volume = ratio): Bar[] {
  const bars = walk(YEAR, { step: 0.01 });
  for (const bar of bars.slice(AT)) {
    for (const name of ['open', 'high', 'low', 'close'] as const) bar[name] /= ratio;
    bar.volume *= volume;
  }
  return bars;
}

const split = (ratio: number, day = AT, id = `split ${day}`): TimedAction => ({
  id,
  at: YEAR[day]!,
  time: YEAR[day]!,
  kind: 'split',
  ratio,
  amount: null,
});
const dividend = (amount: number): TimedAction => ({
  ...split(1),
  id: 'dividend',
  kind: 'dividend',
  ratio: null,
  amount,
});
const calm: ProposalInput['neighbours'] = () => ({ move: 0.004, count: 40 });
const propose = (
  bars: readonly Bar[],
  actions: readonly TimedAction[] = [],
  neighbours: ProposalInput['neighbours'] = calm,
) => proposeActions({ ticker: 'T', sessions: sessionBars(columnsOf(bars), null), actions, neighbours });

describe('missed splits', () => {
  test.each([2, 3, 1.5, 10, 0.1, 0.04])('%d for 1', (ratio) => {
    const [found, ...others] = propose(scaled(ratio));
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      kind: 'missed-split',
      at: YEAR[AT],
      ratio,
      actionId: null,
      suggested: { kind: 'split', ratio, amount: null },
    });
    expect(found!.confidence).toBeGreaterThan(0.6);
    expect(found!.evidence.join('\n')).toMatch(/40 other instruments moved by 0\.4 % \(median\) that day/);
  });

  test('are less certain when the market fell too, and said so', () => {
    const [certain] = propose(scaled(2));
    const [doubtful] = propose(scaled(2), [], () => ({ move: 0.4, count: 40 }));
    expect(doubtful!.confidence).toBeLessThan(certain!.confidence / 2);
    expect(doubtful!.evidence.join('\n')).toMatch(/the market did it/);
  });

  test('of a broken ratio are a spin-off or special dividend', () => {
    const [found] = propose(scaled(1.73));
    expect(found).toMatchObject({ kind: 'missed-split', suggested: { kind: 'dividend' } });
    expect(found!.evidence.join('\n')).toMatch(/spin-off or a special dividend of about \d/);
  });

  test('known ones are none', () => expect(propose(scaled(2), [split(2)])).toEqual([]));
  test('sound bars give none', () => expect(propose(walk(YEAR, { step: 0.01 }))).toEqual([]));
  test('news on many times the turnover gives none', () => {
    const bars = scaled(2, 1);
    for (const bar of bars.slice(AT, AT + 3)) bar.volume *= 15;
    expect(propose(bars)).toEqual([]);
  });
});

describe('entries that the bars contradict', () => {
  test('a split that is in the table twice: the one without a step goes', () => {
    const found = propose(scaled(7), [split(7), split(7, AT - 1)]);
    expect(found).toMatchObject([
      { kind: 'doubled-split', at: YEAR[AT - 1], actionId: `split ${AT - 1}`, suggested: null },
    ]);
    expect(found[0]!.evidence.join('\n')).toMatch(/the table has the same split, 7:1, on/);
  });

  test('bars that are adjusted already', () => {
    expect(propose(walk(YEAR, { step: 0.01 }), [split(4)])).toMatchObject([
      { kind: 'doubled-split', suggested: null },
    ]);
  });

  test('a wrong ratio', () => {
    expect(propose(scaled(3), [split(2)])).toMatchObject([
      {
        kind: 'wrong-ratio',
        ratio: 3,
        actionId: `split ${AT}`,
        suggested: { kind: 'split', ratio: 3, amount: null },
      },
    ]);
  });

  test('a payment that the price does not show', () => {
    const bars = scaled(2);
    const before = bars[AT - 1]!.close;
    const [found, ...others] = propose(bars, [dividend(0.75 * before)]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: 'wrong-ratio', suggested: { kind: 'dividend', ratio: null } });
    expect(found!.suggested!.amount! / before).toBeCloseTo(0.5, 1);
    expect(propose(bars, [dividend(0.5 * before)])).toEqual([]);
  });

  test('ordinary dividends cannot be told from a day’s move', () => {
    expect(propose(walk(YEAR, { step: 0.01 }), [dividend(0.5)])).toEqual([]);
  });

  test('a split and a payment on one day are judged together', () => {
    const bars = scaled(2);
    const before = bars[AT - 1]!.close;
    for (const bar of bars.slice(AT))
      for (const name of ['open', 'high', 'low', 'close'] as const) bar[name] *= 0.8;
    expect(propose(bars, [split(2), dividend(0.2 * before)])).toEqual([]);
  });
});
