import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../shared/calendar/calendars.ts';
import type { ActionProposal } from '../../shared/contract/schemas.ts';
import { placementOf } from '../../shared/health/placement.ts';
import { type ProposalInput, proposeActions, type TimedAction } from '../../shared/health/propose-actions.ts';
import { sessionBars } from '../../shared/health/session-bars.ts';
import { readActionFile } from '../../shared/market/action-file.ts';
import { instantsOf } from '../../shared/market/action-time.ts';
import { adjustBars } from '../../shared/market/adjust-bars.ts';
import { type BarColumns, lowerBound } from '../../shared/market/bar.ts';
import { hasRealData, PYSTOCK, realBars, realText } from './real-bars.ts';

// Splits and dividends of 514 shares over eighteen months, with real faults in bars and in the table.
const isThere = hasRealData('corporate actions of real bars');
const DAY = 86_400_000;

const series = isThere
  ? realBars('daily/pystock-us514-2015_2016.csv.gz', PYSTOCK)
  : new Map<string, BarColumns>();
const text = isThere ? realText('daily/pystock-corporate-actions-2015_2016.csv.gz') : '';
const read = (source: string) => readActionFile(source, 'pystock.csv', null);

function tableOf(source: string): Map<string, TimedAction[]> {
  const table = new Map<string, TimedAction[]>();
  for (const action of read(source).actions) {
    const own = table.get(action.ticker) ?? [];
    table.set(action.ticker, own);
    own.push({
      id: `line ${action.line}`,
      at: action.at,
      time: action.at,
      kind: action.kind,
      ratio: action.kind === 'split' ? action.ratio : null,
      amount: action.kind === 'dividend' ? action.amount : null,
    });
  }
  return table;
}

const closeAt = ({ time, close }: BarColumns, at: number) =>
  close[lowerBound(time, at + 1) - 1] ?? Number.NaN;
const neighbours: ProposalInput['neighbours'] = (from, to) => {
  const moves = [...series.values()]
    .map((bars) => Math.abs(closeAt(bars, to) / closeAt(bars, from) - 1))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  return { move: moves[moves.length >> 1]!, count: moves.length };
};

function proposals(table: Map<string, TimedAction[]>): ActionProposal[] {
  const sessions = calendarOf('XNYS').table;
  return [...series].flatMap(([ticker, bars]) =>
    proposeActions({
      ticker,
      sessions: sessionBars(bars, placementOf({ bars, interval: DAY, sessions, actions: [] })),
      actions: table.get(ticker) ?? [],
      neighbours,
    }),
  );
}
const day = (time: number) => new Date(time).toISOString().slice(0, 10);
const named = (list: readonly ActionProposal[]) =>
  list.map(({ ticker, at, kind }) => `${ticker} ${day(at)} ${kind}`).sort();

/** What happened, as exchanges and companies announced it; Under Armour paid its class C shares out as a second share. */
const SPLITS = {
  'AZN 2015-07-27': 2,
  'CF 2015-06-18': 5,
  'CHD 2016-09-02': 2,
  'CTRP 2015-12-02': 2,
  'ETE 2015-07-27': 2,
  'GPN 2015-11-03': 2,
  'HRL 2016-02-10': 2,
  'INFY 2015-06-25': 2,
  'KR 2015-07-14': 2,
  'MGA 2015-03-26': 2,
  'MPC 2015-06-11': 2,
  'NFLX 2015-07-15': 7,
  'NKE 2015-12-24': 2,
  'PPG 2015-06-15': 2,
  'RAI 2015-09-01': 2,
  'SBUX 2015-04-09': 2,
  'SKX 2015-10-16': 3,
  'TVIX 2015-06-23': 0.1,
  'TVIX 2016-08-09': 0.04,
  'UA 2016-04-08': 2,
};
/** Spin-offs and special dividends that the table knows, or that were in the news. */
const DISTRIBUTIONS = [
  'BAX 2015-07-01',
  'EBAY 2015-07-20',
  'HPQ 2015-11-02',
  'NI 2015-07-02',
  'SYMC 2016-03-04',
];

