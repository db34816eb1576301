import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../../../shared/backtest/random.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { TemporaryLibrary } from '../store/temporary-library.ts';

// Files of every kind, damaged at random. HINDSIGHT_FUZZ sets how many; the long run is 10,000.
const COUNT = Number(process.env.HINDSIGHT_FUZZ ?? 400);
const SEED = Number(process.env.HINDSIGHT_SEED ?? 20_241_125);
const FOLDER = fileURLToPath(new URL('../../golden/data/bad-input', import.meta.url));

/** Small files of layouts that the golden set does not have. */
const OTHERS: readonly string[] = [
  '1704067200000,42283.58,42298.62,42261.02,42298.61,35.92,1704067259999,1518848.1,1271,18.1,766061.1,0\n1704067260000,42298.62,42320,42298.61,42320,21.16,1704067319999,895473.2,1348,12,510000,0\n',
  '20120201 000000;1.306600;1.306600;1.306560;1.306560;0\n20120201 000100;1.306570;1.306570;1.306470;1.306560;0\n',
  '2012.02.01,00:00,1.30660,1.30660,1.30656,1.30656,0\n2012.02.01,00:01,1.30657,1.30657,1.30647,1.30656,0\n',
  '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n2024.01.02\t01:00:00\t1.1\t1.2\t1.0\t1.15\t10\t0\t3\n2024.01.02\t01:01:00\t1.15\t1.2\t1.1\t1.12\t10\t0\t3\n',
  '{"t":"2024-07-01T13:30:00Z","o":10,"h":11,"l":9,"c":10.5,"v":100,"n":3,"vw":10.2,"S":"AAPL"}\n{"t":"2024-07-01T13:31:00Z","o":10,"h":11,"l":9,"c":10.5,"v":100,"n":3,"vw":10.2,"S":"AAPL"}\n',
  '{"bars":{"AAPL":[{"t":"2024-07-01T13:30:00Z","o":10,"h":11,"l":9,"c":10.5,"v":100,"n":3,"vw":10.2}]},"next_page_token":null}',
  'Date,Open,High,Low,Close,Adj Close,Volume\n2024-01-02,10,11,9,10.5,10.4,100\n2024-01-03,null,null,null,null,null,null\n2024-01-04,10,11,9,10.5,10.4,100\n',
  '34200000,1000000,1010000,990000,1005000,100\n34260000,1005000,1010000,1000000,1005000,50\n',
];

let library: TemporaryLibrary;
beforeAll(() => {
  library = new TemporaryLibrary();
});
afterAll(() => library.close());

it(`${COUNT} damaged files end in bars or a reason, and their lines add up (seed ${SEED})`, {
  timeout: 30_000 + COUNT * 60,
}, async () => {
  const random = seededRandom(SEED);
  const below = (limit: number) => Math.floor(random() * limit);
  const originals: Uint8Array[] = [
    ...readdirSync(FOLDER)
      .filter((name) => /\.(csv|gz|parquet)$/.test(name))
      .map((name) => new Uint8Array(readFileSync(join(FOLDER, name)))),
    ...OTHERS.map((text) => new TextEncoder().encode(text)),
  ].filter(({ length }) => length > 0);
  const outcomes = { bars: 0, refused: 0 };
  for (let number = 0; number < COUNT; number++) {
    const original = originals[below(originals.length)]!;
    let bytes = damaged(original, below);
    if (below(8) === 0) bytes = new Uint8Array(gzipSync(bytes));
    const path = join(library.path, `fuzz-${number % 4 === 0 ? 'AAPL' : number}.csv`);
    writeFileSync(path, bytes);
    try {
      const { report } = await library.prepareFile(path, {
        tickerFromName: true,
        plan: below(2) === 0 ? { zone: 'UTC', stamp: 'start', ticker: 'FUZZ' } : {},
      });
      expect(report.accepted + report.rejected, `file ${number}`).toBe(report.linesRead);
      expect(report.stored + report.unchanged + report.replaced, `file ${number}`).toBe(report.accepted);
      outcomes.bars++;
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw new Error(`file ${number} of seed ${SEED}`, { cause: thrown });
      expect(['internal'], `file ${number}: ${thrown.message}`).not.toContain(thrown.code);
      outcomes.refused++;
    }
  }
  console.info(
    `${COUNT} damaged files: ${outcomes.bars} gave bars, ${outcomes.refused} were refused with a reason`,
  );
  expect(outcomes.bars).toBeGreaterThan(COUNT / 20);
  expect(outcomes.refused).toBeGreaterThan(COUNT / 20);
});

/** Bytes flipped, cut, doubled, moved or replaced by what breaks parsers. */
function damaged(original: Uint8Array, below: (limit: number) => number): Uint8Array {
  const nasty = [
    '"',
    '\n',
    '\r',
    ',',
    ';',
    '\0',
    '-',
    '1e999',
    'NaN',
    '9'.repeat(40),
    '\uFEFF',
    '{',
    ']',
    '\u{1F4C8}',
  ];
  let bytes = Buffer.from(original);
  for (let round = 1 + below(4); round > 0; round--) {
    const at = below(bytes.length + 1);
    const length = 1 + below(12);
    const text = Buffer.from(nasty[below(nasty.length)]!);
    switch (below(6)) {
      case 0:
        if (at < bytes.length) bytes[at] = below(256);
        break;
      case 1:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
        break;
      case 2:
        bytes = bytes.subarray(0, Math.max(1, at));
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), text, bytes.subarray(at)]);
        break;
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - 60))]);
        break;
      default:
        bytes = Buffer.concat([bytes.subarray(0, at), text, bytes.subarray(at + text.length)]);
    }
  }
  return bytes;
}
