import type Electron from 'electron';
import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts';
import { type Fits, preventable, refusingEmitter, refusingObject } from '../refusal.ts';
import { chromium, world } from './world.ts';

type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0];
type Permission = Parameters<NonNullable<RequestHandler>>[1];
type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  decide: (response: Electron.CallbackResponse) => void,
) => void;

/** Electron's permissions as Chromium's protocol names them; it cannot set the others. */
const DESCRIPTORS: Partial<Record<Permission, readonly Protocol.Browser.PermissionDescriptor[]>> = {
  'background-sync': [{ name: 'background-sync' }],
  'captured-surface-control': [{ name: 'captured-surface-control' }],
  'clipboard-read': [{ name: 'clipboard-read' }],
  'clipboard-sanitized-write': [{ name: 'clipboard-write' }],
  'display-capture': [{ name: 'display-capture' }],
  geolocation: [{ name: 'geolocation' }],
  'idle-detection': [{ name: 'idle-detection' }],
  keyboardLock: [{ name: 'keyboard-lock' }],
  'local-fonts': [{ name: 'local-fonts' }],
  media: [{ name: 'camera' }, { name: 'microphone' }],
  midi: [{ name: 'midi' }],
  midiSysex: [{ name: 'midi', sysex: true }],
  notifications: [{ name: 'notifications' }],
  'persistent-storage': [{ name: 'persistent-storage' }],
  pointerLock: [{ name: 'pointer-lock' }],
  'screen-wake-lock': [{ name: 'screen-wake-lock' }],
  sensors: [{ name: 'accelerometer' }, { name: 'gyroscope' }, { name: 'magnetometer' }],
  'storage-access': [{ name: 'storage-access' }],
  'window-management': [{ name: 'window-management' }],
};

let requestHandler: RequestHandler = null;
let checkHandler: CheckHandler = null;
let beforeRequest: BeforeRequest | null = null;

class Session extends refusingEmitter('Session', { emitted: ['will-download'] }) {
  readonly webRequest = refusingObject('WebRequest', {
    onBeforeRequest: (first: unknown, second?: BeforeRequest | null) => {
      if (typeof first === 'object' && first !== null)
        throw new Error('The stand-in hears of all requests: filter them in the listener');
      beforeRequest = (second ?? first) as BeforeRequest | null;
    },
  }) as unknown as Electron.WebRequest;

  setPermissionRequestHandler(handler: RequestHandler): void {
    requestHandler = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    checkHandler = handler;
  }

  /** Kept, but never asked: a browser without a screen offers no devices. */
  setDevicePermissionHandler(_handler: Parameters<Electron.Session['setDevicePermissionHandler']>[0]): void {}

  setSpellCheckerEnabled(_enabled: boolean): void {}

  isPersistent(): boolean {
    return true;
  }
}
export type _Session = Fits<
  Pick<
    Session,
    | 'webRequest'
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setSpellCheckerEnabled'
    | 'isPersistent'
  >,
  Electron.Session
>;

const defaultSession = new Session();
/** Electron's `session`: there is the default one. */
export const session = refusingObject('Session statics', {
  defaultSession: defaultSession as unknown as Electron.Session,
}) satisfies Partial<typeof Electron.session>;

/** Whether the application lets a request out; one that it does not listen to goes out. */
export function mayRequest(details: Electron.OnBeforeRequestListenerDetails): Promise<boolean> {
  return new Promise((resolve) => {
    if (beforeRequest === null) resolve(true);
    else beforeRequest(details, ({ cancel = false }) => resolve(!cancel));
  });
}

/** What both of the application's handlers say; without one Electron grants. */
function isPermitted(contents: Electron.WebContents, permission: Permission, url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const requestingOrigin = url.slice(0, url.indexOf('/', url.indexOf('//') + 2) + 1);
    const frame = { isMainFrame: true, requestingUrl: url };
    const isChecked =
      checkHandler?.(contents, permission as never, requestingOrigin, {
        ...frame,
        securityOrigin: requestingOrigin,
      } as Electron.PermissionCheckHandlerHandlerDetails) ?? true;
    if (requestHandler === null) resolve(isChecked);
    else
      requestHandler(
        contents,
        permission,
        (isGranted) => resolve(isGranted && isChecked),
        frame as Electron.PermissionRequest,
      );
  });
}

/**
 * Asks the application about every permission on behalf of a page that is about to load, and tells Chromium: its
 * protocol has settings that apply at once, but nothing that asks when a page does.
 */
export async function settlePermissions(contents: Electron.WebContents, url: string): Promise<void> {
  const origin = new URL(world.addresses.toChromium(url)).origin;
  const settings = Object.entries(DESCRIPTORS).map(async ([name, descriptors]) => {
    const isGranted = await isPermitted(contents, name as Permission, url);
    const setting = isGranted ? 'granted' : 'denied';
    for (const permission of descriptors)
      await chromium().connection.send('Browser.setPermission', { permission, setting, origin });
  });
  await Promise.all(settings);
}

/** A download that a page began; the application may prevent it. */
export function announceDownload(
  contents: Electron.WebContents,
  { guid, url, suggestedFilename }: Protocol.Page.downloadWillBeginPayload,
): void {
  const item = refusingObject('DownloadItem', {
    getURL: () => world.addresses.toElectron(url),
    getFilename: () => suggestedFilename,
    cancel: () => void chromium().connection.send('Browser.cancelDownload', { guid }),
  }) satisfies Partial<Electron.DownloadItem>;
  const event = preventable({});
  defaultSession.emit('will-download', event, item, contents);
  if (event.defaultPrevented) item.cancel();
}
