import { BAR_COLUMN_NAMES, type BarColumnName, type BarColumns } from '../market/bar.ts';

const FIRST_CAPACITY = 1024;

/** The bars of one ticker as a parser collects them: columns that double, and the line each bar stood in. */
export class GrowingBars {
  length = 0;
  lines = new Uint32Array(FIRST_CAPACITY);
  readonly #columns: (Float64Array | null)[];

  /** `present`: which columns the file has; the others are null for good. */
  constructor(present: ReadonlySet<BarColumnName>) {
    this.#columns = BAR_COLUMN_NAMES.map((name) =>
      present.has(name) ? new Float64Array(FIRST_CAPACITY) : null,
    );
  }

  /** `row`: one value per name of BAR_COLUMN_NAMES. `line`: physical line in the file, from 1. */
  append(row: Float64Array, line: number): void {
    if (this.length === this.lines.length) this.#double();
    for (let index = 0; index < this.#columns.length; index++) {
      const column = this.#columns[index]!;
      if (column !== null) column[this.length] = row[index]!;
    }
    this.lines[this.length++] = line;
  }

  /** The bars so far as views on the collected columns, in file order. */
  view(): BarColumns {
    const column = (name: BarColumnName) =>
      this.#columns[BAR_COLUMN_NAMES.indexOf(name)]?.subarray(0, this.length) ?? null;
    const required = (name: BarColumnName) => column(name) ?? new Float64Array(0);
    return {
      length: this.length,
      time: required('time'),
      open: required('open'),
      high: required('high'),
      low: required('low'),
      close: required('close'),
      volume: column('volume'),
      trades: column('trades'),
      vwap: column('vwap'),
      twap: column('twap'),
    };
  }

  #double(): void {
    const capacity = this.lines.length * 2;
    const lines = new Uint32Array(capacity);
    lines.set(this.lines);
    this.lines = lines;
    // One column after the other, so that only one of them is held twice at any time.
    for (let index = 0; index < this.#columns.length; index++) {
      const column = this.#columns[index];
      if (column === null || column === undefined) continue;
      const larger = new Float64Array(capacity);
      larger.set(column);
      this.#columns[index] = larger;
    }
  }
}
