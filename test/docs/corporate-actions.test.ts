import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { adjustBars } from '../../shared/market/adjust-bars.ts';
import type { BarColumns } from '../../shared/market/bar.ts';
import type { CorporateAction } from '../../shared/market/corporate-actions.ts';

const text = readFileSync(new URL('../../docs/corporate-actions.md', import.meta.url), 'utf8');

test('the worked example is what the code computes', () => {
  const example = /<!-- example -->\n([\s\S]*?)<!-- \/example -->/.exec(text)![1]!;
  const rows = example
    .trim()
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const column = (index: number) => Float64Array.from(rows, (row) => Number(row[index]));
  const close = column(1);
  const bars: BarColumns = {
    length: close.length,
    time: Float64Array.from(rows, (_, index) => index),
    open: close,
    high: close,
    low: close,
    close,
    volume: column(2),
    trades: null,
    vwap: null,
    twap: null,
  };
  const actions = rows.flatMap(([day = ''], time): CorporateAction[] => {
    const [, kind, first, second] = /(split|dividend) (\d+)(?::(\d+))?/.exec(day) ?? [];
    if (kind === 'split') return [{ kind, time, ratio: Number(first) / Number(second) }];
    return kind === 'dividend' ? [{ kind, time, amount: Number(first) }] : [];
  });
  expect(actions).toHaveLength(2);
  const shown = (values: Float64Array) => Array.from(values, (value) => String(Number(value.toFixed(4))));
  const split = adjustBars(bars, actions, 'split');
  const total = adjustBars(bars, actions, 'total-return');
  expect(rows.map((row) => row[3])).toEqual(shown(split.close));
  expect(rows.map((row) => row[4])).toEqual(shown(total.close));
  expect(rows.map((row) => row[5])).toEqual(shown(split.volume!));
  expect(shown(total.volume!)).toEqual(shown(split.volume!));
});
