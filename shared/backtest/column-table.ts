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

/** A table of typed-array columns that grows by rows. Read `columns` anew after `addRow`: growing replaces them. */
export class ColumnTable<Layout extends ColumnLayout> {
  length = 0;
  columns: ColumnsOf<Layout>;
  readonly #layout: Layout;
  #capacity = 64;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.columns = this.#map((_, Column) => new Column(this.#capacity));
  }

  /** Index of a new row, filled with zeros. */
  addRow(): number {
    if (this.length === this.#capacity) {
      this.#capacity *= 2;
      this.columns = this.#map((name, Column) => {
        const grown = new Column(this.#capacity);
        grown.set(this.columns[name]!);
        return grown;
      });
    }
    return this.length++;
  }

  /** The rows, in arrays of exactly their number. */
  finish(): ColumnsOf<Layout> & { readonly length: number } {
    return { length: this.length, ...this.#map((name) => this.columns[name]!.slice(0, this.length)) };
  }

  #map(
    column: (name: string, Column: ColumnConstructor) => InstanceType<ColumnConstructor>,
  ): ColumnsOf<Layout> {
    const entries = Object.entries(this.#layout).map(
      ([name, Column]) => [name, column(name, Column)] as const,
    );
    return Object.fromEntries(entries) as ColumnsOf<Layout>;
  }
}
