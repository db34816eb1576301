import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resampledBars } from './backtrader-resampling.ts';
import { goldenBars, milliseconds, type Scenario } from './backtrader-scenario.ts';
import { goldenFolders, readText } from './golden.ts';

// Longer bars as backtrader 1.9.78.123 makes them, under every option of its resampler and several session ends.

type Recorded = Pick<Scenario, 'data' | 'resample'> & {
  readonly bars: NonNullable<Scenario['outputs']['tfBars']>;
};

const { path } = goldenFolders('backtrader')[0]!;
const recorded = JSON.parse(readText(join(path, 'resampling.json.gz'))) as readonly Recorded[];

describe('longer bars as backtrader makes them', () => {
  test('there are forty', () => expect(recorded).toHaveLength(40));
  test.each(
    recorded.map(
      (one) => [JSON.stringify({ ...one.resample[0], sessionend: one.data[0]!.sessionend }), one] as const,
    ),
  )('%s', (_, { data, resample, bars }) => {
    expect(resampledBars({ data, resample }, goldenBars(path, data[0]!))).toEqual(
      bars.map(([step, time, stamp, ...values]) => [
        step,
        milliseconds(time),
        milliseconds(stamp),
        ...values,
      ]),
    );
  });
});
