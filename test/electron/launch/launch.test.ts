import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fetchElectron, findElectron, obstacle } from '../../../electron/launch/electron.mjs';
import { findNode } from '../../../electron/launch/node.mjs';
import { parseStartArguments } from '../../../electron/launch/start-arguments.mjs';

const machine = (change: Partial<Parameters<typeof obstacle>[0] & object> = {}) => ({
  platform: 'linux' as NodeJS.Platform,
  env: { DISPLAY: ':0' } as NodeJS.ProcessEnv,
  isRoot: false,
  read: () => null as string | null,
  exists: () => false,
  ...change,
});

describe('which Node', () => {
  const present =
    (...paths: string[]) =>
    (path: string) =>
      paths.includes(path);
  const installed = join('/app', 'node_modules', 'node', 'bin', 'node');

  test.each([
    ['24.0.0', '/usr/bin/node'],
    ['25.1.0', '/usr/bin/node'],
    ['100.0.0', '/usr/bin/node'],
    ['23.11.0', installed],
    ['20.20.2', installed],
    ['18.0.0', installed],
    ['4.24.0', installed],
  ])('running %s: %s', (version, expected) => {
    expect(findNode('/app', { version, execPath: '/usr/bin/node', exists: present(installed) })).toBe(
      expected,
    );
  });

  test('none, when the running one is too old and none is installed', () => {
    expect(
      findNode('/app', { version: '20.0.0', execPath: '/usr/bin/node', exists: () => false }),
    ).toBeNull();
  });

  test('Windows’ name is found, too', () => {
    const exists = present(`${installed}.exe`);
    expect(findNode('/app', { version: '20.0.0', execPath: 'node', exists })).toBe(`${installed}.exe`);
  });
});

describe('whether an Electron window can appear', () => {
  test.each([
    ['linux', {}, false, 'there is no display'],
    ['linux', { DISPLAY: '' }, false, 'there is no display'],
    ['linux', { DISPLAY: ':0' }, false, null],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, false, null],
    ['linux', { DISPLAY: ':0' }, true, 'it does not run as root'],
    ['darwin', {}, false, null],
    ['win32', {}, false, null],
  ] as const)('%s %j root %s: %s', (platform, env, isRoot, expected) => {
    expect(obstacle(machine({ platform, env, isRoot }))).toBe(expected);
  });
});

describe('where Electron is', () => {
  const folder = join('/app', 'node_modules', 'electron');
  const program = join(folder, 'dist', 'electron');
  const pathText = (path: string) => (path === join(folder, 'path.txt') ? 'electron' : null);

  test('as its own package would find it', () => {
    expect(findElectron('/app', machine({ read: pathText, exists: (path) => path === program }))).toBe(
      program,
    );
  });

  test('nowhere without path.txt, or with the program removed', () => {
    expect(findElectron('/app', machine({ exists: () => true }))).toBeNull();
    expect(findElectron('/app', machine({ read: pathText }))).toBeNull();
  });

  test('where ELECTRON_OVERRIDE_DIST_PATH says', () => {
    const env = { ELECTRON_OVERRIDE_DIST_PATH: '/opt/electron' };
    const expected = join('/opt/electron', 'electron');
    expect(findElectron('/app', machine({ env, exists: (path) => path === expected }))).toBe(expected);
    expect(findElectron('/app', machine({ env, read: pathText }))).toBeNull();
  });
});

