import {
  closeSync,
  createReadStream,
  createWriteStream,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';
import { createApp } from '../../electron/services/create-app.ts';
import { libraryFile } from '../../electron/store/database.ts';
import { seededRandom } from '../../shared/backtest/random.ts';
import { type Benchmark, type Fact, time } from './measure.ts';
import { plainCountLines } from './plain-loops.ts';

const resourcesPath = fileURLToPath(new URL('../../resources', import.meta.url));
const MEDIUM = 1_000_000;
const LARGE = 10_000_000;
const RUNS = 5;
const MINUTE = 60_000;
const LINES_PER_WRITE = 20_000;

/**
 * Importing files of minute bars into an empty library, from the call to the commit: the threads run already, as in an
 * application that is open. The large file is made when it is first asked for.
 */
export function importBenchmarks(folder: string): { benchmarks: Benchmark[]; facts: () => Fact[] } {
  const csv = join(folder, 'medium.csv');
  const gzip = join(folder, 'medium.csv.gz');
  const large = join(folder, 'large.csv');
  const facts: Fact[] = [];
  const made = new Map<string, Promise<void>>();
  const once = (path: string, make: () => Promise<void>) => {
    if (!made.has(path)) made.set(path, make());
    return made.get(path)!;
  };
  const makeCsv = () => once(csv, async () => writeBars(csv, MEDIUM));
  const benchmark = (
    name: string,
    path: string,
    amount: number,
    runs: number,
    make: () => Promise<void>,
  ): Benchmark => ({
    name,
    unit: 'rows/s',
    against: 'counting lines in the bytes of a million rows',
    amount,
    runs,
    work: async () => {
      await makeCsv();
      await make();
      const { milliseconds, peakBytes, fileBytes } = await importInto(path);
      if (path === large)
        facts.splice(0, facts.length, ...memoryFacts(peakBytes, fileBytes, statSync(large).size));
      return { milliseconds };
    },
    plain: () => {
      const bytes = readFileSync(csv);
      return (time(() => plainCountLines(bytes)) * amount) / MEDIUM;
    },
  });
  return {
    benchmarks: [
      benchmark('import.csv', csv, MEDIUM, RUNS, makeCsv),
      benchmark('import.gzip', gzip, MEDIUM, RUNS, () =>
        once(gzip, () => pipeline(createReadStream(csv), createGzip(), createWriteStream(gzip))),
      ),
      benchmark('import.large', large, LARGE, 1, () => once(large, async () => writeBars(large, LARGE))),
    ],
    facts: () => facts,
  };
}

/** Bars of one ticker around the clock in the schema of Hindsight, the same at every call. */
function writeBars(path: string, rows: number): void {
  const random = seededRandom(1);
  const file = openSync(path, 'w');
  writeSync(file, 'bucket,ticker,trades,open,high,low,close,volume,vwap,twap\n');
  let price = 24_010;
  for (let from = 0; from < rows; from += LINES_PER_WRITE) {
    let text = '';
    for (let row = from; row < Math.min(rows, from + LINES_PER_WRITE); row++) {
      const bucket = new Date(Date.UTC(2005, 0, 1) + row * MINUTE).toISOString();
      const open = price;
      const close = Math.max(100, open + Math.floor(random() * 21) - 10);
      const high = Math.max(open, close) + Math.floor(random() * 5);
      const low = Math.min(open, close) - Math.floor(random() * 5);
      price = close;
      const [o, h, l, c] = [open, high, low, close].map((cents) => (cents / 100).toFixed(2));
      text += `${bucket.slice(0, 10)} ${bucket.slice(11, 19)},LARGE,,${o},${h},${l},${c},${Math.floor(random() * 90_000)},,\n`;
    }
    writeSync(file, text);
  }
  closeSync(file);
}

async function importInto(path: string) {
  const libraryPath = await mkdtemp(join(tmpdir(), 'hindsight-bench-'));
  const app = await createApp({ libraryPath, resourcesPath, face: 'terminal' });
  const first = join(libraryPath, 'first.csv');
  writeBars(first, 1_000);
  await app.imports.importFile({ path: first });
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 5);
  try {
    const { milliseconds } = await app.imports.importFile({ path }, { ticker: null, conflicts: 'replace' });
    app.close();
    return { milliseconds, peakBytes: peak - before, fileBytes: statSync(libraryFile(libraryPath)).size };
  } finally {
    clearInterval(watch);
    app.close();
    await rm(libraryPath, { recursive: true, force: true });
  }
}

function memoryFacts(peakBytes: number, fileBytes: number, csvBytes: number): Fact[] {
  const share = fileBytes / csvBytes;
  return [
    {
      name: 'import.peak',
      value: peakBytes,
      text: `${(peakBytes / 1e6).toFixed(0)} MB above before, importing ten million rows`,
    },
    {
      name: 'import.share',
      value: share,
      text: `${(share * 100).toFixed(1)} % of the plain CSV is the library's file`,
    },
  ];
}
