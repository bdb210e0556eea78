import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readId } from '../custom-id.ts';
import { seedsFrom, type Wanted, wantedId, wantedOf } from './wanted.ts';

const wanted = fc.record<Wanted>({
  className: fc.constantFrom('owl', 'The Great Wall of China', 't-shirt'),
  temperature: fc.integer({ min: 0, max: 100 }).map((hundredths) => hundredths / 100),
  seed: fc.option(fc.nat(2 ** 32 - 1), { nil: undefined }),
  count: fc.integer({ min: 1, max: 9 }),
  animate: fc.boolean(),
});

test('every picture of the 345 classes fits into a button and comes back from it', () => {
  fc.assert(
    fc.property(wanted, (picture) => {
      const id = wantedId('finish', picture) as string;
      expect(wantedOf(readId(id)?.fields ?? [])).toEqual(picture);
    }),
  );
});

test.for([
  [],
  ['owl'],
  ['owl', '2', '1', '1', '0'],
  ['owl', '0.3', '-1', '1', '0'],
  ['owl', '0.3', '4294967296', '1', '0'],
  ['owl', '0.3', '1.5', '1', '0'],
  ['owl', '0.3', '1', '10', '0'],
  ['owl', '0.3', '1', '1e9', '0'],
  ['owl', 'NaN', '1', '1', '0'],
])('what nobody could have asked for is refused: %o', (fields) => {
  expect(wantedOf(fields)).toBeUndefined();
});

test('drawing i of a picture has seed + i, also past the last seed', () => {
  expect(seedsFrom(5, 3)).toEqual([5, 6, 7]);
  expect(seedsFrom(2 ** 32 - 1, 2)).toEqual([2 ** 32 - 1, 0]);
});
