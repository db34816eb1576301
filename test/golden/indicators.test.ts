import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { crossOver } from '../../shared/indicators/cross-over.ts';
import { ema, wilderAverage } from '../../shared/indicators/exponential-average.ts';
import { rsi } from '../../shared/indicators/rsi.ts';
import { sma } from '../../shared/indicators/sma.ts';
import { goldenBars } from './backtrader-scenario.ts';
import { goldenFolders, readText } from './golden.ts';

interface IndicatorFile {
  readonly file: string;
  readonly bars: number;
  readonly indicators: Readonly<
    Record<
      string,
      { readonly minperiod: number; readonly lines: Readonly<Record<string, (number | null)[]>> }
    >
  >;
}

const ours: Readonly<Record<string, (close: Float64Array) => Float64Array>> = {
  SMA_10: (close) => sma(close, 10),
  SMA_30: (close) => sma(close, 30),
  EMA_20: (close) => ema(close, 20),
  SMMA_14: (close) => wilderAverage(close, 14),
  RSI_14: (close) => rsi(close, 14),
  RSI_Safe_5: (close) => rsi(close, 5),
  CrossOver_SMA10_SMA30: (close) => crossOver(sma(close, 10), sma(close, 30)),
};

for (const { set, path } of goldenFolders('backtrader')) {
  describe(`indicators of backtrader, ${set} set`, () => {
    const golden = JSON.parse(readText(join(path, 'indicators-AAL.L.json.gz'))) as IndicatorFile;
    const { close } = goldenBars(path, { file: golden.file, ticker: 'AAL.L', from: 0, bars: golden.bars });

    test.each(Object.entries(ours))('%s, bit for bit', (name, compute) => {
      const { minperiod, lines } = golden.indicators[name]!;
      const [expected = []] = Object.values(lines);
      const actual = Array.from(compute(close), (value) => (Number.isNaN(value) ? null : value + 0));
      expect(actual).toEqual(expected.map((value) => (value === null ? null : value + 0)));
      expect(actual.findIndex((value) => value !== null)).toBe(minperiod - 1);
    });
  });
}
