import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { CANDLE_MARGIN } from '../../../shared/charts/candle-option.ts';
import type { BarWindow } from './use-window.ts';

interface Moves {
  readonly pan: (bars: number) => void;
  readonly zoom: (factor: number, share: number) => void;
}

/** Wheel zooms at the pointer, dragging pans. */
export function usePointer(area: RefObject<HTMLDivElement | null>, window: BarWindow, { pan, zoom }: Moves) {
  const last = useRef<number | null>(null);
  const latest = useRef({ window, pan, zoom });
  latest.current = { window, pan, zoom };
  const plotWidth = () =>
    Math.max(1, (area.current?.clientWidth ?? 1) - CANDLE_MARGIN.left - CANDLE_MARGIN.right);
  // A wheel listener that may prevent scrolling has to be attached by hand: React's are passive. After every render,
  // because the table takes the chart's place.
  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const share = Math.min(
        1,
        Math.max(
          0,
          (event.clientX - element.getBoundingClientRect().left - CANDLE_MARGIN.left) / plotWidth(),
        ),
      );
      const { window: current, ...moves } = latest.current;
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY))
        moves.pan(((current.to - current.from) * event.deltaX) / plotWidth());
      else moves.zoom(1.0015 ** event.deltaY, share);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  });
  return {
    onPointerDown: (event: PointerEvent) => {
      last.current = event.clientX;
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      if (last.current === null) return;
      const bars = ((window.to - window.from) * (last.current - event.clientX)) / plotWidth();
      last.current = event.clientX;
      pan(bars);
    },
    onPointerUp: () => {
      last.current = null;
    },
  };
}
