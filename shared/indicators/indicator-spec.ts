/** Columns that indicators over bars read; `value` is any line. */
export type IndicatorInput = 'value' | 'time' | 'open' | 'high' | 'low' | 'close' | 'volume';

export const INDICATOR_GROUPS = [
  'moving average',
  'trend',
  'momentum',
  'volatility',
  'volume',
  'statistics',
  'levels',
] as const;
export type IndicatorGroup = (typeof INDICATOR_GROUPS)[number];

export interface IndicatorParameter {
  readonly name: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Whole numbers only. */
  readonly isInteger: boolean;
}

/** One indicator: what it is called, what it takes and gives, and how it is computed. */
export interface IndicatorSpec<Output extends string = string> {
  /** Its name in strategies. */
  readonly id: string;
  readonly label: string;
  readonly group: IndicatorGroup;
  /** `['value']`: computed from any line; else from columns of an instrument. */
  readonly inputs: readonly IndicatorInput[];
  readonly parameters: readonly IndicatorParameter[];
  /** Names of the lines it gives. */
  readonly outputs: readonly Output[];
  /** Drawn over the prices; else in a pane of its own. */
  readonly isOverlay: boolean;
  /** Bars until every output has a value, by the parameters in their order. */
  readonly minimumPeriod: (...parameters: number[]) => number;
  /** Columns of the inputs in their order; one column per output. */
  readonly compute: (columns: readonly Float64Array[], parameters: readonly number[]) => Float64Array[];
  /** In one line, and where it comes from. */
  readonly formula: string;
  readonly source: string;
  /** What of it moves after the fact; null where nothing does. */
  readonly repaints: string | null;
}

/** A whole number of bars. */
export function bars(name: string, defaultValue: number, min = 1, max = 2000): IndicatorParameter {
  return { name, default: defaultValue, min, max, isInteger: true };
}

export function factor(name: string, defaultValue: number, min: number, max: number): IndicatorParameter {
  return { name, default: defaultValue, min, max, isInteger: false };
}
