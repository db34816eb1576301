import { AppError } from '../../shared/contract/errors.ts';
import type { ImportReport } from '../../shared/contract/schemas.ts';
import { ArrayPool, type GrowingBars } from '../../shared/import/growing-bars.ts';
import { orderBars } from '../../shared/import/order-bars.ts';
import { StepCounter } from '../../shared/import/step-counter.ts';
import { TickerTable } from '../../shared/import/ticker-table.ts';
import { type BarColumns, lowerBound, sliceBars } from '../../shared/market/bar.ts';
import { intervalName } from '../../shared/market/bar-interval.ts';
import { type SeriesStore, seriesIdOf } from '../store/series-store.ts';
import type { BarEncoder } from './bar-encoder.ts';
import { windowSpan } from './encode-chunk.ts';
import { heldBars, repairText } from './held-bars.ts';
import { mergeWindow } from './merge-window.ts';
import type { EncodedChunk, PreparedImport } from './tasks.ts';

/** Bars of a ticker that are collected before its whole windows are merged and encoded. */
const FULL = 32_768;
/** Room for bars of all tickers above which whole windows of each are merged early. */
const MOST_ROOM = 700_000;
const WORTH_MERGING = 2_048;
/** Interval of a ticker with a single bar that nothing tells. */
const DEFAULT_INTERVAL = 60_000;
const TICKERS_NAMED = 5;
const UNITS = [100, 10_000];
const UNIT_TOLERANCE = 0.005;

/** Thrown where bars come that belong to a window which was merged already: all must be collected first. */
export class LateBars extends Error {}

export interface CollectorOptions {
  readonly store: SeriesStore;
  /** Null: nothing is to be stored, only counted. */
  readonly encoder: BarEncoder | null;
  readonly conflicts: 'keep' | 'replace';
  /** Whether windows are merged as soon as they are whole. */
  readonly streams: boolean;
  readonly fileName: string;
  /** A line that is known for no bar only after sorting and merging. */
  readonly onReject: (
    line: number,
    reason: 'duplicate-identical' | 'duplicate-conflict' | 'conflicts-with-library',
  ) => void;
}

export interface Collected {
  readonly series: ImportReport['series'];
  readonly changes: PreparedImport['changes'];
  /** Bars that were taken: those of lines which are not rejected. */
  readonly accepted: number;
  readonly stored: number;
  readonly replaced: number;
  readonly warnings: readonly string[];
}

/** Interval of a table's bars: given for certain, or the likely one of a file, which a ticker may differ from. */
interface TableInterval {
  readonly given: number | null;
  readonly likely: number | null;
}

/**
 * Takes the bars of all tickers of an import as they are read, cuts them into windows, merges these with what the library
 * holds, and has them encoded, so that a file of any length is never held as a whole.
 */
