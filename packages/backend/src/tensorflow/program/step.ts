import type { StepPart, TrainingStep } from '@sketch-rnn/core';
import { type Whole, wholeOf } from '../../fused/program/step.ts';
import { conditionOf } from './condition.ts';
import { decode } from './decoder.ts';
import { encode } from './encoder.ts';
import { drawLatent, type Latent } from './latent.ts';
import { logProbabilities } from './loss.ts';
import { masksOf } from './masks.ts';
import type { Block } from '../native/memory.ts';
import type { Gradients, Model } from './model.ts';
import type { PartSums } from '../../workers/replica.ts';

/** What a step is part of, and who hears of it. */
export interface Share {
  readonly whole: Whole;
  /** From a worker's share of KL to that of the whole batch, before the way back, which depends on its floor. */
  readonly settleKl?: (own: number) => number;
  /** Hears which part of the step comes now. */
  readonly enter?: ((part: StepPart) => void) | undefined;
}

/** What a step comes to. */
interface Differentiated {
  readonly gradients: Gradients;
  /** Sums over rows of weighted log densities and log pen probabilities, and KL: scalars. */
  readonly offset: Block;
  readonly pen: Block;
  readonly kl: Block;
}

/** Sums over a step's rows and sketches, with gradients by variable. */
export interface Found {
  readonly sums: PartSums;
  readonly gradients: Gradients;
}

/** A step that is a batch of its own. */
export function wholeBatch({ config }: Pick<Model, 'config'>, step: TrainingStep): Whole {
  // Without an encoder no sketch has a latent vector.
  return { ...wholeOf(step), ...(!config.conditional && { withLatent: 0 }) };
}

/** Gradients of a step, and what it comes to on the host. */
export function gradientsOf(model: Model, step: TrainingStep, share: Share): Found {
  const { tf } = model;
  return tf.within(() => {
    const { gradients, offset, pen, kl } = tf.within(() => differentiate(model, step, share));
    share.enter?.('optimiser');
    const finite = Object.values(gradients).map((gradient) => tf.finite(gradient));
    const [logOffset, logPen, klValue, ...all] = tf.read(tf.stack([offset, pen, kl, ...finite])) as unknown as [
      number,
      number,
      number,
      ...number[],
    ];
    const sums = { offset: logOffset, pen: logPen, kl: klValue };
    const isFinite = [...Object.values(sums).map((sum) => Number(Number.isFinite(sum))), ...all].every(
      (one) => one === 1,
    );
    return { sums: { ...sums, finite: isFinite }, gradients };
  });
}

/** Forward and back through the whole model (core `reference/forward.ts`, `loss.ts`), gradients by hand. */
function differentiate(model: Model, step: TrainingStep, { whole, settleKl, enter }: Share): Differentiated {
  const { tf, config } = model;
  const { batch } = step;
  enter?.('dropout');
  const masks = masksOf(model, step);
  enter?.('encoder');
  const encoded = config.conditional ? encode(model, batch, masks) : undefined;
  const latent = encoded && drawLatent(tf, encoded, { step, whole });
  const condition = conditionOf(model, latent?.z, step);
  enter?.('decoder');
  const decoded = decode(model, batch, { condition: condition?.matrix, masks });
  enter?.('loss');
  const loss = lossOf(model, decoded.raw, { step, whole });

  enter?.('decoder');
  const decoder = decoded.backward(loss.d);
  const conditioned = decoder.condition && condition?.backward(decoder.condition);
  const kl = latent && settleKl ? tf.scalar(settleKl(tf.read(latent.kl)[0] as number)) : latent?.kl;
  enter?.('encoder');
  const encoder =
    conditioned?.z && encoded?.backward((latent as Latent).backward({ z: conditioned.z, kl: kl as Block }));
  return {
    gradients: { ...decoder.gradients, ...conditioned?.gradients, ...encoder },
    offset: loss.offset,
    pen: loss.pen,
    kl: kl ?? tf.scalar(0),
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
