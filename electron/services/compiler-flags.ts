import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 inline more of a run's hot loop: an order passes through some thirty small functions. 20.2 instead of 16.8
 * million bars a second on the SMA cross of `npm run bench`; other code is not slower. Holds for the whole process, and
 * for threads that start afterwards.
 */
export function setCompilerFlags(): void {
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=4000');
}