describe.skipIf(!isThere)('the table of actions', () => {
  test('is read whole: the split that is in it twice is taken once', () => {
    const { linesRead, actions, rejects, layout } = read(text);
    expect(layout).toBe('closes re-quoted on the ex-day');
    expect([linesRead, actions.length, rejects.length]).toEqual([2155, 2154, 1]);
    expect(rejects[0]!.text).toMatch(/^NFLX,2015-07-13,2015-07-14/);
    const splits = actions.filter(({ kind }) => kind === 'split');
    expect(splits).toHaveLength(24);
  });
});

describe.skipIf(!isThere)('proposals', () => {
  test('against the table as the vendor has it: its four faults, and nothing else in 514 shares', () => {
    const asQuoted = tableOf(text.replaceAll(',False', ',True'));
    const found = proposals(asQuoted);
    expect(named(found)).toEqual([
      'CF 2015-06-18 missed-split',
      'CSC 2015-11-30 wrong-ratio',
      'NFLX 2015-07-14 doubled-split',
      'UA 2016-04-08 missed-split',
    ]);
    const of = (ticker: string) => found.find((proposal) => proposal.ticker === ticker)!;
    expect(of('CF')).toMatchObject({ ratio: 5, suggested: { kind: 'split', ratio: 5 } });
    expect(of('CF').confidence).toBeGreaterThan(0.9);
    // The real step was 0.457 of the price by that day's close, not 0.268.
    expect(1 / of('CSC').ratio).toBeCloseTo(0.457, 1);
    expect(of('CSC').suggested!.amount).toBeCloseTo(37.77, 2);
    expect(of('NFLX').suggested).toBeNull();
    expect(of('NFLX').evidence.join('\n')).toMatch(/the same split, 7:1, on 2015-07-15/);
  });

  test('against an empty table: every split there was, at its ratio', () => {
    const found = proposals(new Map());
    const splits = found.filter(({ suggested }) => suggested?.kind === 'split');
    expect(
      Object.fromEntries(splits.map(({ ticker, at, ratio }) => [`${ticker} ${day(at)}`, ratio])),
    ).toEqual(SPLITS);
    const others = found
      .filter(({ suggested }) => suggested?.kind !== 'split')
      .map(({ ticker, at }) => `${ticker} ${day(at)}`);
    expect(others.sort()).toEqual(DISTRIBUTIONS);
    const isReal = ({ ticker, at }: ActionProposal) =>
      `${ticker} ${day(at)}` in SPLITS || DISTRIBUTIONS.includes(`${ticker} ${day(at)}`);
    const real = found.filter(isReal).length;
    process.stdout.write(
      `corporate actions: ${found.length} proposals over ${series.size} shares, ${real} real (precision ${((100 * real) / found.length).toFixed(0)} %), ${splits.length} of ${Object.keys(SPLITS).length} splits found\n`,
    );
    expect(found.length - real).toBe(0);
  });
});

test.skipIf(!isThere)('the total return view is the vendor’s own back-adjusted matrix', () => {
  const table = tableOf(text);
  const [heading, ...lines] = realText('daily/closes-adjusted-wide-514x388.csv.gz').trim().split(/\r?\n/);
  const days = heading!
    .split(',')
    .slice(1)
    .map((name) => Date.parse(name));
  let compared = 0;
  for (const line of lines) {
    const [ticker = '', ...cells] = line.split(',');
    const bars = series.get(ticker)!;
    const seen = adjustBars(bars, instantsOf(table.get(ticker) ?? [], DAY, null), 'total-return');
    const closes = days.map((time) => {
      const bar = lowerBound(seen.time, time);
      return seen.time[bar] === time ? seen.close[bar]! : Number.NaN;
    });
    // Theirs goes on to actions behind the last day: the two are compared as growth up to that day.
    const last = cells.findLastIndex((cell, index) => cell !== '' && !Number.isNaN(closes[index]!));
    for (const [index, cell] of cells.entries()) {
      if (cell === '' || Number.isNaN(closes[index]!)) continue;
      const ours = closes[index]! / closes[last]!;
      const theirs = Number(cell) / Number(cells[last]);
      // Their factors have the digits of re-quoted closes, some only two decimals.
      if (!(Math.abs(ours / theirs - 1) < 1e-3))
        expect([ticker, days[index], ours]).toEqual([ticker, days[index], theirs]);
      compared++;
    }
  }
  expect(compared).toBe(514 * 388 - 170);
});
