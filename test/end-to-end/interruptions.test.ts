import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FIRST_BAR, randomCloses } from '../fixtures/series.ts';
import { importBars } from './controls.ts';
import { describeFaces, type OpenFace, openFace } from './face.ts';
import { hindsight } from './terminal.ts';

/** A file that takes long enough to be stopped in the middle. */
function longCsv(bars: number): string {
  const closes = randomCloses(bars, 5);
  const lines = closes.map((close, i) => {
    const bucket = new Date(FIRST_BAR + i * 60_000).toISOString().slice(0, 19).replace('T', ' ');
    return `${bucket},LONG.L,10,${close},${close},${close},${close},1000,${close},${close}`;
  });
  return `bucket,ticker,trades,open,high,low,close,volume,vwap,twap\n${lines.join('\n')}\n`;
}

const strategy = (next: string) =>
  `import { Strategy } from 'hindsight';\nexport default class Mine extends Strategy {\n  next() {\n    ${next}\n  }\n}\n`;

describeFaces('interruptions in the %s face', (faceName) => {
  let face: OpenFace;
  let page: Page;
  beforeAll(async () => {
    face = await openFace(faceName);
    page = face.page;
    const path = join(face.libraryPath, 'short.csv');
    await writeFile(path, longCsv(2_000).replaceAll('LONG.L', 'SHORT.L'));
    await page.getByTestId('nav-data').click();
    await importBars(page, path);
    await page.getByTestId('import-report').waitFor();
  });
  afterAll(() => face?.close());

  test('an import that is cancelled stores nothing, and the same file can be imported afterwards', async () => {
    const path = join(face.libraryPath, 'long.csv');
    await writeFile(path, longCsv(400_000));
    await importBars(page, path);
    await page.getByLabel('Cancel long.csv').click();
    await page.getByTestId('import-refused').waitFor({ timeout: 2_000 });
    const listed = JSON.parse(
      (await hindsight(['data', 'list', '--json', '--library', face.libraryPath])).stdout,
    );
    expect(listed.series.map(({ ticker }: { ticker: string }) => ticker)).toEqual(['SHORT.L']);
    await importBars(page, path);
    await page.locator('[data-testid=import-report][data-accepted="400000"]').waitFor({ timeout: 30_000 });
  });

  test('an import is undone as a unit', async () => {
    await page.getByTestId('undo-import').first().click();
    await page.getByTestId('close-import').click();
    await page.locator('[data-testid=series-row][data-ticker="SHORT.L"]').waitFor();
    await page.locator('[data-testid=series-row][data-ticker="LONG.L"]').waitFor({ state: 'detached' });
    expect(await page.locator('[data-testid=series-row][data-ticker="SHORT.L"]').count()).toBe(1);
  });

  const addStrategy = async (name: string, next: string) => {
    const path = join(face.libraryPath, `${name}.ts`);
    await writeFile(path, strategy(next));
    await page.getByTestId('nav-strategy').click();
    await page.getByTestId('strategy-input').setInputFiles(path);
    await page.locator(`[aria-current=true] > [data-testid=strategy-${name}]`).waitFor();
  };

  test('a strategy that never ends is cancelled, and the next one runs', async () => {
    await addStrategy('endless', 'for (;;) {}');
    await page.keyboard.press('Control+Enter');
    await page.getByLabel('Cancel Backtest').click();
    await page.getByLabel('Cancel Backtest').waitFor({ state: 'detached', timeout: 2_000 });
    await page.getByTestId('strategy-sma-cross').click();
    await page.getByTestId('param-size').fill('1');
    await page.keyboard.press('Control+Enter');
    await page.getByTestId('statistic-trades').waitFor();
    expect(Number(await page.getByTestId('statistic-trades').getAttribute('data-value'))).toBeGreaterThan(5);
  });

  test('a strategy that throws shows its line, one that does not compile cannot be run', async () => {
    await addStrategy('throwing', "if (this.bar === 50) throw new Error('too hot');");
    await page.keyboard.press('Control+Enter');
    const error = page.locator('[data-testid=error][data-code=strategy-error]');
    await error.waitFor();
    expect(await error.textContent()).toMatch(/throwing\.ts:4:\d+.*too hot.*bar 51/);
    await addStrategy('broken', 'if (');
    const syntax = page.locator('[data-testid=error][data-code=strategy-syntax]');
    await syntax.waitFor();
    expect(await syntax.textContent()).toMatch(/broken\.ts:5:/);
    expect(await page.getByTestId('run').isDisabled()).toBe(true);
  });

  test('the whole main job by keyboard', async () => {
    await page.keyboard.press('Control+3');
    await page.getByTestId('screen-strategy').waitFor();
    await page.getByTestId('strategy-sma-cross').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Enter');
    await page.getByTestId('trade-row').first().waitFor();
    await page.getByRole('grid', { name: 'Trades' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const chart = page.getByTestId('price-chart');
    await chart.waitFor();
    await expect.poll(() => chart.evaluate((element) => element === document.activeElement)).toBe(true);
    await expect.poll(() => chart.getAttribute('data-markers').then(Number)).toBeGreaterThan(0);
    await page.keyboard.press('t');
    await page.getByRole('grid', { name: 'Bars in view' }).waitFor();
  });
});
