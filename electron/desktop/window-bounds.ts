import { readFileSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import * as z from 'zod';

const BoundsSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(200),
  height: z.int().min(200),
  maximized: z.boolean(),
});
export type WindowBounds = z.output<typeof BoundsSchema>;

/** A window must show this many pixels each way on some display to count as reachable. */
const GRIP = 100;

/** Where the window was last, or null: never open, a damaged file, or a display that is gone. */
export function readBounds(file: string, displays: readonly Rectangle[]): WindowBounds | null {
  try {
    const bounds = BoundsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return displays.some((display) => overlaps(bounds, display)) ? bounds : null;
  } catch {
    return null;
  }
}

/** Best effort: a full disk must not keep a window from closing. */
export function writeBounds(file: string, bounds: WindowBounds): void {
  try {
    writeFileSync(file, JSON.stringify(bounds));
  } catch {}
}

function overlaps(window: Rectangle, display: Rectangle): boolean {
  const overlap = (start: number, length: number, displayStart: number, displayLength: number) =>
    Math.min(start + length, displayStart + displayLength) - Math.max(start, displayStart);
  return (
    overlap(window.x, window.width, display.x, display.width) >= GRIP &&
    overlap(window.y, window.height, display.y, display.height) >= GRIP
  );
}
