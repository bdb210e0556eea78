import { pack } from '@sketch-rnn/data';
import type { DropoutMasks, TrainingStep } from '../packages/core/src/engine.ts';
import { type Oracle, values } from './oracle.ts';

/**
 * The oracle's batch as a training step: padded to N_max, Magenta's form of the offset loss, its noise and masks.
 *
 * @param form `train` weighs padding rows in the pen loss, `eval` does not
 */
export function oracleStep(oracle: Oracle, form: 'train' | 'eval'): TrainingStep {
  const { settings, config, sketches } = oracle;
  const batch = pack(sketches, { padTo: settings.max_seq_len, endWeight: form === 'train' ? 1 : 0 });
  const encoderRows = { order: batch.order, sizes: batch.encoderSizes };
  return {
    batch,
    ...(config.conditional && { epsilon: inBatchOrder(values(oracle, 'eps'), batch.order) }),
    lossLength: settings.max_seq_len,
    klWeight: settings.kl_weight,
    klTolerance: settings.kl_tolerance,
    learningRate: settings.learning_rate,
    gradientClip: settings.grad_clip,
    offsetLoss: 'reference',
    dropout: {
      recurrentDropout: 1 - settings.recurrent_dropout_keep,
      inputDropout: 0,
      outputDropout: 0,
      seed: 0,
      ...(settings.recurrent_dropout_keep < 1 && {
        masks: {
          encoderForward: packedRows(oracle, 'mask_fw', encoderRows),
          encoderBackward: packedRows(oracle, 'mask_bw', encoderRows),
          decoder: packedRows(oracle, 'mask_dec', { order: batch.order, sizes: batch.decoderSizes }),
        } satisfies DropoutMasks,
      }),
    },
  };
}

/** `[B, n]` from the oracle's order of sketches to a packed batch's. */
export function inBatchOrder(matrix: Float32Array, order: Int32Array): Float32Array {
  const n = matrix.length / order.length;
  const out = new Float32Array(matrix.length);
  for (const [i, b] of order.entries()) out.set(matrix.subarray(b * n, (b + 1) * n), i * n);
  return out;
}

/** A tensor `[B, N_max, n]` or `[B, N_max]` as the rows of a packed batch. */
export function packedRows(
  oracle: Oracle,
  tensor: string,
  { order, sizes }: { order: Int32Array; sizes: Int32Array },
): Float32Array {
  const data = values(oracle, tensor);
  const steps = oracle.settings.max_seq_len;
  const n = data.length / (order.length * steps);
  const out = new Float32Array(n * sizes.reduce((sum, size) => sum + size, 0));
  let row = 0;
  for (const [t, size] of sizes.entries()) {
    for (let i = 0; i < size; i++, row++) {
      const at = ((order[i] as number) * steps + t) * n;
      out.set(data.subarray(at, at + n), row * n);
    }
  }
  return out;
}
