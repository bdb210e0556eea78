import { configFrom } from '@sketch-rnn/core';
import { demoDrawings, gather } from '@sketch-rnn/data';
import { expect, test } from 'vitest';
import { trainingStepAt } from './batch.ts';
import { planOf } from './plan.ts';

test('the reference loss fills every sketch up to N_max with end rows, the other ends it once', async () => {
  const data = await gather([{ fallbackClass: 'owl', drawings: owls() }], 250);
  const stepOf = (loss: 'log' | 'reference') => {
    const plan = planOf({ config: configFrom('tiny', { loss, batchSize: 4 }), seed: 1 }, data);
    return trainingStepAt(plan, 0);
  };
  const [ours, theirs] = [stepOf('log'), stepOf('reference')];
  const rowsDrawn = ours.batch.encoderRows.length / 5;
  const ends = ({ batch }: typeof ours) => batch.offsetWeights.filter((weight) => weight === 0).length;
  expect(ours.offsetLoss).toBe('log');
  expect(theirs.offsetLoss).toBe('reference');
  expect(theirs.batch.encoderRows).toEqual(ours.batch.encoderRows);
  expect(ends(ours)).toBe(4);
  expect(ends(theirs)).toBe(4 * theirs.lossLength - rowsDrawn);
});

test('jitter blurs offsets by no more than it says, and turning keeps their lengths', async () => {
  const data = await gather([{ fallbackClass: 'owl', drawings: owls() }], 250);
  const rowsOf = (changes: { jitter?: number; turning?: number }) => {
    const still = { scaleAugmentation: 0, pointDropping: 0, batchSize: 8, ...changes };
    const plan = planOf({ config: configFrom('tiny', still), seed: 1 }, data);
    return trainingStepAt(plan, 3).batch.encoderRows.map((value, i) => (i % 5 < 2 ? value * plan.scaleFactor : value));
  };
  const still = rowsOf({});
  const away = rowsOf({ jitter: 0.5 }).map((value, i) => Math.abs(value - (still[i] as number)));
  expect(Math.max(...away)).toBeLessThan(0.501);
  expect(Math.max(...away)).toBeGreaterThan(0.49);
  const turned = rowsOf({ turning: 20 });
  expect(turned).not.toEqual(still);
  for (let row = 0; row < still.length; row += 5) {
    const length = (rows: Float32Array): number => Math.hypot(rows[row] as number, rows[row + 1] as number);
    expect(length(turned)).toBeCloseTo(length(still), 3);
  }
});

async function* owls() {
  yield* demoDrawings('owl', 30);
}
