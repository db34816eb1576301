import type { BarCursor } from '../../strategy/bar-cursor.ts';
import { markPrice } from '../account/mark-price.ts';
import { OrderDraft } from './order-draft.ts';

/** The market order with which a margin call leaves a position of `size` signed units. */
export function draftLiquidation(feed: number, size: number, cursor: BarCursor): OrderDraft {
  const draft = new OrderDraft();
  draft.feed = feed;
  draft.side = size > 0 ? -1 : 1;
  draft.size = Math.abs(size);
  draft.createdTime = cursor.bars.time[cursor.bar]!;
  draft.price = markPrice(cursor, Number.NaN);
  return draft;
}
