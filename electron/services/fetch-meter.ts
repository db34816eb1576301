import type { FetchProgress } from '../../shared/contract/schemas.ts';
import type { SourcePart } from '../sources/source.ts';

/** Rates of the first moments say little. */
const SETTLING_MILLISECONDS = 500;

export interface FetchMeterOptions {
  /** What is to be fetched. */
  readonly parts: readonly SourcePart[];
  /** Parts that are in the library already. */
  readonly held: number;
  readonly isPausing: () => boolean;
  readonly onProgress: (progress: FetchProgress) => void;
}

/** Counts parts and bytes of a fetch, and works out how long the rest takes. */
export class FetchMeter {
  readonly #options: FetchMeterOptions;
  readonly #startedAt = performance.now();
  readonly #bytes = new Map<SourcePart, number>();
  readonly #bytesInAll: number | null;
  #fetched = 0;
  #done = 0;
  #part: string | null = null;
  #isImporting = false;

  constructor(options: FetchMeterOptions) {
    this.#options = options;
    const sizes = options.parts.map(({ bytes }) => bytes);
    this.#bytesInAll = sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + size!, 0);
  }

  /** `bytes` of a part so far. */
  fetched(part: SourcePart, bytes: number): void {
    this.#fetched += bytes - (this.#bytes.get(part) ?? 0);
    this.#bytes.set(part, bytes);
    this.#tell();
  }

  waitingFor(part: SourcePart): void {
    this.#part = part.name;
    this.#tell();
  }

  importing(): void {
    this.#isImporting = true;
    this.#tell();
  }

  imported(): void {
    this.#isImporting = false;
  }

  done(): void {
    this.#done++;
    this.#tell();
  }

  #tell(): void {
    const { parts, held, isPausing, onProgress } = this.#options;
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const isSettled = seconds * 1000 > SETTLING_MILLISECONDS;
    const rate = isSettled && this.#done > 0 ? this.#done / seconds : null;
    const bytesPerSecond = isSettled && this.#fetched > 0 ? this.#fetched / seconds : null;
    onProgress({
      stage: this.#isImporting ? 'importing' : isPausing() ? 'pausing' : 'fetching',
      part: this.#part,
      done: held + this.#done,
      total: held + parts.length,
      unit: 'parts',
      rate,
      bytes: this.#fetched,
      bytesPerSecond,
      secondsLeft:
        this.#bytesInAll !== null && bytesPerSecond !== null
          ? Math.max(0, this.#bytesInAll - this.#fetched) / bytesPerSecond
          : rate === null
            ? null
            : (parts.length - this.#done) / rate,
    });
  }
}
