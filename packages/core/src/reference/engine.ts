import {
  cast,
  dispose,
  engine as tensorflow,
  getBackend,
  isFinite as isFiniteTensor,
  keep,
  min,
  type Scalar,
  stack,
  type Tensor,
  type Tensor1D,
  tensor2d,
  tidy,
  zerosLike,
} from '@tensorflow/tfjs-core';
import type { Costs, Engine, EngineStart, TrainingStep } from '../engine.ts';
import { ModelError } from '../error.ts';
import { adam, type AdamState } from './adam.ts';
import { conditionOf } from './condition.ts';
import { decode } from './decoder.ts';
import { encode } from './encoder.ts';
import { forward } from './forward.ts';
import { logProbabilities } from './loss.ts';
import type { Model } from './model.ts';
import { sample } from './sample.ts';
import { composeLayers, type RunLayers } from './sequence.ts';
import { download, upload, type Weights } from './weights.ts';

/** What an engine of the same shape may bring of its own. */
export interface EngineParts {
  readonly name?: string;
  readonly runLayers?: RunLayers;
}

/**
 * The reference engine: the model as a composition of tfjs operations with autodiff, on whichever tfjs backend is set.
 *
 * Every other engine is held against it. Gradients must be registered (`@tensorflow/tfjs-core/dist/register_all_gradients`)
 * by whoever sets the backend.
 */
export function createReferenceEngine(
  { config, parameters, optimiser }: EngineStart,
  { name = 'reference', runLayers = composeLayers }: EngineParts = {},
): Engine {
  let weights = upload(config, parameters);
  let state: AdamState = optimiser
    ? { step: optimiser.step, first: upload(config, optimiser.first), second: upload(config, optimiser.second) }
    : { step: 0, first: zerosOf(weights), second: zerosOf(weights) };

  return {
    name: `${name} (${getBackend()})`,
    config,

    async trainStep(step) {
      const { costs, gradients, finite } = await differentiate(step);
      if (finite) {
        const next = adam(weights, gradients, state, step);
        disposeAll(weights, state.first, state.second);
        ({ weights, state } = next);
      }
      disposeAll(gradients);
      return { ...costs, applied: finite };
    },

    async gradients(step) {
      const { costs, gradients } = await differentiate(step);
      const values = await download(gradients);
      disposeAll(gradients);
      return { costs, gradients: values };
    },

    async score({ batch, condition: given, offsetLoss }) {
      const logs = tidy(() => {
        const z = given.z && tensor2d(given.z, [batch.lengths.length, config.latentSize]);
        const raw = decode(reference(), batch, conditionOf(reference(), z, given));
        return logProbabilities(raw, batch, offsetLoss);
      });
      return readAll(logs);
    },

    async encode(batch) {
      if (!config.conditional) {
        throw new ModelError('encode: expected a conditional model, got a decoder alone - it has no latent vector');
      }
      return readAll(tidy(() => ({ ...encode(reference(), batch) })));
    },

    sample: (request) => sample({ weights, config }, request),

    parameters: () => download(weights),

    async optimiser() {
      return { step: state.step, first: await download(state.first), second: await download(state.second) };
    },

    dispose: () => disposeAll(weights, state.first, state.second),
  };

  /** The model where nothing is differentiated: layers step by step, whatever training uses. */
  function reference(): Model {
    return { weights, config, runLayers: composeLayers };
  }

  async function differentiate(step: TrainingStep): Promise<{ costs: Costs; gradients: Weights; finite: boolean }> {
    const names = Object.keys(weights);
    const { gradients, report } = tidy(() => {
      const scalars: Scalar[] = [];
      const { grads } = tensorflow().gradients(
        () => {
          const costs = forward({ weights, config, runLayers }, step);
          // Kept: the tape's own tidy would free all but the cost.
          scalars.push(keep(costs.total), keep(costs.offset), keep(costs.pen), keep(costs.kl));
          return costs.total;
        },
        Object.values(weights),
        undefined,
        true,
      );
      const gradients = Object.fromEntries(
        names.map((name, i) => [name, grads[i] ?? zerosLike(weights[name] as Tensor)]),
      );
      // One number says whether any is NaN or infinite, so that nothing but the report is read back.
      const probes = grads.map((gradient) => min(cast(isFiniteTensor(gradient), 'float32')));
      const report = stack([...scalars, min(stack(probes))]) as Tensor1D;
      dispose(scalars);
      return { gradients, report };
    });
    const [total, offset, pen, kl, finite] = (await report.data()) as unknown as [
      number,
      number,
      number,
      number,
      number,
    ];
    dispose(report);
    const costs = { total, reconstruction: offset + pen, offset, pen, kl };
    return { costs, gradients, finite: finite === 1 && Number.isFinite(total) };
  }
}

function zerosOf(weights: Weights): Weights {
  return Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, zerosLike(weight)]));
}

function disposeAll(...records: Weights[]): void {
  for (const record of records) dispose(Object.values(record));
}

/** Reads named tensors into arrays of their own, and disposes them. */
async function readAll<Name extends string>(
  tensors: Readonly<Record<Name, Tensor>>,
): Promise<Record<Name, Float32Array>> {
  const values = await download(tensors);
  dispose(Object.values<Tensor>(tensors));
  return values as Record<Name, Float32Array>;
}
