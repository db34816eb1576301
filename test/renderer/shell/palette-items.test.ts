import { describe, expect, test } from 'vitest';
import {
  commandItems,
  dateItem,
  namedItems,
  type PaletteSources,
  paletteIndex,
  searchPalette,
  settingItems,
  tradeItem,
} from '../../../renderer/shell/palette-items.ts';
import type { RunSummary, Series } from '../../../shared/contract/schemas.ts';

const series = (ticker: string): Series => ({
  id: `${ticker}:1m`,
  ticker,
  every: '1m',
  bars: 1_000,
  first: 0,
  last: 60_000_000,
  contentHash: '',
  storedBytes: 0,
  lastImportAt: 0,
});
const run: RunSummary = {
  id: 'run-1',
  createdAt: Date.UTC(2024, 5, 1),
  strategyId: 'sma-cross',
  strategyName: 'SMA cross',
  tickers: ['NOVA.L'],
  every: '1m',
  first: 0,
  last: 1,
  bars: 2,
  trades: 160,
  netProfit: 4_141.64,
  totalReturn: 4.1,
  maxDrawdownPercent: 7.2,
  sharpe: 0.59,
  engineMilliseconds: 1,
  totalMilliseconds: 2,
};
const sources: PaletteSources = {
  series: ['NOVA.L', 'HALO.L', 'BRK/B', '<img onerror>'].map(series),
  runs: [run],
  strategies: [{ id: 'sma-cross', name: 'SMA cross', origin: 'built-in', description: '' }],
  workspaces: ['Morning'],
};
const commands = commandItems((id) => id !== 'cancel-run', { 'go-data': ['Alt+D'] });
const indexes = [paletteIndex([...commands, ...settingItems()]), paletteIndex(namedItems(sources))];
const found = (query: string) => searchPalette(query, indexes).map(({ key }) => key);

describe('the palette', () => {
  test('finds commands, symbols, runs, strategies, settings and workspaces', () => {
    expect(found('inspector')[0]).toBe('command:toggle-inspector');
    expect(found('nova')[0]).toBe('series:NOVA.L:1m');
    expect(found('sma cross')).toEqual(expect.arrayContaining(['strategy:sma-cross', 'run:run-1']));
    expect(found('appearance.theme')[0]).toBe('setting:appearance.theme');
    expect(found('morning')[0]).toBe('workspace:Morning');
    expect(found('brk/b')[0]).toBe('series:BRK/B:1m');
  });

  test('offers only what somebody does now, with the keys as they are set', () => {
    expect(commands.some(({ key }) => key === 'command:cancel-run')).toBe(false);
    expect(commands.find(({ key }) => key === 'command:go-data')?.keys).toBe('Alt+D');
  });

  test('knows by name what the library holds, and nothing else', () => {
    const kinds = new Set(namedItems(sources).map(({ target }) => target.to));
    expect([...kinds].sort()).toEqual(['run', 'series', 'strategy', 'workspace']);
  });

  test('shows everything for an empty query and nothing for what is like nothing', () => {
    expect(found('').length).toBeGreaterThan(10);
    expect(found('zzqqxx')).toEqual([]);
  });

  test('takes a name for what it is: text', () => {
    expect(searchPalette('img', indexes)[0]?.title).toBe('<img onerror>');
  });

  test('finds one among 10,000', () => {
    const many = { ...sources, series: Array.from({ length: 10_000 }, (_, i) => series(`T${i}.X`)) };
    const index = paletteIndex(namedItems(many));
    expect(searchPalette('t9876.x', [index])[0]?.key).toBe('series:T9876.X:1m');
    expect(searchPalette('t', [indexes[0]!, index])).toHaveLength(60);
  });
});

describe('a trade by its number', () => {
  test.each(['trade 12', 'Trade 12', '#12', 'trade #12', '  trade   12 '])('%s', (query) =>
    expect(tradeItem(query, run)?.target).toEqual({ to: 'trade', runId: 'run-1', number: 12 }),
  );
  test.each(['trade', 'trade 0', 'trade -1', 'trade 1.5', 'trades 12', '12'])('"%s" is none', (query) =>
    expect(tradeItem(query, run)).toBeNull(),
  );
  test('needs a run, and says when it has fewer', () => {
    expect(tradeItem('trade 12', undefined)).toBeNull();
    expect(tradeItem('trade 161', run)?.hint).toBe('the run has 160');
  });
});

describe('a date', () => {
  const utc = (wallClock: number) => wallClock;
  test.each([
    ['2024-03-08 09:31', Date.UTC(2024, 2, 8, 9, 31)],
    ['2024-03-08T09:31:15', Date.UTC(2024, 2, 8, 9, 31, 15)],
    ['2024-3-8', Date.UTC(2024, 2, 8)],
    [' 2024-03-08 ', Date.UTC(2024, 2, 8)],
  ])('%s', (query, time) => expect(dateItem(query, 'UTC', utc)?.target).toEqual({ to: 'date', time }));
  test.each(['2024-02-30', '2024-13-01', '2024-03-08 24:00', '2024-03-08 09:60', '2024', '08.03.2024'])(
    '%s is none',
    (query) => expect(dateItem(query, 'UTC', utc)).toBeNull(),
  );
  test('is meant by the clock of the zone on screen', () => {
    const item = dateItem('2024-03-08 09:31', 'New York', (wallClock) => wallClock + 5 * 3_600_000);
    expect(item).toMatchObject({
      hint: 'New York',
      target: { to: 'date', time: Date.UTC(2024, 2, 8, 14, 31) },
    });
  });
});
