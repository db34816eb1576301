import { homedir } from 'node:os';
import { join } from 'node:path';

/** The user's data folder for Hindsight, by each platform's convention (XDG, Application Support, AppData). */
export function defaultLibraryPath(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Hindsight');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Hindsight');
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'hindsight');
}
