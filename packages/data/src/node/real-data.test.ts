import { describe, expect, test } from 'vitest';
import { hasShared, shared } from '../../../../test/shared.ts';
import { readDrawings } from './read.ts';

/** Drawings a split, and the standard deviation of all dx and dy of train, as the data's own description has them. */
const MAGENTA: [name: string, train: number, valid: number, test: number, std: number][] = [
  ['face', 2000, 200, 200, 30.0571],
  ['aaron_sheep', 7400, 300, 300, 18.5198],
  ['omniglot', 30000, 1000, 1000, 53.437],
  ['short_kanji', 10000, 600, 500, 99.7125],
  ['kanji.rdp100', 10358, 600, 500, 20.0838],
];

/** Of the longest drawing, where the description says so. */
const LONGEST: Readonly<Record<string, number>> = {
  face: 119,
  aaron_sheep: 250,
  omniglot: 157,
  short_kanji: 88,
  'kanji.rdp100': 80,
};

describe.skipIf(!hasShared)('every real file is read whole', () => {
  test.for(MAGENTA)('%s.npz', async ([name, train, valid, testing, std]) => {
    const counts = { train: 0, valid: 0, test: 0 };
    let [offsets, sum, squares, longest] = [0, 0, 0, 0];
    for await (const { stroke3, split } of readDrawings(shared('data/npz', `${name}.npz`))) {
      if (split) counts[split]++;
      longest = Math.max(longest, stroke3.length / 3);
      if (split !== 'train') continue;
      for (const offset of stroke3.filter((_, i) => i % 3 !== 2)) {
        offsets++;
        sum += offset;
        squares += offset * offset;
      }
    }
    expect(counts).toEqual({ train, valid, test: testing });
    expect(longest).toBe(LONGEST[name]);
    expect(Math.sqrt(squares / offsets - (sum / offsets) ** 2)).toBeCloseTo(std, 4);
  });

  test('85,619 drawings of Quick, Draw! in 345 classes', async () => {
    const counts = new Map<string, number>();
    let longest = 0;
    for await (const { stroke3, className = '' } of readDrawings(shared('data/quickdraw'))) {
      counts.set(className, (counts.get(className) ?? 0) + 1);
      longest = Math.max(longest, stroke3.length / 3 + 1);
    }
    expect([...counts.values()].reduce((total, count) => total + count)).toBe(85_619);
    expect(counts.size).toBe(345);
    expect([counts.get('car'), counts.get('power outlet'), counts.get('face'), counts.get('owl')]).toEqual([
      11_185, 8_047, 2_427, 35,
    ]);
    expect(longest).toBe(841);
  });
});
