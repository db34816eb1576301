import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';

export const APP_SCHEME = 'app';
export const APP_HOST = 'hindsight';
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`;

/** Whether a document or a resource is ours. Blobs of our page are not: they are data, wherever they came from. */
export function isAppUrl(url: string): boolean {
  // Case matters on purpose: Chromium hands out schemes and hosts in lower case, anything else is not from it.
  return url.startsWith(APP_URL) && URL.canParse(url) && new URL(url).username === '';
}

/** Whether a message comes from our own page in the top frame of its window. */
export function isFromAppPage({
  sender,
  senderFrame,
}: Pick<IpcMainEvent | IpcMainInvokeEvent, 'sender' | 'senderFrame'>): boolean {
  return (
    senderFrame !== null &&
    senderFrame.parent === null &&
    senderFrame === sender.mainFrame &&
    isAppUrl(senderFrame.url)
  );
}
