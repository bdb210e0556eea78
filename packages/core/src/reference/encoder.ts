import { backwardOrder, type PackedBatch } from '@sketch-rnn/data';
import { add, concat, matMul, type Rank, type Tensor1D, type Tensor2D, tensor2d, zeros } from '@tensorflow/tfjs-core';
import { cells } from './cells.ts';
import type { Model } from './model.ts';
import type { Layer } from './sequence.ts';
import { cellWeights, weightOf } from './weights.ts';

export interface EncoderMasks {
  /** `[rows, E]` each, in the order in which a direction reads its rows. */
  readonly forward: Tensor2D;
  readonly backward: Tensor2D;
}

/** Mean and logarithm of the variance of q(z | sketch), `[B, Z]` each. */
export interface LatentDistribution {
  readonly mean: Tensor2D;
  readonly logVariance: Tensor2D;
}

/**
 * The bidirectional encoder (Ha & Eck 2017, section 3.2, eq. 1 and 2): h = [h forward | h backward], mean and log variance
 * are linear in h.
 */
export function encode(
  { weights, config, runLayers }: Model,
  batch: PackedBatch,
  masks?: EncoderMasks,
): LatentDistribution {
  const { encoderRows, encoderSizes, lengths } = batch;
  const cell = cells[config.encoderCell];
  const widths = cell.widths(config.encoderSize, config.hyperSize);
  const layer = (direction: 'forward' | 'backward', rows: Float32Array): Layer => {
    const parameters = cellWeights(weights, `encoder.${direction}`);
    return {
      cell: config.encoderCell,
      parameters,
      inputs: cell.project(parameters, tensor2d(rows, [rows.length / 5, 5]), 0),
      sizes: encoderSizes,
      initial: widths.map((width) => zeros<Rank.R2>([lengths.length, width])),
      ...(masks && { mask: masks[direction] }),
      emit: 'last',
    };
  };
  const order = backwardOrder(batch);
  const reversed = new Float32Array(encoderRows.length);
  for (const [to, from] of order.entries()) reversed.set(encoderRows.subarray(5 * from, 5 * from + 5), 5 * to);
  const h = concat(runLayers([layer('forward', encoderRows), layer('backward', reversed)]), 1); // [B, 2 E]
  const head = (name: string): Tensor2D =>
    add(
      matMul(h, weightOf(weights, `latent.${name}.weights`) as Tensor2D),
      weightOf(weights, `latent.${name}.bias`) as Tensor1D,
    );
  return { mean: head('mean'), logVariance: head('logVariance') };
}
