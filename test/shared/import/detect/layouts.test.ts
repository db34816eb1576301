import { describe, expect, it } from 'vitest';
import type { Guess } from '../../../../shared/contract/schemas.ts';
import { guessed, readText } from '../read-text.ts';
import { VENDOR_FILES } from './vendor-files.ts';

describe('files of vendors', () => {
  it.each(VENDOR_FILES)(
    '$vendor',
    ({ file, text: written, options, layout, first, bar, guesses, plan, bars: count }) => {
      const read = readText(written.text, { fileName: file, ...options });
      expect(read.plan.layout).toBe(layout);
      expect(read.plan).toMatchObject(plan ?? {});
      for (const [field, expected] of Object.entries(guesses ?? {})) {
        expect(`${field} ${guessed(read.guesses, field as Guess['field'])}`).toBe(`${field} ${expected}`);
      }
      const [ticker, start] = first;
      const bars = read.bars[ticker];
      expect(Object.keys(read.bars)).toContain(ticker);
      expect(new Date(bars!.time[0]!).toISOString().slice(0, 19)).toBe(start);
      const lines = written.text.split('\n').filter((line) => line !== '').length - read.plan.skip;
      expect(read.accepted).toBe(count ?? lines);
      const { open, high, low, close, volume } = { ...written.first, ...bar };
      expect([
        bars!.open[0],
        bars!.high[0],
        bars!.low[0],
        bars!.close[0],
        bars!.volume?.[0] ?? Number.NaN,
      ]).toEqual([open, high, low, close, volume]);
    },
  );

  it('each guess says why, in a sentence', () => {
    for (const { vendor, text: written, file, options } of VENDOR_FILES) {
      const { guesses } = readText(written.text, { fileName: file, ...options });
      for (const { field, why } of guesses) expect(why.length, `${vendor}: ${field}`).toBeGreaterThan(8);
    }
  });
});
