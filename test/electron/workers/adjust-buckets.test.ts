import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChunkReader } from '../../../electron/workers/chunk-reader.ts';
import { decodeBars } from '../../../electron/workers/health-tasks.ts';
import { IndicatorCache } from '../../../electron/workers/indicator-cache.ts';
import { viewport } from '../../../electron/workers/viewport.ts';
import {
  type ViewportMeta,
  type ViewportQuery,
  ViewportQuerySchema,
} from '../../../shared/contract/schemas.ts';
import { unpackFrame } from '../../../shared/contract/wire.ts';
import { adjustBars, type PriceView } from '../../../shared/market/adjust-bars.ts';
import type { CorporateAction } from '../../../shared/market/corporate-actions.ts';
import { barLines, csvOf, range, TemporaryLibrary } from '../store/temporary-library.ts';

const FIRST = Date.UTC(2024, 6, 1, 7);
const at = (minute: number) => FIRST + minute * 60_000;
const ACTIONS: CorporateAction[] = [
  { kind: 'split', time: at(7_333), ratio: 3 },
  { kind: 'dividend', time: at(20_001), amount: 40 },
  { kind: 'dividend', time: at(20_050), amount: 15 },
  { kind: 'split', time: at(33_000), ratio: 0.5 },
  { kind: 'split', time: at(90_000), ratio: 2 },
];

let library: TemporaryLibrary;
let seriesId: string;
beforeAll(async () => {
  library = new TemporaryLibrary();
  await library.import(csvOf(barLines(range(0, 40_000))));
  seriesId = library.series.list()[0]!.id;
});
afterAll(() => library.close());

function shown(query: Partial<ViewportQuery>, actions = ACTIONS) {
  const parsed = ViewportQuerySchema.parse({ seriesId, fromBar: 0, toBar: 40_000, ...query });
  const reader = new ChunkReader(library.series);
  const bytes = viewport(reader, { handle: null, query: parsed, actions }, new IndicatorCache());
  return unpackFrame<ViewportMeta>(bytes.buffer);
}

describe.each(['raw', 'split', 'total-return'] as const)('%s', (view: PriceView) => {
  test.each([
    [0, 40_000, 10],
    [0, 40_000, 300],
    [7_000, 8_000, 4_000],
    [19_990, 20_100, 50],
    [15_000, 35_000, 1_000],
  ])('bars %d to %d in %d buckets are those of adjusted bars', (fromBar, toBar, maxBuckets) => {
    const bars = adjustBars(decodeBars(library.series, seriesId), ACTIONS, view);
    const { meta, columns } = shown({ fromBar, toBar, maxBuckets, view });
    const starts = columns.bar!;
    expect(starts.length).toBeLessThanOrEqual(maxBuckets);
    for (let bucket = 0; bucket < starts.length; bucket++) {
      const from = starts[bucket]!;
      const to = starts[bucket + 1] ?? meta.toBar;
      expect(columns.open![bucket]).toBe(bars.open[from]);
      expect(columns.close![bucket]).toBe(bars.close[to - 1]);
      expect(columns.high![bucket]).toBe(Math.max(...bars.high.subarray(from, to)));
      expect(columns.low![bucket]).toBe(Math.min(...bars.low.subarray(from, to)));
      const volume = bars.volume!.subarray(from, to).reduce((sum, value) => sum + value, 0);
      expect(columns.volume![bucket]! / volume).toBeCloseTo(1, 9);
    }
  });
});

test('without actions every view is the stored bars', () => {
  expect(shown({ view: 'total-return' }, []).columns.close).toEqual(shown({ view: 'raw' }).columns.close);
});
