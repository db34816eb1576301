import { describe, expect, test } from 'vitest';
import { candleOption } from '../../../shared/charts/candle-option.ts';
import { coverageCells } from '../../../shared/charts/coverage-cells.ts';
import { equityOption } from '../../../shared/charts/equity-option.ts';
import { histogramOption } from '../../../shared/charts/histogram-option.ts';
import { DARK_PALETTE } from '../../../shared/charts/palette.ts';

const DAY = 86_400_000;
const candles = {
  time: Float64Array.of(0, 60_000, 120_000),
  open: Float64Array.of(10, 11, 12),
  high: Float64Array.of(12, 13, 14),
  low: Float64Array.of(9, 10, 11),
  close: Float64Array.of(11, 10.5, 12),
  volume: Float64Array.of(100, 200, 300),
};
const timeText = (time: number) => `at ${time}`;
type Series = { type: string; name: string; data: unknown[]; xAxisIndex: number };
const seriesOf = (option: { series: unknown }) => option.series as Series[];

describe('candles', () => {
  test('the axis is labelled on the clocks that are shown', () => {
    const { xAxis } = candleOption({ candles, indicators: [], markers: [], timeText }, DARK_PALETTE, 600);
    expect(xAxis[0]!.data).toEqual(['at 0', 'at 60000', 'at 120000']);
  });
  test('open, close, low, high in the order that candlesticks want', () => {
    const [price] = seriesOf(
      candleOption({ candles, indicators: [], markers: [], timeText }, DARK_PALETTE, 600),
    );
    expect(price).toMatchObject({
      type: 'candlestick',
      data: [
        [10, 11, 9, 12],
        [11, 10.5, 10, 13],
        [12, 12, 11, 14],
      ],
    });
  });
  test('up is hollow, down is filled: told apart without colour', () => {
    const [price] = seriesOf(
      candleOption({ candles, indicators: [], markers: [], timeText }, DARK_PALETTE, 600),
    ) as unknown as { itemStyle: Record<string, string> }[];
    expect(price!.itemStyle.color).toBe('transparent');
    expect(price!.itemStyle.color0).toBe(DARK_PALETTE.down);
  });
  test('buys point up from below the bar, sells down from above', () => {
    const markers = [
      { bucket: 0, price: 10, size: 5 },
      { bucket: 2, price: 12, size: -5 },
    ];
    const fills = seriesOf(
      candleOption({ candles, indicators: [], markers, timeText }, DARK_PALETTE, 600),
    ).at(-1)!;
    expect(fills.data).toMatchObject([
      { value: [0, 9], symbolRotate: 0 },
      { value: [2, 14], symbolRotate: 180 },
    ]);
  });
  test('panes: price, volume, and one for each indicator of its own; none without volume', () => {
    const values = Float64Array.of(Number.NaN, 50, 60);
    const indicators = [
      { label: 'SMA 2', pane: 'price' as const, values },
      { label: 'RSI 2', pane: 'own' as const, values },
    ];
    const option = candleOption({ candles, indicators, markers: [], timeText }, DARK_PALETTE, 600);
    expect(option.grid).toHaveLength(3);
    expect(seriesOf(option).map(({ name, xAxisIndex }) => [name, xAxisIndex])).toEqual([
      ['Price', 0],
      ['SMA 2', 0],
      ['Volume', 1],
      ['RSI 2', 2],
      ['Fills', 0],
    ]);
    expect(seriesOf(option)[1]!.data).toEqual(['-', 50, 60]);
    const bottoms = option.grid.map(({ top, height }) => top + height);
    expect(Math.max(...bottoms)).toBeLessThan(600);
    expect(
      candleOption(
        { candles: { ...candles, volume: null }, indicators: [], markers: [], timeText },
        DARK_PALETTE,
        600,
      ).grid,
    ).toHaveLength(1);
  });
});

test('equity and drawdown share one time axis in UTC', () => {
  const time = Float64Array.of(0, DAY);
  const option = equityOption(
    { time, equity: Float64Array.of(100, 90), drawdown: Float64Array.of(0, -10), startingCash: 100 },
    DARK_PALETTE,
    { zoomable: true },
  );
  expect(option.useUTC).toBe(true);
  expect(seriesOf(option).map(({ data }) => data)).toEqual([
    [
      [0, 100],
      [DAY, 90],
    ],
    [
      [0, 0],
      [DAY, -10],
    ],
  ]);
});

test('no bin of the histogram mixes won and lost, and none is lost', () => {
  const nets = Float64Array.of(-10, -0.2, -9.9, 10, 3, 0);
  const [bars] = seriesOf(histogramOption(nets, DARK_PALETTE)) as unknown as {
    data: { value: number; itemStyle: { color: string } }[];
  }[];
  const sum = (color: string) =>
    bars!.data
      .filter(({ itemStyle }) => itemStyle.color === color)
      .reduce((total, { value }) => total + value, 0);
  expect(sum(DARK_PALETTE.down)).toBe(2);
  expect(sum(DARK_PALETTE.up)).toBe(2);
  expect(sum(DARK_PALETTE.muted)).toBe(2);
});

describe('coverage', () => {
  test('weeks to the right, Monday on top, thin days against what was expected, empty ones counted', () => {
    const monday = Date.UTC(2024, 0, 1);
    const { cells, missing, weeks } = coverageCells([
      [monday, 500, 500],
      [monday + DAY, 0, 500],
      [monday + 4 * DAY, 100, 500],
      [monday + 7 * DAY, 510, 500],
    ]);
    expect(missing).toBe(1);
    expect(weeks).toBe(2);
    expect(cells.map(({ week, weekday }) => [week, weekday])).toEqual([
      [0, 0],
      [0, 1],
      [0, 4],
      [1, 0],
    ]);
    expect(cells.map(({ share }) => share)).toEqual([1, 0, 0.2, 1]);
  });
  test('an empty series has no cells', () =>
    expect(coverageCells([])).toMatchObject({ cells: [], weeks: 0, missing: 0 }));
});
