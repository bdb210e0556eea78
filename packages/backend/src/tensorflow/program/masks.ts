import { type StepMasks, stepMasks, type TrainingStep } from '@sketch-rnn/core';
import type { Block } from '../native/memory.ts';
import type { TensorFlow } from '../native/tensorflow.ts';
import type { Model } from './model.ts';
import { STROKE } from './strokes.ts';

/** The dropout of a step; absent where nothing is dropped. */
export interface Masks {
  /** Of tanh(j), 0 or 1 / keep: `[2, encoder rows, E]`, and `[R, D]`. */
  readonly encoder?: Block;
  readonly decoder?: Block;
  /** Of the decoder's inputs, 0 or 1 / keep, `[R, 5 + condition]`, on the host. */
  readonly input?: Float32Array;
  /** Of the decoder's outputs, 0 or 1 / keep, `[R, D]`. */
  readonly output?: Block;
}

export const NOTHING_DROPPED: Masks = {};

/** Where TensorFlow's own numbers are used: each has numbers of its own of a seed. */
const USES = { encoder: 0, decoder: 1, output: 2 } as const;

/**
 * Masks as given, else drawn from the seed: the large ones by TensorFlow, as the host takes several times as long for the
 * millions of numbers.
 */
export function masksOf({ tf, config }: Model, { batch, dropout }: Pick<TrainingStep, 'batch' | 'dropout'>): Masks {
  const { recurrentDropout, outputDropout } = dropout;
  const rows = batch.decoderInputs.length / STROKE;
  const shapes = {
    encoder: [2, batch.encoderRows.length / STROKE, config.encoderSize],
    decoder: [rows, config.decoderSize],
  } as const;
  if (dropout.masks) return given();

  const { input } = stepMasks(config, batch, { ...dropout, recurrentDropout: 0, outputDropout: 0 }).decoder;
  const drawn = (use: keyof typeof USES, drop: number, shape: readonly number[]): Block =>
    tf.within(() => {
      const kept = tf.atLeast(uniforms(tf, shape, { seed: dropout.seed, use: USES[use] }), tf.scalar(drop));
      return tf.mul(kept, tf.scalar(1 / (1 - drop)));
    });
  return {
    ...(recurrentDropout > 0 && {
      ...(config.conditional && { encoder: drawn('encoder', recurrentDropout, shapes.encoder) }),
      decoder: drawn('decoder', recurrentDropout, shapes.decoder),
    }),
    ...(input && { input }),
    ...(outputDropout > 0 && { output: drawn('output', outputDropout, shapes.decoder) }),
  };

  function given(): Masks {
    const { encoder, decoder }: StepMasks = stepMasks(config, batch, dropout);
    const { recurrent, input: inputMask, output } = decoder;
    return {
      ...(encoder && {
        encoder: tf.stack([encoder.forward, encoder.backward].map((mask) => tf.floats(mask, shapes.encoder.slice(1)))),
      }),
      ...(recurrent && { decoder: tf.floats(recurrent, shapes.decoder) }),
      ...(inputMask && { input: inputMask }),
      ...(output && { output: tf.floats(output, shapes.decoder) }),
    };
  }
}

/** Numbers in [0, 1) that the seed and its use fix (Philox, counter-based). */
function uniforms(tf: TensorFlow, shape: readonly number[], { seed, use }: { seed: number; use: number }): Block {
  const word = 2 ** 32;
  const key = Int32Array.of(seed % word, Math.floor(seed / word) * Object.keys(USES).length + use);
  return tf.run(
    'StatelessRandomUniform',
    [tf.integers(Int32Array.from(shape), [shape.length]), tf.integers(key, [2])],
    [tf.attribute.floatAs('dtype'), tf.attribute.index('T'), tf.attribute.index('Tseed')],
  );
}
