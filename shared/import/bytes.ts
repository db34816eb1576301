/** A copy of bytes from `start` to `end`: Node's Buffers are Uint8Arrays whose own `slice` is a view on memory that may change. */
export const copyOf = (bytes: Uint8Array, start = 0, end = bytes.length): Uint8Array =>
  new Uint8Array(bytes.subarray(start, end));

/** Both as one, in new memory. */
export function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}
