import type { PersistStorage } from 'zustand/middleware';
import { useLayout } from './layout.ts';

/** Stores that read what they keep again when another workspace is shown. */
const stores = new Set<() => void | Promise<void>>();

/**
 * Where a store of a screen keeps itself: in the workspace, so that it is there after a restart whatever address the
 * page was opened at. Such a store skips its own hydration and is named to `keepWithWorkspace`.
 */
export const workspaceStorage = <State>(): PersistStorage<State> => ({
  getItem: (name) => (useLayout.getState().screens[name] as never) ?? null,
  setItem: (name, value) =>
    useLayout.setState(({ screens, version }) => ({
      // Without functions and the like, as the file will have it.
      screens: { ...screens, [name]: JSON.parse(JSON.stringify(value)) },
      version: version + 1,
    })),
  removeItem: (name) =>
    useLayout.setState(({ screens: { [name]: _, ...others }, version }) => ({
      screens: others,
      version: version + 1,
    })),
});

export function keepWithWorkspace(store: {
  readonly persist: { rehydrate: () => void | Promise<void> };
}): void {
  const read = () => store.persist.rehydrate();
  stores.add(read);
  // A screen that is read late finds its workspace open already.
  void read();
}

export async function rehydrateScreens(): Promise<void> {
  await Promise.all([...stores].map((read) => read()));
}
