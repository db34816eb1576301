const MAX_DECIMALS = 10;
/** By number of decimals. */
export const POWERS: readonly number[] = Array.from(
  { length: MAX_DECIMALS + 1 },
  (_, decimals) => 10 ** decimals,
);
/** Bits of the NaN that stands for "missing"; any other NaN, and -0, needs the raw coding. */
export const MISSING_LOW = 0;
export const MISSING_HIGH = 0x7ff80000;
