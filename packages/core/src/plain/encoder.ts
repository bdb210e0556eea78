import type { PackedBatch } from '@sketch-rnn/data';
import type { PlainCell } from './cell.ts';
import { dense } from './dense.ts';
import type { Drops } from './dropout.ts';
import type { LatentDistribution } from './latent.ts';
import type { Encoder, PlainModel } from './model.ts';
import { rowAt, rowsOf } from './packed.ts';
import { concatenate, type Floats } from './precision.ts';

/** What the encoder makes of a sketch (Ha & Eck 2017, eq. 1 and 2). */
export interface Encoded extends LatentDistribution {
  /** Final states, packed. */
  readonly forward: Floats;
  readonly backward: Floats;
}

/** Reads a sketch of a packed batch in both directions, the backward one from its own last row. */
export function encodeSketch(
  { precision: Precision }: PlainModel,
  encoder: Encoder,
  { batch, sketch, drops = {} }: { batch: PackedBatch; sketch: number; drops?: Drops },
): Encoded {
  const rows = rowsOf(batch.encoderSizes, sketch);
  const read = (cell: PlainCell, order: readonly number[], masks: Floats | undefined): Floats => {
    let state: Floats = new Precision(encoder.stateSize);
    for (const row of order) {
      // A mask belongs to the row, whichever step reads it.
      const drop = masks && rowAt(masks, row, cell.hidden(state).length);
      state = cell.step({ x: rowAt(batch.encoderRows, row, 5), drop }, state);
    }
    return state;
  };
  const forward = read(encoder.forward, rows, drops.encoderForward);
  const backward = read(encoder.backward, rows.toReversed(), drops.encoderBackward);
  const hidden = concatenate(forward, [encoder.forward.hidden(forward), encoder.backward.hidden(backward)]);
  return { forward, backward, mean: dense(encoder.mean, hidden), logVariance: dense(encoder.logVariance, hidden) };
}
