import { expect, test } from 'vitest';
import { Turns } from '../../../electron/services/turns.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));
const nobody = () => expect.unreachable('nobody was ahead');

test('one after the other in the order of asking, each key apart', async () => {
  const turns = new Turns<string>();
  const order: string[] = [];
  const take = async (key: string, name: string, onWaiting = () => {}) => {
    const end = await turns.take(key, onWaiting);
    order.push(name);
    return end;
  };
  const endFirst = await take('a', 'first', nobody);
  let waiting = 0;
  const second = take('a', 'second', () => waiting++);
  const third = take('a', 'third', () => waiting++);
  (await take('b', 'other', nobody))();
  await settle();
  expect([order, waiting]).toEqual([['first', 'other'], 2]);
  endFirst();
  (await second)();
  (await third)();
  expect(order).toEqual(['first', 'other', 'second', 'third']);
  (await take('a', 'later', nobody))();
});

test('who gives up while waiting does not hold up the next', async () => {
  const turns = new Turns<string>();
  const end = await turns.take('a', nobody);
  const stop = new AbortController();
  const impatient = turns.take('a', () => {}, stop.signal);
  const patient = turns.take('a', () => {});
  stop.abort();
  await expect(impatient).rejects.toThrow(/abort/i);
  let hasTurn = false;
  void patient.then(() => (hasTurn = true));
  await settle();
  expect(hasTurn).toBe(false);
  end();
  (await patient)();
  await expect(turns.take('a', nobody, AbortSignal.abort())).resolves.toBeTypeOf('function');
});
