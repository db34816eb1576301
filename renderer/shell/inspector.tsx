import { X } from 'lucide-react';
import { useKeys } from '../commands/key-map.ts';
import { setInspectorPlace, useInspectorContent } from '../components/inspected.tsx';
import { EmptyState, IconButton } from '../design/index.ts';
import { setInspector, useLayout } from '../state/layout.ts';
import './inspector.css';

const STEP_PIXELS = 16;
const NARROWEST = 220;
const WIDEST = 640;

/** What there is to say about the thing chosen in the pane in front; the pane itself says it (Inspected). */
export function Inspector() {
  const { width } = useLayout(({ inspector }) => inspector);
  const activePane = useLayout(({ activePane }) => activePane);
  const keys = useKeys('toggle-inspector');
  const hasContent = useInspectorContent(activePane);
  const resize = (next: number) =>
    setInspector({ width: Math.round(Math.min(WIDEST, Math.max(NARROWEST, next))) });
  return (
    <aside className="inspector" aria-label="Inspector" data-testid="inspector" style={{ width }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a splitter that can be moved, which <hr> cannot */}
      <div
        className="inspector-edge"
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the inspector"
        aria-valuenow={width}
        aria-valuemin={NARROWEST}
        aria-valuemax={WIDEST}
        tabIndex={0}
        onKeyDown={({ key }) => {
          const by = { ArrowLeft: STEP_PIXELS, ArrowRight: -STEP_PIXELS }[key];
          if (by !== undefined) resize(width + by);
        }}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId))
            resize(window.innerWidth - event.clientX);
        }}
      />
      <header className="inspector-head">
        <h2>Inspector</h2>
        <IconButton
          label="Hide the inspector"
          keys={keys}
          icon={<X size={14} aria-hidden />}
          onClick={() => setInspector({ isOpen: false })}
        />
      </header>
      <div className="inspector-body" ref={setInspectorPlace} />
      {!hasContent && (
        <EmptyState title="Nothing chosen">Choose a run, a trade or a series in the tab in front.</EmptyState>
      )}
    </aside>
  );
}
