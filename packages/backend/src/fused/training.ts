import type { Costs, ModelConfig, TrainingStep } from '@sketch-rnn/core';
import type { Device } from './device.ts';
import { columnsOf, type Matrix } from './matrix.ts';
import { adamRate } from './program/adam-rate.ts';
import { contextOf } from './program/context.ts';
import { costsFrom, forwardAndBack, type Share, type Whole } from './program/step.ts';
import { keepModel, type ModelMemory } from './program/weights.ts';

/** What a step leaves in the device's memory, read in one go. */
export interface Outcome {
  /** `[1, 4]`: log densities, log pen probabilities, KL, 1 where everything is finite. */
  readonly matrix: Matrix;
  /** The last of them. */
  readonly finite: Matrix;
}

function keepOutcome(device: Device): Outcome {
  const matrix = device.keep(1, 4);
  return { matrix, finite: columnsOf(matrix, 3, 1) };
}

/** A model in a device's memory, as it is trained. */
export interface Trained {
  readonly device: Device;
  readonly memory: ModelMemory;
  readonly outcome: Outcome;
}

/** Room for a model; its weights and moments are the caller's to write. */
export function openModel(device: Device, config: ModelConfig): Trained {
  return { device, memory: keepModel(device, config), outcome: keepOutcome(device) };
}

/** Gradients of a step into memory, its sums and whether all is finite into the outcome. */
export async function differentiate(trained: Trained, step: TrainingStep, share: Share): Promise<void> {
  const { device, memory, outcome } = trained;
  const { kernels } = device;
  share.enter?.('optimiser');
  kernels.fill(memory.gradients, 0);
  const { logs, kl } = await forwardAndBack(contextOf(device, memory), step, share);
  share.enter?.('optimiser');
  kernels.copyRows({ from: logs, out: columnsOf(outcome.matrix, 0, 2), add: false });
  kernels.copyRows({ from: kl, out: columnsOf(outcome.matrix, 2, 1), add: false });
  kernels.finite([memory.gradients, columnsOf(outcome.matrix, 0, 3)], outcome.finite);
}

/** Adam's update of some of the numbers of a model, all by default; nothing changes where the outcome is not finite. */
export function update(
  { device, memory, outcome }: Trained,
  step: Pick<TrainingStep, 'learningRate' | 'gradientClip'>,
  { count, from = 0, size = memory.layout.size }: { count: number; from?: number; size?: number },
): void {
  const part = (piece: Matrix): Matrix => columnsOf(piece, from, size);
  device.kernels.adam({
    weights: part(memory.weights),
    gradients: part(memory.gradients),
    first: part(memory.first),
    second: part(memory.second),
    apply: outcome.finite,
    rate: adamRate(step.learningRate, count),
    clip: step.gradientClip,
  });
}

/** Costs of a step and whether it was finite, from what it left. */
export function report(step: TrainingStep, whole: Whole, values: ArrayLike<number>): { costs: Costs; finite: boolean } {
  const [density, pen, kl, finite] = values as unknown as [number, number, number, number];
  return { costs: costsFrom(step, whole, { logs: [density, pen], kl }), finite: finite === 1 };
}
