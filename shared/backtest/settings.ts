/** What the broker charges, allows and assumes. Plain data: it travels in the manifest. */

/**
 * Commission of an execution, in the account's money. `rate` 0.001 is 0.1 % of the traded value, `amount` is money per
 * unit (share, contract) or per execution; `minimum` and `maximum` bound what one execution pays. Tiers are marginal:
 * each rate applies to the part of the execution's value up to `upTo` (null: without end). An execution is `maker` when
 * a limit order that rested in the book was hit at its own price.
 */
export type Commission =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'percent'; readonly rate: number } & CommissionBounds)
  | ({ readonly kind: 'per-share'; readonly amount: number } & CommissionBounds)
  | { readonly kind: 'per-trade'; readonly amount: number }
  | ({ readonly kind: 'tiered'; readonly tiers: readonly CommissionTier[] } & CommissionBounds)
  | ({ readonly kind: 'maker-taker'; readonly maker: number; readonly taker: number } & CommissionBounds);

export interface CommissionBounds {
  readonly minimum?: number;
  readonly maximum?: number;
}
export interface CommissionTier {
  readonly upTo: number | null;
  readonly rate: number;
}

/**
 * How far a price moves against the order. `rate` 0.0005 is 0.05 %; `amount` is in price units; `ticks` counts the
 * instrument's ticks; `volume-share` moves it by `impact` times the square of the order's share of the bar's volume.
 */
export type Slippage =
  | { readonly kind: 'none' }
  | { readonly kind: 'percent'; readonly rate: number }
  | { readonly kind: 'fixed'; readonly amount: number }
  | { readonly kind: 'ticks'; readonly ticks: number }
  | { readonly kind: 'volume-share'; readonly impact: number };

/** Where slippage applies and where it ends, with backtrader's meanings and names. */
export interface SlippageSwitches {
  /** Fills at the open slip too, not only stops inside the bar. */
  readonly open: boolean;
  /** A price beyond the bar's high or low is cut back to it; else the order waits for another bar. */
  readonly match: boolean;
  /** The same for limit orders, whose limit is the boundary. */
  readonly limit: boolean;
  /** Prices beyond the boundary are taken as they are. */
  readonly out: boolean;
  /** backtrader's slip: a sell limit that fills at the open may slip to its limit even below the bar's low. */
  readonly sellLimitBelowLow: boolean;
}

/** How much of an order one bar can fill. Volumes are those of the bar; orders of one step share them if `shared`. */
export type VolumeLimit =
  | { readonly kind: 'none' }
  /** At most `size` units (null: only the bar's volume bounds). */
  | { readonly kind: 'fixed-size'; readonly size: number | null; readonly shared: boolean }
  /** At most `percent` of the volume, rounded down to whole units. */
  | { readonly kind: 'bar-percent'; readonly percent: number; readonly shared: boolean }
  /** `percent` of the volume that falls to one price if it spreads evenly over the bar's range in steps of `tick`. */
  | {
      readonly kind: 'point-percent';
      readonly tick: number | null;
      readonly percent: number;
      readonly shared: boolean;
    };

/** When a market order meets its price. The two cheats know more than a trader would, and every result says so. */
export const FILL_TIMINGS = ['next-open', 'cheat-on-open', 'cheat-on-close'] as const;
export type FillTiming = (typeof FILL_TIMINGS)[number];

/**
 * What is assumed where a bar does not tell in which order its prices came: which of two linked orders (stop and target)
 * was reached first, and whether an exit could follow an entry in the bar of the entry.
 * `backtrader`: the order accepted first wins; exits wait for the bar after the entry. `pessimistic` and `optimistic`: the
 * worse and the better for the account. `open-proximity`: the bar went from its open to the nearer extreme first.
 * `drill-down`: finer bars decide where they exist, pessimistic where they do not.
 */
export const SAME_BAR_POLICIES = [
  'pessimistic',
  'backtrader',
  'optimistic',
  'open-proximity',
  'drill-down',
] as const;
export type SameBarPolicy = (typeof SAME_BAR_POLICIES)[number];

