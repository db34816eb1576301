import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FIRST_BAR, randomCloses } from '../fixtures/series.ts';
import { importBars } from './controls.ts';
import { browserPath } from './face.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A file that takes long enough to be interrupted in the middle. */
function longCsv(bars: number): string {
  const closes = randomCloses(bars, 7);
  const lines = closes.map((close, i) => {
    const bucket = new Date(FIRST_BAR + i * 60_000).toISOString().slice(0, 19).replace('T', ' ');
    return `${bucket},LONG.L,10,${close},${close},${close},${close},1000,${close},${close}`;
  });
  return `bucket,ticker,trades,open,high,low,close,volume,vwap,twap\n${lines.join('\n')}\n`;
}

const soon = <T>(value: () => T) => expect.poll(value, { timeout: 30_000 });

describe.skipIf(browserPath === '')('jobs, when the window or the program goes away', () => {
  let folder: string;
  let server: ChildProcess;
  let browser: Browser;
  let page: Page;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hindsight-jobs-'));
    browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterEach(async () => {
    await browser.close();
    server.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    server = spawn(
      process.execPath,
      [join(root, 'out/main/cli.js'), 'serve', '--no-open', '--json', '--library', folder],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const url = await new Promise<string>((resolve) => {
      let text = '';
      server.stdout!.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const found = /"url": "([^"]+)"/.exec(text)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    page = await browser.newPage();
    await page.goto(url);
    await page.locator('.dock').waitFor();
  }

  async function kill(): Promise<void> {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await ended;
    await page.close();
  }

  async function beginLongImport(): Promise<void> {
    const path = join(folder, 'long.csv');
    await writeFile(path, longCsv(600_000));
    await page.keyboard.press('Control+1');
    await importBars(page, path);
    await page.getByLabel('Cancel long.csv').waitFor();
  }
  const job = () => page.locator('[data-testid=job-row][data-kind=import]').first();

  test('an import goes on when its page is loaded again', async () => {
    await start();
    await page.getByTestId('screen-welcome').waitFor();
    await beginLongImport();
    await page.reload();
    await page.locator('.dock').waitFor();
    await page.keyboard.press('Control+8');
    await job().waitFor();
    await soon(() => job().getAttribute('data-state')).toBe('done');
    expect(await job().textContent()).toMatch(/600.000 bars stored/);
  });

  test('an import that the end of the program interrupted says so, stored nothing, and can be started again', async () => {
    await start();
    await page.getByTestId('screen-welcome').waitFor();
    await beginLongImport();
    await kill();
    await start();
    await page.getByTestId('toast').waitFor();
    expect(await page.getByTestId('toast').textContent()).toContain('interrupted');
    await page.getByTestId('toast-action').click();
    await soon(() => job().getAttribute('data-state')).toBe('interrupted');
    await page.keyboard.press('Control+1');
    expect(await page.locator('[data-testid=series-row]').count()).toBe(0);
    await page.keyboard.press('Control+8');
    await job().getByRole('button', { name: 'Start long.csv again' }).click();
    await soon(() => job().getAttribute('data-state')).toBe('done');
    await page.keyboard.press('Control+1');
    await page.locator('[data-testid=series-row][data-ticker="LONG.L"]').waitFor();
  });

  test('what was removed a moment before the program was killed stays removed', async () => {
    await start();
    await page.getByTestId('screen-welcome').waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('trade-row').first().waitFor({ timeout: 60_000 });
    await page.keyboard.press('Control+4');
    await page.getByTestId('run-row').first().waitFor();
    await page.getByRole('grid', { name: 'Runs' }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Delete');
    await page.getByTestId('toast').waitFor();
    await page.getByTestId('screen-runs').getByText('No runs yet').waitFor();
    await kill();
    await start();
    await page.keyboard.press('Control+4');
    await page.getByTestId('screen-runs').getByText('No runs yet').waitFor();
  });
});
