import { isTicker } from '../market/ticker.ts';
import { copyOf } from './bytes.ts';
import { ArrayPool, GrowingBars } from './growing-bars.ts';
import { utf8Text } from './utf8.ts';

interface KnownTicker {
  readonly bytes: Uint8Array;
  readonly bars: GrowingBars;
  /** The ticker that followed it last time. */
  next: KnownTicker | null;
}

/** The bars of each ticker of a file, found by the bytes of a field without making a string for every line. */
export class TickerTable {
  readonly bars = new Map<string, GrowingBars>();
  readonly #onFull: ((bars: GrowingBars) => void) | null;
  readonly #pool: ArrayPool;
  readonly #known = new Map<string, KnownTicker>();
  /** Of the line before: files hold long runs of one ticker, or the same tickers in turn. */
  #last: KnownTicker | null = null;

  /** `onFull`: see GrowingBars. */
  constructor(onFull: ((bars: GrowingBars) => void) | null = null, pool = new ArrayPool()) {
    this.#onFull = onFull;
    this.#pool = pool;
  }

  /** The bars of the ticker in a field; null when the text is no ticker. */
  find(bytes: Uint8Array, start: number, end: number): GrowingBars | null {
    const last = this.#last;
    if (last !== null) {
      if (isText(bytes, start, end, last.bytes)) return last.bars;
      if (last.next !== null && isText(bytes, start, end, last.next.bytes)) {
        this.#last = last.next;
        return last.next.bars;
      }
    }
    const ticker = utf8Text(bytes, start, end);
    let known = this.#known.get(ticker);
    if (known === undefined) {
      if (!isTicker(ticker)) return null;
      known = { bytes: copyOf(bytes, start, end), bars: this.named(ticker), next: null };
      this.#known.set(ticker, known);
    }
    if (last !== null) last.next = known;
    this.#last = known;
    return known.bars;
  }

  /** The bars of a ticker that is known to be one. */
  named(ticker: string): GrowingBars {
    let bars = this.bars.get(ticker);
    if (bars === undefined) this.bars.set(ticker, (bars = new GrowingBars(ticker, this.#onFull, this.#pool)));
    return bars;
  }
}

function isText(bytes: Uint8Array, start: number, end: number, text: Uint8Array): boolean {
  if (end - start !== text.length) return false;
  for (let at = 0; at < text.length; at++) if (bytes[start + at] !== text[at]) return false;
  return true;
}
