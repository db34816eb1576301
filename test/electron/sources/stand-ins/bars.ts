/** Made-up bars that depend on symbol and time alone, so that the same range is always the same bars. */
export interface MadeBar {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly trades: number;
}

export function madeBar(symbol: string, time: number): MadeBar {
  let seed = Math.imul(time / 1000, 2654435761) ^ symbol.length;
  const next = (below: number) => {
    seed = Math.imul(seed ^ (seed >>> 15), 2246822507);
    return (seed >>> 0) % below;
  };
  const open = 10_000 + next(5_000);
  const close = open + next(200) - 100;
  const high = Math.max(open, close) + next(50);
  const low = Math.min(open, close) - next(50);
  const cents = (value: number) => value / 100;
  return {
    time,
    open: cents(open),
    high: cents(high),
    low: cents(low),
    close: cents(close),
    volume: next(1_000_000) / 1000,
    trades: next(500),
  };
}

/** Bars that begin in [from, to], one after each interval, none before `listed`. */
export function madeBars(
  symbol: string,
  interval: number,
  { from, to, listed }: { from: number; to: number; listed: number },
): MadeBar[] {
  const bars: MadeBar[] = [];
  const start = Math.ceil(Math.max(from, listed) / interval) * interval;
  for (let time = start; time <= to; time += interval) bars.push(madeBar(symbol, time));
  return bars;
}