describe('fetching Electron', () => {
  let root: string;
  const installer = () => join(root, 'node_modules', 'electron', 'install.js');
  const marker = () => join(root, 'out', '.electron-not-fetched');
  const here = (env: NodeJS.ProcessEnv = {}) => machine({ env, exists: existsSync });
  const install = (code: string) => {
    mkdirSync(join(installer(), '..'), { recursive: true });
    writeFileSync(installer(), code);
  };
  const online = () => Promise.resolve(true);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'hindsight-fetch-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('downloads nothing under CI', async () => {
    install("require('node:fs').writeFileSync('ran', '')");
    expect(await fetchElectron(root, here({ CI: 'true' }), online)).toEqual({
      reason: expect.stringContaining('CI'),
    });
    expect(existsSync(join(root, 'ran'))).toBe(false);
  });

  test('gives the program that the installer brought', async () => {
    install("require('node:fs').writeFileSync('program', '')");
    const program = join(root, 'program');
    const found = { ...here({ ELECTRON_OVERRIDE_DIST_PATH: root }), read: () => 'program' };
    expect(await fetchElectron(root, found, online)).toEqual({ path: program });
    expect(existsSync(marker())).toBe(false);
  });

  test('does not try again for a day after a failure', async () => {
    install("require('node:fs').appendFileSync('runs', 'x'); process.exit(1)");
    expect(await fetchElectron(root, here(), online)).toEqual({ reason: 'it could not be downloaded' });
    expect(await fetchElectron(root, here(), online)).toEqual({
      reason: expect.stringContaining('failed earlier today'),
    });
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    utimesSync(marker(), yesterday, yesterday);
    expect(await fetchElectron(root, here(), online)).toEqual({ reason: 'it could not be downloaded' });
  });

  test('without a network it is not tried at all, now or later', async () => {
    install("require('node:fs').writeFileSync('ran', '')");
    const offline = () => Promise.resolve(false);
    expect(await fetchElectron(root, here(), offline)).toEqual({
      reason: expect.stringContaining('no network'),
    });
    expect(existsSync(join(root, 'ran'))).toBe(false);
    expect(existsSync(marker())).toBe(false);
  });

  test('says so where its package is missing', async () => {
    expect(await fetchElectron(root, here(), online)).toEqual({ reason: 'it is not installed' });
  });
});

describe('what npm start was asked for', () => {
  test('the desktop first, with the browser to fall back on', () => {
    expect(parseStartArguments([])).toEqual({
      face: 'desktop',
      electronArguments: ['--sample'],
      serveArguments: ['serve', '--sample'],
    });
    expect(parseStartArguments(['--library', '/my data'])).toEqual({
      face: 'desktop',
      electronArguments: ['--sample', '--library=/my data'],
      serveArguments: ['serve', '--sample', '--library', '/my data'],
    });
  });

  test.each([[['--no-open']], [['--browser']], [['--port', '4000']], [['--port=4000']]])(
    '%j never tries Electron',
    (argv) => expect(parseStartArguments(argv)).toMatchObject({ face: 'browser' }),
  );

  test('all of it reaches the server', () => {
    expect(parseStartArguments(['--no-open', '--port', '4000', '--library=/data'])).toMatchObject({
      serveArguments: ['serve', '--sample', '--no-open', '--port', '4000', '--library', '/data'],
    });
  });

  test.each([[['--prot', '1']], [['file.csv']], [['--port']]])('%j is an error', (argv) => {
    expect(parseStartArguments(argv)).toEqual({ error: expect.any(String) });
  });
});

describe('running a program to its end', () => {
  const module = new URL('../../../electron/launch/node.mjs', import.meta.url).href;
  const parent = (child: string) =>
    spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { runToEnd } from ${JSON.stringify(module)}; process.exit(await runToEnd(process.execPath, ['-e', ${JSON.stringify(child)}]));`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );

  test.each([0, 1, 2, 77])('its exit code %i is ours', async (code) => {
    expect((await once(parent(`process.exit(${code})`), 'exit'))[0]).toBe(code);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s reaches it once, and it may clean up', async (signal, code) => {
    const running = parent(
      `process.on('${signal}', () => { console.log('asked'); setTimeout(() => process.exit(${code}), 100); }); console.log('ready'); setInterval(() => {}, 1000);`,
    );
    let output = '';
    running.stdout!.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (text.includes('ready')) running.kill(signal);
    });
    expect((await once(running, 'exit'))[0]).toBe(code);
    expect(output).toBe('ready\nasked\n');
  });

  test('a child ended by a signal counts 128 and its number', async () => {
    expect((await once(parent("process.kill(process.pid, 'SIGKILL')"), 'exit'))[0]).toBe(137);
  });
});
