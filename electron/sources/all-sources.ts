import { alpaca } from './alpaca.ts';
import { binance } from './binance/binance.ts';
import { type Clock, systemClock } from './clock.ts';
import { s3 } from './s3.ts';
import type { BarSource } from './source.ts';

/** Every source there is, each with a rate limit of its own that lasts as long as the application. */
export function allSources(clock: Clock = systemClock): readonly BarSource[] {
  return [s3(clock), binance(clock), alpaca(clock)];
}
