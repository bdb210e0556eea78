import type { ModelConfig } from '@sketch-rnn/core';
import type { Answers } from '../workers/serve.ts';
import type { Replica, ReplicaStart } from '../workers/replica.ts';
import { answersOf } from './answers.ts';
import { layoutOf, type Place, stretches } from './layout.ts';
import type { Block } from './native/memory.ts';
import { openTensorFlow } from './native/tensorflow.ts';
import { type Gradients, modelOf } from './program/model.ts';
import { gradientsOf } from './program/step.ts';
import { adamRates, openVariable } from './variables.ts';

/** A replica that TensorFlow computes: its slice of the numbers is one variable, and all weights are blocks. */
export interface TensorFlowReplica extends Replica {
  readonly answers: Answers;
}

export function openTensorFlowReplica(
  config: ModelConfig,
  { slice: { from, to }, weights: before, first, second }: ReplicaStart,
): TensorFlowReplica {
  const tf = openTensorFlow();
  const layout = layoutOf(config);
  const places = stretches(layout);
  const own = openVariable(tf, [to - from], {
    value: before.slice(from, to),
    first: first.slice(from, to),
    second: second.slice(from, to),
  });
  const openModel = () => modelOf({ tf, config }, weights);
  let weights = loaded(before);
  let gradients: Gradients = {};

  return {
    answers: answersOf({ tf, config }, openModel),

    async differentiate(step, part) {
      const found = gradientsOf(openModel(), step, part);
      ({ gradients } = found);
      return found.sums;
    },

    async writeGradients(into) {
      for (const { variable, from: at } of places) into.set(tf.read(gradients[variable] as Block), at);
    },

    update(gradient, rates, count) {
      tf.within(() => own.update(tf.floats(gradient, [gradient.length]), adamRates(tf, rates, count)));
    },

    async writeWeights(into) {
      into.set(tf.within(() => tf.read(own.value())));
    },

    follow,

    load(values) {
      own.write(values.slice(from, to));
      follow(values);
    },

    moments: async () => own.read(),

    release() {
      tf.free(Object.values(gradients));
      gradients = {};
    },
  };

  function follow(values: Float32Array): void {
    tf.free(Object.values(weights));
    weights = loaded(values);
  }

  /** Blocks of copies, as the numbers may change in place. */
  function loaded(values: Float32Array): Record<string, Block> {
    return Object.fromEntries(
      places.map(({ variable, from: at, to: end }) => [
        variable,
        tf.keep(tf.floats(values.slice(at, end), (layout[variable] as Place).shape)),
      ]),
    );
  }
}
