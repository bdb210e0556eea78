import { ModelError, type TrainingStep } from '@sketch-rnn/core';
import type { Whole } from '../../fused/program/step.ts';
import { flagsOf } from './condition.ts';
import type { Posterior } from './encoder.ts';
import type { Block } from '../native/memory.ts';
import type { TensorFlow } from '../native/tensorflow.ts';

/** z as it is drawn, `[B, Z]`, the divergence of what it is drawn from, and the way back from the gradient at z. */
export interface Latent {
  readonly z: Block;
  /** KL of q(z | sketch) from N(0, I), the mean over sketches with a latent vector and over z: a scalar. */
  readonly kl: Block;
  /** @param kl of the whole batch, which its floor is for */
  backward(d: { readonly z: Block; readonly kl: Block }): Posterior;
}

/** z = mean + exp(logVariance / 2) epsilon (Ha & Eck 2017, eq. 3) and KL (eq. 10; core `reference/loss.ts`). */
export function drawLatent(
  tf: TensorFlow,
  { mean, logVariance }: Posterior,
  { step, whole }: { step: TrainingStep; whole: Whole },
): Latent {
  const [count, size] = mean.shape as [number, number];
  if (step.epsilon?.length !== count * size) {
    throw new ModelError(`epsilon: expected ${count} x ${size} normals, got ${step.epsilon?.length ?? 'none'}`);
  }
  const epsilon = tf.floats(step.epsilon, [count, size]);
  const half = tf.scalar(0.5);
  const spread = tf.mul(tf.exp(tf.mul(logVariance, half)), epsilon);
  const variance = tf.exp(logVariance);
  const one = tf.scalar(1);
  // Of each sketch that has a latent vector; where none has, there is no KL.
  const share = tf.mul(
    tf.floats(flagsOf(count, step.hasLatent), [count, 1]),
    tf.scalar(1 / (size * Math.max(1, whole.withLatent))),
  );
  const terms = tf.sub(tf.add(logVariance, one), tf.add(tf.square(mean), variance)); // [B, Z]
  const kl = tf.mul(tf.sum(tf.mul(terms, share), 0, 1), tf.scalar(-0.5));
  return {
    z: tf.add(mean, spread),
    kl,
    backward({ z: dz, kl: ofBatch }) {
      // Below its floor KL is not pressed.
      const pressed = tf.mul(
        tf.atLeast(ofBatch, tf.scalar(step.klTolerance)),
        tf.scalar((step.klWeight * whole.withLatent) / whole.sketches),
      );
      const press = tf.mul(share, pressed); // [B, 1]
      const dVariance = tf.mul(tf.sub(variance, one), half);
      return {
        mean: tf.add(dz, tf.mul(mean, press)),
        logVariance: tf.add(tf.mul(tf.mul(dz, spread), half), tf.mul(dVariance, press)),
      };
    },
  };
}
