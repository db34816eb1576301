/** What a strategy file sees as the module `hindsight`: nothing here leads to raw columns, files, clock or network. */
export type { Data } from './data.ts';
export { boolean, choice, integer, number } from './declare-parameters.ts';
export { crossOver, ema, obv, rsi, sma } from './indicators.ts';
export type { Line } from './line.ts';
export type { Order } from './order.ts';
export type { PositionView as Position } from './position-view.ts';
export { type OrderRequest, Strategy } from './strategy.ts';
export type { Trade } from './trade.ts';
