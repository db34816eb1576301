/** One column of an exported file: its heading, what it means, and the cell of a row. */
export interface CsvColumn<Table> {
  readonly name: string;
  readonly unit: string;
  readonly meaning: string;
  readonly cell: (table: Table, row: number) => string;
}

/** Heading and rows, lines ended by LF: the same columns always give the same bytes. */
export function csvText<Table extends { readonly length: number }>(
  columns: readonly CsvColumn<Table>[],
  table: Table,
): string {
  const lines = [columns.map(({ name }) => name).join(',')];
  for (let row = 0; row < table.length; row++)
    lines.push(columns.map(({ cell }) => cell(table, row)).join(','));
  return `${lines.join('\n')}\n`;
}
