import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { choose, importBars, screenshot } from './controls.ts';
import { faces, type OpenFace, openFace } from './face.ts';
import { hindsight } from './terminal.ts';

const MINUTE = 60_000;
const FIRST = Date.UTC(2024, 6, 1, 13, 30); // New York opens

const DAYS = 28;
const HOLIDAY = 3; // 4 July, and the third ends early
const GAP = { day: 25, from: 100, to: 220 };
const SESSION_DAYS = Array.from({ length: DAYS }, (_, day) => day).filter(
  (day) => day % 7 < 5 && day !== HOLIDAY,
);
const LINES = SESSION_DAYS.reduce((sum, day) => sum + minutesOf(day), 0) - (GAP.to - GAP.from);
function minutesOf(day: number): number {
  return day === HOLIDAY - 1 ? 210 : 390;
}

/** New York sessions of minutes: prices are halved from 15 July on, one bar spikes, and two hours are missing. */
function sickCsv(): string {
  const lines = ['bucket,ticker,trades,open,high,low,close,volume,vwap,twap'];
  for (const day of SESSION_DAYS) {
    for (let minute = 0; minute < minutesOf(day); minute++) {
      if (day === GAP.day && minute >= GAP.from && minute < GAP.to) continue;
      const time = new Date(FIRST + day * 86_400_000 + minute * MINUTE).toISOString().slice(0, 19);
      const level = (day >= 14 ? 50 : 100) * (1 + 0.01 * Math.sin(day * 2) + 0.002 * Math.sin(minute / 9));
      const close = (day === 8 && minute === 200 ? level * 9 : level).toFixed(2);
      const price = level.toFixed(2);
      const high = Math.max(Number(close), Number(price)).toFixed(2);
      const low = Math.min(Number(close), Number(price)).toFixed(2);
      lines.push(
        `${time.replace('T', ' ')},SICK,5,${price},${high},${low},${close},${1000 + minute},${price},${price}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Times of New York without a zone, bars stamped at their end, no ticker column. */
function localCsv(): string {
  const lines = ['timestamp,open,high,low,close,volume'];
  for (let minute = 391; minute > 1; minute--) {
    const clock = 9 * 60 + 29 + minute;
    const text = `${String(Math.floor(clock / 60)).padStart(2, '0')}:${String(clock % 60).padStart(2, '0')}:00`;
    lines.push(`2024-07-01 ${text},10,10.5,9.5,10.2,${100 + minute}`);
  }
  return `${lines.join('\n')}\n`;
}

describe.skipIf(faces.length === 0)('the data screen', () => {
  let face: OpenFace;
  let page: Page;
  const file = async (name: string, text: string) => {
    const path = join(face.libraryPath, name);
    await writeFile(path, text);
    return path;
  };
  const listed = async () =>
    JSON.parse((await hindsight(['data', 'list', '--json', '--library', face.libraryPath])).stdout)
      .series as {
      ticker: string;
      bars: number;
      first: number;
    }[];
  beforeAll(async () => {
    face = await openFace(faces[0]!);
    page = face.page;
    await page.getByTestId('nav-data').click();
  });
  afterAll(() => face?.close());

  test('a file is shown beside its bars and judged, and nothing is stored before Import', async () => {
    await page.getByTestId('file-input').setInputFiles(await file('sick.csv', sickCsv()));
    const bars = page.locator('[data-testid=preview-line][data-verdict=bar]');
    await bars.first().waitFor();
    expect(await bars.first().textContent()).toContain('2024-07-01 13:30');
    const check = page.getByTestId('import-check');
    await check.waitFor();
    const [lines, accepted, rejected] = await Promise.all(
      ['data-lines', 'data-accepted', 'data-rejected'].map((name) => check.getAttribute(name).then(Number)),
    );
    expect(accepted! + rejected!).toBe(lines);
    expect(accepted).toBe(LINES);
    expect(await listed()).toEqual([]);
    await screenshot(page, 'import-dark');
    // Enter is all it takes: the button has the focus.
    await page.getByTestId('import-go').focus();
    await page.keyboard.press('Enter');
    await page.locator(`[data-testid=import-report][data-accepted="${accepted}"]`).waitFor();
    expect((await listed()).map(({ ticker, bars }) => [ticker, bars])).toEqual([['SICK', accepted]]);
    await page.getByTestId('close-import').click();
  });

  test('what a file does not say is asked, and the answer shows in the bars before they are stored', async () => {
    await page.getByTestId('file-input').setInputFiles(await file('AAPL_1min.csv', localCsv()));
    const line = page.locator('[data-testid=preview-line][data-verdict=bar]').first();
    await line.waitFor();
    for (;;) {
      const open = page.locator('[data-testid^=guess-][data-certainty=ask]');
      if ((await open.count()) === 0) break;
      const before = await open.count();
      await open.first().locator('[data-testid^=confirm-]').click();
      await expect.poll(() => open.count()).toBeLessThan(before);
    }
    await choose(page, 'plan-stamp', 'end');
    // The newest line comes first: it ends at 16:00 in New York and began a minute before, at 19:59 UTC.
    await expect.poll(() => line.textContent()).toContain('2024-07-01 19:59');
    await choose(page, 'plan-stamp', 'start');
    await expect.poll(() => line.textContent()).toContain('2024-07-01 20:00');
    await choose(page, 'plan-stamp', 'end');
    await expect.poll(() => line.textContent()).toContain('2024-07-01 19:59');
    await page.getByTestId('import-go').click();
    await page.getByTestId('import-report').waitFor();
    const found = (await listed()).find(({ ticker }) => ticker === 'AAPL');
    expect(found).toMatchObject({ bars: 390, first: FIRST });
    await page.getByTestId('close-import').click();
  });

  test('a file that is no bars is refused with its reason', async () => {
    await page
      .getByTestId('file-input')
      .setInputFiles(await file('page.csv', '<html><body>Limit exceeded</body></html>'));
    await page.locator('[data-testid=error][data-code=file-format]').first().waitFor();
    expect(
      await page
        .getByTestId('import-go')
        .isEnabled({ timeout: 500 })
        .catch(() => false),
    ).toBe(false);
    await page.getByTestId('close-import').click();
  });

  test('many files are a list; the clear ones are imported together', async () => {
    const text = (ticker: string) =>
      sickCsv().replaceAll('SICK', ticker).split('\n').slice(0, 300).join('\n');
    const paths = await Promise.all(
      ['ONE', 'TWO', 'SIX'].map((ticker) => file(`${ticker}.csv`, text(ticker))),
    );
    await page.getByTestId('file-input').setInputFiles(paths);
    await page.locator('[data-testid=import-row][data-state=ready]').nth(2).waitFor();
    await page.getByTestId('import-all').click();
    await page.locator('[data-testid=import-row][data-state=done]').nth(2).waitFor();
    await page.getByTestId('close-import').click();
    expect((await listed()).map(({ ticker }) => ticker)).toEqual(['AAPL', 'ONE', 'SICK', 'SIX', 'TWO']);
  });

  test('suspects lead to the chart, can be in order, and their bars can be taken out and brought back', async () => {
    await page.locator('[data-testid=series-row][data-ticker=SICK]').click();
    await page.getByTestId('tab-health').click();
    const spike = page.locator('[data-testid=suspect][data-kind=spike]').first();
    await spike.waitFor();
    await page.locator('[data-testid=suspect][data-kind=gap]').first().waitFor();
    expect(Number(await page.getByTestId('health-score').textContent())).toBeLessThan(100);
    await screenshot(page, 'health-dark');
    await spike.click();
    await page.getByTestId('review-suspect').click();
    await page.locator('[data-testid=suspect][data-kind=spike][data-reviewed=true]').waitFor();
    await page.getByTestId('review-suspect').click();
    await page.locator('[data-testid=suspect][data-kind=spike][data-reviewed=false]').first().waitFor();
    await spike.click();
    const before = (await listed()).find(({ ticker }) => ticker === 'SICK')!.bars;
    await page.getByTestId('drop-bars').click();
    await page.locator('[data-testid=suspect][data-kind=spike]').waitFor({ state: 'detached' });
    expect((await listed()).find(({ ticker }) => ticker === 'SICK')!.bars).toBeLessThan(before);
    await page.getByTestId('toast-action').first().click();
    await spike.waitFor();
    expect((await listed()).find(({ ticker }) => ticker === 'SICK')!.bars).toBe(before);
    await spike.dblclick();
    await page.getByTestId('price-chart').waitFor();
    await page.getByTestId('nav-data').click();
  });

  test('a split that the bars show is proposed with its evidence, accepted, removed and brought back', async () => {
    await page.locator('[data-testid=series-row][data-ticker=SICK]').click();
    await page.getByTestId('tab-actions').click();
    await page.getByTestId('accept-proposal').click();
    const action = page.getByTestId('action');
    await action.waitFor();
    expect(await action.textContent()).toContain('2024-07-15');
    expect(await action.textContent()).toContain('Split 2:1');
    await page.getByTestId('proposal').waitFor({ state: 'detached' });
    await action.getByRole('button').click();
    await action.waitFor({ state: 'detached' });
    await page.getByTestId('toast-action').first().click();
    await action.waitFor();
    await page.getByTestId('action-day').fill('2024-07-02');
    await choose(page, 'action-kind', 'dividend');
    await page.getByTestId('action-value').fill('0.25');
    await page.getByTestId('action-add').click();
    await expect.poll(() => page.getByTestId('action').count()).toBe(2);
  });

  test('bars are exported and come back equal', async () => {
    await page.getByTestId('export-bars').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId('export-go').click(),
    ]);
    const path = join(face.libraryPath, 'exported.csv');
    await download.saveAs(path);
    const text = await readFile(path, 'utf8');
    expect(text.split('\n')[0]).toContain('bucket,ticker');
    await page.keyboard.press('Escape');
    await importBars(page, path);
    await page.locator('[data-testid=import-report][data-stored="0"][data-rejected="0"]').waitFor();
    await page.getByTestId('close-import').click();
  });

  test('imports are a history that can be undone; a removed series comes back with Undo', async () => {
    await choosePart('imports');
    const record = page.locator('[data-testid=import-record]', { hasText: 'TWO.csv' });
    await record.getByTestId('undo-record').click();
    await choosePart('library');
    await page.locator('[data-testid=series-row][data-ticker=TWO]').waitFor({ state: 'detached' });
    await page.locator('[data-testid=series-row][data-ticker=ONE]').click();
    await page.locator('[role=grid]').first().focus();
    await page.keyboard.press('Delete');
    await page.locator('[data-testid=series-row][data-ticker=ONE]').waitFor({ state: 'detached' });
    await page.getByTestId('toast-action').first().click();
    await page.locator('[data-testid=series-row][data-ticker=ONE]').waitFor();
  });

  test('the library is checked, backed up and brought back', async () => {
    await choosePart('upkeep');
    await page.getByTestId('check-integrity').click();
    await page.locator('[data-testid=integrity-result][data-damages="0"]').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('backup').click()]);
    const path = join(face.libraryPath, 'library.backup');
    await download.saveAs(path);
    await page.getByTestId('restore-file').setInputFiles(path);
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByTestId('restored').waitFor();
    expect((await listed()).map(({ ticker }) => ticker)).toContain('SICK');
  });

  test('sources are off, say what they send, and ask for what they lack', async () => {
    await choosePart('sources');
    const alpaca = page.getByTestId('source-alpaca');
    await alpaca.waitFor();
    expect(await alpaca.getByRole('switch').getAttribute('aria-checked')).toBe('false');
    expect(await page.getByTestId('fetch-alpaca').count()).toBe(0);
    await alpaca.getByRole('switch').click();
    await alpaca.getByTestId('source-missing').waitFor();
    await alpaca.getByRole('switch').click();
    await choosePart('library');
    expect(face.complaints).toEqual([]);
  });

  const choosePart = (value: string) =>
    page.locator(`[data-testid=data-views] [data-value=${value}]`).click();
});
