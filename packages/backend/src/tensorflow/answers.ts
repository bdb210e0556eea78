import { ModelError } from '@sketch-rnn/core';
import type { Answers } from '../workers/serve.ts';
import { costsFrom } from '../fused/program/step.ts';
import { layoutOf, scatter } from './layout.ts';
import { conditionOf } from './program/condition.ts';
import { decode } from './program/decoder.ts';
import { encode } from './program/encoder.ts';
import { logProbabilities } from './program/loss.ts';
import type { Model } from './program/model.ts';
import { sample } from './program/sample.ts';
import { gradientsOf, wholeBatch } from './program/step.ts';

/**
 * What an engine answers without changing anything.
 *
 * @param openModel the model with its weights of now, which live as long as what is done with it
 */
export function answersOf({ tf, config }: Pick<Model, 'tf' | 'config'>, openModel: () => Model): Answers {
  return {
    async gradients(step) {
      return tf.within(() => {
        const whole = wholeBatch({ config }, step);
        const { sums, gradients } = gradientsOf(openModel(), step, { whole });
        const found = Object.fromEntries(Object.entries(gradients).map(([name, block]) => [name, tf.read(block)]));
        return {
          costs: costsFrom(step, whole, { logs: [sums.offset, sums.pen], kl: sums.kl }),
          gradients: scatter(config, layoutOf(config), found),
        };
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
  };
}
