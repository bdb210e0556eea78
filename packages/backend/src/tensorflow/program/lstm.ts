import type { Block } from '../native/memory.ts';
import type { TensorFlow } from '../native/tensorflow.ts';
import { type Cell, FORGET_BIAS } from './cell.ts';

/** What a step leaves for the way back: matrices `[n, units]`, two layers one below the other. */
interface LstmRecord {
  readonly cBefore: Block;
  /** With dropout in it. */
  readonly i: Block;
  /** tanh(j). */
  readonly candidate: Block;
  readonly f: Block;
  readonly o: Block;
  readonly tanhC: Block;
}

/**
 * The LSTM (core `reference/lstm.ts`), back by TensorFlow's own operation for all of a step.
 *
 * That operation has no dropout, but serves where memory and its gradient are carried times what is kept: C = keep c. Then
 * C' = f C + (b i) tanh(j) with a mask b of zeros and ones, which has the form that it knows, as b^2 = b; and all that it gives is
 * right but for a factor `keep` at i, j and f, which `settle` takes out.
 *
 * @param keep 1 - recurrent dropout
 */
export function lstm(tf: TensorFlow, { units, keep }: { units: number; keep: number }): Cell<LstmRecord> {
  const forget = tf.scalar(FORGET_BIAS);
  const kept = tf.scalar(keep);
  const perKept = tf.scalar(1 / keep);
  const drops = keep < 1;
  // What the operation asks for and does not use without peepholes.
  const unused = {
    weights: tf.zeros([units + 1, 4 * units]),
    bias: tf.zeros([4 * units]),
    peephole: tf.zeros([units]),
  };

  return {
    enter: (c) => (drops ? tf.mul(c, kept) : c),

    forward({ sums, c, mask }) {
      const cBefore = flat(c);
      const [preI, preJ, preF, preO] = tf.parts(flat(sums), 4, 1) as [Block, Block, Block, Block];
      const gate = tf.sigmoid(preI);
      const i = mask ? tf.mul(gate, flat(mask)) : gate;
      const candidate = tf.tanh(preJ);
      const f = tf.sigmoid(tf.add(preF, forget));
      const o = tf.sigmoid(preO);
      const next = tf.add(tf.mul(cBefore, f), tf.mul(i, candidate));
      const tanhC = tf.tanh(drops ? tf.mul(next, perKept) : next);
      return {
        next: { h: shapedAs(c, tf.mul(tanhC, o)), c: shapedAs(c, next) },
        record: { cBefore, i, candidate, f, o, tanhC },
      };
    },

    backward({ cBefore, i, candidate, f, o, tanhC }, d) {
      const [rows] = i.shape as [number];
      const nothing = tf.floats(new Float32Array(rows), [rows, 1]);
      const [c, sums] = tf.runAll(
        'LSTMBlockCellGrad',
        [
          nothing,
          cBefore,
          cBefore,
          unused.weights,
          unused.peephole,
          unused.peephole,
          unused.peephole,
          unused.bias,
          i,
          cBefore,
          f,
          o,
          candidate,
          tanhC,
          d.c ? flat(d.c) : tf.zeros(i.shape),
          flat(d.h),
        ],
        { attributes: [tf.attribute.flag('use_peephole', false), tf.attribute.float], outputs: 5 },
      ) as [Block, Block];
      // A step is gone back through once: what it left makes room for the gradients.
      tf.free([cBefore, i, candidate, f, o, tanhC]);
      return { c: shapedAs(d.h, c), sums: shapedAs(d.h, sums) };
    },

    ...(drops && { settle: tf.floats(settling(units, keep), [1, 4 * units]) }),

    own: () => ({}),
  };

  /** Two layers one below the other. */
  function flat(block: Block): Block {
    return block.shape.length === 2 ? block : tf.shaped(block, [-1, block.shape.at(-1) as number]);
  }

  /** A matrix with the rows of this block. */
  function shapedAs({ shape }: Block, matrix: Block): Block {
    return shape.length === 2 ? matrix : tf.shaped(matrix, [...shape.slice(0, -1), matrix.shape[1] as number]);
  }
}

/** 1 / keep for i, j and f, 1 for o. */
function settling(units: number, keep: number): Float32Array {
  return new Float32Array(4 * units).fill(1 / keep, 0, 3 * units).fill(1, 3 * units);
}
