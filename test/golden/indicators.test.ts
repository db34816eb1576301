import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { INDICATORS } from '../../shared/indicators/catalogue.ts';
import { crossOver } from '../../shared/indicators/cross-over.ts';
import { sma } from '../../shared/indicators/sma.ts';
import type { BarColumns } from '../../shared/market/bar.ts';
import { goldenBars } from './backtrader-scenario.ts';
import { goldenFolders, readText } from './golden.ts';

interface IndicatorFile {
  readonly file: string;
  readonly bars: number;
  readonly indicators: Readonly<
    Record<
      string,
      { readonly minperiod: number; readonly lines: Readonly<Record<string, readonly (number | null)[]>> }
    >
  >;
}

/** Of the catalogue: which indicator, with which parameters, and which of its outputs stand for backtrader's lines. */
const OURS: Readonly<
  Record<string, readonly [id: string, parameters: readonly number[], outputs?: readonly string[]]>
> = {
  SMA_10: ['sma', [10]],
  SMA_30: ['sma', [30]],
  EMA_20: ['ema', [20]],
  WMA_15: ['wma', [15]],
  SMMA_14: ['smma', [14]],
  DEMA_20: ['dema', [20]],
  TEMA_20: ['tema', [20]],
  HMA_16: ['hma', [16]],
  KAMA_30: ['kama', [30, 2, 30]],
  RSI_14: ['rsi', [14]],
  RSI_Safe_5: ['rsi', [5]],
  RSI_SMA_14: ['cutlerRsi', [14]],
  RSI_EMA_14: ['exponentialRsi', [14]],
  MACD_12_26_9: ['macd', [12, 26, 9]],
  Bollinger_20_2: ['bollinger', [20, 2], ['middle', 'top', 'bottom', 'percentB']],
  StdDev_20: ['standardDeviation', [20]],
  MeanDev_20: ['meanDeviation', [20]],
  TrueRange: ['trueRange', []],
  ATR_14: ['atr', [14]],
  DirectionalMovement_14: ['dmi', [14]],
  Stochastic_14_3_3: ['stochastic', [14, 3, 3]],
  StochasticFast_14_3: ['stochasticFast', [14, 3]],
  StochasticFull_14_3_3: ['stochasticFull', [14, 3, 3]],
  CCI_20: ['cci', [20]],
  Momentum_12: ['momentum', [12]],
  MomentumOsc_12: ['momentumOscillator', [12]],
  ROC_12: ['roc', [12]],
  ROC100_12: ['roc100', [12]],
  WilliamsR_14: ['williamsR', [14]],
  ParabolicSAR: ['parabolicSar', [0.02, 0.2]],
  // The lagging span shows the future, and is left out of the catalogue.
  Ichimoku: ['ichimoku', [9, 26, 52], ['conversion', 'base', 'spanA', 'spanB']],
  AroonUpDownOsc_14: ['aroon', [14]],
  TRIX_15: ['trix', [15]],
  UltimateOscillator: ['ultimate', [7, 14, 28]],
  Highest_20_high: ['highest', [20]],
  Lowest_20_low: ['lowest', [20]],
  SumN_10: ['sum', [10]],
};
/** Deviations lose their last digits to cancellation, there as here; the others agree bit for bit or nearly. */
const RELATIVE = 1e-9;
const EXACT = [
  'SMA_10',
  'SMA_30',
  'EMA_20',
  'SMMA_14',
  'RSI_14',
  'RSI_Safe_5',
  'ATR_14',
  'MACD_12_26_9',
  'SumN_10',
  'Highest_20_high',
  'Momentum_12',
  'TrueRange',
];

/** Lines of an indicator over bars, in the order of the outputs asked for. */
function linesOf(name: string, bars: BarColumns): Float64Array[] {
  const [id, parameters, outputs] = OURS[name]!;
  const spec = INDICATORS.find((candidate) => candidate.id === id)!;
  const value = name.endsWith('_high') ? bars.high : name.endsWith('_low') ? bars.low : bars.close;
  const columns = spec.inputs.map((input) => (input === 'value' ? value : bars[input]!));
  const results = spec.compute(columns, parameters);
  return (outputs ?? spec.outputs).map((output) => results[spec.outputs.indexOf(output)]!);
}

for (const { set, path } of goldenFolders('backtrader')) {
  // A folder of scenarios alone is a golden set, too.
  if (!existsSync(join(path, 'indicators-AAL.L.json.gz'))) continue;
  describe(`indicators of backtrader, ${set} set`, () => {
    const golden = JSON.parse(readText(join(path, 'indicators-AAL.L.json.gz'))) as IndicatorFile;
    const bars = goldenBars(path, { file: golden.file, ticker: 'AAL.L', from: 0, bars: golden.bars });

    const names = Object.keys(golden.indicators).filter((name) => name !== 'CrossOver_SMA10_SMA30');
    test('every one of them is known', () => {
      expect(names.filter((name) => !(name in OURS))).toEqual([]);
    });

    test.each(names)('%s', (name) => {
      const { minperiod, lines } = golden.indicators[name]!;
      const expected = Object.entries(lines).filter(([line]) => line !== 'chikou_span');
      const actual = linesOf(name, bars);
      const [id, parameters] = OURS[name]!;
      expect(INDICATORS.find((spec) => spec.id === id)!.minimumPeriod(...parameters)).toBe(minperiod);
      expect(actual.length).toBe(expected.length);
      for (const [index, [line, values]] of expected.entries()) {
        for (let i = minperiod - 1; i < values.length; i++) {
          const value = values[i] ?? Number.NaN;
          const allowed = EXACT.includes(name) ? 0 : RELATIVE * Math.max(1e-6, Math.abs(value));
          if (Object.is(actual[index]![i]! + 0, value + 0)) continue;
          const difference = Math.abs(actual[index]![i]! - value);
          if (!(difference <= allowed))
            throw new Error(`${line}[${i}] is ${actual[index]![i]}, not ${value}`);
        }
      }
    });

    test('CrossOver of two averages, bit for bit', () => {
      const { minperiod, lines } = golden.indicators.CrossOver_SMA10_SMA30!;
      const actual = crossOver(sma(bars.close, 10), sma(bars.close, 30));
      const [expected = []] = Object.values(lines);
      expect([...actual.slice(minperiod - 1)].map((x) => x + 0)).toEqual(
        expected.slice(minperiod - 1).map((x) => (x ?? Number.NaN) + 0),
      );
      expect(actual.findIndex((value) => !Number.isNaN(value))).toBe(minperiod - 1);
    });
  });
}
