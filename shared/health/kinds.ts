/** Kinds of sickness of a series, worst first; each has a file of its own beside this one. */
export const SUSPECT_KINDS = [
  'missing-session',
  'gap',
  'likely-split',
  'doubled-split',
  'unit-jump',
  'spike',
  'ohlc-order',
  'stale-prices',
  'zero-volume',
  'outside-session',
] as const;
export type SuspectKind = (typeof SUSPECT_KINDS)[number];
