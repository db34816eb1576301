import { useVirtualizer } from '@tanstack/react-virtual'; // draws only the rows in view, so a million rows scroll like ten
import { ArrowDown, ArrowUp } from 'lucide-react';
import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { ContextMenu } from '../design/index.ts';
import { useRowHeight } from '../state/theme.ts';
import { leastWidth, useColumnWidths } from './column-widths.ts';
import './data-table.css';

export interface TableColumn<Row> {
  readonly key: string;
  readonly title: string;
  /** CSS width of the column, e.g. `90px` or `minmax(80px, 1fr)`; one can drag it to another. */
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
  /** Any other key on the selected row, e.g. Delete; prevent its default to say that it was taken. */
  readonly onRowKey?: (event: KeyboardEvent, index: number) => void;
  /** What can be done with a row, on right click or the menu key. */
  readonly rowMenu?: (index: number) => ReactNode;
  readonly sort?: { readonly key: string; readonly descending: boolean } | undefined;
  readonly onSort?: (key: string) => void;
  /** Rows now in view, for loading pages. */
  readonly onVisible?: (first: number, last: number) => void;
  readonly empty: ReactNode;
  /** Under which name dragged widths are kept; left out: not kept. */
  readonly storageKey?: string;
  /** Where it was scrolled to, in pixels, and whoever keeps it. */
  readonly scrollTop?: number;
  readonly onScrollTop?: (pixels: number) => void;
}

const REST_MILLISECONDS = 150;
/** Air between columns and at both ends, as data-table.css has it. */
const GAP = 8;
const PAD = 12;

/** A grid of rows with sticky headings: arrows move, Enter opens, Alt+arrows on a heading widen its column. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, count, row, rowProps, selected = -1, onSelect, onOpen, onRowKey, rowMenu } = props;
  const { sort, onSort, onVisible, empty, storageKey, scrollTop = 0, onScrollTop } = props;
  const rowHeight = useRowHeight();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [menuRow, setMenuRow] = useState(-1);
  const { widths, resize, reset } = useColumnWidths(storageKey);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialOffset: scrollTop,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are asked for again when the density changes
  useEffect(() => virtual.measure(), [rowHeight]);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: called when the window of rows moves, whoever listens
  useEffect(() => {
    if (count > 0) onVisible?.(first, last);
  }, [first, last, count]);

  const style = useMemo(() => {
    const used = columns.map(({ key, width }) => (widths[key] === undefined ? width : `${widths[key]}px`));
    return {
      '--columns': used.join(' '),
      '--least': `${used.reduce((sum, width) => sum + leastWidth(width) + GAP, 2 * PAD)}px`,
    } as CSSProperties;
  }, [columns, widths]);

  const move = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget && (event.target as HTMLElement).closest('[role=row]') === null)
      return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -count, End: count }[
      event.key
    ];
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey;
    if (step !== undefined && isPlain && onSelect !== undefined && count > 0) {
      event.preventDefault();
      const next = Math.min(count - 1, Math.max(0, selected + step));
      onSelect(next);
      virtual.scrollToIndex(next);
    } else if (event.key === 'Enter' && isPlain && !event.shiftKey && selected >= 0) onOpen?.(selected);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openMenuByKey(event);
    else if (selected >= 0) onRowKey?.(event, selected);
  };
  const openMenu = (target: EventTarget) => {
    const found = (target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset.index;
    const index = found === undefined ? selected : Number(found);
    setMenuRow(index);
    if (index >= 0) onSelect?.(index);
  };

  // Told when it comes to rest: whoever keeps it need not draw anything while rows move.
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tellScroll = (pixels: number) => {
    clearTimeout(resting.current);
    if (onScrollTop !== undefined) resting.current = setTimeout(() => onScrollTop(pixels), REST_MILLISECONDS);
  };
  useEffect(() => () => clearTimeout(resting.current), []);

  /** The focus is on the grid, so the browser would not look for a menu at the row. */
  const openMenuByKey = (event: KeyboardEvent) => {
    const target = scroller.current?.querySelector('[aria-selected=true]');
    if (rowMenu === undefined || target == null) return;
    event.preventDefault();
    const { left, bottom } = target.getBoundingClientRect();
    const place = { clientX: left + PAD, clientY: bottom };
    target.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...place }));
  };

  const body = (
    // biome-ignore lint/a11y/noStaticElementInteractions: right click has its keyboard twin in the menu key
    <div
      className="data-table-body"
      ref={scroller}
      onScroll={({ currentTarget }) => tellScroll(currentTarget.scrollTop)}
      onContextMenu={({ target }) => openMenu(target)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: part of the grid around it */}
      <div className="data-table-head" role="row" tabIndex={-1} aria-rowindex={1}>
        {columns.map((column) => (
          <Heading
            key={column.key}
            column={column}
            sorted={sort?.key === column.key ? (sort.descending ? 'descending' : 'ascending') : 'none'}
            onSort={column.sortable ? onSort : undefined}
            onResize={(pixels) => resize(column.key, pixels)}
            onReset={() => reset(column.key)}
          />
        ))}
      </div>
      <div className="data-table-rows" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => (
          <TableRow<Row>
            key={index}
            id={`${id}-${index}`}
            index={index}
            start={start}
            row={row(index)}
            isSelected={index === selected}
            columns={columns}
            rowProps={rowProps}
            onSelect={onSelect}
            onOpen={onOpen}
          />
        ))}
      </div>
    </div>
  );
  return (
    <div className="data-table-frame">
      {/* biome-ignore lint/a11y/useSemanticElements: rows are drawn on demand, which a <table> cannot lay out */}
      <div
        className="data-table"
        role="grid"
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-activedescendant={selected >= first && selected <= last ? `${id}-${selected}` : undefined}
        tabIndex={0}
        style={style}
        onKeyDown={move}
      >
        {rowMenu === undefined ? (
          body
        ) : (
          <ContextMenu menu={menuRow >= 0 && rowMenu(menuRow)}>{body}</ContextMenu>
        )}
      </div>
      {count === 0 && <div className="data-table-empty">{empty}</div>}
    </div>
  );
}

