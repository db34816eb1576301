import { floorDivide } from '../floor-divide.ts';
import type { VolumeLimit } from '../settings.ts';
import type { Quote } from './quote.ts';

/**
 * Units of `remaining` that one bar can fill. `volume` is what the bar still has to give; NaN (no volume in the data)
 * limits nothing.
 */
export function fillableSize(limit: VolumeLimit, remaining: number, volume: number, quote: Quote): number {
  if (limit.kind === 'none' || Number.isNaN(volume)) return remaining;
  switch (limit.kind) {
    case 'fixed-size':
      return Math.min(volume, remaining, limit.size ?? Number.POSITIVE_INFINITY);
    case 'bar-percent':
      return Math.min(floorDivide(volume * limit.percent, 100), remaining);
    case 'point-percent': {
      const { tick } = limit;
      const points = tick === null ? 1 : floorDivide(quote.high - quote.low + tick, tick);
      return Math.min(floorDivide((volume / points) * limit.percent, 100), remaining);
    }
  }
}
