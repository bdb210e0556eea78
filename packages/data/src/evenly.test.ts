import { expect, test } from 'vitest';
import { evenly } from './evenly.ts';

const items = Array.from({ length: 10 }, (_, i) => i);

test('a short list is taken whole, in its order', () => {
  for (const most of [10, 11, 1000]) expect(evenly(items, most)).toEqual(items);
  expect(evenly([], 3)).toEqual([]);
});

test('of a long one each share gives its first', () => {
  expect(evenly(items, 5)).toEqual([0, 2, 4, 6, 8]);
  expect(evenly(items, 3)).toEqual([0, 3, 6]);
  expect(evenly(items, 0)).toEqual([]);
});
