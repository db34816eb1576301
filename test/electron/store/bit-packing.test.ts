import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packBits, unpackBits } from '../../../electron/store/bit-packing.ts';

it('gives back codes of every width, one block behind the other', () => {
  const blocks = fc.array(
    fc.integer({ min: 0, max: 32 }).chain((width) =>
      fc.record({
        width: fc.constant(width),
        codes: fc.array(fc.integer({ min: 0, max: 2 ** width - 1 }), { minLength: 1, maxLength: 128 }),
      }),
    ),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(blocks, (given) => {
      const words = new Uint32Array(1_000);
      let end = 0;
      for (const { width, codes } of given) {
        const next = packBits(Uint32Array.from(codes), codes.length, width, words, end);
        expect(next - end).toBe(Math.ceil((width * codes.length) / 32));
        end = next;
      }
      let at = 0;
      for (const { width, codes } of given) {
        const found = new Uint32Array(128).fill(0xdeadbeef);
        at = unpackBits(words, at, width, codes.length, found);
        expect([...found.subarray(0, codes.length)]).toEqual(codes);
      }
      expect(at).toBe(end);
    }),
    { numRuns: 500 },
  );
});
