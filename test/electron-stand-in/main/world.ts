import { Addresses } from '../chromium/addresses.ts';
import type { Chromium } from '../chromium/chromium.ts';

/** What the parts of the stand-in share: there is one application in a process. */
export const world: {
  /** Null until the application is ready. */
  chromium: Chromium | null;
  readonly addresses: Addresses;
} = { chromium: null, addresses: new Addresses() };

export function chromium(): Chromium {
  if (world.chromium === null) throw new Error('The application is not ready yet: wait for app.whenReady()');
  return world.chromium;
}
