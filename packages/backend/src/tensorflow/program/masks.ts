import { type StepMasks, stepMasks, type TrainingStep } from '@sketch-rnn/core';
import type { Block } from '../native/memory.ts';
import type { TensorFlow } from '../native/tensorflow.ts';
import type { Model } from './model.ts';
import { STROKE } from './strokes.ts';

/** The dropout of a step; absent where nothing is dropped. */
export interface Masks {
  /** Of tanh(j), zeros and ones: `[2, encoder rows, E]`, and `[R, D]`. */
  readonly encoder?: Block;
  readonly decoder?: Block;
  /** What is kept of tanh(j). */
  readonly keep: number;
  /** Of the decoder's inputs, 0 or 1 / keep, `[R, 5 + condition]`, on the host. */
  readonly input?: Float32Array;
  /** Of the decoder's outputs, 0 or 1 / keep, `[R, D]`. */
  readonly output?: Block;
}

export const NOTHING_DROPPED: Masks = { keep: 1 };

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
  const keep = 1 - recurrentDropout;
  if (dropout.masks) return { ...given(), keep };

  const { input } = stepMasks(config, batch, { ...dropout, recurrentDropout: 0, outputDropout: 0 }).decoder;
  const drawn = (use: keyof typeof USES, drop: number, shape: readonly number[]): Block =>
    tf.within(() => tf.atLeast(uniforms(tf, shape, { seed: dropout.seed, use: USES[use] }), tf.scalar(drop)));
  return {
    ...(recurrentDropout > 0 && {
      ...(config.conditional && { encoder: drawn('encoder', recurrentDropout, shapes.encoder) }),
      decoder: drawn('decoder', recurrentDropout, shapes.decoder),
    }),
    keep,
    ...(input && { input }),
    ...(outputDropout > 0 && {
      output: tf.mul(drawn('output', outputDropout, shapes.decoder), tf.scalar(1 / (1 - outputDropout))),
    }),
  };

  function given(): Omit<Masks, 'keep'> {
    const { encoder, decoder }: StepMasks = stepMasks(config, batch, dropout);
    const { recurrent, input: inputMask, output } = decoder;
    const zerosAndOnes = (block: Block): Block => tf.mul(block, tf.scalar(keep));
    return {
      ...(encoder && {
        encoder: zerosAndOnes(
          tf.stack([encoder.forward, encoder.backward].map((mask) => tf.floats(mask, shapes.encoder.slice(1)))),
        ),
      }),
      ...(recurrent && { decoder: zerosAndOnes(tf.floats(recurrent, shapes.decoder)) }),
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
