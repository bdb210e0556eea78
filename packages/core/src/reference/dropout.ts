import { type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../config.ts';
import type { TrainingStep } from '../engine.ts';
import { stepMasks } from '../masks.ts';
import { conditionSize } from '../parameters.ts';
import type { DecoderMasks } from './decoder.ts';
import type { EncoderMasks } from './encoder.ts';

/** The masks of a step (`masks.ts`) as tensors. */
export function maskTensors(
  config: ModelConfig,
  { batch, dropout }: Pick<TrainingStep, 'batch' | 'dropout'>,
): { encoder?: EncoderMasks; decoder: DecoderMasks } {
  const { encoder, decoder } = stepMasks(config, batch, dropout);
  const { encoderSize, decoderSize } = config;
  const { recurrent, input, output } = decoder;
  return {
    ...(encoder && {
      encoder: { forward: matrix(encoder.forward, encoderSize), backward: matrix(encoder.backward, encoderSize) },
    }),
    decoder: {
      ...(recurrent && { recurrent: matrix(recurrent, decoderSize) }),
      ...(input && { input: matrix(input, 5 + conditionSize(config)) }),
      ...(output && { output: matrix(output, decoderSize) }),
    },
  };
}

function matrix(values: Float32Array, width: number): Tensor2D {
  return tensor2d(values, [values.length / width, width]);
}
