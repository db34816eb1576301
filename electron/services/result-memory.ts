/** Shared memory for what a run writes: a value per step in each of three columns, and its tables one after the other. */
export interface RunColumnsMemory {
  readonly tables: SharedArrayBuffer;
  readonly equity: SharedArrayBuffer;
  readonly cash: SharedArrayBuffer;
  readonly exposure: SharedArrayBuffer;
}

const KEPT_BYTES = 400e6;
/** Some 100,000 trades; what does not fit goes into memory of its own. Only what is written to becomes real. */
const TABLE_BYTES = 48e6;

/**
 * Keeps the memory of runs that are done with for the next ones: fresh memory costs a fault per page, more time than the
 * run itself needs for a step. Memory of a run that was stopped is not given back, because its thread may still write.
 */
export class ResultMemory {
  readonly #free: RunColumnsMemory[] = [];

  take(steps: number): RunColumnsMemory {
    const bytes = steps * Float64Array.BYTES_PER_ELEMENT;
    const place = this.#free.findIndex(({ equity }) => equity.byteLength >= bytes);
    if (place >= 0) return this.#free.splice(place, 1)[0]!;
    return {
      tables: new SharedArrayBuffer(TABLE_BYTES),
      equity: new SharedArrayBuffer(bytes),
      cash: new SharedArrayBuffer(bytes),
      exposure: new SharedArrayBuffer(bytes),
    };
  }

  /** Nobody may read or write the memory any more. */
  giveBack(memory: RunColumnsMemory): void {
    this.#free.push(memory);
    this.#free.sort((a, b) => a.equity.byteLength - b.equity.byteLength);
    let bytes = this.#free.reduce((sum, { equity }) => sum + equity.byteLength * 3, 0);
    // The largest stay: they serve every run.
    while (bytes > KEPT_BYTES && this.#free.length > 1) bytes -= this.#free.shift()!.equity.byteLength * 3;
    if (bytes > KEPT_BYTES) this.#free.length = 0;
  }
}

/** Steps that fit a run over so many bars: one per bar, and one behind the last. */
export const stepsFor = (bars: number): number => bars + 1;
