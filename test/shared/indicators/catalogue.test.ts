import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../shared/backtest/random.ts';
import { INDICATORS } from '../../../shared/indicators/catalogue.ts';
import type { IndicatorSpec } from '../../../shared/indicators/indicator-spec.ts';
import { indicatorTable } from '../../../shared/indicators/indicator-table.ts';
import type { BarColumns } from '../../../shared/market/bar.ts';
import { sliceBars } from '../../../shared/market/bar.ts';
import { randomBars } from '../backtest/run.ts';

/** Minute bars over several UTC days, with volumes that vary. */
function barsOf(count: number, seed: number): BarColumns {
  const random = seededRandom(seed);
  const data = randomBars(count, seed);
  return {
    ...data,
    time: data.time.map((time, i) => time + Math.floor(i / 300) * 86_400_000),
    volume: data.close.map(() => 100 + Math.floor(random() * 900)),
  };
}

const columnsOf = (spec: IndicatorSpec, data: BarColumns) =>
  spec.inputs.map((input) => (input === 'value' ? data.close : data[input]!));
const defaults = (spec: IndicatorSpec) => spec.parameters.map((parameter) => parameter.default);

/** Small parameters, different from each other where the indicator wants that. */
const small = (spec: IndicatorSpec) =>
  spec.parameters.map(({ isInteger, min, default: value }, i) => (isInteger ? Math.max(min, 3 + i) : value));

const firstComplete = (lines: readonly Float64Array[]) =>
  lines[0]!.findIndex((_, i) => lines.every((line) => !Number.isNaN(line[i]!)));

/** Whose first value depends on the data, and why. */
const BY_DATA: Readonly<Record<string, string>> = {
  pivots: 'the second day',
  fibonacciPivots: 'the second day',
  camarillaPivots: 'the second day',
  woodiePivots: 'the second day',
  fractals: 'most bars are no extreme',
  zigZag: 'the first confirmed move',
  hurst: 'windows of rising size',
};

describe.each(INDICATORS.map((spec) => [spec.id, spec] as const))('%s', (id, spec) => {
  const data = barsOf(1_500, 5);
  for (const [which, parameters] of [
    ['defaults', defaults(spec)],
    ['small parameters', small(spec)],
  ] as const) {
    const lines = () => spec.compute(columnsOf(spec, data), parameters);

    test(`${which}: one column per output, complete from its minimum period on`, () => {
      const computed = lines();
      expect(computed.length).toBe(spec.outputs.length);
      for (const line of computed) expect(line.length).toBe(data.length);
      if (id in BY_DATA) return;
      expect(firstComplete(computed)).toBe(spec.minimumPeriod(...parameters) - 1);
    });

    test(`${which}: what comes later changes nothing, and no input is written to`, () => {
      const before = columnsOf(spec, data).map((column) => column.slice());
      const whole = lines();
      expect(columnsOf(spec, data)).toEqual(before);
      for (const length of [0, 1, 2, 57, 301, 640, 1_111]) {
        const cut = spec.compute(columnsOf(spec, sliceBars(data, 0, length)), parameters);
        for (const [index, line] of cut.entries()) expect(line).toEqual(whole[index]!.subarray(0, length));
      }
    });
  }

  test('bars without prices do not throw, and leave numbers behind them', () => {
    const gap = (column: Float64Array | null) =>
      column?.map((value, i) => (i >= 400 && i < 404 ? Number.NaN : value)) ?? null;
    const broken: BarColumns = {
      ...data,
      open: gap(data.open)!,
      high: gap(data.high)!,
      low: gap(data.low)!,
      close: gap(data.close)!,
      volume: gap(data.volume),
    };
    const lines = spec.compute(columnsOf(spec, broken), small(spec));
    const after = lines.map((line) => line.subarray(600).some((value) => !Number.isNaN(value)));
    expect(after).toEqual(lines.map(() => true));
  });
});

describe('the catalogue', () => {
  test('has more than a hundred indicators, each once', () => {
    expect(INDICATORS.length).toBeGreaterThan(100);
    expect(new Set(INDICATORS.map(({ id }) => id)).size).toBe(INDICATORS.length);
  });
  test('docs/indicators.md is made of it', () => {
    const file = new URL('../../../docs/indicators.md', import.meta.url);
    const text = readFileSync(file, 'utf8');
    const mark = '<!-- made of shared/indicators/catalogue.ts by a test with UPDATE_DOCS=1 -->\n\n';
    const [intro] = text.split(mark);
    const current = `${intro}${mark}${indicatorTable()}`;
    if (process.env.UPDATE_DOCS === '1') writeFileSync(file, current);
    expect(readFileSync(file, 'utf8')).toBe(current);
  });
});
