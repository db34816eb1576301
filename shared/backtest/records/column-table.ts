export type ColumnConstructor =
  | Float64ArrayConstructor
  | Int32ArrayConstructor
  | Uint16ArrayConstructor
  | Uint8ArrayConstructor
  | Int8ArrayConstructor;
/** A new column; its cells need not be zero. */
export type AllocateColumn = (
  Column: ColumnConstructor,
  length: number,
) => Float64Array | Int32Array | Uint16Array | Uint8Array | Int8Array;

/** Type of a column, with the value that its cells begin with where that is not 0. */
type ColumnKind = ColumnConstructor | readonly [ColumnConstructor, number];
type ColumnLayout = Readonly<Record<string, ColumnKind>>;
type ColumnOf<Kind> = Kind extends readonly [infer Constructor extends ColumnConstructor, number]
  ? InstanceType<Constructor>
  : Kind extends ColumnConstructor
    ? InstanceType<Kind>
    : never;
type ColumnsOf<Layout extends ColumnLayout> = {
  readonly [Name in keyof Layout]: ColumnOf<Layout[Name]>;
};

/**
 * A table of typed-array columns that grows by rows. Read `columns` anew after `addRow`: growing replaces them. A new
 * row holds what its columns begin with: writing a cell costs a miss of the cache, filling a column ahead does not.
 */
export class ColumnTable<Layout extends ColumnLayout> {
  length = 0;
  columns: ColumnsOf<Layout>;
  readonly #layout: Layout;
  #capacity = 64;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.columns = this.#map(Object.keys(layout), (_, Column, first) =>
      new Column(this.#capacity).fill(first),
    );
  }

  /** Index of a new row. */
  addRow(): number {
    if (this.length === this.#capacity) this.#grow();
    return this.length++;
  }

  /** Forgets the rows and keeps the memory. */
  clear(): void {
    for (const [name, kind] of Object.entries(this.#layout)) {
      this.columns[name]!.fill(typeof kind === 'function' ? 0 : kind[1], 0, this.length);
    }
    this.length = 0;
  }

  /**
   * The rows, of all columns or those named, in arrays of exactly their number: views that hold until the table is used
   * again, or copies in arrays that `allocate` gives.
   */
  finish<Name extends keyof Layout & string>(
    allocate: AllocateColumn | 'views',
    names: readonly Name[] = Object.keys(this.#layout) as Name[],
  ): Pick<ColumnsOf<Layout>, Name> & { readonly length: number } {
    const columns = this.#map(names, (name, Column) => {
      const rows = this.columns[name]!.subarray(0, this.length);
      if (allocate === 'views') return rows;
      const copy = allocate(Column, this.length);
      copy.set(rows);
      return copy;
    });
    return { length: this.length, ...columns } as Pick<ColumnsOf<Layout>, Name> & { readonly length: number };
  }

  #grow(): void {
    this.#capacity *= 2;
    this.columns = this.#map(Object.keys(this.#layout), (name, Column, first) => {
      const grown = new Column(this.#capacity);
      grown.set(this.columns[name]!);
      if (first !== 0) grown.fill(first, this.length);
      return grown;
    });
  }

  #map(
    names: readonly string[],
    column: (name: string, Column: ColumnConstructor, first: number) => ReturnType<AllocateColumn>,
  ): ColumnsOf<Layout> {
    const entries = names.map((name) => {
      const kind = this.#layout[name]!;
      return [
        name,
        typeof kind === 'function' ? column(name, kind, 0) : column(name, kind[0], kind[1]),
      ] as const;
    });
    return Object.fromEntries(entries) as ColumnsOf<Layout>;
  }
}
