import { useVirtualizer } from '@tanstack/react-virtual'; // draws only the rows in view, so a million rows scroll like ten
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';

export interface TableColumn<Row> {
  readonly key: string;
  readonly title: string;
  /** CSS width of the column, e.g. `90px` or `minmax(80px, 1fr)`. */
  readonly width: string;
  readonly numeric?: boolean;
  readonly sortable?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly count: number;
  /** Null for a row that is still on its way. */
  readonly row: (index: number) => Row | null;
  readonly rowProps?: (row: Row) => Record<string, string>;
  readonly selected?: number;
  readonly onSelect?: (index: number) => void;
  /** Enter or double click. */
  readonly onOpen?: (index: number) => void;
  readonly sort?: { readonly key: string; readonly descending: boolean };
  readonly onSort?: (key: string) => void;
  /** Rows now in view, for loading pages. */
  readonly onVisible?: (first: number, last: number) => void;
  readonly empty: ReactNode;
}

const ROW_HEIGHT = 26;

/** A grid of rows with sticky headings: arrows move, Enter opens. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const {
    label,
    columns,
    count,
    row,
    rowProps,
    selected = -1,
    onSelect,
    onOpen,
    sort,
    onSort,
    onVisible,
    empty,
  } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: called when the window of rows moves, whoever listens
  useEffect(() => {
    if (count > 0) onVisible?.(first, last);
  }, [first, last, count]);

  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') };
  const move = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -count, End: count }[
      event.key
    ];
    if (step !== undefined && onSelect !== undefined && count > 0) {
      event.preventDefault();
      const next = Math.min(count - 1, Math.max(0, selected + step));
      onSelect(next);
      virtual.scrollToIndex(next);
    } else if (event.key === 'Enter' && selected >= 0) onOpen?.(selected);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are drawn on demand, which a <table> cannot lay out
    <div
      className="data-table"
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      tabIndex={0}
      onKeyDown={move}
    >
      <div className="data-table-body" ref={scroller}>
        {/* biome-ignore lint/a11y/useSemanticElements: part of the grid above */}
        <div className="data-table-head" role="row" tabIndex={-1} style={template}>
          {columns.map(({ key, title, numeric, sortable }) => (
            // biome-ignore lint/a11y/useSemanticElements: part of the grid above
            <div
              key={key}
              role="columnheader"
              tabIndex={-1}
              className={numeric ? 'numeric' : ''}
              aria-sort={sort?.key === key ? (sort.descending ? 'descending' : 'ascending') : 'none'}
            >
              {sortable && onSort !== undefined ? (
                <button type="button" onClick={() => onSort(key)}>
                  {title}
                  {sort?.key === key &&
                    (sort.descending ? (
                      <ArrowDown size={11} aria-hidden />
                    ) : (
                      <ArrowUp size={11} aria-hidden />
                    ))}
                </button>
              ) : (
                title
              )}
            </div>
          ))}
        </div>
        {count === 0 && <div className="empty">{empty}</div>}
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map(({ index, start }) => {
            const current = row(index);
            return (
              // biome-ignore lint/a11y/useSemanticElements: part of the grid above
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys for all rows
              <div
                key={index}
                role="row"
                tabIndex={-1}
                aria-rowindex={index + 2}
                aria-selected={index === selected}
                className="data-table-row"
                style={{ ...template, transform: `translateY(${start}px)` }}
                onClick={() => onSelect?.(index)}
                onDoubleClick={() => onOpen?.(index)}
                {...(current === null ? {} : rowProps?.(current))}
              >
                {columns.map(({ key, numeric, cell }) => (
                  // biome-ignore lint/a11y/useSemanticElements: part of the grid above
                  <div key={key} role="gridcell" tabIndex={-1} className={numeric ? 'numeric' : ''}>
                    {current === null ? '…' : cell(current)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
