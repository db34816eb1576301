import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Statistic } from '../../../shared/statistics/statistic.ts';
import { summarise } from '../../../shared/statistics/summary.ts';
import { dailyTimes, resultOf } from './result-of.ts';

const FILE = new URL('../../../docs/statistics.md', import.meta.url);
const [BEGIN, END] = ['<!-- figures -->\n', '<!-- /figures -->'];

test('docs/statistics.md lists every figure as the program explains it', () => {
  const text = readFileSync(FILE, 'utf8');
  const from = text.indexOf(BEGIN) + BEGIN.length;
  const to = text.indexOf(END);
  expect(from).toBeLessThanOrEqual(to);
  const table = figuresTable();
  if (process.env.UPDATE_DOCS === '1') writeFileSync(FILE, text.slice(0, from) + table + text.slice(to));
  else expect(text.slice(from, to)).toBe(table);
});

function figuresTable(): string {
  const equity = Array.from({ length: 30 }, (_, day) => 100_000 + (day % 3) * 100);
  const figures = summarise(resultOf(dailyTimes(30), equity), { riskFreeRate: 0.02 });
  const rows = figures.map(
    ({ id, label, group, unit, convention }) =>
      `| \`${id}\` | ${label} | ${group} | ${unit} | ${generalised({ id, convention })} |`,
  );
  return `\n| id | figure | group | unit | convention |\n|---|---|---|---|---|\n${rows.join('\n')}\n\n`;
}

/** One text tells a number of the run at hand, which means nothing here. */
function generalised({ id, convention }: Pick<Statistic, 'id' | 'convention'>): string {
  return id === 'maxDrawdownLength' ? convention.replace(/; here \d+ steps/, '') : convention;
}
