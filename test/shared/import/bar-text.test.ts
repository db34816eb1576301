import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { guessed, planOf, readPlanned, readText } from './read-text.ts';

const HEADING = 'bucket,ticker,trades,open,high,low,close,volume,vwap,twap';
const GOOD = '2024-07-01 07:00:00,AAL.L,21,2401.0,2402.5,2399.5,2400.0,7228,2400.166667,2400.25';
const file = (...lines: string[]) => [HEADING, ...lines, ''].join('\n');
const codes = (text: string, options = {}) =>
  readText(text, options).rejects.map(({ line, reason }) => `${line} ${reason}`);

function failure(work: () => unknown): AppError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

describe('accepted lines', () => {
  it('fill every column', () => {
    const { bars, rejects, linesRead } = readText(file(GOOD));
    const { time, open, high, low, close, volume, trades, vwap, twap } = bars['AAL.L']!;
    expect([time, open, high, low, close, volume, trades, vwap, twap].map((column) => column![0])).toEqual([
      Date.UTC(2024, 6, 1, 7),
      2401,
      2402.5,
      2399.5,
      2400,
      7228,
      21,
      2400.166667,
      2400.25,
    ]);
    expect(rejects).toEqual([]);
    expect(linesRead).toBe(1);
  });

  it('come out the same in any column order, line end and piece size', () => {
    const names = HEADING.split(',');
    const fields = GOOD.split(',');
    const expected = readText(file(GOOD)).bars;
    for (let turn = 0; turn < names.length; turn++) {
      const rotate = (list: string[]) => [...list.slice(turn), ...list.slice(0, turn)].join(',');
      expect(readText(`${rotate(names)}\n${rotate(fields)}`).bars).toEqual(expected);
    }
    expect(readText(`\uFEFF${HEADING}\r\n${GOOD}\r\n\r\n`).bars).toEqual(expected);
    expect(readText(`${HEADING}\n"${fields.join('","')}"\n  \n`).bars).toEqual(expected);
    expect(readText(`${HEADING.toUpperCase()}\n${fields.join(' , ')}`).bars).toEqual(expected);
    expect(readText(`${names.join('\t')}\n${fields.join('\t')}\n`).bars).toEqual(expected);
    expect(
      readText(`${names.join(';')}\n${fields.join(';').replaceAll('.', ',').replace('AAL,L', 'AAL.L')}`).bars,
    ).toEqual(expected);
    for (const piece of [1, 2, 3, 7, 64]) expect(readText(file(GOOD), {}, piece).bars).toEqual(expected);
  });

  it('are told apart by ticker, however the tickers alternate', () => {
    const lines = Array.from({ length: 60 }, (_, index) =>
      GOOD.replace('07:00', `07:${String(index).padStart(2, '0')}`).replace(
        'AAL.L',
        ['AAL.L', 'AAL.X', 'B'][index % 3]!,
      ),
    );
    const { bars } = readText(file(...lines));
    expect(Object.entries(bars).map(([ticker, { length }]) => [ticker, length])).toEqual([
      ['AAL.L', 20],
      ['AAL.X', 20],
      ['B', 20],
    ]);
    expect((bars['AAL.X']!.time[1]! - bars['AAL.L']!.time[1]!) / 60_000).toBe(1);
  });

  it('may lack volume, trades, vwap and twap, as columns or as values', () => {
    const { bars } = readText('bucket,ticker,open,high,low,close\n2024-07-01,X,1,1,1,1\n');
    expect(bars.X).toMatchObject({ length: 1, volume: null, trades: null, vwap: null, twap: null });
    const blank = readText(file('2024-07-01,X,,1,1,1,1,,NaN,null'));
    expect(blank.rejects).toEqual([]);
    expect(blank.bars.X).toMatchObject({ length: 1, volume: null, trades: null, vwap: null, twap: null });
    const some = readText(file('2024-07-01,X,,1,1,1,1,,,', '2024-07-02,X,,1,1,1,1,7,,'));
    expect([...some.bars.X!.volume!]).toEqual([NaN, 7]);
  });

  it('take their ticker from the options and their names from the mapping', () => {
    const { bars } = readText('Time,Open,High,Low,Last\n2024-07-01,1,1,1,1\n', {
      given: { ticker: 'X' },
      map: { Time: 'bucket', Last: 'close' },
    });
    expect(bars.X!.length).toBe(1);
  });

  it('may end in one empty field', () => {
    expect(readText(`${HEADING},\n${GOOD},\n`).accepted).toBe(1);
    expect(readText(`${HEADING}\n${GOOD},\n`).accepted).toBe(1);
  });
});

