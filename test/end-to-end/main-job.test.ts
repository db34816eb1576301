import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIRST_BAR, randomCloses } from '../fixtures/series.ts';
import { choose, importBars, screenshot, search } from './controls.ts';
import { countCrossings } from './crossings.ts';
import { faces, type OpenFace, openFace } from './face.ts';
import { hindsight } from './terminal.ts';

const BARS = 1_200;
const FAST = 10;
const SLOW = 30;
const TICK = 20; // ticks per unit of price

const closes = randomCloses(BARS, 20_240_701);
const expected = countCrossings(
  closes.map((close) => Math.round(close * TICK)),
  FAST,
  SLOW,
);

/** Seed-schema CSV of the random closes; bar i opens at the close before it. */
function csvText(): string {
  const rows = closes.map((close, i) => {
    const open = closes[i - 1] ?? close;
    const bucket = new Date(FIRST_BAR + i * 60_000).toISOString().slice(0, 19).replace('T', ' ');
    return `${bucket},RAND.L,10,${open},${Math.max(open, close)},${Math.min(open, close)},${close},1000,${close},${close}`;
  });
  return `bucket,ticker,trades,open,high,low,close,volume,vwap,twap\n${rows.join('\n')}\n`;
}

describe.skipIf(faces.length === 0)('the main job', () => {
  describe.each(faces)('in the %s face', (faceName) => {
    let face: OpenFace;
    let page: Page;
    beforeAll(async () => {
      face = await openFace(faceName);
      page = face.page;
    });
    afterAll(() => face?.close());

    test('an empty library says what to do', async () => {
      await page.getByTestId('screen-welcome').waitFor();
      expect(await page.getByTestId('open-sample').isVisible()).toBe(true);
    });

    test('a dropped file arrives and every line is accounted for', async () => {
      const path = join(face.libraryPath, 'random.csv');
      await writeFile(path, csvText());
      await page.getByTestId('nav-data').click();
      await importBars(page, path);
      const report = page.getByTestId('import-report').first();
      await report.waitFor();
      expect(await report.getAttribute('data-accepted')).toBe(String(BARS));
      expect(await report.getAttribute('data-rejected')).toBe('0');
      await page.getByTestId('close-import').click();
      await page.locator('[data-testid=series-row][data-ticker="RAND.L"]').waitFor();
    });

    test('a run shows as many markers and trades as the crossings say', async () => {
      await page.getByTestId('nav-strategy').click();
      await page.getByTestId('strategy-sma-cross').click();
      await page.getByTestId('param-fast').fill(String(FAST));
      await page.getByTestId('param-slow').fill(String(SLOW));
      await page.getByTestId('param-size').fill('10');
      await search(page, 'setup-ticker', 'RAND.L 1m');
      await page.keyboard.press('Control+Enter');
      await page.getByTestId('screen-results').waitFor();
      const trades = page.getByTestId('statistic-trades');
      await trades.waitFor();
      expect(await trades.getAttribute('data-value')).toBe(String(expected.exits));
      await page.getByTestId('tab-statistics').click();
      expect(await page.getByTestId('figure-openTrades').getAttribute('data-value')).toBe(
        String(expected.entries - expected.exits),
      );
      const equity = page.getByTestId('equity-chart');
      await expect.poll(() => equity.getAttribute('data-points').then(Number)).toBeGreaterThan(100);
    });

    test('the chart marks every fill', async () => {
      await page.getByTestId('nav-chart').click();
      const chart = page.getByTestId('price-chart');
      await chart.waitFor();
      await chart.focus();
      await page.keyboard.press('0');
      await expect
        .poll(() => chart.getAttribute('data-markers').then(Number), { timeout: 10_000 })
        .toBe(expected.entries + expected.exits);
      expect(Number(await chart.getAttribute('data-buckets'))).toBeGreaterThan(100);
    });

    test('the trade table filters', async () => {
      await page.getByTestId('nav-runs').click();
      await page.getByTestId('run-row').first().dblclick();
      await page.getByTestId('tab-statistics').click();
      const figure = async (id: string) =>
        Number(await page.getByTestId(`figure-${id}`).getAttribute('data-value'));
      const expectedCounts = { won: await figure('won'), lost: await figure('lost') };
      await page.getByTestId('tab-trades').click();
      const count = page.getByTestId('trade-count');
      await count.waitFor();
      const of = async (outcome: string) => {
        await choose(page, 'trade-outcome', outcome);
        await page.locator(`[data-testid=trade-count][data-outcome=${outcome}]`).waitFor();
        return Number(await count.getAttribute('data-total'));
      };
      const won = await of('won');
      const lost = await of('lost');
      expect({ won, lost }).toEqual(expectedCounts);
      expect(won).toBeGreaterThan(0);
      await of('all');
    });

    test('the downloaded log equals the terminal’s for the same manifest', async () => {
      const download = async (name: string) => {
        await page.getByTestId('export').click();
        const [file] = await Promise.all([
          page.waitForEvent('download'),
          page.getByTestId(`export-${name}`).click(),
        ]);
        const path = join(face.libraryPath, name);
        await file.saveAs(path);
        return path;
      };
      const manifest = await download('manifest.json');
      const trades = await readFile(await download('trades.csv'), 'utf8');
      expect(trades.trim().split('\n').length - 1).toBe(expected.entries);

      const out = join(face.libraryPath, 'out');
      const again = await hindsight(['backtest', manifest, '--out', out, '--library', face.libraryPath]);
      expect(again.stderr).toBe('');
      expect(await readFile(join(out, 'trades.csv'), 'utf8')).toBe(trades);
      const reproduced = await hindsight(['reproduce', manifest, '--library', face.libraryPath]);
      expect(reproduced).toMatchObject({ code: 0, stdout: 'identical\n' });
    });

    test('nothing complained on the way', () => {
      expect(face.complaints).toEqual([]);
    });
  });

  describe.each(['dark', 'light'] as const)('the sample, %s', (scheme) => {
    test('opens with one key and fills every screen', async () => {
      const face = await openFace(faces[0]!, scheme);
      try {
        const { page } = face;
        await page.getByTestId('open-sample').waitFor();
        await screenshot(page, `welcome-${scheme}`);
        await page.keyboard.press('Enter');
        await page.getByTestId('statistic-trades').waitFor({ timeout: 60_000 });
        expect(
          Number(await page.getByTestId('statistic-trades').getAttribute('data-value')),
        ).toBeGreaterThanOrEqual(20);
        await page.waitForTimeout(500);
        await screenshot(page, `results-${scheme}`);
        for (const name of ['data', 'chart', 'strategy'] as const) {
          await page.getByTestId(`nav-${name}`).click();
          await page.getByTestId(`screen-${name}`).waitFor();
          if (name === 'chart') {
            await page.getByTestId('price-chart').focus();
            for (let press = 0; press < 6; press++) await page.keyboard.press('-');
          }
          await page.waitForTimeout(800);
          await screenshot(page, `${name}-${scheme}`);
        }
        expect(face.complaints).toEqual([]);
      } finally {
        await face.close();
      }
    });

    test('says how far to trust a run, with its evidence, and cries out where a setting cheats', async () => {
      const face = await openFace(faces[0]!, scheme);
      try {
        const { page } = face;
        await page.getByTestId('open-sample').click();
        await page.getByTestId('statistic-trades').waitFor({ timeout: 60_000 });
        expect(await page.getByTestId('trust-leak').getAttribute('data-state')).toBe('good');
        await page.getByTestId('nav-strategy').click();
        await page.getByTestId('strategy-rsi-bracket').click();
        await page.getByTestId('param-stop').fill('0.001');
        await page.getByTestId('param-target').fill('0.001');
        await page.getByTestId('param-low').fill('45');
        await page.getByTestId('more').click();
        await page.getByTestId('more-settings').waitFor();
        await page.getByLabel('Leverage').fill('2');
        await screenshot(page, `settings-${scheme}`);
        await choose(page, 'fill-timing', 'cheat-on-close');
        await page.keyboard.press('Control+Enter');
        await page.getByTestId('cheat').waitFor({ timeout: 60_000 });
        expect(await page.getByTestId('trust-costs').getAttribute('data-state')).toBe('bad');
        // Bars in doubt, and what hangs on them; opened and closed by keyboard.
        const sameBar = page.getByTestId('trust-same-bar');
        expect(await sameBar.textContent()).toMatch(/bars in doubt/);
        await sameBar.focus();
        await page.keyboard.press('Enter');
        expect(await page.getByTestId('trust-evidence').textContent()).toMatch(/worst … best.*…/);
        await page.locator('[data-testid=equity-chart]:not([data-points="0"])').waitFor();
        // Everything is inside its column, however much is open above the trades.
        const column = await page.locator('.results-main').evaluate((element) => ({
          bottom: element.getBoundingClientRect().bottom,
          status: document.querySelector('.status-bar')!.getBoundingClientRect().top,
        }));
        expect(column.bottom).toBeLessThanOrEqual(column.status);
        await screenshot(page, `trust-${scheme}`);
        await page.keyboard.press('Enter');
        expect(await page.getByTestId('trust-evidence').count()).toBe(0);
        await page.getByTestId('tab-manifest').click();
        const manifest = JSON.parse((await page.locator('.manifest pre').textContent()) ?? '');
        expect(manifest).toMatchObject({ leverage: 2, fill: 'cheat-on-close', sameBar: 'pessimistic' });
        await page.getByTestId('reproduce').click();
        await page.locator('[data-identical=true]').waitFor({ timeout: 60_000 });
        expect(face.complaints).toEqual([]);
      } finally {
        await face.close();
      }
    });
  });
});
