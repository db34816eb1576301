type ColumnConstructor =
  | Float64ArrayConstructor
  | Int32ArrayConstructor
  | Uint16ArrayConstructor
  | Uint8ArrayConstructor
  | Int8ArrayConstructor;
type ColumnLayout = Readonly<Record<string, ColumnConstructor>>;
type ColumnsOf<Layout extends ColumnLayout> = {
  readonly [Name in keyof Layout]: InstanceType<Layout[Name]>;
};

/**
 * A table of typed-array columns that grows by rows. Read `columns` anew after `addRow`: growing replaces them. A new
 * row holds zeros.
 */
export class ColumnTable<Layout extends ColumnLayout> {
  length = 0;
  columns: ColumnsOf<Layout>;
  readonly #layout: Layout;
  #capacity = 64;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.columns = this.#map(Object.keys(layout), (_, Column) => new Column(this.#capacity));
  }

  /** Index of a new row. */
  addRow(): number {
    if (this.length === this.#capacity) this.#grow();
    return this.length++;
  }

  /** Forgets the rows and keeps the memory. */
  clear(): void {
    for (const column of Object.values(this.columns)) column.fill(0, 0, this.length);
    this.length = 0;
  }

  /**
   * The rows, of all columns or those named, in arrays of exactly their number: copies, or with `borrowed` views that
   * hold until the table is used again.
   */
  finish<Name extends keyof Layout & string>(
    borrowed = false,
    names: readonly Name[] = Object.keys(this.#layout) as Name[],
  ): Pick<ColumnsOf<Layout>, Name> & { readonly length: number } {
    const columns = this.#map(names, (name) => {
      const column = this.columns[name]!;
      return borrowed ? column.subarray(0, this.length) : column.slice(0, this.length);
    });
    return { length: this.length, ...columns } as Pick<ColumnsOf<Layout>, Name> & { readonly length: number };
  }

  #grow(): void {
    this.#capacity *= 2;
    this.columns = this.#map(Object.keys(this.#layout), (name, Column) => {
      const grown = new Column(this.#capacity);
      grown.set(this.columns[name]!);
      return grown;
    });
  }

  #map(
    names: readonly string[],
    column: (name: string, Column: ColumnConstructor) => InstanceType<ColumnConstructor>,
  ): ColumnsOf<Layout> {
    const entries = names.map((name) => [name, column(name, this.#layout[name]!)] as const);
    return Object.fromEntries(entries) as ColumnsOf<Layout>;
  }
}
