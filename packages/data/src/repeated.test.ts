import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasShared, shared } from '../../../test/shared.ts';
import { gather } from './dataset.ts';
import { readDrawings } from './node/read.ts';
import { bits, keyOf } from './random.ts';
import { type Gathered, withoutRepeated } from './repeated.ts';
import type { Drawing, Split } from './sketch.ts';
import { splitOf } from './split.ts';

const SPLITS: readonly (Split | undefined)[] = ['train', 'valid', 'test', undefined];

/** Few drawings and classes, so that many are the same; in the order of their sources. */
const sourced = fc
  .array(
    fc.record({
      stroke3: fc.constantFrom([1, 1, 1], [1, 2, 1], [1, 1, 0, 2, 2, 1]).map((rows) => Float32Array.from(rows)),
      className: fc.constantFrom('owl', 'pig'),
      split: fc.constantFrom(...SPLITS),
      source: fc.nat(2),
    }),
    { maxLength: 30 },
  )
  .map((drawings): Gathered[] => drawings.toSorted((a, b) => a.source - b.source));

function coordinate(word = 0): number {
  return (word >>> 8) / 2 ** 10;
}

function nameOf({ stroke3, className }: Gathered): string {
  return `${className} ${stroke3.join()}`;
}

describe('without repeated drawings', () => {
  test('what stays is as a plain search through all of them says, in the same order', () => {
    fc.assert(
      fc.property(sourced, (drawings) => {
        const better = (a: Gathered, b: Gathered): boolean =>
          (a.split !== undefined) === (b.split !== undefined) ? a.source < b.source : a.split !== undefined;
        const expected = drawings.filter(
          (drawing) => !drawings.some((other) => nameOf(other) === nameOf(drawing) && better(other, drawing)),
        );
        expect(withoutRepeated(drawings)).toEqual(expected);
      }),
    );
  });

  test('every drawing is still there, and nothing is left out twice', () => {
    fc.assert(
      fc.property(sourced, (drawings) => {
        const kept = withoutRepeated(drawings);
        expect(new Set(kept.map(nameOf))).toEqual(new Set(drawings.map(nameOf)));
        expect(withoutRepeated(kept)).toEqual(kept);
      }),
    );
  });

  test('drawings of one source alone, all assigned or none, stay as they are', () => {
    fc.assert(
      fc.property(sourced, fc.constantFrom('train', undefined), (drawings, split) => {
        const alone = drawings.map((drawing) => ({ ...drawing, split, source: 0 }));
        expect(withoutRepeated(alone)).toEqual(alone);
      }),
    );
  });

  test('those that differ in the last bit of an offset are two, those that differ in the sign of zero are one', () => {
    const of = (dx: number, source: number): Gathered => ({
      stroke3: Float32Array.of(dx, 1, 1),
      className: 'a',
      source,
    });
    expect(withoutRepeated([of(0.001, 0), of(0.0010000002, 1)])).toHaveLength(2);
    expect(withoutRepeated([of(0, 0), of(-0, 1)])).toHaveLength(1);
  });

  test('those whose hashes agree are told apart', () => {
    // Of 2^18 drawings some eight pairs share their 32 bits of hash.
    const words = bits(keyOf(1), 2 ** 19);
    const drawings = Array.from({ length: 2 ** 18 }, (_, i): Gathered => ({
      stroke3: Float32Array.of(coordinate(words[2 * i]), coordinate(words[2 * i + 1]), 1),
      className: 'a',
      source: i,
    }));
    expect(withoutRepeated(drawings)).toHaveLength(drawings.length);
  });
});

test('a drawing a file trains on judges no model, though another source has it more than once', async () => {
  let mark = 0;
  const marked = (): Float32Array => Float32Array.of(mark, 1, 1);
  while (splitOf(marked()) !== 'valid') mark++;
  async function* drawings(...each: Drawing[]): AsyncGenerator<Drawing> {
    yield* each;
  }
  const owl = { stroke3: marked(), className: 'owl' };
  const sources = [drawings(owl, owl), drawings({ ...owl, split: 'train' })];
  const data = await gather(
    sources.map((each) => ({ fallbackClass: 'owl', drawings: each })),
    10,
  );
  expect([data.train.length, data.valid.length, data.repeated]).toEqual([1, 0, 2]);
});

describe.skipIf(!hasShared)('real faces', () => {
  test.for([[['npz/face.npz', 'quickdraw/face.ndjson']], [['quickdraw/face.ndjson', 'npz/face.npz']]])(
    'stay in the splits that Magenta assigns them to: %s',
    async ([files = []]) => {
      const assigned = new Map<string, Split | undefined>();
      for await (const { stroke3, split } of readDrawings(shared('data', 'npz/face.npz'))) {
        assigned.set(stroke3.join(), split);
      }
      const data = await gather(
        files.map((file) => ({ fallbackClass: 'face', drawings: readDrawings(shared('data', file)) })),
        250,
      );
      expect(assigned.size).toBe(2400);
      for (const split of ['train', 'valid', 'test'] as const) {
        for (const { stroke3 } of data[split]) expect(assigned.get(stroke3.join()) ?? split).toBe(split);
      }
    },
  );
});
