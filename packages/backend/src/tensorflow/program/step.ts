import type { TrainingStep } from '@sketch-rnn/core';
import { type Whole, wholeOf } from '../../fused/program/step.ts';
import { conditionOf } from './condition.ts';
import { decode } from './decoder.ts';
import { encode } from './encoder.ts';
import { drawLatent, type Latent } from './latent.ts';
import { logProbabilities } from './loss.ts';
import { masksOf } from './masks.ts';
import type { Block } from '../native/memory.ts';
import type { Gradients, Model } from './model.ts';

/** What a step comes to. */
export interface Differentiated {
  readonly whole: Whole;
  readonly gradients: Gradients;
  /** Sums over rows of weighted log densities and log pen probabilities, and KL: scalars. */
  readonly offset: Block;
  readonly pen: Block;
  readonly kl: Block;
}

/** Forward and back through the whole model (core `reference/forward.ts`, `loss.ts`), gradients by hand. */
export function differentiate(model: Model, step: TrainingStep): Differentiated {
  const { tf, config } = model;
  const { batch } = step;
  // Without an encoder no sketch has a latent vector.
  const whole = { ...wholeOf(step), ...(!config.conditional && { withLatent: 0 }) };
  const masks = masksOf(model, step);
  const encoded = config.conditional ? encode(model, batch, masks) : undefined;
  const latent = encoded && drawLatent(tf, encoded, { step, whole });
  const condition = conditionOf(model, latent?.z, step);
  const decoded = decode(model, batch, { condition: condition?.matrix, masks });
  const loss = lossOf(model, decoded.raw, { step, whole });

  const decoder = decoded.backward(loss.d);
  const conditioned = decoder.condition && condition?.backward(decoder.condition);
  const encoder = conditioned?.z && encoded?.backward((latent as Latent).backward(conditioned.z));
  return {
    whole,
    gradients: { ...decoder.gradients, ...conditioned?.gradients, ...encoder },
    offset: loss.offset,
    pen: loss.pen,
    kl: latent?.kl ?? tf.scalar(0),
  };
}

/** Weighted sums of the log probabilities, and the gradient of the cost at the decoder's output, `[R, 3 + 6 M]`. */
function lossOf(
  { tf }: Model,
  raw: Block,
  { step, whole }: { step: TrainingStep; whole: Whole },
): { offset: Block; pen: Block; d: Block } {
  return tf.within(() => {
    const { batch, lossLength, offsetLoss } = step;
    const logs = logProbabilities(tf, raw, { batch, form: offsetLoss });
    const rows = raw.shape[0] as number;
    const offsetWeights = tf.floats(batch.offsetWeights, [rows, 1]);
    const penWeights = tf.floats(batch.penWeights, [rows, 1]);
    const scale = 1 / (whole.sketches * lossLength);
    return {
      offset: tf.sum(tf.mul(logs.offset, offsetWeights), 0, 1),
      pen: tf.sum(tf.mul(logs.pen, penWeights), 0, 1),
      d: logs.backward({
        offset: tf.mul(offsetWeights, tf.scalar(-scale)),
        minusPen: tf.mul(penWeights, tf.scalar(scale)),
      }),
    };
  });
}
