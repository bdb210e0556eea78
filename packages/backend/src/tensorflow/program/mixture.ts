import { LOG_SIGMA_LIMIT, type OffsetLoss, REFERENCE_EPSILON, RHO_LIMIT } from '@sketch-rnn/core';
import type { Block } from '../native/memory.ts';
import type { TensorFlow } from '../native/tensorflow.ts';

/** Log density of each row's offset, `[R, 1]`, nats, and the way back from the gradient at it. */
export interface Density {
  readonly log: Block;
  /** Gradients at pi, mu x, mu y, sigma x, sigma y and rho of the output, `[R, M]` each. */
  backward(d: Block): Block[];
}

/**
 * The bivariate Gaussian mixture of every row (Graves 2013, eq. 23..25; core `reference/mixture.ts`).
 *
 * @param outputs pi, mu x, mu y, sigma x, sigma y, rho as the decoder puts them out, `[R, M]` each
 * @param offset x and y, `[R, 1]` each
 */
export function density(
  tf: TensorFlow,
  outputs: readonly Block[],
  { offset, form }: { offset: readonly Block[]; form: OffsetLoss },
): Density {
  const [pi, muX, muY, outX, outY, outRho] = outputs as [Block, Block, Block, Block, Block, Block];
  const [x, y] = offset as [Block, Block];
  const bounded = form === 'log';
  const tanhRho = tf.tanh(outRho);
  const rho = bounded ? tf.mul(tanhRho, tf.scalar(RHO_LIMIT)) : tanhRho;
  const limits = [tf.scalar(-LOG_SIGMA_LIMIT), tf.scalar(LOG_SIGMA_LIMIT)] as const;
  const [sigmaX, sigmaY] = [outX, outY].map((out) => (bounded ? tf.clip(out, ...limits) : out)) as [Block, Block];
  const one = tf.scalar(1);
  const inverseX = tf.exp(tf.negative(sigmaX));
  const inverseY = tf.exp(tf.negative(sigmaY));
  const zx = tf.mul(tf.sub(x, muX), inverseX);
  const zy = tf.mul(tf.sub(y, muY), inverseY);
  const zxy = tf.mul(zx, zy);
  const unexplained = tf.sub(one, tf.square(rho));
  const perUnexplained = tf.reciprocal(unexplained);
  const squares = tf.add(tf.square(zx), tf.square(zy));
  const distance = tf.mul(tf.sub(squares, tf.mul(tf.mul(rho, tf.scalar(2)), zxy)), perUnexplained);
  const exponent = tf.mul(tf.add(distance, tf.log(unexplained)), tf.scalar(-0.5));
  const logNormal = tf.sub(exponent, tf.add(tf.add(sigmaX, sigmaY), tf.scalar(Math.log(2 * Math.PI))));
  const { log, responsibility } = bounded ? mixLogs(tf, pi, logNormal) : mixReference(tf, pi, logNormal);
  return { log, backward };

  function backward(d: Block): Block[] {
    const weight = tf.mul(responsibility, d);
    const dPi = tf.sub(weight, tf.mul(tf.softmax(pi), tf.sumKept(weight, 1)));
    const alongX = tf.mul(tf.sub(zx, tf.mul(rho, zy)), perUnexplained);
    const alongY = tf.mul(tf.sub(zy, tf.mul(rho, zx)), perUnexplained);
    const dMuX = tf.mul(tf.mul(weight, alongX), inverseX);
    const dMuY = tf.mul(tf.mul(weight, alongY), inverseY);
    const dSigma = (z: Block, along: Block, out: Block): Block => {
      const within = tf.mul(weight, tf.sub(tf.mul(z, along), one));
      return bounded ? tf.mul(within, inside(out)) : within;
    };
    const atRho = tf.add(zxy, tf.mul(rho, tf.sub(one, distance)));
    const dRho = tf.mul(tf.mul(weight, perUnexplained), bounded ? tf.mul(atRho, tf.scalar(RHO_LIMIT)) : atRho);
    return [dPi, dMuX, dMuY, dSigma(zx, alongX, outX), dSigma(zy, alongY, outY), tf.tanhGradient(tanhRho, dRho)];
  }

  /** 1 where a logarithm of sigma is within its limits. */
  function inside(out: Block): Block {
    const [least, most] = limits;
    return tf.mul(tf.atLeast(out, least), tf.atLeast(most, out));
  }
}

interface Mixed {
  /** `[R, 1]`. */
  readonly log: Block;
  /** d log / d (log pi + log N) of every component, `[R, M]`. */
  readonly responsibility: Block;
}

/** log sum_k pi_k N_k on logarithms. */
function mixLogs(tf: TensorFlow, pi: Block, logNormal: Block): Mixed {
  const components = tf.add(tf.logSoftmax(pi), logNormal);
  const most = tf.maxKept(components, 1);
  const log = tf.add(most, tf.log(tf.sumKept(tf.exp(tf.sub(components, most)), 1)));
  return { log, responsibility: tf.softmax(components) };
}

/** Magenta's form: log(sum_k pi_k N_k + 1e-6). */
function mixReference(tf: TensorFlow, pi: Block, logNormal: Block): Mixed {
  const joint = tf.mul(tf.softmax(pi), tf.exp(logNormal));
  const total = tf.add(tf.sumKept(joint, 1), tf.scalar(REFERENCE_EPSILON));
  return { log: tf.log(total), responsibility: tf.mul(joint, tf.reciprocal(total)) };
}
