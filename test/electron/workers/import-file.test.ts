import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { barLines, csvOf, range, TemporaryLibrary } from '../store/temporary-library.ts';

let library: TemporaryLibrary;
beforeEach(() => {
  library = new TemporaryLibrary();
});
afterEach(() => library.close());

const failing = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });
const nothingStored = () => library.writer.prepare('SELECT count(*) FROM import').pluck().get() === 0;

it('drops the empty minutes of a dense grid and lists every one of them', async () => {
  const lines = range(0, 5_000).map((minute) => {
    const line = barLines([minute])[0]!;
    return minute % 5 === 0 ? line : `${line.slice(0, 25)},0,0,0,0,0,0,0,0`;
  });
  const report = await library.import(csvOf(lines));
  expect(report).toMatchObject({ linesRead: 5_000, accepted: 1_000, rejected: 4_000, stored: 1_000 });
  expect(report.rejects).toMatchObject([{ reason: 'empty-minute', count: 4_000 }]);
  expect(report.series[0]).toMatchObject({ every: '5m' });
  const list = new TextDecoder().decode(library.imports.rejectList(report.importId));
  expect(list.trimEnd().split('\n')).toHaveLength(4_001);
  await expect(library.prepare(csvOf(lines), { zeroBars: 'reject-file' })).rejects.toEqual(
    failing('file-format', /empty minute/),
  );
});

it('reads gzip whatever the name, in one and in several members', async () => {
  const half = (from: number) => csvOf(barLines(range(from, from + 500)));
  const whole = Buffer.concat([gzipSync(half(0)), gzipSync(barLines(range(500, 1_000)).join('\n'))]);
  expect(await library.import(whole)).toMatchObject({ linesRead: 1_000, stored: 1_000 });
});

it('reads UTF-16 with either byte order', async () => {
  const little = Buffer.from(`\uFEFF${csvOf(barLines(range(0, 50)))}`, 'utf16le');
  const big = Buffer.from(`\uFEFF${csvOf(barLines(range(50, 90)))}`, 'utf16le').swap16();
  expect(await library.import(little)).toMatchObject({ stored: 50, rejected: 0 });
  expect(await library.import(big)).toMatchObject({ stored: 40, rejected: 0 });
});

it('takes the interval from the bars, or from the options', async () => {
  const five = barLines(range(0, 100).map((index) => index * 5));
  expect((await library.prepare(csvOf(five))).report.series[0]!.every).toBe('5m');
  expect((await library.prepare(csvOf(five), { every: '1h' })).report).toMatchObject({
    series: [{ every: '1h' }],
    warnings: [expect.stringMatching(/closer-than-interval: 99 bars of AAL.L/)],
  });
  expect((await library.prepare(csvOf(five.slice(0, 1)))).report.series[0]!.every).toBe('1m');
  await expect(library.prepare(csvOf(five), { every: '0m' })).rejects.toEqual(failing('bad-request', /0m/));
  const ticks = barLines([1]).flatMap((line) =>
    ['.100', '.250', '.400'].map((part) => line.replace(':00,', `:00${part},`)),
  );
  await expect(library.prepare(csvOf(ticks))).rejects.toEqual(failing('file-format', /AAL.L.*ticks/));
});

describe('a file that fails as a whole stores nothing', () => {
  it('cut or damaged gzip', async () => {
    const whole = gzipSync(csvOf(barLines(range(0, 20_000))));
    for (const share of [0.1, 0.5, 0.999]) {
      const cut = whole.subarray(0, Math.floor(whole.length * share));
      await expect(library.import(cut)).rejects.toEqual(failing('file-unreadable', /cut short/));
    }
    const flipped = Buffer.from(whole);
    flipped[whole.length >> 1] = flipped[whole.length >> 1]! ^ 0xff;
    await expect(library.import(flipped)).rejects.toEqual(failing('file-unreadable', /damaged/));
    expect(nothingStored()).toBe(true);
  });

  it('a missing file, a folder, an archive', async () => {
    await expect(library.prepareFile(join(library.path, 'none.csv'))).rejects.toEqual(
      failing('file-unreadable', /no such file/),
    );
    mkdirSync(join(library.path, 'folder.csv'));
    await expect(library.prepareFile(join(library.path, 'folder.csv'))).rejects.toEqual(
      failing('file-unreadable', /cannot be read/),
    );
    const zip = join(library.path, 'x.csv');
    writeFileSync(zip, Buffer.from('504b0304', 'hex'));
    await expect(library.prepareFile(zip)).rejects.toEqual(
      failing('file-unreadable', /zip archive is damaged/),
    );
  });

  it('a file without one good line, naming the first', async () => {
    const lines = barLines(range(0, 10)).map((line) => line.replace('2024-07-01', '2024.31.07'));
    await expect(library.import(csvOf(lines))).rejects.toMatchObject({
      code: 'file-format',
      message: expect.stringContaining('None of the 10 lines'),
      detail: { line: 2, field: 'time', hint: expect.stringContaining('2024.31.07') },
    });
    expect(nothingStored()).toBe(true);
  });

  it('the first bad line, where asked; also a repeated bar and a conflict with the library', async () => {
    const good = barLines(range(0, 10));
    const bad = [...good, '2024-07-01 08:00:00,AAL.L,1,5,4,6,5,1,,'];
    await expect(library.import(csvOf(bad), { onError: 'fail' })).rejects.toMatchObject({
      code: 'file-format',
      detail: { line: 12 },
    });
    await expect(library.import(csvOf([...good, good[0]!]), { onError: 'fail' })).rejects.toMatchObject({
      detail: { line: 12 },
    });
    expect(nothingStored()).toBe(true);
    await library.import(csvOf(good), { onError: 'fail' });
    const other = good[4]!.replace(/,(\d+),([\d.]+),$/, ',77,$2,');
    await expect(library.import(csvOf([other]), { onError: 'fail', every: '1m' })).rejects.toMatchObject({
      detail: { line: 2 },
      message: expect.stringContaining('the library holds other values'),
    });
  });
});

it('keeps the first of several bars with one time, however far apart their lines are', async () => {
  const lines = barLines(range(0, 300));
  const changed = lines[7]!.replace(/,(\d+),([\d.]+),$/, ',424242,$2,');
  const report = await library.import(csvOf([...lines, lines[5]!, changed]));
  expect(report).toMatchObject({ linesRead: 302, accepted: 300, rejected: 2 });
  expect(report.rejects.map(({ reason, examples }) => [reason, examples[0]!.line])).toEqual([
    ['duplicate-conflict', 303],
    ['duplicate-identical', 302],
  ]);
  expect(report.warnings).toEqual(['out-of-order: lines of AAL.L were sorted by time']);
  const list = gunzipSync((await library.prepare(csvOf([...lines, changed]))).rejectList).toString();
  expect(list).toContain(`302,,duplicate-conflict,${changed}\n`);
});
