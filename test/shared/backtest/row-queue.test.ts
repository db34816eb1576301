import { describe, expect, test } from 'vitest';
import { RowQueue } from '../../../shared/backtest/row-queue.ts';

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
  test('removes a row anywhere, and says when it is not there', () => {
    const queue = queueOf(4);
    expect([queue.remove(1), queue.remove(1), queue.remove(3), queue.remove(3)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(rows(queue)).toEqual([0, 2]);
  });
  test('filters in place, each row asked once', () => {
    const queue = queueOf(6);
    const asked: number[] = [];
    queue.filter((row) => {
      asked.push(row);
      return row % 2 === 1;
    });
    expect([rows(queue), asked]).toEqual([
      [1, 3, 5],
      [0, 1, 2, 3, 4, 5],
    ]);
  });
});
