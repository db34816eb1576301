import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserPath } from './face.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe.skipIf(browserPath === '')('npm start on an empty home', () => {
  test('shows a real backtest without a click, and stops with the terminal', async () => {
    const home = await mkdtemp(join(tmpdir(), 'hindsight-home-'));
    const { HINDSIGHT_BROWSER: _, ...env } = process.env;
    const server = spawn(process.execPath, [join(root, 'electron/launch/start.mjs'), '--no-open'], {
      env: { ...env, HOME: home, XDG_DATA_HOME: '', APPDATA: home },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => server.once('exit', resolve));
    const browser = await chromium.launch({
      executablePath: browserPath,
      args: ['--no-sandbox', '--disable-gpu'],
    });
    try {
      const url = await new Promise<string>((resolve) => {
        let text = '';
        server.stdout.on('data', (chunk: Buffer) => {
          text += chunk.toString();
          const found = /http:\/\/\S+/.exec(text)?.[0];
          if (found !== undefined) resolve(found);
        });
      });
      const page = await browser.newPage();
      await page.goto(url);
      const trades = page.getByTestId('statistic-trades');
      await trades.waitFor({ timeout: 60_000 });
      expect(Number(await trades.getAttribute('data-value'))).toBeGreaterThanOrEqual(20);
      expect(page.url()).not.toContain('token');
      server.kill('SIGINT');
      expect(await ended).toBe(0);
      await page.getByText('Connection lost').first().waitFor();
    } finally {
      await browser.close();
      server.kill('SIGKILL');
      await ended;
      await rm(home, { recursive: true, force: true });
    }
  });
});
