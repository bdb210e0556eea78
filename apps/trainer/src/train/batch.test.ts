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

async function* owls() {
  yield* demoDrawings('owl', 30);
}
