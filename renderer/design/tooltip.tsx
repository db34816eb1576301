import { Tooltip as Base } from '@base-ui/react/tooltip'; // Base UI: unstyled primitives with roles, focus and keys; MIT
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';
import './popup.css';

interface TooltipProps {
  readonly text: ReactNode;
  /** Shown beside the text, e.g. `Ctrl+K`. */
  readonly keys?: string | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  /** The element that has the tooltip; it must take a ref and pass on what it is given. */
  readonly children: ReactElement<Record<string, unknown>>;
}

/** Says what a control does, on hover and on focus, with its keys. Not the only place of any fact. */
export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="tooltip-place">
          <Base.Popup className="tooltip">
            {text}
            {keys !== undefined && <Kbd keys={keys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Around the app: once one tooltip has shown, its neighbours show at once. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Base.Provider delay={450} closeDelay={60} timeout={350}>
      {children}
    </Base.Provider>
  );
}
