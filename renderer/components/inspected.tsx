import { type ReactNode, useEffect } from 'react';
import { createPortal } from 'react-dom';
import { create } from 'zustand';
import { useLayout } from '../state/layout.ts';
import { usePane } from '../state/pane.tsx';

interface Place {
  /** Where the inspector draws; null while it is closed. */
  readonly place: HTMLElement | null;
  /** Panes that have something to say. */
  readonly speakers: ReadonlySet<string>;
}

const useInspector = create<Place>(() => ({ place: null, speakers: new Set() }));

export const setInspectorPlace = (place: HTMLElement | null): void => useInspector.setState({ place });
export const useInspectorContent = (paneId: string | null): boolean =>
  useInspector(({ speakers }) => paneId !== null && speakers.has(paneId));

/** What the inspector shows while this pane is in front. */
export function Inspected({ title, children }: { readonly title: ReactNode; readonly children: ReactNode }) {
  const { id } = usePane();
  const place = useInspector(({ place }) => place);
  const isActive = useLayout(({ activePane }) => activePane === id);
  useEffect(() => {
    const change = (next: (speakers: Set<string>) => void) =>
      useInspector.setState(({ speakers }) => {
        const copy = new Set(speakers);
        next(copy);
        return { speakers: copy };
      });
    change((speakers) => speakers.add(id));
    return () => change((speakers) => speakers.delete(id));
  }, [id]);
  if (place === null || !isActive) return null;
  return createPortal(
    <>
      <h3 className="inspector-title">{title}</h3>
      {children}
    </>,
    place,
  );
}
