import { AppError } from '../contract/errors.ts';

/** The nearest whole number of ticks, halves to even; the price itself where no tick is known. */
export function roundToTick(price: number, tick: number | null): number {
  if (tick === null || Number.isNaN(price)) return price;
  if (!(tick > 0)) {
    throw new AppError('strategy-error', `A tick is a price step above zero, not ${String(tick)}`, {
      field: 'tick',
    });
  }
  const ticks = price / tick;
  const below = Math.floor(ticks);
  const rest = ticks - below;
  const whole = rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below;
  // Ten decimals are finer than any tick, and free of what the multiplication leaves behind.
  return Number((whole * tick).toFixed(10));
}
