import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../../../shared/backtest/random.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { VENDOR_FILES } from '../../shared/import/detect/vendor-files.ts';
import { TemporaryLibrary } from '../store/temporary-library.ts';

// Files of every kind, damaged at random. HINDSIGHT_FUZZ sets how many; the long run is 10,000.
const COUNT = Number(process.env.HINDSIGHT_FUZZ ?? 400);
const SEED = Number(process.env.HINDSIGHT_SEED ?? 20_241_125);
const FOLDER = fileURLToPath(new URL('../../golden/data/bad-input', import.meta.url));

/** Lines of vendors' files that are enough to see how they are written. */
const FEW_LINES = 40;

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
    ...VENDOR_FILES.map(({ text }) => new TextEncoder().encode(shortened(text.text))),
  ].filter(({ length }) => length > 0);
  const outcomes = { bars: 0, refused: 0 };
  for (let number = 0; number < COUNT; number++) {
    const original = originals[below(originals.length)]!;
    let bytes = damaged(original, below);
    const isPlain = original[0] !== 0x1f && original[0] !== 0xff && below(8) > 0;
    if (!isPlain) bytes = new Uint8Array(gzipSync(bytes));
    const path = join(library.path, `fuzz-${number % 4 === 0 ? 'AAPL' : number}.csv`);
    writeFileSync(path, bytes);
    try {
      const { report, plan } = await library.prepareFile(path, {
        tickerFromName: true,
        plan: below(2) === 0 ? { zone: 'UTC', stamp: 'start', ticker: 'FUZZ' } : {},
      });
      expect(report.accepted + report.rejected, `file ${number}`).toBe(report.linesRead);
      expect(report.stored + report.unchanged + report.replaced, `file ${number}`).toBe(report.accepted);
      expect(
        report.series.reduce((sum, { bars }) => sum + bars, 0),
        `file ${number}`,
      ).toBe(report.accepted);
      if (plan?.format === 'csv' && isPlain) {
        expect(report.linesRead, `file ${number}`).toBe(
          filledLines(bytes).slice(plan.skip).filter(Boolean).length,
        );
      }
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

/** A file of many lines, cut to its first ones; JSON stays whole. */
function shortened(text: string): string {
  const lines = text.split('\n');
  return lines.length < 10 ? text : `${lines.slice(0, FEW_LINES).join('\n')}\n`;
}

/** For each line whether anything stands in it, counted by the simplest of means. */
function filledLines(bytes: Uint8Array): boolean[] {
  return Buffer.from(bytes)
    .toString('latin1')
    .split('\n')
    .map((line) => /[^ \r]/.test(line));
}

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
