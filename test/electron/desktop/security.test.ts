import { readdirSync, readFileSync } from 'node:fs';
import type { Session, WebContents } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { restrictContents, restrictSession } from '../../../electron/desktop/security.ts';
import { fakeContents, fakeSession } from './fake-electron.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type Permission = Parameters<RequestHandler>[1];
type Checkable = Parameters<CheckHandler>[1];

const session = fakeSession();
restrictSession(session as unknown as Session);
// Taken down here: the runner clears what mocks have seen before every test.
const onRequest = session.setPermissionRequestHandler.mock.calls[0]![0]!;
const onCheck = session.setPermissionCheckHandler.mock.calls[0]![0]!;
const onDevice = session.setDevicePermissionHandler.mock.calls[0]![0]!;
const onBeforeRequest = session.webRequest.onBeforeRequest.mock.calls[0]![0];
const contents = {} as WebContents;

const requested = (permission: Permission, requestingUrl = 'app://hindsight/', isMainFrame = true) => {
  const grant = vi.fn<(granted: boolean) => void>();
  onRequest(contents, permission, grant, { requestingUrl, isMainFrame } as Parameters<RequestHandler>[3]);
  expect(grant).toHaveBeenCalledOnce();
  return grant.mock.calls[0]![0];
};
const checked = (permission: Checkable, origin = 'app://hindsight', isMainFrame = true) =>
  onCheck(contents, permission, origin, { isMainFrame } as Parameters<CheckHandler>[3]);

describe('permissions', () => {
  // The compiler keeps this table complete: a permission that a new Electron adds has to be decided here.
  const TABLE: Readonly<Record<Permission | Checkable, boolean>> = {
    ar: false,
    'automatic-fullscreen': false,
    'background-fetch': false,
    'background-sync': false,
    'captured-surface-control': false,
    'clipboard-read': false,
    'clipboard-sanitized-write': true,
    'deprecated-sync-clipboard-read': false,
    'display-capture': false,
    fileSystem: false,
    fullscreen: false,
    geolocation: false,
    'geolocation-approximate': false,
    'hand-tracking': false,
    hid: false,
    'idle-detection': false,
    keyboardLock: false,
    'local-fonts': false,
    'local-network': false,
    'local-network-access': false,
    'loopback-network': false,
    media: false,
    mediaKeySystem: false,
    midi: false,
    midiSysex: false,
    nfc: false,
    notifications: false,
    openExternal: false,
    'payment-handler': false,
    'periodic-background-sync': false,
    'persistent-storage': false,
    pointerLock: false,
    'screen-wake-lock': false,
    sensors: false,
    serial: false,
    'smart-card': false,
    'speaker-selection': false,
    'storage-access': false,
    'system-wake-lock': false,
    'top-level-storage-access': false,
    usb: false,
    vr: false,
    'web-app-installation': false,
    'web-printing': false,
    'window-management': false,
    unknown: false,
  };

  test.each(Object.entries(TABLE) as [Permission & Checkable, boolean][])(
    '%s: %s',
    (permission, expected) => {
      expect(requested(permission)).toBe(expected);
      expect(checked(permission)).toBe(expected);
    },
  );

  test.each([
    'https://evil.example/',
    'app://hindsight.evil.example/',
    'app://other/',
    'file:///index.html',
    'about:blank',
    'null',
    '',
  ])('nothing for %j', (url) => {
    expect(requested('clipboard-sanitized-write', url)).toBe(false);
    expect(checked('clipboard-sanitized-write', url)).toBe(false);
  });

  test('nothing for a frame inside the page', () => {
    expect(requested('clipboard-sanitized-write', 'app://hindsight/', false)).toBe(false);
    expect(checked('clipboard-sanitized-write', 'app://hindsight', false)).toBe(false);
  });

  test('no device', () => {
    expect(onDevice({ deviceType: 'usb', origin: 'app://hindsight' } as Parameters<typeof onDevice>[0])).toBe(
      false,
    );
  });
});

describe('what a page may load', () => {
  const isCancelled = (url: string) => {
    const decide = vi.fn<(response: { cancel?: boolean }) => void>();
    onBeforeRequest({ url }, decide);
    return decide.mock.calls[0]![0].cancel;
  };

  test.each([
    'http://example.com/',
    'https://example.com/',
    'http://127.0.0.1/',
    'ws://127.0.0.1/',
    'wss://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'chrome://settings/',
    'blob:https://example.com/1',
    'app://other/',
  ])('not %s', (url) => expect(isCancelled(url)).toBe(true));

  test.each([
    'app://hindsight/assets/a.js',
    'blob:app://hindsight/1',
    'data:image/png;base64,AA==',
    'devtools://devtools/x',
  ])('%s', (url) => expect(isCancelled(url)).toBe(false));

  test.each([
    ['blob:app://hindsight/5c0f', false],
    ['blob:https://evil.example/5c0f', true],
    ['https://evil.example/trades.csv', true],
    ['data:text/csv,a', true],
    ['file:///etc/passwd', true],
    ['app://hindsight/index.html', true],
  ])('a download of %s is stopped: %s', (url, expected) => {
    const preventDefault = vi.fn();
    session.emit('will-download', { preventDefault }, { getURL: () => url });
    expect(preventDefault.mock.calls.length > 0).toBe(expected);
  });
});

describe('a page stays where it is', () => {
  const page = fakeContents();
  restrictContents(page as unknown as WebContents);
  const onOpen = page.setWindowOpenHandler.mock.calls[0]![0];
  const isBlocked = (event: string, url: string) => {
    const preventDefault = vi.fn();
    page.emit(event, { preventDefault, url });
    return preventDefault.mock.calls.length > 0;
  };
  const PLACES = [
    'file:///etc/passwd',
    'file:///home/me/dropped.html',
    'javascript:alert(1)',
    'http://example.com/',
    'https://example.com/',
    'smb://server/share',
    'data:text/html,<script>1</script>',
    'blob:app://hindsight/1',
    'about:blank',
    'chrome://settings/',
    'app://hindsight.evil.example/',
    'app://hindsight/other.html',
    'app://hindsight//',
    'vscode://file/etc/passwd',
  ];

  test.each(PLACES)('%s', (url) => {
    expect(isBlocked('will-navigate', url)).toBe(true);
    expect(isBlocked('will-frame-navigate', url)).toBe(true);
    expect(isBlocked('will-redirect', url)).toBe(true);
    expect(onOpen({ url } as Parameters<typeof onOpen>[0])).toEqual({ action: 'deny' });
  });

  test('loading itself again is no navigation', () => {
    expect(isBlocked('will-navigate', 'app://hindsight/')).toBe(false);
    expect(isBlocked('will-navigate', 'app://hindsight/#trades')).toBe(false);
    expect(isBlocked('will-redirect', 'app://hindsight/')).toBe(true);
  });

  test('no embedded pages', () => {
    expect(isBlocked('will-attach-webview', 'app://hindsight/')).toBe(true);
  });
});

test('nothing in the desktop folder opens anything outside of the application', () => {
  const folder = new URL('../../../electron/desktop/', import.meta.url);
  const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
  expect(sources.length).toBeGreaterThan(5);
  for (const source of sources)
    expect(source).not.toMatch(/openExternal|\bshell\b|executeJavaScript|no-sandbox/);
});
