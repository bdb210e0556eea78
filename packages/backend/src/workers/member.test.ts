import { configFrom, initialise, modelConfigOf, type TrainingStep } from '@sketch-rnn/core';
import { pack } from '@sketch-rnn/data';
import { expect, test } from 'vitest';
import { createLoopsDevice } from '../fused/loops/device.ts';
import { wholeOf } from '../fused/program/step.ts';
import { flatten, layoutOf } from '../fused/program/weights.ts';
import { openFusedReplica } from './fused-replica.ts';
import { openMember, type Part, replicaStart } from './member.ts';
import { createShared, recover } from './shared.ts';

const config = modelConfigOf(configFrom('tiny', { conditional: false }), 1);
const step: TrainingStep = {
  batch: pack([Float32Array.of(1, 0, 0, 0, 1, 1)]),
  lossLength: 4,
  klWeight: 0,
  klTolerance: 0,
  learningRate: 1e-3,
  gradientClip: 1,
  dropout: { recurrentDropout: 0, inputDropout: 0, outputDropout: 0, seed: 1 },
};
const part: Part = { step, whole: wholeOf(step), rates: step };

/** A worker whose device has no room for what is read, at its `failing`-th reading. */
function member(failing: number) {
  const layout = layoutOf(config);
  const shared = createShared(1, layout.size);
  const weights = flatten(layout, initialise(config, 1));
  shared.weights.set(weights);
  const device = createLoopsDevice();
  let readings = 0;
  const short = {
    ...device,
    read: (matrix: Parameters<typeof device.read>[0]) => {
      if (++readings === failing) throw new RangeError('no room');
      return device.read(matrix);
    },
  };
  const membership = { index: 0, shared, updates: 0 };
  const replica = openFusedReplica(short, config, replicaStart(membership));
  return { shared, weights, opened: openMember(replica, config, membership) };
}

// A step reads its outcome, its gradients, and then the weights it has updated.
test.for([1, 2])('a step that fails before its update, at reading %s, can be taken again', async (failing) => {
  const { shared, weights, opened } = member(failing);
  await expect(opened.step(part)).rejects.toThrow('no room');
  expect(shared.weights).toEqual(weights);
  await opened.showMoments();
  expect(shared.first.every((moment) => moment === 0)).toBe(true);
  recover(shared);
  await opened.step(part);
  expect(shared.weights).not.toEqual(weights);
});

test('after a step that fails in its update there is nothing to be saved', async () => {
  const { shared, opened } = member(3);
  await expect(opened.step(part)).rejects.toThrow('no room');
  recover(shared);
  await expect(opened.showMoments()).rejects.toThrow(
    /^engine: expected whole weights, got those of a step that failed/,
  );
  await expect(opened.step(part)).rejects.toThrow(/expected whole weights/);
});
