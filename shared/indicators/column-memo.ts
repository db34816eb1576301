/** Columns are kept up to this many bytes; those that were not asked for longest go first. */
const LIMIT_BYTES = 256e6;

interface Entry {
  readonly columns: readonly Float64Array[];
  readonly bytes: number;
  /** Taken out of its map when it is dropped. */
  readonly forget: () => void;
}

/** By the first input column; columns are never written after they were made, so their identity is enough. */
const known = new WeakMap<Float64Array, Map<string, Entry>>();
/** Every entry, the one used last at the end. */
const recent = new Set<Entry>();
let bytes = 0;

/** Names columns in keys: the inputs behind the first one are part of what was asked for. */
const numbers = new WeakMap<Float64Array, number>();
let named = 0;

/**
 * What `compute` gives for these inputs and this name (indicator and parameters), computed once per thread: the runs of
 * a sweep share it. The results are not to be written to.
 */
export function memoised(
  inputs: readonly Float64Array[],
  name: string,
  compute: () => readonly Float64Array[],
): readonly Float64Array[] {
  const first = inputs[0]!;
  const key = `${name} ${inputs.slice(1).map(numberOf).join(' ')}`;
  const entries = known.get(first) ?? new Map<string, Entry>();
  const found = entries.get(key);
  if (found !== undefined) {
    recent.delete(found);
    recent.add(found);
    return found.columns;
  }
  const columns = compute();
  const size = columns.reduce((sum, column) => sum + column.byteLength, 0);
  const entry: Entry = { columns, bytes: size, forget: () => entries.delete(key) };
  known.set(first, entries.set(key, entry));
  recent.add(entry);
  bytes += size;
  for (const oldest of recent) {
    if (bytes <= LIMIT_BYTES || oldest === entry) break;
    recent.delete(oldest);
    oldest.forget();
    bytes -= oldest.bytes;
  }
  return columns;
}

function numberOf(column: Float64Array): number {
  let number = numbers.get(column);
  if (number === undefined) {
    number = ++named;
    numbers.set(column, number);
  }
  return number;
}
