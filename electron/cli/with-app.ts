import { fileURLToPath } from 'node:url';
import { type App, createApp } from '../services/create-app.ts';
import { defaultLibraryPath } from '../services/library-path.ts';
import type { Invocation } from './command-line.ts';

// Both from the sources (electron/cli) and from the build (out/main) the resources lie two folders up.
const RESOURCES = fileURLToPath(new URL('../../resources', import.meta.url));

/** Runs `action` with the application open, and closes it whatever happens. */
export async function withApp<T>(
  { libraryPath }: Invocation,
  face: 'terminal' | 'browser',
  action: (app: App) => Promise<T>,
): Promise<T> {
  const app = await createApp({
    libraryPath: libraryPath ?? defaultLibraryPath(),
    resourcesPath: RESOURCES,
    face,
  });
  try {
    return await action(app);
  } finally {
    app.close();
  }
}