export class SeriesCollector {
  readonly #options: CollectorOptions;
  readonly #tables = new Map<string, { readonly table: TickerTable; readonly interval: TableInterval }>();
  readonly #series = new Map<GrowingBars, SeriesInProgress>();
  readonly #failures: unknown[] = [];
  readonly #pool = new ArrayPool();
  #mostRoom = MOST_ROOM;

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  /** Where bars of this interval are to be put. */
  table(interval: TableInterval): TickerTable {
    const key = `${interval.given},${interval.likely}`;
    let known = this.#tables.get(key);
    if (known === undefined) {
      const table = new TickerTable((bars) => this.#onFull(bars, interval), this.#pool);
      known = { table, interval };
      this.#tables.set(key, known);
    }
    return known.table;
  }

  /** To be called now and then: settles when more bars may be read. Throws what went wrong meanwhile. */
  room(): Promise<void> | undefined {
    this.#trim();
    return this.#encoderRoom();
  }

  /** Merges and encodes what is left. `onShare` gets the share that is done. */
  async finish(onShare: (share: number) => void): Promise<Collected> {
    const all = this.#all();
    for (const [index, series] of all.entries()) {
      for (const _window of series.finish()) {
        const room = this.#encoderRoom();
        if (room !== undefined) await room;
      }
      onShare((index + 1) / all.length);
    }
    const changes: PreparedImport['changes'][number][] = [];
    for (const series of all) {
      const chunks = await series.chunks();
      if (chunks.length > 0) changes.push({ ...series.name, basedOn: series.basedOn, chunks });
    }
    const sorted = all.filter(({ wasOutOfOrder }) => wasOutOfOrder).map(({ name }) => name.ticker);
    const warnings = all.flatMap((series) => series.warnings());
    if (sorted.length > 0) {
      warnings.push(`out-of-order: lines of ${listed([...new Set(sorted)])} were sorted by time`);
    }
    return {
      series: all.flatMap((series) => series.summary() ?? []),
      changes,
      accepted: all.reduce((sum, { accepted }) => sum + accepted, 0),
      stored: all.reduce((sum, { stored }) => sum + stored, 0),
      replaced: all.reduce((sum, { replaced }) => sum + replaced, 0),
      warnings,
    };
  }

  /** All series by name; bars of one series that files of an archive brought separately are put together. */
  #all(): SeriesInProgress[] {
    const byName = new Map<string, SeriesInProgress>();
    for (const { table, interval } of this.#tables.values()) {
      for (const bars of table.bars.values()) {
        if (bars.length === 0 && !this.#series.has(bars)) continue;
        const series = this.#seriesOf(bars, interval);
        series.settle();
        const key = `${series.name.ticker}\n${series.name.every}`;
        const other = byName.get(key);
        if (other === undefined) byName.set(key, series);
        else other.takeOver(series);
      }
    }
    const byTicker = (a: SeriesInProgress, b: SeriesInProgress) =>
      a.name.ticker < b.name.ticker ? -1 : a.name.ticker > b.name.ticker ? 1 : 0;
    return [...byName.values()].sort(byTicker);
  }

  #encoderRoom(): Promise<void> | undefined {
    if (this.#failures.length > 0) throw this.#failures[0];
    return this.#options.encoder?.room() ?? undefined;
  }

  #onFull(bars: GrowingBars, interval: TableInterval): void {
    if (!this.#options.streams || bars.length < FULL) return;
    this.#seriesOf(bars, interval).mergeWholeWindows();
  }

  #seriesOf(bars: GrowingBars, interval: TableInterval): SeriesInProgress {
    let series = this.#series.get(bars);
    if (series === undefined) {
      series = new SeriesInProgress(bars, interval, this.#options, (failure) => this.#failures.push(failure));
      this.#series.set(bars, series);
    }
    return series;
  }

  /** Many tickers together hold too much, though none is full: their whole windows go, and the room that is not used. */
  #trim(): void {
    const room = this.#room();
    if (room <= this.#mostRoom) return;
    for (const { table, interval } of this.#tables.values()) {
      for (const bars of table.bars.values()) {
        if (this.#options.streams && bars.length >= WORTH_MERGING) {
          this.#seriesOf(bars, interval).mergeWholeWindows();
        }
        bars.trim();
      }
    }
    this.#mostRoom = Math.max(MOST_ROOM, this.#room() * 1.5);
  }

  #room(): number {
    let room = 0;
    for (const { table } of this.#tables.values())
      for (const bars of table.bars.values()) room += bars.capacity;
    return room;
  }
}

/** One series of the import while its bars come in. */
class SeriesInProgress {
  readonly #bars: GrowingBars;
  readonly #interval: TableInterval;
  readonly #options: CollectorOptions;
  readonly #onFailure: (failure: unknown) => void;
  readonly #steps = new StepCounter();
  readonly #chunks: Promise<EncodedChunk>[] = [];
  #milliseconds: number | null = null;
  #seriesId = '';
  basedOn: string | null = null;
  wasOutOfOrder = false;
  stored = 0;
  replaced = 0;
  accepted = 0;
  #first = Number.NaN;
  #last = Number.NaN;
  #mergedUntil = Number.NEGATIVE_INFINITY;
  #unitJump: string | null = null;
  readonly #repairs: string[] = [];

