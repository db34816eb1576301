/** What the broker charges and allows. Plain data: it travels in the manifest. */

/** `rate` 0.001 is 0.1 % of the traded value; `amount` is money per unit (share) or per execution. */
export type Commission =
  | { readonly kind: 'none' }
  | { readonly kind: 'percent'; readonly rate: number }
  | { readonly kind: 'per-share'; readonly amount: number }
  | { readonly kind: 'per-trade'; readonly amount: number };

/** `rate` 0.0005 moves the price by 0.05 % against the order; `amount` is in price units. */
export type Slippage =
  | { readonly kind: 'none' }
  | { readonly kind: 'percent'; readonly rate: number }
  | { readonly kind: 'fixed'; readonly amount: number };

export interface BrokerSettings {
  /** Starting cash, in the unit in which the instrument is quoted. */
  readonly cash: number;
  readonly commission: Commission;
  readonly slippage: Slippage;
}
