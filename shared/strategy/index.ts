/** What a strategy file sees as the module `hindsight`: nothing here leads to raw columns, files, clock or network. */
export type { Data } from './data.ts';
export { boolean, choice, integer, number, text } from './declare-parameters.ts';
export * from './indicators/index.ts';
export type { Line } from './line.ts';
export type { Order } from './order.ts';
export type { Bracket, BracketRequest, OrderRequest, Validity } from './order-request.ts';
export type { PositionView as Position } from './position-view.ts';
export { roundToTick } from './round-to-tick.ts';
export { Strategy } from './strategy.ts';
export type { Timer } from './timer.ts';
export type { Trade } from './trade.ts';
