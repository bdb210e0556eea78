import {
  cast,
  dispose,
  engine as tensorflow,
  isFinite as isFiniteTensor,
  keep,
  min,
  type Scalar,
  stack,
  type Tensor,
  type Tensor1D,
  tidy,
  zerosLike,
} from '@tensorflow/tfjs-core';
import type { Costs, TrainingStep } from '../engine.ts';
import { forward } from './forward.ts';
import type { Model } from './model.ts';
import type { Weights } from './weights.ts';

export interface Differentiated {
  readonly costs: Costs;
  /** d total / d weight, before the clip; the caller disposes. */
  readonly gradients: Weights;
  /** Whether the total and every gradient are finite. */
  readonly finite: boolean;
}

/** Costs of a step and the gradient of every weight, by reverse-mode differentiation of the forward pass. */
export async function differentiate(model: Model, step: TrainingStep): Promise<Differentiated> {
  const names = Object.keys(model.weights);
  const { found, report } = tidy(() => {
    const scalars: Scalar[] = [];
    const weights = Object.values(model.weights);
    const cost = (): Scalar => {
      const { total, offset, pen, kl } = forward(model, step);
      // Kept: the tape's own tidy would free all but the total.
      scalars.push(keep(total), keep(offset), keep(pen), keep(kl));
      return total;
    };
    // What a batch does not touch has no gradient: zeros.
    const { grads } = tensorflow().gradients(cost, weights, undefined, true);
    const gradients = weights.map((weight, i): Tensor => grads[i] ?? zerosLike(weight));
    // One number says whether any is NaN or infinite, so that nothing but the report is read back.
    const finite = min(stack(gradients.map((gradient) => min(cast(isFiniteTensor(gradient), 'float32')))));
    const all = stack([...scalars, finite]) as Tensor1D;
    dispose(scalars);
    return { found: gradients, report: all };
  });
  const values = await report.data<'float32'>();
  dispose(report);
  const [total, offset, pen, kl, finite] = values as unknown as [number, number, number, number, number];
  return {
    costs: { total, reconstruction: offset + pen, offset, pen, kl },
    gradients: Object.fromEntries(names.map((name, i) => [name, found[i] as Tensor])),
    finite: finite === 1 && Number.isFinite(total),
  };
}
