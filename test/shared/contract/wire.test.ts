import { expect, test } from 'vitest';
import { packFrame, unpackFrame } from '../../../shared/contract/wire.ts';

test('columns of every type come back bit for bit, as views on the buffer', () => {
  const columns = {
    time: Float64Array.of(1, -0, Number.NaN, Infinity, 5e-324),
    bar: Int32Array.of(-1, 2, 2_147_483_647),
    flag: Uint8Array.of(1, 0, 255),
    empty: new Float64Array(0),
  };
  const packed = packFrame({ meta: { name: 'Zürich £', n: 3 }, columns });
  const { meta, columns: back } = unpackFrame<{ name: string; n: number }>(packed.buffer);
  expect(meta).toEqual({ name: 'Zürich £', n: 3 });
  for (const [name, column] of Object.entries(columns)) {
    expect(back[name]).toEqual(column);
    expect(back[name]!.buffer).toBe(packed.buffer);
    expect(back[name]!.byteOffset % 8).toBe(0);
  }
  expect(Object.is(back.time![1], -0)).toBe(true);
});

test('a frame cut anywhere is refused', () => {
  const { buffer } = packFrame({ meta: null, columns: { a: Float64Array.of(1, 2, 3) } });
  for (let length = 0; length < buffer.byteLength; length++) {
    expect(() => unpackFrame(buffer.slice(0, length)), `cut at ${length}`).toThrow();
  }
});
