import {
  type Costs,
  type Engine,
  type EngineStart,
  ModelError,
  type Parameters,
  type TrainingStep,
} from '@sketch-rnn/core';
import { createReferenceEngine } from '@sketch-rnn/core/reference';
import { costsFrom } from '../fused/program/step.ts';
import { conditionOf } from './program/condition.ts';
import { decode } from './program/decoder.ts';
import { encode } from './program/encoder.ts';
import { checkParameters, gather, layoutOf, scatter } from './layout.ts';
import { logProbabilities } from './program/loss.ts';
import { hasCell } from './program/cells.ts';
import type { Model } from './program/model.ts';
import { sample } from './program/sample.ts';
import { type Differentiated, differentiate } from './program/step.ts';
import { openTensorFlow } from './native/tensorflow.ts';
import { adamRates, type Moments, openVariable } from './variables.ts';

const NAME = 'tensorflow';

/**
 * The model on TensorFlow's own operations, its gradients by hand. Hyper cells run as the reference composes them, with
 * gradients by autodiff.
 */
export function createTensorFlowEngine(start: EngineStart): Engine {
  const { encoderCell, decoderCell, conditional } = start.config;
  const byHand = hasCell(decoderCell) && (!conditional || hasCell(encoderCell));
  return byHand ? openEngine(start) : createReferenceEngine(start, { name: NAME });
}

function openEngine({ config, parameters, optimiser }: EngineStart): Engine {
  for (const given of [parameters, optimiser?.first, optimiser?.second]) if (given) checkParameters(config, given);
  const tf = openTensorFlow();
  const layout = layoutOf(config);
  const variables = mapValues(layout, (place) => {
    const value = gather(place, parameters);
    const moment = (values: Parameters | undefined): Float32Array =>
      values ? gather(place, values) : new Float32Array(value.length);
    const moments = { value, first: moment(optimiser?.first), second: moment(optimiser?.second) };
    return openVariable(tf, place.shape, moments);
  });
  let updates = optimiser?.step ?? 0;

  return {
    name: NAME,
    config,

    async trainStep(step) {
      return tf.within(() => {
        const { costs, finite, found } = tf.within(() => costsAndGradients(step));
        if (finite) {
          const rates = adamRates(tf, step, ++updates);
          for (const [name, gradient] of Object.entries(found.gradients)) variables[name]?.update(gradient, rates);
        }
        return { ...costs, applied: finite };
      });
    },

    async gradients(step) {
      return tf.within(() => {
        const { costs, found } = costsAndGradients(step);
        return { costs, gradients: scatter(config, layout, mapValues(found.gradients, tf.read)) };
      });
    },

    async score({ batch, condition: given, offsetLoss }) {
      return tf.within(() => {
        const model = openModel();
        const z = given.z && tf.floats(given.z, [batch.lengths.length, config.latentSize]);
        const condition = conditionOf(model, z, given)?.matrix;
        const logs = logProbabilities(tf, decode(model, batch, { condition }).raw, { batch, form: offsetLoss });
        const offset = tf.read(logs.offset);
        return { offset: offset.map((log, row) => log * (batch.offsetWeights[row] as number)), pen: tf.read(logs.pen) };
      });
    },

    async encode(batch) {
      if (!config.conditional) {
        throw new ModelError('encode: expected a conditional model, got a decoder alone - it has no latent vector');
      }
      return tf.within(() => {
        const { mean, logVariance } = encode(openModel(), batch);
        return { mean: tf.read(mean), logVariance: tf.read(logVariance) };
      });
    },

    async sample(request) {
      return tf.within(() => sample(openModel(), request));
    },

    async parameters() {
      return download('value');
    },

    async optimiser() {
      return { step: updates, first: download('first'), second: download('second') };
    },

    dispose() {
      for (const variable of Object.values(variables)) variable.free();
      tf.close();
    },
  };

  function openModel(): Model {
    const read = mapValues(variables, (variable) => variable.value());
    return {
      tf,
      config,
      weight(name) {
        const found = read[name];
        if (!found)
          throw new ModelError(`weights.${name}: expected a variable, got none - does the config fit the weights?`);
        return found;
      },
    };
  }

  function costsAndGradients(step: TrainingStep): { costs: Costs; finite: boolean; found: Differentiated } {
    const found = tf.within(() => differentiate(openModel(), step));
    const { gradients, offset, pen, kl } = found;
    const finite = tf.stack(Object.values(gradients).map((gradient) => tf.finite(gradient)));
    const [logOffset, logPen, klValue, ...all] = tf.read(
      tf.join([tf.stack([offset, pen, kl]), finite], 0),
    ) as unknown as [number, number, number, ...number[]];
    const costs = costsFrom(step, found.whole, { logs: [logOffset, logPen], kl: klValue });
    return { costs, finite: all.every((one) => one === 1) && Number.isFinite(costs.total), found };
  }

  function download(kind: keyof Moments): Parameters {
    return scatter(
      config,
      layout,
      mapValues(variables, (variable) => variable.read()[kind]),
    );
  }
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, make: (from: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, from]): [string, To] => [name, make(from)]));
}