/** How many units `buy()` and `sell()` take when they are given none. */
export type Sizer =
  | { readonly kind: 'fixed'; readonly size: number }
  /** `percent` of the cash at the close; with a position its size. `whole` rounds down to whole units. */
  | { readonly kind: 'percent'; readonly percent: number; readonly whole: boolean }
  /** The loss from the close (or the order's own price) down to the order's `stopLoss` is `percent` of equity. */
  | { readonly kind: 'risk'; readonly percent: number; readonly whole: boolean }
  /** The position's yearly volatility, from the last `lookback` closes, is `percent` of equity. */
  | {
      readonly kind: 'volatility';
      readonly percent: number;
      readonly lookback: number;
      readonly whole: boolean;
    };

/**
 * What happens when equity falls to `maintenance` (a fraction) of the positions' value: nothing, as in backtrader, or
 * every waiting order is cancelled and every position sold at the next open. An account at or below zero takes no
 * further order.
 */
export interface MarginCall {
  readonly action: 'ignore' | 'liquidate';
  readonly maintenance: number;
}

/** The terms of one instrument. */
export interface InstrumentTerms {
  readonly commission: Commission;
  /** Money per price unit and unit of size: contract size, lots; 0.01 for prices in pence in an account in pounds. */
  readonly multiplier: number;
  /** Null: bought and sold at full value. Else futures-like: a margin is set aside and profit is paid daily. */
  readonly margin: Margin | null;
  /** Long positions are paid with value / leverage. */
  readonly leverage: number;
  /** Yearly rate on the entry value, by calendar day (act/365), of short positions and, if `onLong`, long ones. */
  readonly interest: { readonly rate: number; readonly onLong: boolean };
  /** Yearly rate on the market value of short positions, by calendar day (act/365). */
  readonly borrowFee: number;
  /** Smallest price step; null where unknown. */
  readonly tick: number | null;
}

/**
 * Margin per unit: money, the price times the multiplier, or the price times a factor. What is set aside depends on the
 * price of the entry; `revalued` counts it at every close in equity, as backtrader does, although no cash has moved.
 */
export type Margin =
  | { readonly kind: 'amount'; readonly amount: number }
  | { readonly kind: 'price'; readonly revalued?: boolean }
  | { readonly kind: 'factor'; readonly factor: number; readonly revalued?: boolean };

export interface BrokerSettings {
  /** Starting cash, in the account's money. */
  readonly cash: number;
  /** For every instrument without terms of its own. */
  readonly terms: InstrumentTerms;
  readonly slippage: Slippage;
  readonly slippageSwitches: SlippageSwitches;
  readonly volumeLimit: VolumeLimit;
  readonly fill: FillTiming;
  readonly sameBar: SameBarPolicy;
  readonly sizer: Sizer;
  readonly marginCall: MarginCall;
  /** New orders are first executed on paper, and rejected when that would need more cash than there is. */
  readonly checkSubmit: boolean;
  /** Short sales bring in cash; otherwise they cost like a purchase. */
  readonly shortCash: boolean;
}

export const DEFAULT_TERMS: InstrumentTerms = {
  commission: { kind: 'none' },
  multiplier: 1,
  margin: null,
  leverage: 1,
  interest: { rate: 0, onLong: false },
  borrowFee: 0,
  tick: null,
};

export const DEFAULT_SETTINGS: BrokerSettings = {
  cash: 100_000,
  terms: DEFAULT_TERMS,
  slippage: { kind: 'none' },
  slippageSwitches: { open: true, match: true, limit: true, out: false, sellLimitBelowLow: false },
  volumeLimit: { kind: 'none' },
  fill: 'next-open',
  sameBar: 'pessimistic',
  sizer: { kind: 'fixed', size: 1 },
  marginCall: { action: 'liquidate', maintenance: 0 },
  checkSubmit: true,
  shortCash: true,
};
