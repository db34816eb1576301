import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SUSPECT_KINDS } from '../../shared/health/kinds.ts';
import { OVERALL_CONVENTION } from '../../shared/health/report.ts';
import { overallScore, PART_LABELS, PART_RULES, partScore } from '../../shared/health/score.ts';

const text = readFileSync(new URL('../../docs/data-health.md', import.meta.url), 'utf8');
const between = (name: string) =>
  new RegExp(`<!-- ${name} -->\n([\\s\\S]*?)<!-- /${name} -->`).exec(text)![1]!;

test('the table of parts has the parts and formulas of the code', () => {
  const rows = between('parts').trim().split('\n').slice(2);
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()));
  expect(cells.map(([, label, , formula]) => [label, formula])).toEqual(
    SUSPECT_KINDS.map((kind) => {
      const rule = PART_RULES[kind];
      if (rule.by === 'events') {
        const isFixed = rule.barsPerExtra === Number.POSITIVE_INFINITY;
        const allowance = isFixed ? `${rule.allowance}` : `(${rule.allowance} + bars ÷ ${rule.barsPerExtra})`;
        return [PART_LABELS[kind], `100 × 2^(−severity ÷ ${allowance})`];
      }
      const what = kind === 'gap' || kind === 'missing-session' ? 'missing' : 'wrong';
      return [PART_LABELS[kind], `100 × exp(−${rule.rate} × ${what} ÷ ${rule.of})`];
    }),
  );
});

test('so has the sentence about the whole', () => {
  expect(text).toContain(OVERALL_CONVENTION.replace(/\.$/, ''));
});

test('the worked example is what the code computes', () => {
  const extent = { bars: 10_000, expectedBars: 12_000, sessions: 30 };
  const sick = { 'missing-session': [1, 0.3], gap: [240, 0.4], spike: [1, 0.6] } as const;
  const scores = SUSPECT_KINDS.map((kind) => {
    const [weight, severity] = kind in sick ? sick[kind as keyof typeof sick] : [0, 0];
    return { kind, score: partScore(kind, { count: 1, weight, severity: weight * severity }, extent) };
  });
  const results = Object.fromEntries(
    between('example')
      .split('\n')
      .flatMap((line) => {
        const [, label, figure] = /^(\S.*?) {2,}.*= +([\d.]+)$/.exec(line) ?? [];
        return label === undefined ? [] : [[label, figure]];
      }),
  );
  const figure = (value: number) => value.toFixed(1);
  for (const { kind, score } of scores) {
    if (kind in sick) expect(results[PART_LABELS[kind]]).toBe(figure(score));
    else expect(score).toBe(100);
  }
  const all = scores.map(({ score }) => score);
  expect(results.health).toBe(figure(overallScore(all)));
  const mean = all.reduce((sum, score) => sum + score, 0) / all.length;
  expect(between('example')).toContain(`0.7 × ${figure(Math.min(...all))} + 0.3 × ${figure(mean)}`);
});
