import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LONGEST_NUMBER, NumberWriter, writeSmall } from '../../../electron/export/number-bytes.ts';

const writer = new NumberWriter();
function text(value: number, by = writer): string {
  const target = Buffer.alloc(LONGEST_NUMBER + 2, 0x7e);
  const end = by.write(target, 1, value);
  expect(target[0]).toBe(0x7e);
  expect(end).toBeLessThanOrEqual(LONGEST_NUMBER + 1);
  return target.toString('latin1', 1, end);
}

it('writes numbers as people would', () => {
  const cases = [
    0, 1, -1, 10, 0.5, 100, 2400.5, 123_456_789, 0.000001, 1e-8, 12.345678, 1e9, 4_294_967_296.25,
  ];
  expect(cases.map((value) => text(value))).toEqual([
    '0',
    '1',
    '-1',
    '10',
    '0.5',
    '100',
    '2400.5',
    '123456789',
    '0.000001',
    '0.00000001',
    '12.345678',
    '1000000000',
    '4294967296.25',
  ]);
});

it('writes what reads back as the same double, whatever was written before', () => {
  const decimals = fc
    .tuple(fc.maxSafeInteger(), fc.integer({ min: 0, max: 14 }))
    .map(([integer, places]) => Number(`${integer}e-${places}`));
  const prices = fc
    .tuple(fc.integer({ min: 1, max: 10 ** 8 }), fc.integer({ min: 0, max: 6 }))
    .map(([ticks, places]) => ticks / 10 ** places);
  const any = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  fc.assert(
    fc.property(fc.array(fc.oneof(prices, decimals, any), { maxLength: 50 }), (values) => {
      const own = new NumberWriter();
      for (const value of values) expect(Number(text(value, own))).toBe(value + 0);
    }),
    { numRuns: 2_000, seed: 3 },
  );
});

it('pads small integers', () => {
  const target = Buffer.alloc(10);
  expect(target.toString('latin1', 0, writeSmall(target, 0, 7, 2))).toBe('07');
  expect(target.toString('latin1', 0, writeSmall(target, 0, 1234, 2))).toBe('1234');
  expect(target.toString('latin1', 0, writeSmall(target, 0, 0, 1))).toBe('0');
});
