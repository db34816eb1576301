import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeColumn, encodeColumn } from '../../../electron/store/column-codec.ts';

function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function roundTrip(values: Float64Array): Uint8Array {
  const bytes = encodeColumn(values);
  const decoded = new Float64Array(values.length).fill(77);
  decodeColumn(bytes, decoded);
  expect(new BigUint64Array(decoded.buffer)).toEqual(new BigUint64Array(values.slice().buffer));
  return bytes;
}

const NASTY = [
  0,
  -0,
  1e-8,
  1e15,
  -1e15,
  0.00001,
  123.45678,
  Number.NaN,
  5e-324,
  Number.MAX_VALUE,
  Infinity,
  -Infinity,
  2 ** 53,
  0.1 + 0.2,
  1 / 3,
];

describe('column codec', () => {
  it('restores every mix of nasty values bit for bit', () => {
    const next = random(5);
    for (let round = 0; round < 500; round++) {
      const length = 1 + Math.floor(next() * 60);
      const kinds = 1 + Math.floor(next() * NASTY.length);
      roundTrip(Float64Array.from({ length }, () => NASTY[Math.floor(next() * kinds)]!));
    }
  });

  it('restores decimals of every precision, with and without missing values', () => {
    const next = random(9);
    for (let decimals = 0; decimals <= 12; decimals++) {
      for (const share of [0, 0.3, 1]) {
        const values = Float64Array.from({ length: 3_000 }, () =>
          next() < share ? Number.NaN : Number((next() * 10 ** (next() * 7)).toFixed(decimals)),
        );
        roundTrip(values);
      }
    }
  });

  it('restores times, empty columns and other bit patterns of NaN', () => {
    roundTrip(Float64Array.from({ length: 16_384 }, (_, index) => 1_388_534_520_000 + index * 60_000));
    roundTrip(Float64Array.of(-8_640_000_000_000, 0, 4_102_444_800_000));
    roundTrip(new Float64Array(0));
    roundTrip(new Float64Array(new BigUint64Array([0xfff8000000000000n, 0x7ff8000000000001n, 0n]).buffer));
  });

  it('restores whole numbers up to the limits of a double, where differences are larger still', () => {
    for (let bits = 30; bits <= 53; bits++) {
      const large = 2 ** bits - 1;
      roundTrip(Float64Array.of(large, -large, large - 1, 2 - large, 3, -large, large));
    }
  });

  it('restores whatever doubles there are', () => {
    const arbitrary = fc.oneof(
      fc.array(fc.double(), { maxLength: 300 }),
      fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 }), { maxLength: 300 }),
      fc.array(fc.maxSafeInteger(), { maxLength: 300 }),
      // Steps that all have a divisor, and steps whose first many have one.
      fc
        .tuple(fc.integer({ min: 1, max: 2 ** 30 }), fc.array(fc.integer({ min: -500, max: 500 })), fc.nat(9))
        .map(([unit, steps, odd]) => [...Array(100).fill(unit), ...steps.map((step) => step * unit), odd]),
      // Prices with values missing at the start, inside and at the end.
      fc.array(
        fc.oneof(
          fc.constant(Number.NaN),
          fc.integer({ max: 10 ** 7 }).map((ticks) => ticks / 1000),
        ),
        {
          maxLength: 400,
        },
      ),
      // Times with gaps of every size.
      fc.array(fc.integer({ min: 0, max: 2 ** 40 }), { maxLength: 300 }).map((steps) => {
        let time = -5e11;
        return steps.map((step) => (time += step));
      }),
    );
    fc.assert(
      fc.property(arbitrary, (values) => void roundTrip(Float64Array.from(values))),
      { numRuns: 2_000, seed: 11 },
    );
  });

  it('needs no bits for minutes without a gap, and few for half pence', () => {
    const minutes = Float64Array.from({ length: 16_384 }, (_, index) => 1_388_534_520_000 + index * 60_000);
    expect(roundTrip(minutes).length).toBeLessThan(200);
    const next = random(12);
    const prices = Float64Array.from({ length: 16_384 }, () => 2400 + Math.floor(next() * 4) / 2);
    expect(roundTrip(prices).length).toBeLessThan((16_384 * 3) / 8);
  });

  it('works on a part of a larger column', () => {
    const whole = Float64Array.from({ length: 100 }, (_, index) => index / 4);
    const bytes = encodeColumn(whole.subarray(30, 60));
    const target = new Float64Array(90);
    decodeColumn(bytes, target.subarray(10, 40));
    expect(target.subarray(10, 40)).toEqual(whole.subarray(30, 60));
    expect([target[9], target[40]]).toEqual([0, 0]);
  });

  it('makes prices small and gives the same bytes for the same values', () => {
    const next = random(3);
    let price = 2400;
    const prices = Float64Array.from(
      { length: 16_384 },
      () => (price += Math.round((next() - 0.5) * 10) / 2),
    );
    const bytes = roundTrip(prices);
    expect(bytes.length).toBeLessThan(prices.byteLength / 8);
    expect(encodeColumn(prices.slice())).toEqual(bytes);
  });

  it('refuses bytes that do not fit the number of values', () => {
    const bytes = encodeColumn(Float64Array.of(1, 2, 3));
    expect(() => decodeColumn(bytes, new Float64Array(4))).toThrow(RangeError);
    expect(() => decodeColumn(bytes.subarray(0, 5), new Float64Array(3))).toThrow(RangeError);
    const raw = encodeColumn(Float64Array.of(1 / 3, 2, 3));
    expect(() => decodeColumn(raw, new Float64Array(4))).toThrow(RangeError);
    expect(() => decodeColumn(Uint8Array.of(9, ...bytes.subarray(1)), new Float64Array(3))).toThrow(
      RangeError,
    );
  });

  it('notices bytes that are cut short or too many at every place', () => {
    const next = random(8);
    const values = Float64Array.from({ length: 300 }, () => Math.floor(next() * 1e6) / 100);
    const bytes = encodeColumn(values);
    for (let length = 0; length < bytes.length - 3; length++) {
      expect(() => decodeColumn(bytes.subarray(0, length), new Float64Array(300)), `${length}`).toThrow();
    }
    expect(() => decodeColumn(Uint8Array.of(...bytes, 0, 0, 0, 0), new Float64Array(300))).toThrow(
      RangeError,
    );
  });
});