describe('rejected lines', () => {
  const bar = (open: string, high: string, low: string, close: string, volume = '5', trades = '1') =>
    `2024-07-01 07:00:00,X,${trades},${open},${high},${low},${close},${volume},,`;

  it.each([
    ['high-below-low', bar('5', '4', '6', '5')],
    ['high-below-open-or-close', bar('7', '6', '4', '5')],
    ['low-above-open-or-close', bar('4', '7', '5', '6')],
    ['price-not-positive', bar('5', '6', '-1', '5')],
    ['price-not-positive', bar('0', '0', '0', '0')],
    ['volume-negative', bar('5', '6', '4', '5', '-1')],
    ['trades-negative', bar('5', '6', '4', '5', '5', '-1')],
    ['not-a-number: close', bar('5', '6', '4', 'NaN')],
    ['not-a-number: high', bar('5', '1e999', '4', '5')],
    ['not-a-number: volume', bar('5', '6', '4', '5', 'nan')],
    ['not-a-number: trades', bar('5', '6', '4', '5', '5', 'many')],
    ['missing: open', bar('', '6', '4', '5')],
    ['empty-minute', bar('0', '0', '0', '0', '0')],
    ['empty-minute', bar('', '', '', '', '')],
    ['empty-minute', bar('', '', '', '', '0', '0')],
    ['missing: time', ',X,1,5,6,4,5,5,,'],
    ['bad-time', '01.07.2024 07:00,X,1,5,6,4,5,5,,'],
    ['bad-ticker', '2024-07-01,=1+1,1,5,6,4,5,5,,'],
    ['bad-ticker', '2024-07-01,,1,5,6,4,5,5,,'],
    ['wrong-field-count', '2024-07-01,X,1,5,6,4,5,5'],
    ['wrong-field-count', '2024-07-01,X,1,5,6,4,5,5,,,7'],
    ['bad-quotes', '2024-07-01,"X,1,5,6,4,5,5,,'],
    ['bad-quotes', '2024-07-01,"X"Y,1,5,6,4,5,5,,'],
  ])('%s', (reason, line) => {
    expect(codes(file(GOOD, line, GOOD))).toEqual([`3 ${reason}`]);
  });

  it('say where and what: the field, or the line where no one field is at fault', () => {
    const { rejects } = readText(
      file(bar('5', '6', '4', 'abc'), bar('', '6', '4', '5'), bar('5', '4', '6', '5')),
    );
    expect(rejects.map(({ line, column, text }) => [line, column, text])).toEqual([
      [2, 'close', 'abc'],
      [3, 'open', bar('', '6', '4', '5')],
      [4, null, bar('5', '4', '6', '5')],
    ]);
  });

  it('count blank lines as lines of the file, not as lines read', () => {
    const { linesRead, rejects } = readText(`\n${HEADING}\n\n${GOOD}\n\n${bar('5', '6', '4', 'x')}\n\n`);
    expect(linesRead).toBe(2);
    expect(rejects[0]!.line).toBe(6);
  });

  it('never lose a line: accepted + rejected = lines read, over mutated files', () => {
    let seed = 11;
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    const base = new TextEncoder().encode(file(...Array.from({ length: 20 }, () => GOOD)));
    const { plan } = planOf(base);
    const start = HEADING.length + 1;
    for (let round = 0; round < 3_000; round++) {
      const bytes = base.slice();
      for (let change = random(12); change >= 0; change--)
        bytes[start + random(bytes.length - start)] = random(256);
      const lines = new TextDecoder('latin1').decode(bytes.subarray(start)).split('\n');
      const filled = lines.filter((line) => /[^ \r]/.test(line)).length;
      const { linesRead, accepted, rejects } = readPlanned(bytes, plan, { piece: 1 + random(400) });
      expect([linesRead, accepted + rejects.length]).toEqual([filled, filled]);
    }
  });
});