interface RowProps<Row> {
  readonly id: string;
  readonly index: number;
  readonly start: number;
  readonly row: Row | null;
  readonly isSelected: boolean;
  readonly columns: readonly TableColumn<Row>[];
  readonly rowProps: ((row: Row) => Record<string, string>) | undefined;
  readonly onSelect: ((index: number) => void) | undefined;
  readonly onOpen: ((index: number) => void) | undefined;
}

/** Drawn again only when its row, place or selection changes: scrolling draws the rows that come in. */
const TableRow = memo(
  function TableRow<Row>({
    id,
    index,
    start,
    row,
    isSelected,
    columns,
    rowProps,
    onSelect,
    onOpen,
  }: RowProps<Row>) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: part of the grid around it
      // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys for all rows
      <div
        id={id}
        role="row"
        tabIndex={-1}
        aria-rowindex={index + 2}
        aria-selected={isSelected}
        data-index={index}
        className="data-table-row"
        style={{ transform: `translateY(${start}px)` }}
        onClick={() => onSelect?.(index)}
        onDoubleClick={() => onOpen?.(index)}
        {...(row === null ? {} : rowProps?.(row))}
      >
        {columns.map(({ key, numeric, cell }) => (
          // biome-ignore lint/a11y/useSemanticElements: part of the grid around it
          <div key={key} role="gridcell" tabIndex={-1} className={numeric ? 'numeric' : ''}>
            {row === null ? '…' : cell(row)}
          </div>
        ))}
      </div>
    );
  },
  // Handlers are made anew with every drawing of the table and do the same for the same row.
  (before, after) =>
    before.row === after.row &&
    before.index === after.index &&
    before.start === after.start &&
    before.isSelected === after.isSelected &&
    before.columns === after.columns &&
    before.rowProps === after.rowProps,
) as <Row>(props: RowProps<Row>) => ReactNode;

interface HeadingProps<Row> {
  readonly column: TableColumn<Row>;
  readonly sorted: 'ascending' | 'descending' | 'none';
  readonly onSort: ((key: string) => void) | undefined;
  readonly onResize: (pixels: number) => void;
  readonly onReset: () => void;
}

const KEY_PIXELS = 12;

function Heading<Row>({ column, sorted, onSort, onResize, onReset }: HeadingProps<Row>) {
  const { key, title, numeric } = column;
  const cell = useRef<HTMLDivElement>(null);
  const widen = (event: KeyboardEvent) => {
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!event.altKey || direction === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onResize((cell.current?.offsetWidth ?? 0) + direction * KEY_PIXELS);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of the grid around it
    <div
      ref={cell}
      role="columnheader"
      tabIndex={-1}
      className={numeric ? 'numeric' : ''}
      aria-sort={sorted}
      onKeyDown={widen}
    >
      {onSort !== undefined ? (
        <button type="button" onClick={() => onSort(key)}>
          {title}
          {sorted === 'descending' && <ArrowDown size={11} aria-hidden />}
          {sorted === 'ascending' && <ArrowUp size={11} aria-hidden />}
        </button>
      ) : (
        title
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its keyboard twin is Alt with the arrows on the heading */}
      <span
        className="data-table-grip"
        onDoubleClick={onReset}
        onPointerDown={(event) => {
          event.preventDefault();
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
          onResize(event.clientX - cell.current!.getBoundingClientRect().left + 6);
        }}
      />
    </div>
  );
}
