import { getBackend, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { Engine, EngineStart } from '../engine.ts';
import { ModelError } from '../error.ts';
import { adam, adamStart, type AdamState } from './adam.ts';
import { conditionOf } from './condition.ts';
import { decode } from './decoder.ts';
import { differentiate } from './differentiate.ts';
import { encode } from './encoder.ts';
import { logProbabilities } from './loss.ts';
import type { Model } from './model.ts';
import { sample } from './sample.ts';
import { composeLayers, type RunLayers } from './sequence.ts';
import { disposeAll, download, takeValues, upload } from './weights.ts';

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
    : adamStart(weights);

  return {
    name: `${name} (${getBackend()})`,
    config,

    async trainStep(step) {
      const { costs, gradients, finite } = await differentiate({ weights, config, runLayers }, step);
      if (finite) {
        const next = adam({ weights, state }, gradients, step);
        disposeAll(weights, state.first, state.second);
        ({ weights, state } = next);
      }
      disposeAll(gradients);
      return { ...costs, applied: finite };
    },

    async gradients(step) {
      const { costs, gradients } = await differentiate({ weights, config, runLayers }, step);
      return { costs, gradients: await takeValues(gradients) };
    },

    async score({ batch, condition: given, offsetLoss }) {
      const logs = tidy(() => {
        const z = given.z && tensor2d(given.z, [batch.lengths.length, config.latentSize]);
        const raw = decode(reference(), batch, { condition: conditionOf(reference(), z, given) });
        return logProbabilities(raw, batch, offsetLoss);
      });
      return takeValues(logs);
    },

    async encode(batch) {
      if (!config.conditional) {
        throw new ModelError('encode: expected a conditional model, got a decoder alone - it has no latent vector');
      }
      return takeValues(tidy(() => ({ ...encode(reference(), batch) })));
    },

    sample: (request) => sample({ weights, config }, request),

    parameters: () => download(weights),

    async load(next) {
      const loaded = upload(config, next);
      disposeAll(weights);
      weights = loaded;
    },

    async optimiser() {
      return { step: state.step, first: await download(state.first), second: await download(state.second) };
    },

    dispose: () => disposeAll(weights, state.first, state.second),
  };

  /** The model where nothing is differentiated: layers step by step, whatever training uses. */
  function reference(): Model {
    return { weights, config, runLayers: composeLayers };
  }
}
