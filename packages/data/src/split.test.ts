import fc from 'fast-check';
import { strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { hasShared, shared } from '../../../test/shared.ts';
import { gather } from './dataset.ts';
import { readNdjson, toNdjsonLine } from './ndjson.ts';
import { readDrawings } from './node/read.ts';
import { readNpz } from './npz.ts';
import { toNpz } from './npz-writer.ts';
import { bits, fold, keyOf, permutation } from './random.ts';
import type { Drawing, Split } from './sketch.ts';
import { splitOf } from './split.ts';

/** A drawing of whole numbers in -128..127, the pen lifted after a quarter of its points and at the end. */
function drawingOf(seed: number): Float32Array {
  const points = 5 + (seed % 40);
  const numbers = Float32Array.from(bits(fold(keyOf(1), seed), 3 * points), (word, i) =>
    i % 3 === 2 ? Number(word < 2 ** 30) : (word >>> 24) - 128,
  );
  numbers[numbers.length - 1] = 1;
  return numbers;
}

async function* streamOf<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** Within five standard deviations of 90, 5 and 5 %. */
function expectShares(splits: readonly Split[]): void {
  const shares = Object.entries({ train: 0.9, valid: 0.05, test: 0.05 });
  for (const [split, share] of shares) {
    const found = splits.filter((each) => each === split).length / splits.length;
    expect(Math.abs(found - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / splits.length));
  }
}

const drawings = Array.from({ length: 2000 }, (_, seed): Drawing => ({ stroke3: drawingOf(seed) }));

describe('the split of a drawing', () => {
  test('does not depend on the drawings around it', async () => {
    const split = async (list: readonly Drawing[]): Promise<Map<Split, Set<string>>> => {
      const data = await gather([{ fallbackClass: 'owl', drawings: streamOf(list) }], 250);
      const texts = (name: Split): Set<string> => new Set(data[name].map(({ stroke3 }) => stroke3.join()));
      return new Map((['train', 'valid', 'test'] as const).map((name) => [name, texts(name)]));
    };
    const all = await split(drawings);
    const order = [...permutation(keyOf(3), drawings.length)];
    expect(await split(order.map((place) => drawings[place] as Drawing))).toEqual(all);
    const half = await split(drawings.slice(0, 1000));
    for (const [name, texts] of half) expect([...texts].every((text) => all.get(name)?.has(text))).toBe(true);
  });

  test('is the same from ndjson and from npz', async () => {
    const text = strToU8(drawings.map((drawing) => toNdjsonLine({ ...drawing, className: 'owl' })).join(''));
    const fromNdjson: Split[] = [];
    for await (const { stroke3 } of readNdjson(streamOf([text]), { where: 'owl.ndjson' })) {
      fromNdjson.push(splitOf(stroke3));
    }
    const fromNpz = [...readNpz(toNpz(drawings), { where: 'owl.npz' })].map(({ stroke3 }) => splitOf(stroke3));
    expect(fromNdjson).toHaveLength(drawings.length);
    expect(fromNpz).toEqual(fromNdjson);
  });

  test('does not change with the rounding of another format', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.double({ min: -0.004, max: 0.004, noNaN: true })), (seed, noise) => {
        const stroke3 = drawingOf(seed);
        const rounded = stroke3.map((value, i) => (i % 3 === 2 ? value : value + (noise[i] ?? 0)));
        expect(splitOf(rounded)).toBe(splitOf(stroke3));
      }),
    );
  });

  test.for<[what: string, change: (stroke3: Float32Array) => void]>([
    ['the first offset', (stroke3) => (stroke3[0] = (stroke3[0] as number) + 1)],
    ['three hundredths of an offset', (stroke3) => (stroke3[3] = (stroke3[3] as number) + 0.03)],
    ['the sign of an offset', (stroke3) => (stroke3[4] = -(stroke3[4] as number))],
    ['a lift', (stroke3) => (stroke3[2] = 1 - (stroke3[2] as number))],
    ['the last offset', (stroke3) => (stroke3[stroke3.length - 2] = 200)],
    ['the order of two points', (stroke3) => stroke3.set([...stroke3.subarray(3, 6), ...stroke3.subarray(0, 3)])],
  ])('hangs on %s', ([, change]) => {
    const kept = drawings.filter(({ stroke3 }) => {
      const changed = stroke3.slice();
      change(changed);
      return splitOf(changed) === splitOf(stroke3);
    });
    // Two independent draws agree with probability p; within five standard deviations.
    const p = 0.9 ** 2 + 2 * 0.05 ** 2;
    const deviation = Math.sqrt((p * (1 - p)) / drawings.length);
    expect(Math.abs(kept.length / drawings.length - p)).toBeLessThan(5 * deviation);
  });

  test('is training for 90 of 100, validation and test for 5 each', () => {
    expectShares(Array.from({ length: 20_000 }, (_, seed) => splitOf(drawingOf(seed))));
  });

  describe.skipIf(!hasShared)('that is real', () => {
    async function splitsOf(...path: string[]): Promise<Map<string, Split>> {
      const splits = new Map<string, Split>();
      for await (const { stroke3 } of readDrawings(shared('data', ...path))) {
        splits.set(stroke3.join(), splitOf(stroke3));
      }
      return splits;
    }

    test.for(['car', 'face', 'monkey'])('has these shares in any class: %s', async (name) => {
      expectShares([...(await splitsOf('quickdraw', `${name}.ndjson`)).values()]);
    });

    test("is the same from Quick, Draw!'s file and from Magenta's", async () => {
      const magenta = await splitsOf('npz/face.npz');
      const quickDraw = await splitsOf('quickdraw/face.ndjson');
      expect(magenta.size).toBeGreaterThan(2000);
      for (const [text, split] of magenta) expect(quickDraw.get(text)).toBe(split);
    });
  });
});
