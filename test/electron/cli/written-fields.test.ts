import { describe, expect, test } from 'vitest';
import { withTextRead } from '../../../electron/cli/written-fields.ts';
import { RunSpecSchema } from '../../../shared/contract/schemas.ts';

const read = (fields: object) => RunSpecSchema.parse(withTextRead({ strategy: 's', ...fields }));
const data = [{ ticker: 'A' }];

describe('a run file as people write it', () => {
  test('costs and terms as on the command line', () => {
    expect(
      read({
        data,
        commission: '0.1%,min=1',
        slippage: '2ticks',
        margin: '1500x10',
        sizer: 'risk:1',
        interest: '3%',
        borrowFee: '2.5%',
        riskFreeRate: '2%',
        volumeLimit: '10%',
      }),
    ).toMatchObject({
      commission: { kind: 'percent', rate: 0.001, minimum: 1 },
      slippage: { kind: 'ticks', ticks: 2 },
      margin: { kind: 'amount', amount: 1500 },
      multiplier: 10,
      sizer: { kind: 'risk', percent: 1 },
      interest: { rate: 0.03, onLong: false },
      borrowFee: 0.025,
      riskFreeRate: 0.02,
      volumeLimit: { kind: 'bar-percent', percent: 10, shared: true },
    });
  });
  test('those of an instrument, too', () => {
    const own = [{ ticker: 'A', commission: '5/trade', borrowFee: '3%' }, { ticker: 'B' }];
    expect(read({ data: own }).data).toMatchObject([
      { ticker: 'A', commission: { kind: 'per-trade', amount: 5 }, borrowFee: 0.03 },
      { ticker: 'B' },
    ]);
  });
  test('objects and numbers stay as they are', () => {
    const fields = { interest: { rate: 0.01, onLong: true }, borrowFee: 0.02, riskFreeRate: 0.01 };
    expect(read({ data, ...fields })).toMatchObject(fields);
  });
  test('text that means nothing is refused', () => {
    expect(() => read({ data, commission: 'a lot' })).toThrow('--commission takes');
    expect(() => read({ data: [{ ticker: 'A', margin: 'x' }] })).toThrow('--margin takes');
  });
  test('what is no object is left to the schema', () => {
    expect(withTextRead(null)).toBeNull();
    expect(() => RunSpecSchema.parse(withTextRead([]))).toThrow();
  });
});
