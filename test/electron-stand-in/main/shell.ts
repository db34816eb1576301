import type Electron from 'electron';
import { refusingObject } from '../refusal.ts';

const say = (what: string) => void process.stderr.write(`Electron would ${what}\n`);

/** Nothing leaves a rehearsal: what Electron would open is written down. */
export const shell = refusingObject('Shell', {
  openExternal: async (url: string) => say(`open ${url}`),
  openPath: async (path: string) => {
    say(`open ${path}`);
    return '';
  },
  showItemInFolder: (path: string) => say(`show ${path}`),
  beep: () => {},
}) satisfies Partial<Electron.Shell>;
