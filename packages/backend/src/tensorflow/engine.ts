import type { Engine, EngineStart, Parameters } from '@sketch-rnn/core';
import { createReferenceEngine } from '@sketch-rnn/core/reference';
import { costsFrom } from '../fused/program/step.ts';
import { createCrewEngine } from '../workers/engine.ts';
import { answersOf } from './answers.ts';
import { checkParameters, gather, layoutOf, numbersOf, scatter } from './layout.ts';
import { openTensorFlow } from './native/tensorflow.ts';
import { type Model, modelOf } from './program/model.ts';
import { gradientsOf, wholeBatch } from './program/step.ts';
import { isByHand } from './threads.ts';
import { adamRates, type Moments, openVariable } from './variables.ts';

const NAME = 'tensorflow';

/**
 * The model on TensorFlow's own operations, its gradients by hand. Hyper cells run as the reference composes them, with
 * gradients by autodiff, on this thread.
 *
 * @param threads worker threads; 1: everything is done on this thread
 */
export function createTensorFlowEngine(start: EngineStart, threads = 1): Engine {
  if (!isByHand(start.config)) return createReferenceEngine(start, { name: NAME });
  return threads > 1 ? createThreads(start, threads) : openEngine(start);
}

function createThreads(start: EngineStart, count: number): Engine {
  return createCrewEngine(start, { engine: NAME, count }, numbersOf(start.config));
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
        const whole = wholeBatch({ config }, step);
        // Values of variables must be gone by their update.
        const { sums, gradients } = tf.within(() => gradientsOf(openModel(), step, { whole }));
        const costs = costsFrom(step, whole, { logs: [sums.offset, sums.pen], kl: sums.kl });
        if (sums.finite) {
          const rates = adamRates(tf, step, ++updates);
          for (const [name, gradient] of Object.entries(gradients)) variables[name]?.update(gradient, rates);
        }
        return { ...costs, applied: sums.finite };
      });
    },

    ...answersOf({ tf, config }, openModel),

    async parameters() {
      return download('value');
    },

    async load(next) {
      checkParameters(config, next);
      for (const [name, place] of Object.entries(layout)) variables[name]?.write(gather(place, next));
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
    return modelOf(
      { tf, config },
      mapValues(variables, (variable) => variable.value()),
    );
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
