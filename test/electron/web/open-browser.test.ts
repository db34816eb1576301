import { execPath } from 'node:process';
import { describe, expect, test } from 'vitest';
import { browserCommands, openBrowser } from '../../../electron/web/open-browser.ts';

const URL = 'http://127.0.0.1:4000/open?ticket';
const only =
  (...present: string[]) =>
  (path: string) =>
    present.includes(path);

describe('which browser', () => {
  test('Linux: a Chromium in application mode, then xdg-open', () => {
    const env = { DISPLAY: ':0', PATH: '/usr/local/bin:/usr/bin' };
    expect(browserCommands(URL, { platform: 'linux', env, exists: only('/usr/bin/chromium') })).toEqual([
      { file: '/usr/bin/chromium', args: [`--app=${URL}`, '--no-first-run'] },
      { file: 'xdg-open', args: [URL] },
    ]);
  });

  test('Linux without a display: none', () => {
    expect(
      browserCommands(URL, { platform: 'linux', env: { PATH: '/usr/bin' }, exists: () => true }),
    ).toEqual([]);
    const wayland = { WAYLAND_DISPLAY: 'wayland-0', PATH: '' };
    expect(browserCommands(URL, { platform: 'linux', env: wayland, exists: () => false })).toHaveLength(1);
  });

  test('macOS: Chrome before Edge before the default browser', () => {
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    const edge = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
    const commands = browserCommands(URL, { platform: 'darwin', env: {}, exists: only(edge, chrome) });
    expect(commands.map(({ file }) => file)).toEqual([chrome, edge, 'open']);
  });

  test('Windows: nothing goes through a command line interpreter', () => {
    const env = { ProgramFiles: 'C:\\Program Files', 'ProgramFiles(x86)': 'C:\\Program Files (x86)' };
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    const commands = browserCommands(URL, { platform: 'win32', env, exists: only(edge) });
    expect(commands.map(({ file }) => file)).toEqual([edge, 'rundll32']);
    expect(commands.flatMap(({ file }) => file)).not.toContain('cmd');
  });
});

describe('opening', () => {
  const node = (code: string) => ({ file: execPath, args: ['-e', code] });

  test('goes on to the next when one is missing or fails at once', async () => {
    const missing = { file: '/no/such/browser', args: [URL] };
    expect(await openBrowser(URL, [missing, node('process.exit(3)'), node('process.exit(0)')])).toBe(true);
  });

  test('is false when nothing could', async () => {
    expect(await openBrowser(URL, [])).toBe(false);
    expect(await openBrowser(URL, [{ file: '/no/such/browser', args: [] }, node('process.exit(1)')])).toBe(
      false,
    );
  });

  test('a browser that stays is a success', async () => {
    expect(await openBrowser(URL, [node('setTimeout(() => {}, 3000)')])).toBe(true);
  });
});
