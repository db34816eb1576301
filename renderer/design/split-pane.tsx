import { Children, Fragment, type ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels'; // react-resizable-panels: splits with keys and roles; MIT
import { numbersOf, useKept } from './kept.ts';
import './split-pane.css';

interface PaneProps {
  /** Names the pane in a kept layout. */
  readonly id: string;
  /** Pixels, or a share such as `30%`. */
  readonly size?: number | string;
  readonly min?: number | string;
  readonly max?: number | string;
  /** Keeps its pixels when the window grows; its neighbours take the room. */
  readonly fixed?: boolean;
  readonly children: ReactNode;
}

/** A pane of a SplitPane; says how large it is, and is drawn by it. */
export function Pane({ id, size, min = 80, max, fixed = false, children }: PaneProps) {
  return (
    <Panel
      id={id}
      className="split-panel"
      minSize={min}
      {...(size === undefined ? {} : { defaultSize: size })}
      {...(max === undefined ? {} : { maxSize: max })}
      groupResizeBehavior={fixed ? 'preserve-pixel-size' : 'preserve-relative-size'}
    >
      {children}
    </Panel>
  );
}

interface SplitPaneProps {
  readonly direction: 'horizontal' | 'vertical';
  /** Where sizes are kept between sessions; left out: nowhere. */
  readonly storageKey?: string;
  /** Panes; null and false are left out with their splitter. */
  readonly children: ReactNode;
  readonly className?: string;
}

/** Panes with splitters between them: drag, or focus a splitter and use the arrows, Home, End and Enter. */
export function SplitPane({ direction, storageKey, children, className }: SplitPaneProps) {
  const panes = Children.toArray(children);
  const { read, write } = useKept();
  const key = storageKey === undefined ? null : `split.${storageKey}.${panes.length}`;
  const kept = key === null ? {} : numbersOf(read(key));
  return (
    <Group
      orientation={direction}
      className={`split ${direction} ${className ?? ''}`}
      {...(Object.keys(kept).length === panes.length ? { defaultLayout: kept } : {})}
      onLayoutChanged={(layout) => key !== null && write(key, layout)}
    >
      {panes.map((pane, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a splitter belongs to the place between two panes
        <Fragment key={index}>
          {index > 0 && <Separator className="splitter" />}
          {pane}
        </Fragment>
      ))}
    </Group>
  );
}
