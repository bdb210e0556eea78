import { bits, fold, keyOf, type PackedBatch } from '@sketch-rnn/data';
import { type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../config.ts';
import type { Dropout } from '../engine.ts';
import { conditionSize } from '../parameters.ts';
import type { DecoderMasks } from './decoder.ts';
import type { EncoderMasks } from './encoder.ts';
import { backwardOrder } from './sequence.ts';

/** The masks of one step; absent where nothing is dropped. */
export interface StepMasks {
  readonly encoder?: EncoderMasks;
  readonly decoder: DecoderMasks;
}

/**
 * Inverted dropout masks, 0 or 1 / keep: those given, else drawn from the seed; one use of the seed a mask.
 *
 * Recurrent masks are fresh at every step (Semeniuta et al. 2016), as Magenta's.
 */
export function stepMasks(config: ModelConfig, batch: PackedBatch, dropout: Dropout): StepMasks {
  const { seed, masks, recurrentDropout, inputDropout, outputDropout } = dropout;
  const mask = (use: number, drop: number, width: number, rows: number, given?: Float32Array): Tensor2D | undefined => {
    if (drop === 0) return undefined;
    const values = given ? given.map((keep) => keep / (1 - drop)) : draw(seed, use, drop, rows * width);
    return tensor2d(values, [rows, width]);
  };
  const rows = batch.decoderInputs.length / 5;
  const encoderRows = batch.encoderRows.length / 5;
  const { encoderSize, decoderSize } = config;
  const recurrent = mask(0, recurrentDropout, decoderSize, rows, masks?.decoder);
  const input = mask(1, inputDropout, 5 + conditionSize(config), rows, masks?.input);
  const output = mask(2, outputDropout, decoderSize, rows, masks?.output);
  const decoder = { ...(recurrent && { recurrent }), ...(input && { input }), ...(output && { output }) };
  if (!config.conditional) return { decoder };
  const forward = mask(3, recurrentDropout, encoderSize, encoderRows, masks?.encoderForward);
  const backward = mask(4, recurrentDropout, encoderSize, encoderRows, backwardMask());
  return forward && backward ? { encoder: { forward, backward }, decoder } : { decoder };

  /** A given mask belongs to the row it is used at; the backward direction reads the rows the other way round. */
  function backwardMask(): Float32Array | undefined {
    const given = masks?.encoderBackward;
    if (!given) return undefined;
    const turned = new Float32Array(given.length);
    for (const [to, from] of backwardOrder(batch.lengths, batch.encoderSizes).entries()) {
      turned.set(given.subarray(from * encoderSize, (from + 1) * encoderSize), to * encoderSize);
    }
    return turned;
  }
}

/**
 * Zeros with probability `drop` (to 1/65536), else `kept`: 16 bits decide each.
 *
 * Millions a step: plain loops, as `Float32Array.from` with a function costs ten times as much.
 */
function draw(seed: number, use: number, drop: number, count: number): Float32Array {
  const words = bits(fold(keyOf(seed), use), Math.ceil(count / 2));
  const halves = new Uint16Array(words.buffer, words.byteOffset, count);
  const threshold = Math.round(drop * 2 ** 16);
  const kept = 1 / (1 - drop);
  const mask = new Float32Array(count);
  for (let i = 0; i < count; i++) mask[i] = (halves[i] as number) < threshold ? 0 : kept;
  return mask;
}
