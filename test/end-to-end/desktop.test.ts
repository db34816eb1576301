import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FIRST_BAR, randomCloses } from '../fixtures/series.ts';
import { importBars } from './controls.ts';
import {
  type DesktopFace,
  describeDesktop,
  hindsightArguments,
  launchDesktop,
  type OpenDesktop,
  startProgram,
} from './desktop.ts';
import { hindsight } from './terminal.ts';

// What only the desktop application does: its window, its walls, its beginning and its end.

/** One-minute bars of random closes. */
function csv(ticker: string, bars: number): string {
  const lines = randomCloses(bars, 5).map((close, i) => {
    const bucket = new Date(FIRST_BAR + i * 60_000).toISOString().slice(0, 19).replace('T', ' ');
    return `${bucket},${ticker},10,${close},${close},${close},${close},1000,${close},${close}`;
  });
  return `bucket,ticker,trades,open,high,low,close,volume,vwap,twap\n${lines.join('\n')}\n`;
}

const tickers = async (libraryPath: string): Promise<string[]> => {
  const { stdout } = await hindsight(['data', 'list', '--json', '--library', libraryPath]);
  return JSON.parse(stdout).series.map(({ ticker }: { ticker: string }) => ticker);
};

/** Code in the page by way of the main process: the driver's own page does not outlive a crash. */
const inPage = (app: ElectronApplication, code: string): Promise<unknown> =>
  app.evaluate(
    ({ BrowserWindow }, text) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(text),
    code,
  );

