// TextDecoder belongs to the DOM and Node libraries, neither of which this folder may name; both provide it at run time.
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };
const decoder = new TextDecoder();

/** Bytes `start` (inclusive) to `end` (exclusive) as text; invalid UTF-8 becomes U+FFFD. */
export function utf8Text(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return decoder.decode(bytes.subarray(start, end));
}
