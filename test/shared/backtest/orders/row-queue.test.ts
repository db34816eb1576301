import { describe, expect, test } from 'vitest';
import { RowQueue } from '../../../../shared/backtest/orders/row-queue.ts';

const rows = (queue: RowQueue) => Array.from({ length: queue.length }, (_, i) => queue.at(i));
function queueOf(count: number): RowQueue {
  const queue = new RowQueue();
  for (let row = 0; row < count; row++) queue.push(row);
  return queue;
}

describe('RowQueue', () => {
  test('keeps the order of many rows', () => {
    expect(rows(queueOf(100))).toEqual(Array.from({ length: 100 }, (_, row) => row));
  });
  test('drops from the front', () => {
    const queue = queueOf(5);
    queue.drop(3);
    queue.push(9);
    expect(rows(queue)).toEqual([3, 4, 9]);
    queue.drop(3);
    expect(queue.length).toBe(0);
  });
  test('can be filtered in place while it is read', () => {
    const queue = queueOf(6);
    let kept = 0;
    for (let i = 0; i < queue.length; i++) if (queue.at(i) % 2 === 1) queue.put(kept++, queue.at(i));
    queue.length = kept;
    expect(rows(queue)).toEqual([1, 3, 5]);
  });
});