describeDesktop('Hindsight in the %s face', (face: DesktopFace) => {
  let libraryPath: string;
  const started: OpenDesktop[] = [];
  const start = async (...args: string[]): Promise<OpenDesktop> => {
    const opened = await launchDesktop(face, { args: hindsightArguments(libraryPath, ...args) });
    started.push(opened);
    return opened;
  };
  const makeLibrary = async () => {
    libraryPath = await mkdtemp(join(tmpdir(), 'hindsight-desktop-'));
  };
  const removeLibrary = async () => {
    for (const { app, ended } of started.splice(0)) {
      await app.close().catch(() => {}); // some tests end it themselves
      await ended;
    }
    await rm(libraryPath, { recursive: true, force: true });
  };
  const drop = async (page: Page, path: string) => {
    const session = await page.context().newCDPSession(page);
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
    await session.detach();
  };

  describe('from a first start on', () => {
    let app: ElectronApplication;
    let page: Page;
    beforeAll(async () => {
      await makeLibrary();
      ({ app, page } = await start('--sample'));
    });
    afterAll(removeLibrary);

    test('an empty library shows a real backtest without a click', async () => {
      const trades = page.getByTestId('statistic-trades');
      await trades.waitFor({ timeout: 60_000 });
      expect(Number(await trades.getAttribute('data-value'))).toBeGreaterThanOrEqual(20);
    });

    test('the page has its bridge, and nothing of Node or Electron', async () => {
      const seen = await page.evaluate(() => ({
        bridge: Object.keys((window as unknown as { hindsight: object }).hindsight),
        leaked: ['require', 'process', 'Buffer', 'module', 'electron', 'ipcRenderer', 'global'].filter(
          (name) => name in window,
        ),
        isIsolated: crossOriginIsolated,
      }));
      expect(seen).toEqual({ bridge: ['face', 'registerFile', 'onCommand'], leaked: [], isIsolated: true });
    });

    test('no script but the application’s runs, and nothing is sent elsewhere', async () => {
      const seen = page.evaluate(
        () =>
          new Promise((resolve) => {
            const violations = new Set<string>();
            document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
              violations.add(effectiveDirective);
              if (violations.size === 3) resolve([...violations].sort());
            });
          }),
      );
      const outcome = await page.evaluate(async () => {
        const script = document.createElement('script');
        script.textContent = 'window.injected = true';
        document.head.append(script);
        const frame = document.createElement('iframe');
        frame.src = 'https://example.com/';
        document.body.append(frame);
        const sent = await fetch('https://example.com/').catch(() => 'refused');
        return { sent, isInjected: 'injected' in window };
      });
      expect(outcome).toEqual({ sent: 'refused', isInjected: false });
      expect(await seen).toEqual(['connect-src', 'frame-src', 'script-src-elem']);
      await page.evaluate(() => document.querySelector('iframe')!.remove());
    });

    test('no path leads out of the page’s own files', async () => {
      const answers = await page.evaluate(async () => {
        const paths = [
          '/index.html',
          '/../main/desktop.js',
          '/%2e%2e/main/desktop.js',
          '/..%2Fmain%2Fdesktop.js',
          '/..%5Cmain%5Cdesktop.js',
          '/assets/..%2f..%2f..%2fpackage.json',
          '//etc/passwd',
          '/index.html%00',
        ];
        const answers = [];
        for (const path of paths) {
          const { status, headers } = await fetch(location.origin + path);
          answers.push([status, headers.get('content-security-policy')?.startsWith("default-src 'none'")]);
        }
        return answers;
      });
      expect(answers).toEqual([[200, true], ...Array(7).fill([404, true])]);
    });

    test('links and scripts open no window and lead nowhere', async () => {
      await app.evaluate(({ shell }) => {
        shell.openExternal = async (url) => console.error(`opened ${url}`);
      });
      const address = page.url();
      const opened = await page.evaluate(() => {
        const link = (target: string) => {
          const element = document.createElement('a');
          element.href = 'https://example.com/';
          element.target = target;
          document.body.append(element);
          element.click();
          element.remove();
        };
        link('');
        link('_blank');
        const opened = window.open('https://example.com/');
        location.href = 'https://example.com/';
        return opened;
      });
      expect(opened).toBeNull();
      expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
      await page.evaluate(() => new Promise(requestAnimationFrame));
      expect(page.url()).toBe(address);
      await page.getByTestId('statistic-trades').waitFor();
      expect(started[0]!.complaints.filter((line) => line.includes('opened'))).toEqual([]);
    });

    test('the page may write to the clipboard and nothing else', async () => {
      const states = await page.evaluate(async () => {
        const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
        const states = await Promise.all(
          names.map(
            async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
          ),
        );
        return [...states, await Notification.requestPermission()];
      });
      expect(states).toEqual(Array(7).fill('denied'));
      expect(await page.evaluate(() => navigator.clipboard.writeText('x').then(() => 'written'))).toBe(
        'written',
      );
    });

    test('a dropped file is read where it lies', async () => {
      const path = join(libraryPath, 'dropped.csv');
      await writeFile(path, csv('DROP.L', 500));
      await page.getByTestId('nav-data').click();
      await page.getByTestId('screen-data').waitFor();
      await drop(page, path);
      await page.getByTestId('import-go').click();
      await page.getByTestId('import-report').waitFor();
      await page.getByTestId('close-import').click();
      await page.locator('[data-testid=series-row][data-ticker="DROP.L"]').waitFor();
      expect(await tickers(libraryPath)).toContain('DROP.L');
      expect(await readFile(path, 'utf8')).toBe(csv('DROP.L', 500));
    });

    test('loading the page again connects it anew and leaves nothing open', async () => {
      for (let i = 0; i < 3; i++) {
        const loaded = page.waitForEvent('load');
        await app.evaluate(({ BrowserWindow, Menu }) => {
          const items = Menu.getApplicationMenu()!.items.flatMap(({ submenu }) => submenu?.items ?? []);
          const reload = items.find(({ role }) => role?.toLowerCase() === 'reload')!;
          const [window] = BrowserWindow.getAllWindows();
          reload.click({}, window, window!.webContents);
        });
        await loaded;
      }
      await page.getByTestId('nav-data').click();
      await page.locator('[data-testid=series-row][data-ticker="DROP.L"]').waitFor();
      if (face === 'desktop (stand-in)')
        await expect.poll(() => app.evaluate(() => globalThis.electronStandIn.openPorts())).toBe(1);
    });

    test('a command of the menu is done in the page', async () => {
      await app.evaluate(({ BrowserWindow, Menu }) => {
        const [window] = BrowserWindow.getAllWindows();
        Menu.getApplicationMenu()!.getMenuItemById('go-runs')!.click({}, window, window!.webContents);
      });
      await page.getByTestId('screen-runs').waitFor();
    });

    test('starting it again shows the window that is there', async () => {
      const window = (act: 'minimize' | 'isMinimized') =>
        app.evaluate(
          ({ BrowserWindow }, name) => BrowserWindow.getAllWindows().map((one) => one[name]()),
          act,
        );
      await window('minimize');
      expect(await startProgram(face, hindsightArguments(libraryPath))).toBe(0);
      await expect.poll(() => window('isMinimized')).toEqual([false]);
    });

    test('a page that crashes comes back with everything; one that goes on crashing ends with a word', async () => {
      const { complaints, ended } = started[0]!;
      await app.evaluate(({ dialog }) => {
        dialog.showErrorBox = (title, content) => console.error(`${title}: ${content}`);
      });
      const crash = () =>
        app.evaluate(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer(),
        );
      await inPage(app, 'window.before = true');
      await crash();
      await expect
        .poll(
          () =>
            inPage(
              app,
              `!('before' in window) && document.querySelector('[data-testid=nav-data]') !== null`,
            ).catch(() => false),
          { timeout: 15_000 },
        )
        .toBe(true);
      expect(complaints.filter((line) => line.includes('cannot show'))).toEqual([]);
      await crash();
      await ended;
      expect(complaints).toContainEqual(
        expect.stringMatching(/cannot show its window: The page crashed repeatedly/),
      );
      expect(await tickers(libraryPath)).toContain('DROP.L');
    });
  });

  describe('its end', () => {
    afterEach(removeLibrary);

    test('the window comes back where it was', async () => {
      await makeLibrary();
      const first = await start();
      const bounds = { x: 40, y: 60, width: 1100, height: 700 };
      await first.app.evaluate(
        ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]!.setBounds(to),
        bounds,
      );
      await first.app.close();
      expect(await first.ended).toBe(0);
      const second = await start();
      const found = await second.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]!.getBounds(),
      );
      // Where a window may stand is the window manager's business.
      expect(found).toMatchObject(face === 'desktop (stand-in)' ? bounds : { width: 1100, height: 700 });
      const size = () => second.page.evaluate(() => [window.innerWidth, window.innerHeight]);
      if (face === 'desktop (stand-in)') await expect.poll(size).toEqual([1100, 700]);
    });

    test('quitting with work under way asks; what was stored stays, and nothing else', async () => {
      await makeLibrary();
      const { app, page, ended } = await start();
      const importFile = async (name: string, ticker: string, bars: number) => {
        await writeFile(join(libraryPath, name), csv(ticker, bars));
        await importBars(page, join(libraryPath, name));
      };
      const answer = (response: number) =>
        app.evaluate(({ dialog }, chosen) => {
          dialog.showMessageBox = async (...args: unknown[]) => {
            console.log(`asked ${JSON.stringify(args.at(-1))}`);
            return { response: chosen, checkboxChecked: false };
          };
        }, response);
      const asked: string[] = [];
      app.on('console', (message) => message.text().startsWith('asked') && asked.push(message.text()));
      const quit = () => app.evaluate(({ app: own }) => own.quit());

      await page.getByTestId('nav-data').click();
      await importFile('stored.csv', 'STORED.L', 2_000);
      await page.getByTestId('import-report').waitFor();
      await page.getByTestId('close-import').click();
      await page.locator('[data-testid=series-row][data-ticker="STORED.L"]').waitFor();
      await importFile('long.csv', 'LONG.L', 400_000);
      await page.locator('[data-testid=import-row][data-state=importing]').waitFor();

      await answer(0);
      await quit();
      await expect.poll(() => asked).toHaveLength(1);
      expect(asked[0]).toMatch(/A job is still running.*long\.csv/);
      expect(await page.getByTestId('screen-data').isVisible()).toBe(true);
      await answer(1);
      await quit().catch(() => {}); // it may be gone before it answers
      expect(await ended).toBe(0);
      expect(asked).toHaveLength(2);
      expect(await tickers(libraryPath)).toEqual(['STORED.L']);
    });

    test('killed, it leaves a library that opens again', async () => {
      await makeLibrary();
      const { app, ended } = await start('--sample');
      app.process().kill('SIGKILL');
      expect(await ended).toBeNull();
      const again = await start();
      await again.page.getByTestId('nav-data').waitFor();
      await again.app.close();
      expect(await again.ended).toBe(0);
    });
  });
});