  constructor(
    bars: GrowingBars,
    interval: TableInterval,
    options: CollectorOptions,
    onFailure: (failure: unknown) => void,
  ) {
    this.#bars = bars;
    this.#interval = interval;
    this.#options = options;
    this.#onFailure = onFailure;
  }

  get name(): { readonly ticker: string; readonly every: string } {
    return { ticker: this.#bars.ticker, every: intervalName(this.#milliseconds ?? DEFAULT_INTERVAL) };
  }

  /** All windows but the last, which may go on. */
  mergeWholeWindows(): void {
    this.#order();
    this.settle();
    const { bars, lines } = this.#bars.view();
    const span = windowSpan(this.#milliseconds!);
    const lastWindow = Math.floor(bars.time[bars.length - 1]! / span);
    const count = lowerBound(bars.time, lastWindow * span);
    if (count === 0) return;
    for (const _window of this.#merge(sliceBars(bars, 0, count), lines.subarray(0, count), span));
    this.#mergedUntil = bars.time[count - 1]!;
    this.#bars.drop(count);
  }

  /** What is left, window by window; then the collected bars give back their memory. */
  *finish(): Generator<void, void, void> {
    if (this.#bars.length > 0) {
      this.#order();
      const { bars, lines } = this.#bars.view();
      yield* this.#merge(bars, lines, windowSpan(this.#milliseconds!));
    }
    this.#checkInterval();
    this.#bars.drop(this.#bars.length);
    this.#bars.trim();
  }

  /** Decides on the length of the bars and with it on the series, by the bars so far. */
  settle(): void {
    if (this.#milliseconds !== null) return;
    const steps = new StepCounter();
    steps.add(Float64Array.from(this.#bars.view().bars.time).sort());
    const own = steps.interval();
    if (own !== null && own % 1000 !== 0) throw this.#ticks(own);
    const interval = this.#interval.given ?? this.#detected(steps);
    this.#milliseconds = interval;
    const { ticker, every } = this.name;
    this.#seriesId = seriesIdOf(ticker, every);
    this.basedOn = this.#options.store.contentHash(this.#seriesId);
  }

  /** Puts the bars of the same series, read from another file of the archive, behind these. */
  takeOver(other: SeriesInProgress): void {
    if (this.#mergedUntil > Number.NEGATIVE_INFINITY || other.#mergedUntil > Number.NEGATIVE_INFINITY) {
      throw new LateBars();
    }
    this.#bars.appendAll(other.#bars.view());
    other.#bars.drop(other.#bars.length);
    other.#bars.trim();
  }

  async chunks(): Promise<EncodedChunk[]> {
    const chunks = await Promise.all(this.#chunks);
    return chunks;
  }

  summary(): ImportReport['series'][number] | null {
    if (this.accepted === 0) return null;
    return { ...this.name, bars: this.accepted, first: this.#first, last: this.#last };
  }

  warnings(): string[] {
    const { ticker, every } = this.name;
    const closer = this.#milliseconds === null ? 0 : this.#steps.closerThan(this.#milliseconds);
    return [
      ...(closer === 0
        ? []
        : [
            `closer-than-interval: ${closer} bars of ${ticker} begin before the ${every} bar ahead of them ends`,
          ]),
      ...(this.#unitJump === null ? [] : [this.#unitJump]),
      ...this.#repairs,
    ];
  }

  /** Sorts the collected bars and takes repeated ones out. */
  #order(): void {
    const { bars, lines } = this.#bars.view();
    const ordered = orderBars(bars, lines, (line, isIdentical) =>
      this.#options.onReject(line, isIdentical ? 'duplicate-identical' : 'duplicate-conflict'),
    );
    if (ordered.bars !== bars) this.#bars.replace(ordered);
    this.wasOutOfOrder ||= ordered.wasOutOfOrder;
    if (ordered.bars.time[0]! <= this.#mergedUntil) throw new LateBars();
  }

  /** The most common step, unless the file's own is among the steps too: a share that trades every other minute has bars of one. */
  #detected(steps: StepCounter): number {
    const { likely } = this.#interval;
    const own = steps.interval();
    if (own === null) return likely ?? DEFAULT_INTERVAL;
    return likely !== null && likely < own && steps.has(likely) ? likely : own;
  }

  /** Whether the whole file says what its first bars said. */
  #checkInterval(): void {
    if (this.#interval.given !== null || this.#mergedUntil === Number.NEGATIVE_INFINITY) return;
    if (this.#detected(this.#steps) !== this.#milliseconds) throw new LateBars();
  }

  /** One window after the other, with a pause behind each. */
  *#merge(bars: BarColumns, lines: Uint32Array, span: number): Generator<void, void, void> {
    const { store, encoder, conflicts, onReject } = this.#options;
    const { ticker } = this.#bars;
    this.#steps.add(bars.time);
    for (let from = 0; from < bars.length; ) {
      const window = Math.floor(bars.time[from]! / span);
      const to = lowerBound(bars.time, (window + 1) * span);
      const incoming = sliceBars(bars, from, to);
      const chunk = this.basedOn === null ? null : store.chunk(this.#seriesId, window);
      let accepted = incoming.length;
      if (chunk === null) {
        this.stored += incoming.length;
        this.#encode(encoder, window, incoming);
      } else {
        const { bars: held, damage } = heldBars(store, ticker, chunk, incoming);
        const base = from;
        const merged = mergeWindow(held, incoming, conflicts, (index) => {
          accepted--;
          this.#noteUnits(held, incoming, index);
          onReject(lines[base + index]!, 'conflicts-with-library');
        });
        if (merged.added + merged.replaced > 0 || damage !== null) this.#encode(encoder, window, merged.bars);
        if (damage !== null) this.#repairs.push(repairText(store, ticker, damage, merged.bars.time));
        this.stored += merged.added;
        this.replaced += merged.replaced;
      }
      this.accepted += accepted;
      from = to;
      yield;
    }
    if (Number.isNaN(this.#first)) this.#first = bars.time[0]!;
    this.#last = bars.time[bars.length - 1]!;
  }

  #encode(encoder: BarEncoder | null, window: number, bars: BarColumns): void {
    if (encoder === null) return;
    const chunk = encoder.encode(window, bars);
    chunk.catch(this.#onFailure); // thrown by the next `room`
    this.#chunks.push(chunk);
  }

  /** The same bar a hundred or ten thousand times as dear: pence against pounds, or a scale that was not divided. */
  #noteUnits(held: BarColumns, incoming: BarColumns, index: number): void {
    if (this.#unitJump !== null) return;
    const own = incoming.close[index]!;
    const before = held.close[lowerBound(held.time, incoming.time[index]!)]!;
    const factor = Math.max(own / before, before / own);
    const unit = UNITS.find((known) => Math.abs(factor / known - 1) < UNIT_TOLERANCE);
    if (unit === undefined) return;
    this.#unitJump = `unit-jump: prices of ${this.#bars.ticker} are ${own > before ? '' : '1/'}${unit} of those in the library; check the unit (pence or pounds) and the price divisor`;
  }

  #ticks(interval: number): AppError {
    return new AppError(
      'file-format',
      `Bars of ${this.#bars.ticker} follow each other after ${interval} ms: ticks are not supported`,
      {
        file: this.#options.fileName,
        field: 'time',
        hint: 'Import bars of a second or longer.',
      },
    );
  }
}

const listed = (tickers: readonly string[]) =>
  tickers.length <= TICKERS_NAMED
    ? tickers.join(', ')
    : `${tickers.slice(0, TICKERS_NAMED).join(', ')} and ${tickers.length - TICKERS_NAMED} more`;
