// What crosses between the main process and a page, as JSON text: both sides of Electron clone by structure, and so
// does this. The functions are sent into pages as source, so they use nothing from outside themselves.

export interface Clone {
  /** Throws like Electron where a value cannot be cloned. */
  readonly encode: (value: unknown) => unknown;
  readonly decode: (encoded: unknown) => unknown;
}

/** `toText` and `fromText`: bytes as base64 and back, by the means of the place. */
export function makeClone(
  toText: (bytes: Uint8Array) => string,
  fromText: (text: string) => Uint8Array<ArrayBuffer>,
): Clone {
  const VIEWS = {
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  };
  const uncloneable = () => new Error('An object could not be cloned.');

  function encode(value: unknown, parents: readonly object[] = []): unknown {
    if (value === undefined) return ['undefined'];
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number')
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : ['number', Object.is(value, -0) ? '-0' : String(value)];
    if (typeof value === 'bigint') return ['bigint', String(value)];
    // Our messages are trees; one that is not would need names for its parts.
    if (typeof value !== 'object' || parents.includes(value)) throw uncloneable();
    const inside = [...parents, value];
    const all = (values: Iterable<unknown>) => [...values].map((one) => encode(one, inside));
    if (Array.isArray(value)) return ['array', ...all(value)];
    const kind = Object.prototype.toString.call(value).slice(8, -1);
    if (ArrayBuffer.isView(value))
      return [
        'view',
        kind,
        toText(new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength)),
      ];
    if (value instanceof ArrayBuffer) return ['view', 'ArrayBuffer', toText(new Uint8Array(value))];
    if (value instanceof Date) return ['date', value.getTime()];
    if (value instanceof Map) return ['map', ...all([...value].flat())];
    if (value instanceof Set) return ['set', ...all(value)];
    if (value instanceof Error) return ['error', value.name, value.message, value.stack ?? ''];
    const prototype: unknown = Object.getPrototypeOf(value);
    const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
    if (!isPlain && kind !== 'Object') throw uncloneable();
    return ['object', ...Object.entries(value).flatMap(([name, member]) => [name, encode(member, inside)])];
  }

  function decode(encoded: unknown): unknown {
    if (!Array.isArray(encoded)) return encoded;
    const [kind, ...parts] = encoded as [string, ...unknown[]];
    const pairs = (values: readonly unknown[]) =>
      Array.from({ length: values.length / 2 }, (_, i) => [values[2 * i], values[2 * i + 1]] as const);
    switch (kind) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(parts[0]);
      case 'bigint':
        return BigInt(parts[0] as string);
      case 'array':
        return parts.map(decode);
      case 'view': {
        const { buffer } = fromText(parts[1] as string);
        return parts[0] === 'ArrayBuffer'
          ? buffer
          : new (VIEWS[parts[0] as keyof typeof VIEWS] as typeof Uint8Array)(buffer);
      }
      case 'date':
        return new Date(parts[0] as number);
      case 'map':
        return new Map(pairs(parts.map(decode)));
      case 'set':
        return new Set(parts.map(decode));
      case 'error':
        return Object.assign(new Error(parts[1] as string), { name: parts[0], stack: parts[2] });
      case 'object':
        return Object.fromEntries(pairs(parts).map(([name, member]) => [name, decode(member)]));
      default:
        throw new Error(`Unknown kind of value: ${kind}`);
    }
  }

  return { encode: (value) => encode(value), decode };
}
