import type { Layer } from './layer.ts';
import type { SumGradients } from './layer-backward.ts';
import type { Block } from '../native/memory.ts';
import type { Gradients, Model } from './model.ts';
import { STROKE } from './strokes.ts';
import { sumBySketch } from './per-sketch.ts';

/** What the condition adds to the sums of the decoder, and the way back from the gradients at them. */
export interface Projected {
  readonly sums: Pick<Layer, 'sketchSums' | 'rowSums'>;
  /** Is shown the gradients at the sums (`layer-backward.ts`). */
  readonly collect: (gradients: SumGradients) => Block;
  /** The gradients, once all of those at the sums have been shown. */
  backward(): { gradients: Gradients; condition: Block };
}

const WEIGHTS = 'decoder.condition';

/**
 * The condition is the same at every step: projected once a sketch, unless dropout takes parts of it away.
 *
 * @param condition `[B, condition]`
 * @param mask dropout of the decoder's inputs, `[R, 5 + condition]`
 */
export function projectCondition(
  model: Model,
  condition: Block,
  { sizes, mask }: { sizes: readonly number[]; mask: Float32Array | undefined },
): Projected {
  return mask ? byRow(model, condition, { sizes, mask }) : bySketch(model, condition);
}

function bySketch({ tf, weight }: Model, condition: Block): Projected {
  const weights = weight(WEIGHTS);
  let sum: Block | undefined;
  return {
    sums: { sketchSums: tf.product(condition, weights) },
    collect(gradients) {
      const before = sum;
      sum = sumBySketch(tf, gradients, before);
      if (before) tf.free([before]);
      return sum;
    },
    backward() {
      const d = sum as Block; // [B, 4 units]
      return {
        gradients: { [WEIGHTS]: tf.productOfTurned(condition, d) },
        condition: tf.productWithTurned(d, weights),
      };
    },
  };
}

function byRow(
  { tf, weight }: Model,
  condition: Block,
  { sizes, mask }: { sizes: readonly number[]; mask: Float32Array },
): Projected {
  const weights = weight(WEIGHTS);
  const width = condition.shape[1] as number;
  const repeated = tf.join(
    sizes.map((size) => tf.rows(condition, 0, size)),
    0,
  );
  const kept = tf.floats(ofCondition(mask, width), [mask.length / (STROKE + width), width]);
  const rows = tf.mul(repeated, kept); // [R, condition]
  const pieces: Block[] = [];
  return {
    sums: { rowSums: tf.product(rows, weights) },
    collect(gradients) {
      pieces.unshift(gradients.rows);
      return gradients.rows;
    },
    backward() {
      const d = tf.join(pieces, 0); // [R, 4 units]
      const dRows = tf.mul(tf.productWithTurned(d, weights), kept);
      return {
        gradients: { [WEIGHTS]: tf.productOfTurned(rows, d) },
        condition: sumBySketch(tf, { steps: tf.cut(dRows, sizes, 0), sizes }),
      };
    },
  };
}

/** The columns of a mask that are the condition's. */
function ofCondition(mask: Float32Array, width: number): Float32Array {
  const rows = mask.length / (STROKE + width);
  const values = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const from = row * (STROKE + width) + STROKE;
    values.set(mask.subarray(from, from + width), row * width);
  }
  return values;
}
