import type { ModelConfig } from '@sketch-rnn/core';
import type { Device } from '../fused/device.ts';
import { columnsOf, type Matrix } from '../fused/matrix.ts';
import { differentiate, openModel, type Trained, update } from '../fused/training.ts';
import type { Replica, ReplicaStart } from './replica.ts';

/** A replica that a device's kernels compute. */
export interface FusedReplica extends Replica {
  readonly trained: Trained;
}

export function openFusedReplica(device: Device, config: ModelConfig, start: ReplicaStart): FusedReplica {
  const trained = openModel(device, config);
  const { memory, outcome } = trained;
  const { from, to } = start.slice;
  const slice = (piece: Matrix): Matrix => columnsOf(piece, from, to - from);
  device.write(memory.weights, start.weights);
  device.write(memory.first, start.first);
  device.write(memory.second, start.second);

  const load = (weights: Float32Array): void => device.write(memory.weights, weights);

  return {
    trained,

    async differentiate(step, { whole, settleKl, enter }) {
      const settle = async (kl: Matrix): Promise<void> => {
        const [own] = await device.read(kl);
        device.write(kl, [settleKl(own as number)]);
      };
      await differentiate(trained, step, { whole, settleKl: settle, enter });
      const [offset, pen, kl, finite] = (await device.read(outcome.matrix)) as unknown as [
        number,
        number,
        number,
        number,
      ];
      return { offset, pen, kl, finite: finite === 1 };
    },

    async writeGradients(into) {
      into.set(await device.read(memory.gradients));
    },

    update(gradient, rates, count) {
      device.write(slice(memory.gradients), gradient);
      // Its own sketches may have none.
      device.write(outcome.finite, [1]);
      update(trained, rates, { count, from, size: to - from });
    },

    async writeWeights(into) {
      into.set(await device.read(slice(memory.weights)));
    },

    follow: load,
    load,

    moments: async () => ({
      first: await device.read(slice(memory.first)),
      second: await device.read(slice(memory.second)),
    }),

    release: () => device.release(),
  };
}
