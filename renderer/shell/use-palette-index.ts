import { useEffect, useMemo, useRef } from 'react';
import { isOffered } from '../commands/handlers.ts';
import { useConnection } from '../state/connection.ts';
import { useSettings } from '../state/settings.ts';
import { useWorkspaces } from '../state/workspaces.ts';
import {
  commandItems,
  namedItems,
  type PaletteIndex,
  type PaletteSources,
  paletteIndex,
  searchPalette,
  settingItems,
} from './palette-items.ts';

/**
 * What has a name, ready to be searched. Made while nobody waits, whenever the lists change; at once when somebody asks
 * before that.
 */
export function useNamedIndex(): () => PaletteIndex {
  const { series, runs, strategies } = useConnection();
  const workspaces = useWorkspaces(({ list }) => list);
  const sources = useMemo<PaletteSources>(
    () => ({
      series: series ?? [],
      runs: runs ?? [],
      strategies: strategies ?? [],
      workspaces: workspaces.map(({ name }) => name),
    }),
    [series, runs, strategies, workspaces],
  );
  const made = useRef<{ readonly of: PaletteSources; readonly index: PaletteIndex } | null>(null);
  const make = () => {
    if (made.current?.of !== sources)
      made.current = { of: sources, index: paletteIndex(namedItems(sources)) };
    return made.current.index;
  };
  const latest = useRef(make);
  latest.current = make;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each state of the lists
  useEffect(() => {
    // The first search of an index prepares it.
    const wait = requestIdleCallback(() => searchPalette('a', [latest.current()]));
    return () => cancelIdleCallback(wait);
  }, [sources]);
  return () => latest.current();
}

/** Commands on offer and settings, when the palette opens. */
export function useCommandIndex(): PaletteIndex {
  const keys = useSettings(({ values }) => values.keys);
  return useMemo(() => {
    const commands = commandItems((id) => id !== 'palette' && isOffered(id), keys);
    return paletteIndex([...commands, ...settingItems()]);
  }, [keys]);
}
