import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeDesktop, launchDesktop, startProgram } from './desktop.ts';

// Whether the stand-in is like Electron: a small application on both, wherever both are.

const sampleApp = fileURLToPath(new URL('../electron-stand-in/sample-app/main.ts', import.meta.url));

interface Sample {
  readonly list: readonly [number, { two: number }];
  world(): object;
  add(a: number, b: number): number;
  double(columns: Float64Array): Promise<Float64Array>;
  fail(): void;
  failLater(): Promise<void>;
  each(values: number[], callback: (value: number) => number): number[];
  counter(): () => number;
  path(file: File): string;
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  sync(value: number): number;
  givePort(callback: (text: string) => void): void;
}
declare const sample: Sample;

describeDesktop('a small application in the %s face', (face) => {
  const isStandIn = face === 'desktop (stand-in)';
  let folder: string;
  let app: ElectronApplication;
  let page: Page;
  const log = async () => (await readFile(join(folder, 'log.txt'), 'utf8')).trim().split('\n');
  const args = (...more: string[]) => [...more, sampleApp, `--folder=${folder}`];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hindsight-sample-'));
    // The lock of a process that was killed must not keep the next one from starting.
    await mkdir(join(folder, 'user-data'));
    if (isStandIn) await writeFile(join(folder, 'user-data', 'StandInLock'), '999999999');
    ({ app, page } = await launchDesktop(face, { args: args('--password-store=gnome-libsecret') }));
    await page.locator('#away').waitFor();
  });
  afterAll(async () => {
    await app?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The driver hears of a page on its own way, after the application. */
  const loadFirstPage = async () => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.loadURL('sample://one/'));
    await expect.poll(() => page.title()).toBe('Sample');
  };

  test('starts in Electron’s order', async () => {
    await expect.poll(log).toEqual(['ready', 'ready-to-show']);
    expect(await app.evaluate(({ app: own }) => [own.isReady(), process.type])).toEqual([true, 'browser']);
  });

  describe('worlds', () => {
    test('the page has nothing of the preload’s but what was exposed, and cannot change it', async () => {
      const seen = await page.evaluate(() => ({
        names: Object.keys(sample),
        leaked: ['require', 'process', 'Buffer', 'secretOfThePreload', 'electron'].filter(
          (name) => name in window,
        ),
        list: sample.list,
        isFrozen: Object.isFrozen(sample) && Object.isFrozen(sample.list[1]),
        world: sample.world(),
      }));
      expect(seen).toMatchObject({
        names: expect.arrayContaining(['list', 'world', 'add']),
        leaked: [],
        list: [1, { two: 2 }],
        isFrozen: true,
        world: { sandboxed: true, secret: 42 },
      });
      // @ts-expect-error: the page's world has no such name
      declare const secretOfThePreload: never;
    });

    test('functions, promises and errors cross between them', async () => {
      const crossed = await page.evaluate(async () => {
        const message = (thrown: unknown) => (thrown as Error).message;
        const count = sample.counter();
        let thrown = '';
        try {
          sample.fail();
        } catch (error) {
          thrown = message(error);
        }
        return {
          sum: sample.add(1, 2),
          doubled: [...(await sample.double(Float64Array.of(1.5, -0)))],
          each: sample.each([1, 2], (value) => value * 10),
          counts: [count(), count()],
          thrown,
          later: await sample.failLater().catch(message),
        };
      });
      expect(crossed).toEqual({
        sum: 3,
        doubled: [3, -0],
        each: [10, 20],
        counts: [1, 2],
        thrown: 'refused',
        later: 'refused later',
      });
    });
  });

  describe('messages', () => {
    test('values arrive as they were, in both directions', async () => {
      const same = await page.evaluate(async () => {
        const bytes = new Uint8Array(1_000_000).map((_, i) => i);
        const [numbers, map, date, back, nothing] = (await sample.invoke(
          'echo',
          [1, Number.NaN, -0, undefined],
          new Map([['a', new Set([1n])]]),
          new Date(5),
          bytes,
          null,
        )) as [number[], Map<string, Set<bigint>>, Date, Uint8Array, null];
        return [
          Object.is(numbers[1], Number.NaN) && Object.is(numbers[2], -0) && numbers.length === 4,
          map.get('a')!.has(1n),
          date.getTime() === 5,
          back.length === bytes.length && back.every((byte, i) => byte === bytes[i]),
          nothing === null,
        ];
      });
      expect(same).toEqual([true, true, true, true, true]);
    });

    test('what goes wrong in the main process is said in the page', async () => {
      const failure = (channel: string) =>
        page.evaluate((name) => sample.invoke(name).catch((error: Error) => error.message), channel);
      expect(await failure('fail')).toBe("Error invoking remote method 'fail': RangeError: too far");
      expect(await failure('nobody')).toBe(
        "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
      );
    });

    test('the page can wait for an answer standing still', async () => {
      expect(await page.evaluate(() => [sample.sync(4), sample.sync(5)])).toEqual([8, 10]);
    });

    test('a port of the page answers from the main process', async () => {
      const heard = await page.evaluate(async () => {
        const { port1, port2 } = new MessageChannel();
        window.postMessage('port', location.origin, [port2]);
        const answers: unknown[] = [];
        const all = new Promise((resolve) => {
          port1.onmessage = ({ data }) => answers.push(data) === 3 && resolve(null);
        });
        port1.postMessage('one');
        port1.postMessage(Float64Array.of(2));
        port1.postMessage({ three: [3] });
        await all;
        return [answers[0], [...(answers[1] as Float64Array)], answers[2]];
      });
      expect(heard).toEqual(['one', [2], { three: [3] }]);
    });

    test('a port of the main process works in the preload', async () => {
      expect(await page.evaluate(() => new Promise((resolve) => sample.givePort(resolve)))).toBe(
        'for you: main heard hello',
      );
    });

    test('loading the page again closes its ports', async () => {
      expect(await log()).not.toContain('port closed');
      await page.reload();
      await expect.poll(log).toContain('port closed');
    });
  });

  describe('requests', () => {
    const ask = (
      path: string,
      init: { method?: string; body?: string; headers?: Record<string, string> } = {},
    ) =>
      page.evaluate(
        ([url, options]) =>
          fetch(url, options).then(
            async (response) => `${response.status} ${await response.text()}`,
            () => 'failed',
          ),
        [path, init] as const,
      );

    test('reach the application’s handler as they were made', async () => {
      expect(await ask('/echo', { method: 'POST', body: 'body', headers: { 'x-sample': 'yes' } })).toBe(
        '201 POST yes body',
      );
      expect(await page.evaluate(() => fetch('/echo?a=/../b').then((r) => r.headers.get('x-answer')))).toBe(
        'sample://one/echo?a=/../b',
      );
      expect(await ask('/nowhere')).toBe('404 nothing');
      expect(await ask('/broken')).toBe('failed');
      expect(await ask('/cancelled')).toBe('failed');
    });

    test('of workers as well', async () => {
      const said = page.evaluate(
        () =>
          new Promise((resolve) => {
            new Worker('/worker.js').onmessage = ({ data }) => resolve(data);
          }),
      );
      expect(await said).toBe('POST  from a worker');
    });

    test('a page that cannot be loaded says so', async () => {
      const reason = await app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]!
          .loadURL('sample://one/broken')
          .catch((error: Error) => error.message),
      );
      expect(reason).toMatch(/^ERR_\w+ \(-\d+\) loading 'sample:\/\/one\/broken'/);
      expect(await log()).toContainEqual(
        expect.stringMatching(/^did-fail-load -\d+ sample:\/\/one\/broken$/),
      );
      await loadFirstPage();
    });
  });

  describe('leaving the page', () => {
    test('is decided by the application', async () => {
      await page.locator('#away').click();
      await expect.poll(log).toContain('will-navigate https://example.com/');
      await page.evaluate(() => {
        location.hash = 'here';
      });
      await page.locator('#aside').click();
      await expect.poll(log).toContain('open https://example.com/aside foreground-tab');
      expect(await page.evaluate(() => window.open('https://example.com/window'))).toBeNull();
      await expect.poll(log).toContainEqual(expect.stringMatching(/^open https:\/\/example\.com\/window /));
      expect(await page.title()).toBe('Sample');
      expect(app.windows()).toHaveLength(1);
      await page.evaluate(() => {
        location.href = '/second';
      });
      await expect.poll(() => page.title()).toBe('Second');
      await expect.poll(log).toContain('will-navigate sample://one/second');
      expect((await log()).filter((line) => line.includes('#here'))).toEqual([]);
      await loadFirstPage();
    });

    test('a permission is what the application’s handlers say', async () => {
      const states = await page.evaluate(async () =>
        Promise.all(
          (['geolocation', 'notifications', 'camera'] as PermissionName[]).map(
            async (name) => (await navigator.permissions.query({ name })).state,
          ),
        ),
      );
      expect(states).toEqual(['denied', 'granted', 'denied']);
    });
  });

  test('a file has its path in the preload alone', async () => {
    const path = join(folder, 'bars.csv');
    await writeFile(path, 'a,b\n');
    await page.locator('#file').setInputFiles(path);
    const seen = await page.evaluate(() => {
      const [file] = document.querySelector<HTMLInputElement>('#file')!.files!;
      return [sample.path(file!), Object.hasOwn(file!, 'path')];
    });
    expect(seen).toEqual([path, false]);
  });

  describe('the window', () => {
    test('has the size it was given, within its limits', async () => {
      const resize = (width: number, height: number) =>
        app.evaluate(
          ({ BrowserWindow }, size) => {
            const window = BrowserWindow.getAllWindows()[0]!;
            window.setBounds(size);
            return window.getBounds().width;
          },
          { width, height },
        );
      expect(await resize(640, 480)).toBe(640);
      await expect.poll(() => page.evaluate(() => window.outerWidth)).toBeGreaterThanOrEqual(640);
      expect(await resize(100, 480)).toBe(300);
    });

    test('zooms by fifths', async () => {
      const ratio = () => page.evaluate(() => window.devicePixelRatio);
      const zoom = (level: number) =>
        app.evaluate(
          ({ BrowserWindow }, by) => BrowserWindow.getAllWindows()[0]!.webContents.setZoomLevel(by),
          level,
        );
      const before = await ratio();
      await zoom(1);
      await expect.poll(ratio).toBeCloseTo(before * 1.2, 5);
      await zoom(0);
      await expect.poll(ratio).toBe(before);
    });

    test('keeps a secret where there is a key store', async () => {
      const kept = await app.evaluate(async ({ safeStorage }) => {
        if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
        const encrypted = await safeStorage.encryptStringAsync('clé');
        const { result } = await safeStorage.decryptStringAsync(encrypted);
        return { result, isHidden: !encrypted.includes('clé') };
      });
      if (kept !== null || isStandIn) expect(kept).toEqual({ result: 'clé', isHidden: true });
    });
  });

  // Playwright's keys go to the page alone in Electron.
  describe.skipIf(!isStandIn)('keys', () => {
    test('go to the application first, then to the page, and what it has not taken to the menu', async () => {
      await page.locator('#text').focus();
      await page.keyboard.press('Alt+q');
      await expect.poll(log).toContain('before-input-event');
      await page.keyboard.press('Control+Shift+h');
      await expect.poll(log).toContain('hello');
      await page.evaluate(() => window.addEventListener('keydown', (event) => event.preventDefault()));
      await page.keyboard.press('Control+Shift+h');
      await page.evaluate(() => sample.invoke('echo'));
      expect((await log()).filter((line) => line === 'hello')).toHaveLength(1);
    });
  });

  test('a second process tells the first and ends', async () => {
    expect(await startProgram(face, [...args(), '--from-the-second'])).toBe(0);
    await expect.poll(log).toContain('second-instance --from-the-second');
  });

  test('a menu item works without its keys', async () => {
    const before = (await log()).length;
    await app.evaluate(({ Menu }) => Menu.getApplicationMenu()!.getMenuItemById('hello')!.click());
    await expect.poll(log).toHaveLength(before + 1);
  });

  test('ends in Electron’s order', async () => {
    await app.close();
    expect((await log()).slice(-5)).toEqual(['before-quit', 'close', 'closed', 'will-quit', 'quit 0']);
  });
});
