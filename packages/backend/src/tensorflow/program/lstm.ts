import type { Block } from '../native/memory.ts';
import type { TensorFlow } from '../native/tensorflow.ts';
import { type Cell, FORGET_BIAS } from './cell.ts';

/** What a step leaves for the way back: blocks `[..., n, units]`. */
interface LstmRecord {
  readonly cBefore: Block;
  readonly i: Block;
  /** tanh(j), before dropout. */
  readonly candidate: Block;
  readonly f: Block;
  readonly o: Block;
  readonly tanhC: Block;
  readonly mask: Block | undefined;
}

/**
 * The LSTM (core `reference/lstm.ts`).
 *
 * As tanh(j) = 2 sigmoid(2 j) - 1, one operation does all gates: one after the other would each take longer to wake a second thread
 * than to compute. The way back is cheap operations, too small for a second thread;
 * `LSTMBlockCellGrad`, which is all of them, is no faster and knows no dropout.
 */
export function lstm(tf: TensorFlow, { units }: { units: number }): Cell<LstmRecord> {
  const one = tf.scalar(1);
  const doubled = tf.floats(ofGates(units, [1, 2, 1, 1]), [1, 4 * units]);
  const forget = ofGates(units, [0, 0, FORGET_BIAS, 0]);

  return {
    added: (sums) => tf.mul(sums, doubled),
    weights: (weights) => tf.addToLastRow(tf.mul(weights, doubled), forget),

    forward({ sums, c, mask }) {
      const [i, s, f, o] = tf.within(() => tf.parts(tf.sigmoid(sums), 4, sums.shape.length - 1)) as [
        Block,
        Block,
        Block,
        Block,
      ];
      const candidate = tf.within(() => tf.sub(tf.add(s, s), one));
      tf.free([sums, s]);
      const next = tf.within(() => tf.add(tf.mul(c, f), tf.mul(i, mask ? tf.mul(candidate, mask) : candidate)));
      const tanhC = tf.tanh(next);
      return {
        next: { h: tf.mul(tanhC, o), c: next },
        record: { cBefore: c, i, candidate, f, o, tanhC, mask },
      };
    },

    backward({ cBefore, i, candidate, f, o, tanhC, mask }, d) {
      const { dO, dMemory } = tf.within(() => {
        const dNext = tf.tanhGradient(tanhC, tf.mul(d.h, o));
        return {
          dO: tf.sigmoidGradient(o, tf.mul(d.h, tanhC)),
          dMemory: d.c ? tf.add(d.c, dNext) : dNext,
        };
      });
      tf.free([o, tanhC]);
      const { dF, c } = tf.within(() => ({
        dF: tf.sigmoidGradient(f, tf.mul(dMemory, cBefore)),
        c: tf.mul(dMemory, f),
      }));
      tf.free([f, cBefore]);
      const sums = tf.within(() => {
        const dAdded = mask ? tf.mul(dMemory, mask) : dMemory;
        const dI = tf.within(() => tf.sigmoidGradient(i, tf.mul(dAdded, candidate)));
        const dJ = tf.within(() => tf.tanhGradient(candidate, tf.mul(dAdded, i)));
        return tf.join([dI, dJ, dF, dO], dI.shape.length - 1);
      });
      tf.free([i, candidate, dMemory, dF, dO]);
      return { c, sums };
    },

    own: () => ({}),
  };
}

/** Numbers of the gates i, j, f and o, each repeated for all its units, `[4 units]`. */
function ofGates(units: number, values: readonly number[]): Float32Array {
  return Float32Array.from({ length: 4 * units }, (_, k) => values[Math.floor(k / units)] as number);
}
