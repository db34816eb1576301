import type { Session, WebContents } from 'electron';
import { APP_URL, isAppUrl } from './app-origin.ts';

/** The one thing our page may ask of the system: to put text it shows on the clipboard. */
const PERMITTED: readonly string[] = ['clipboard-sanitized-write'];

/** The schemes a page of ours may load anything from; the network is not among them. */
const LOADABLE = [APP_URL, `blob:${APP_URL}`, 'data:', 'devtools:'];

/** Closes what a session could do beyond showing our page: permissions, devices, network, foreign downloads. */
export function restrictSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, grant, details) =>
    grant(PERMITTED.includes(permission) && details.isMainFrame && isAppUrl(details.requestingUrl)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin, details) =>
      PERMITTED.includes(permission) && details.isMainFrame && isAppUrl(withSlash(origin)),
  );
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, decide) =>
    decide({ cancel: !LOADABLE.some((start) => url.startsWith(start)) }),
  );
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${APP_URL}`)) event.preventDefault();
  });
}

/** Keeps every page where it is: no navigation but to itself, no redirect, new window or embedded page. */
export function restrictContents(contents: WebContents): void {
  const stay = (event: { preventDefault(): void; readonly url: string }) => {
    if (event.url.replace(/#.*$/s, '') !== APP_URL) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Origins come with and without their slash. */
const withSlash = (origin: string) => (origin.endsWith('/') ? origin : `${origin}/`);