describe('refused files', () => {
  it.each([
    ['empty', '', /empty/],
    ['blank', '\n \n\r\n', /empty/],
    ['HTML', ' <!DOCTYPE html><html>', /HTML/],
    ['an error in JSON', '{"error":"rate limit reached"}', /message in place of bars: rate limit reached/],
    ['JSON without rows', '{"answer":42}', /JSON holds no rows/],
    ['binary', 'PNG\u0000\u0001\u0002', /binary/],
    [
      'a missing column',
      'bucket,ticker,open,high,low\n2024-07-01,X,1,1,1',
      /no column "close"; found: bucket, ticker/,
    ],
    ['a repeated column', `${HEADING},Close\n${GOOD},1`, /Two columns stand for close/],
    ['no heading and no prices', '2024-07-01,X,5,5.5,4,6', /No four columns/],
    ['an endless line', `${HEADING}\n${'x'.repeat(1_100_000)}`, /longer than 1 MB/],
  ])('%s', (_, text, message) => {
    const error = failure(() => readText(text, {}, 65_536));
    expect(error.code).toBe('file-format');
    expect(error.message).toMatch(message);
    expect(error.detail.file).toBe('test.csv');
    expect(error.detail.hint).toBeTruthy();
  });

  it('name the column that was probably meant', () => {
    const hint = (names: string) => failure(() => readText(`${names}\n1`)).detail.hint;
    expect(hint('bucket,ticker,open,high,low,clsoe')).toMatch(/"clsoe".*clsoe=close/);
  });

  it('reject mappings and tickers that do not fit', () => {
    const code = (options: object) => failure(() => readText(file(GOOD), options));
    expect(code({ given: { ticker: 'X' } })).toMatchObject({
      code: 'bad-request',
      detail: { field: 'ticker' },
    });
    expect(code({ map: { Lats: 'close' } })).toMatchObject({
      code: 'bad-request',
      detail: { field: 'Lats' },
    });
    expect(code({ map: { close: 'clsoe' } }).detail.hint).toMatch(/"close"/);
    expect(code({ given: { zone: 'Europe/Londn' } })).toMatchObject({
      code: 'bad-request',
      detail: { field: 'zone', hint: 'Did you mean Europe/London?' },
    });
    expect(code({ given: { layout: 'kibott' } }).detail.hint).toMatch(/kibot/);
    expect(code({ given: { columns: [] } }).message).toMatch(/has 10 columns; 0 were given/);
    expect(
      planOf('constructor,bucket,ticker,open,high,low,close\n,2024-07-01,X,1,1,1,1').plan.columns[0],
    ).toEqual({ name: 'constructor', role: 'ignore' });
  });

  it('are refused at the first empty minute where the policy says so', () => {
    const error = failure(() =>
      readText(file(GOOD, '2024-07-01 07:01:00,X,0,0,0,0,0,0,0,0'), { zeroBars: 'reject-file' }),
    );
    expect(error).toMatchObject({ code: 'file-format', detail: { line: 3 } });
  });
});

it('reads a comma as decimal mark only where it must be one, and says when it guessed', () => {
  const semicolons = (close: string, volume: string) =>
    readText(
      `bucket;ticker;open;high;low;close;volume\n2024-07-01;X;${close};${close};${close};${close};${volume}`,
    );
  expect(semicolons('2401,5', '1000').bars.X!.close[0]).toBe(2401.5);
  expect(semicolons('12,401.5', '1,000').bars.X!.close[0]).toBe(12401.5);
  expect(semicolons('12.401,5', '1.000').bars.X!.volume![0]).toBe(1000);
  const doubtful = semicolons('1,085', '5');
  expect(doubtful.bars.X!.close[0]).toBe(1.085);
  expect(guessed(doubtful.guesses, 'decimalMark')).toBe('ask: comma');
});
