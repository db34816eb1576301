import { SUSPECT_KINDS, type SuspectKind } from './kinds.ts';

/** A sick place of a series. Figures are the check's own; its file says what they are and puts them into words. */
export interface SuspectRow {
  readonly kind: SuspectKind;
  /** First and last bar concerned; for what is missing, the bars around it. */
  readonly fromBar: number;
  readonly toBar: number;
  /** Their times, epoch ms UTC. */
  readonly from: number;
  readonly to: number;
  /** 0 (mild) to 1 (wrong for certain). */
  readonly severity: number;
  /** What is missing or wrong there, in the unit that the part is scored in: bars, sessions or events. */
  readonly weight: number;
  readonly figures: readonly [number, number, number];
}

/** Doubles of a row: kind, bars, times, severity, weight, three figures. */
const WIDTH = 10;
const FIRST_CAPACITY = 32;

/** Suspects as one block of doubles: nothing is put into words until somebody looks. */
export class SuspectTable {
  #cells: Float64Array;
  #length: number;

  /** Empty, or over the cells of an earlier one. */
  constructor(cells: Float64Array = new Float64Array(0)) {
    if (cells.length % WIDTH !== 0) throw new RangeError(`${cells.length} cells are no whole suspects`);
    this.#cells = cells;
    this.#length = cells.length / WIDTH;
  }

  get length(): number {
    return this.#length;
  }

  /** What the constructor takes. */
  get cells(): Float64Array {
    return this.#cells.subarray(0, this.#length * WIDTH);
  }

  add({ kind, fromBar, toBar, from, to, severity, weight, figures }: SuspectRow): void {
    const at = this.#length * WIDTH;
    if (at === this.#cells.length) {
      const larger = new Float64Array(Math.max(FIRST_CAPACITY, this.#length * 2) * WIDTH);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells.set(
      [SUSPECT_KINDS.indexOf(kind), fromBar, toBar, from, to, severity, weight, ...figures],
      at,
    );
    this.#length++;
  }

  row(index: number): SuspectRow {
    const at = index * WIDTH;
    const [kind, fromBar, toBar, from, to, severity, weight, x, y, z] = this.#cells.subarray(at, at + WIDTH);
    return {
      kind: SUSPECT_KINDS[kind!]!,
      fromBar: fromBar!,
      toBar: toBar!,
      from: from!,
      to: to!,
      severity: severity!,
      weight: weight!,
      figures: [x!, y!, z!],
    };
  }

  *[Symbol.iterator](): Generator<SuspectRow> {
    for (let index = 0; index < this.#length; index++) yield this.row(index);
  }
}
