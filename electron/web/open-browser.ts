import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface BrowserCommand {
  readonly file: string;
  readonly args: readonly string[];
}

interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly exists: (path: string) => boolean;
}

const LINUX_NAMES = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'brave-browser',
];
const MAC_NAMES = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];
const WINDOWS_PATHS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * What to try, best first: a Chromium in application mode (a window without an address bar), then whatever opens
 * addresses on this platform. Empty where there is no display.
 */
export function browserCommands(
  url: string,
  { platform, env, exists }: Machine = { platform: process.platform, env: process.env, exists: existsSync },
): readonly BrowserCommand[] {
  const asApp = (files: readonly string[]) =>
    files.filter(exists).map((file) => ({ file, args: [`--app=${url}`, '--no-first-run'] }));
  switch (platform) {
    case 'darwin': {
      const apps = MAC_NAMES.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
      return [...asApp(apps), { file: 'open', args: [url] }];
    }
    case 'win32': {
      const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter((root) => root);
      const apps = WINDOWS_PATHS.flatMap((path) => roots.map((root) => `${root}\\${path}`));
      // Not `cmd /c start`, which would read `&` and `^` in an address as its own.
      return [...asApp(apps), { file: 'rundll32', args: ['url.dll,FileProtocolHandler', url] }];
    }
    default: {
      if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return [];
      const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
      const apps = LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
      return [...asApp(apps), { file: 'xdg-open', args: [url] }];
    }
  }
}

/** A browser that ends sooner than this with an error has not opened anything. */
const SETTLE_MILLISECONDS = 1_500;

/** Opens a window on `url`. False when nothing on this machine could. */
export async function openBrowser(url: string, commands = browserCommands(url)): Promise<boolean> {
  for (const command of commands) if (await launches(command)) return true;
  return false;
}

function launches({ file, args }: BrowserCommand): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(file, [...args], { detached: true, stdio: 'ignore' });
    const timer = setTimeout(() => resolve(true), SETTLE_MILLISECONDS);
    const settle = (opened: boolean) => {
      clearTimeout(timer);
      resolve(opened);
    };
    child.once('error', () => settle(false));
    child.once('exit', (code) => settle(code === 0));
    child.unref();
  });
}
