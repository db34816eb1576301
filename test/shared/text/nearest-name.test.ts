import { expect, test } from 'vitest';
import { nearestName } from '../../../shared/text/nearest-name.ts';

const columns = ['open', 'high', 'low', 'close', 'volume'];

test.each([
  ['clsoe', 'close'],
  ['Close', 'close'],
  ['hgih', 'high'],
  ['volum', 'volume'],
  ['vloume', 'volume'],
])('%s means %s', (name, meant) => expect(nearestName(name, columns)).toBe(meant));

test.each(['settlement', 'xyz', ''])('nothing is near to "%s"', (name) =>
  expect(nearestName(name, columns)).toBeNull(),
);
