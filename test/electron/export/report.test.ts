import { describe, expect, test } from 'vitest';
import { reportHtml } from '../../../electron/export/report/report-html.ts';
import { runFileText } from '../../../electron/export/run-files.ts';
import { ManifestSchema, RUN_FILES } from '../../../shared/contract/schemas.ts';
import type { StoredRun } from '../../../shared/contract/stored-run.ts';
import { summarise } from '../../../shared/statistics/summary.ts';
import { dailyTimes, resultOf } from '../../shared/statistics/result-of.ts';

function runOf(change: Partial<StoredRun['manifest']> = {}, ticker = 'TEST.L'): StoredRun {
  const equity = Array.from({ length: 60 }, (_, day) => 100_000 + 400 * Math.abs((day % 20) - 10));
  const result = {
    ...resultOf(dailyTimes(60), equity, [{ net: 400 }, { net: -150 }, { net: 20, isOpen: true }]),
    tickers: [ticker],
  };
  const statistics = summarise(result, { riskFreeRate: 0 });
  const hash = 'a'.repeat(64);
  const manifest = ManifestSchema.parse({
    manifestVersion: 1,
    strategy: 'mine',
    params: { fast: 10 },
    data: [{ ticker, every: '1m' }],
    engineVersion: '0.1.0',
    strategyName: 'Mine',
    strategyFile: 'mine.ts',
    strategySource: 'export default 1;',
    strategySha256: hash,
    dataUsed: [{ ticker, every: '1m', bars: 60, first: 0, last: 1, sha256: hash }],
    results: { orders: hash, fills: hash, trades: hash, equity: hash, statistics: hash },
    ...change,
  });
  const summary = {
    id: 'run',
    createdAt: 0,
    strategyId: 'mine',
    strategyName: 'Mine',
    tickers: [ticker],
    every: '1m',
    first: 0,
    last: 1,
    bars: 60,
    trades: 2,
    netProfit: 1,
    totalReturn: 1,
    maxDrawdownPercent: 1,
    sharpe: null,
    engineMilliseconds: 1,
    totalMilliseconds: 2,
  };
  return { summary, manifest, trust: null, statistics, firstNextTime: 0, result };
}

describe('the report', () => {
  test('the same run gives the same bytes, whatever was drawn before', async () => {
    const first = await runFileText(runOf(), 'report.html');
    await runFileText(runOf({ cash: 5 }), 'report.html');
    expect(await runFileText(runOf(), 'report.html')).toBe(first);
  });

  test('needs nothing from outside: no script, no link, no request', () => {
    const html = reportHtml(runOf());
    expect(html).not.toMatch(/<script|<link|<iframe|javascript:|url\((?!#)|@import|\ssrc=/i);
    expect(html.match(/https?:\/\/[^"'\s<]+/g) ?? []).toEqual(
      html.match(/http:\/\/www\.w3\.org\/[^"'\s<]+/g) ?? [],
    );
    expect(html).toContain("default-src 'none'");
  });

  test('draws equity, drawdown and the distribution for both themes', () => {
    const html = reportHtml(runOf());
    expect(html.match(/<svg/g)).toHaveLength(4);
    expect(html).toContain('aria-label="Equity from 100\u2009000 to');
  });

  test.each([
    '<img src=x onerror=alert(1)>',
    '"><script>alert(1)</script>',
    "';alert(1)//",
    '</title><script>1</script>',
  ])('%s stays text wherever it comes from', (payload) => {
    const html = reportHtml(
      runOf({ strategyName: payload, strategyFile: payload, params: { [payload]: payload } }, payload),
    );
    expect(html).not.toMatch(/<script|<img/i);
    expect(html).not.toContain(payload.includes('<') ? payload : '<never>');
  });

  test('a run without trades says so', () => {
    const run = runOf();
    const empty = { ...run, result: resultOf(dailyTimes(3), [100_000, 100_000, 100_000]) };
    expect(reportHtml(empty).match(/No closed trades/g)).toHaveLength(6);
  });
});

test('all files have content and end with a line end', async () => {
  for (const name of RUN_FILES) {
    const text = await runFileText(runOf(), name);
    expect(text.length, name).toBeGreaterThan(name === 'trust.json' ? 4 : 20);
    expect(text.endsWith('\n'), name).toBe(true);
  }
});

test('the manifest comes back as it was', async () => {
  const run = runOf();
  expect(ManifestSchema.parse(JSON.parse(await runFileText(run, 'manifest.json')))).toEqual(run.manifest);
});
