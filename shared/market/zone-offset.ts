const DAY = 86_400_000;
/** No zone changes its offset twice within so short a time (the shortest known are a month of Ramadan). */
const BLOCK = 28 * DAY;

/** Offsets of a zone over a block of time: `before` until `at`, `after` from there on; `at` is infinite where they agree. */
interface Block {
  readonly before: number;
  readonly at: number;
  readonly after: number;
}

const blocksByZone = new Map<string, (index: number) => Block>();

/**
 * Local time less UTC in a zone of the IANA database, in milliseconds, as a function of the instant. The runtime is asked
 * once per four weeks of data and at changes of the offset, never per bar. Throws a RangeError for a zone that does not
 * exist.
 */
export function zoneOffset(zone: string): (time: number) => number {
  if (zone === 'UTC') return () => 0;
  let block = blocksByZone.get(zone);
  if (block === undefined) {
    block = blocksOf(zone);
    blocksByZone.set(zone, block);
  }
  const blockAt = block;
  let from = 0;
  let to = 0;
  let offset = 0;
  return (time) => {
    if (time >= from && time < to) return offset;
    const index = Math.floor(time / BLOCK);
    const { before, at, after } = blockAt(index);
    const isBefore = time < at;
    from = isBefore ? index * BLOCK : at;
    to = isBefore ? Math.min(at, (index + 1) * BLOCK) : (index + 1) * BLOCK;
    offset = isBefore ? before : after;
    return offset;
  };
}

/**
 * The instant at which the clocks of a zone show `local` (epoch ms as if local time were UTC). Where they show it twice,
 * the earlier one; where they pass over it, the one at which they would have shown it, had they not been changed.
 */
export function instantOfLocal(offsetAt: (time: number) => number, local: number): number {
  const before = local - offsetAt(local - DAY);
  if (before + offsetAt(before) === local) return before;
  const after = local - offsetAt(before);
  return after + offsetAt(after) === local ? after : before;
}

function blocksOf(zone: string): (index: number) => Block {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const edges = new Map<number, number>();
  const edge = (index: number) => {
    let offset = edges.get(index);
    if (offset === undefined) {
      offset = offsetAt(format, index * BLOCK);
      edges.set(index, offset);
    }
    return offset;
  };
  const blocks = new Map<number, Block>();
  return (index) => {
    let block = blocks.get(index);
    if (block === undefined) {
      const before = edge(index);
      const after = edge(index + 1);
      const at = before === after ? Number.POSITIVE_INFINITY : changeIn(format, index * BLOCK, before);
      block = { before, at, after };
      blocks.set(index, block);
    }
    return block;
  };
}

/** The first second of a block that begins at `from` at which the offset is no longer `before`. */
function changeIn(format: Intl.DateTimeFormat, from: number, before: number): number {
  let low = from / 1000;
  let high = (from + BLOCK) / 1000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(format, middle * 1000) === before) low = middle;
    else high = middle;
  }
  return high * 1000;
}

function offsetAt(format: Intl.DateTimeFormat, time: number): number {
  const [day, month, year, hour, minute, second] = format.format(time).split(/\D+/).map(Number);
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - time;
}
