/**
 * Seeded random numbers from 0 up to, not including, 1: Chris Doty-Humphrey's sfc32 (128 bits of state, passes
 * PractRand), seeded with (seed, 0, 0) and counter 1, first twelve values discarded; each number is made of one 32-bit value
 * divided by 2^32. Equal seeds give equal sequences on every machine.
 */
export function seededRandom(seed: number): () => number {
  let a = seed | 0;
  let b = 0;
  let c = 0;
  let counter = 1;
  const next = () => {
    const value = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + value) | 0;
    return (value >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}
