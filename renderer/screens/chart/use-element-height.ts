import { type RefObject, useEffect, useState } from 'react';

/** Height of an element in pixels, 0 before it is laid out. */
export function useElementHeight(element: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const current = element.current;
    if (current === null) return;
    const observer = new ResizeObserver(() => setHeight(current.clientHeight));
    observer.observe(current);
    return () => observer.disconnect();
  });
  return height;
}
