const RADIX_BITS = 16;
const BUCKETS = 1 << RADIX_BITS;

/**
 * The order that sorts `values` ascending: indexes into them, equal values in their given order, NaN last. A radix sort
 * over the bits of the doubles: a million values take some tens of milliseconds.
 */
export function sortPermutation(values: Float64Array): Uint32Array {
  const count = values.length;
  const keys = orderedKeys(values);
  let order = new Uint32Array(count);
  for (let index = 0; index < count; index++) order[index] = index;
  let next = new Uint32Array(count);
  const starts = new Uint32Array(BUCKETS);
  for (let digit = 0; digit < 4; digit++) {
    starts.fill(0);
    for (let index = 0; index < count; index++) starts[keys[index * 4 + digit]!]!++;
    if (count === 0 || starts[keys[digit]!] === count) continue; // all alike in this digit
    let sum = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const size = starts[bucket]!;
      starts[bucket] = sum;
      sum += size;
    }
    for (let position = 0; position < count; position++) {
      const index = order[position]!;
      next[starts[keys[index * 4 + digit]!]!++] = index;
    }
    [order, next] = [next, order];
  }
  return order;
}

/** The doubles' bits, four 16-bit digits each (lowest first), changed so that they sort as unsigned integers. */
function orderedKeys(values: Float64Array): Uint16Array {
  const copy = new Float64Array(values.length);
  // -0 sorts with 0, and every NaN alike, above infinity.
  for (let index = 0; index < values.length; index++) copy[index] = values[index]! + 0;
  const keys = new Uint16Array(copy.buffer);
  for (let at = 3; at < keys.length; at += 4) {
    if (Number.isNaN(copy[at >> 2]!)) {
      keys.fill(0xffff, at - 3, at + 1);
    } else if (keys[at]! & 0x8000) {
      for (let digit = at - 3; digit <= at; digit++) keys[digit] = ~keys[digit]!;
    } else {
      keys[at] = keys[at]! | 0x8000;
    }
  }
  return keys;
}
