import type { TrainingStep } from '@sketch-rnn/core';
import { pack } from '@sketch-rnn/data';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitStep } from './split.ts';

/** A step of sketches whose rows name their sketch (dx) and their place in it (dy). */
function stepOf(lengths: readonly number[]): TrainingStep {
  const sketches = lengths.map((n, sketch) =>
    Float32Array.from({ length: 3 * n }, (_, i) => [sketch + 1, Math.floor(i / 3), 0][i % 3] as number),
  );
  const batch = pack(sketches);
  return {
    batch,
    epsilon: Float32Array.from(batch.order, (place) => place + 1),
    classes: Int32Array.from(batch.order, (place) => place + 1),
    lossLength: 10,
    klWeight: 1,
    klTolerance: 0,
    learningRate: 1,
    gradientClip: 1,
    dropout: {
      recurrentDropout: 0.1,
      inputDropout: 0,
      outputDropout: 0,
      seed: 3,
      masks: { decoder: batch.decoderTargets.filter((_, i) => i % 5 === 0) },
    },
  };
}

const lengthLists = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 });

test('every row is in one part, with what belongs to it, in an order that packing would give', () => {
  fc.assert(
    fc.property(lengthLists, fc.integer({ min: 1, max: 5 }), (lengths, count) => {
      const parts = splitStep(stepOf(lengths), count).filter((part) => part !== undefined);
      const seen: string[] = [];
      for (const { batch, classes, epsilon, dropout } of parts) {
        const expected = pack(
          Array.from(classes ?? [], (name) => {
            const n = lengths[name - 1] as number;
            return Float32Array.from({ length: 3 * n }, (_, i) => [name, Math.floor(i / 3), 0][i % 3] as number);
          }),
        );
        expect(batch).toEqual(expected);
        expect(Array.from(epsilon ?? [])).toEqual(Array.from(classes ?? []));
        expect(dropout.masks?.decoder).toEqual(batch.decoderTargets.filter((_, i) => i % 5 === 0));
        for (let row = 0; row < batch.encoderRows.length; row += 5) {
          seen.push(`${batch.encoderRows[row]}:${batch.encoderRows[row + 1]}`);
        }
      }
      const all = lengths.flatMap((n, sketch) => Array.from({ length: n }, (_, t) => `${sketch + 1}:${t}`));
      expect(seen.toSorted()).toEqual(all.toSorted());
    }),
  );
});

test('no worker has more points than another by more than one sketch', () => {
  fc.assert(
    fc.property(lengthLists, fc.integer({ min: 1, max: 5 }), (lengths, count) => {
      const points = splitStep(stepOf(lengths), count).map((part) =>
        part ? part.batch.lengths.reduce((sum, n) => sum + n, 0) : 0,
      );
      expect(Math.max(...points) - Math.min(...points)).toBeLessThanOrEqual(Math.max(...lengths));
    }),
  );
});

test('parts draw masks of their own', () => {
  const seeds = splitStep(stepOf([3, 3, 3]), 3).map((part) => part?.dropout.seed);
  expect(new Set(seeds).size).toBe(3);
});
