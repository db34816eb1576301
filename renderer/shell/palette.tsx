import { Dialog } from '@base-ui/react/dialog';
import { ArrowRight, Calendar, LayoutDashboard, Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { create } from 'zustand';
import { instantIn } from '../../shared/format/time.ts';
import { Kbd } from '../design/index.ts';
import { useConnection } from '../state/connection.ts';
import { useNavigation } from '../state/navigation.ts';
import { useShownZone } from '../state/zone.ts';
import { followTarget } from './follow-target.ts';
import { dateItem, type PaletteIndex, type PaletteItem, searchPalette, tradeItem } from './palette-items.ts';
import { PaneIcon } from './pane-icons.tsx';
import { useCommandIndex, useNamedIndex } from './use-palette-index.ts';
import './palette.css';

type Mode = 'everything' | 'names';
const usePalette = create<{ readonly mode: Mode | null }>(() => ({ mode: null }));
export const openPalette = (mode: Mode): void => usePalette.setState({ mode });

/** One field over everything: commands, symbols, runs, strategies, settings, trades by number, dates. */
export function Palette() {
  const mode = usePalette(({ mode }) => mode);
  const namedIndex = useNamedIndex();
  /** Set when something was chosen: it takes the focus itself. */
  const isDone = useRef(false);
  useEffect(() => {
    if (mode !== null) isDone.current = false;
  }, [mode]);
  return (
    <Dialog.Root
      open={mode !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) usePalette.setState({ mode: null });
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="palette-scrim" />
        <Dialog.Popup
          className="palette"
          data-testid="palette"
          aria-label={mode === 'names' ? 'Open by name' : 'Search everything'}
          finalFocus={() => !isDone.current}
        >
          {mode !== null && (
            <PaletteSearch
              mode={mode}
              namedIndex={namedIndex}
              onDone={(item) => {
                isDone.current = item !== null;
                usePalette.setState({ mode: null });
                // After the dialog has gone, or it would take the focus back from what opens.
                if (item !== null) requestAnimationFrame(() => followTarget(item.target));
              }}
            />
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteSearch({
  mode,
  namedIndex,
  onDone,
}: {
  readonly mode: Mode;
  readonly namedIndex: () => PaletteIndex;
  readonly onDone: (item: PaletteItem | null) => void;
}) {
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const commands = useCommandIndex();
  const [named] = useState(namedIndex);
  const { runId, seriesId } = useNavigation();
  const runs = useConnection(({ runs }) => runs);
  const ticker = useConnection(({ series }) => series?.find(({ id }) => id === seriesId)?.ticker ?? null);
  const { zone, label } = useShownZone(ticker);
  const found = useMemo(() => {
    const run = runs?.find(({ id: one }) => one === runId) ?? runs?.[0];
    const first = [
      tradeItem(query, run),
      dateItem(query, label, (wallClock) => instantIn(zone, wallClock)),
    ].filter((one) => one !== null);
    const indexes = mode === 'names' ? [named] : [commands, named];
    return [...first, ...searchPalette(query, indexes)];
  }, [query, mode, commands, named, runs, runId, zone, label]);
  const at = Math.min(chosen, found.length - 1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another one is chosen
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      const next = at + step;
      const isSingle = Math.abs(step) === 1;
      setChosen(
        isSingle ? (next + found.length) % found.length : Math.min(found.length - 1, Math.max(0, next)),
      );
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const item = found[at];
      if (item !== undefined) onDone(item);
    }
  };
  return (
    <>
      <div className="palette-field">
        <Search size={16} aria-hidden />
        <input
          // biome-ignore lint/a11y/noAutofocus: the palette is opened to type into it
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found[at] === undefined ? undefined : `${id}-${at}`}
          aria-label="Search"
          aria-autocomplete="list"
          data-testid="palette-input"
          placeholder={
            mode === 'names'
              ? 'A symbol, run, strategy or workspace'
              : 'Commands, symbols, runs, strategies, “trade 12”, “2024-03-08 09:31”'
          }
          value={query}
          onChange={({ target }) => {
            setQuery(target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className="palette-list" role="listbox" id={`${id}-list`} aria-label="Found" ref={list}>
        {found.map((item, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
          <div
            key={item.key}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === at}
            className="palette-item"
            data-testid="palette-item"
            data-key={item.key}
            onPointerMove={() => setChosen(place)}
            onClick={() => onDone(item)}
          >
            <span className="palette-icon">
              <ItemIcon item={item} />
            </span>
            <span className="palette-title">{item.title}</span>
            <span className="palette-hint">{item.hint}</span>
            {item.keys === undefined ? (
              <span className="palette-what">{item.what}</span>
            ) : (
              <Kbd keys={item.keys} />
            )}
          </div>
        ))}
        {found.length === 0 && <p className="palette-empty">Nothing is like “{query}”.</p>}
      </div>
    </>
  );
}

function ItemIcon({ item: { icon, target } }: { readonly item: PaletteItem }) {
  if (target.to === 'date') return <Calendar size={15} aria-hidden />;
  if (target.to === 'workspace') return <LayoutDashboard size={15} aria-hidden />;
  return icon === null ? <ArrowRight size={15} aria-hidden /> : <PaneIcon kind={icon} size={15} />;
}
