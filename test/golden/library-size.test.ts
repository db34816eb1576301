import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { libraryFile } from '../../electron/store/database.ts';
import { loadSeries } from '../../electron/workers/load-series.ts';
import { TemporaryLibrary } from '../electron/store/temporary-library.ts';
import { hasRealData, REAL_DATA, realText } from './real-bars.ts';

const FILE = 'crypto-minute/seed-schema/BTCUSD-2014-2016.minutebars.csv.gz';

test.skipIf(!hasRealData('the size of a library of real bars'))(
  'three years of real minutes take less than a quarter of their CSV',
  { timeout: 120_000 },
  async () => {
    const library = new TemporaryLibrary();
    try {
      const prepared = await library.prepareFile(join(REAL_DATA, FILE));
      library.imports.commit(prepared, 1);
      library.writer.pragma('wal_checkpoint(TRUNCATE)');
      const [series] = library.series.list();
      expect(series!.bars).toBe(943_727);
      const bytes = statSync(libraryFile(library.path)).size;
      const csv = realText(FILE).length;
      const start = performance.now();
      loadSeries(library.series, series!.id, ['time', 'open', 'high', 'low', 'close', 'volume']);
      console.log(
        `${bytes} bytes, ${((100 * bytes) / csv).toFixed(1)} % of the CSV; decoded in ${(performance.now() - start).toFixed(0)} ms`,
      );
      expect(bytes).toBeLessThan(csv / 4);
    } finally {
      library.close();
    }
  },
);
