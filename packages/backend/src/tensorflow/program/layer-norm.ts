import type { Block } from '../native/memory.ts';
import type { TensorFlow } from '../native/tensorflow.ts';
import { type Cell, FORGET_BIAS } from './cell.ts';
import { normalise, normaliseGradient, type Normalised } from './normalise.ts';

/** What a step leaves for the way back: blocks `[..., n, units]`. */
interface LayerNormRecord {
  readonly cBefore: Block;
  readonly i: Block;
  /** tanh(j), before dropout. */
  readonly candidate: Block;
  readonly f: Block;
  readonly o: Block;
  /** Of the normalised c'. */
  readonly tanhC: Block;
  readonly mask: Block | undefined;
  readonly gates: Normalised;
  readonly cell: Normalised;
}

/** Gain and shift of a normalisation, `[..., 1, columns]`. */
interface Affine {
  readonly gamma: Block;
  readonly beta: Block;
}

/** The LSTM with layer normalisation (core `reference/layer-norm.ts`). */
export function layerNorm(tf: TensorFlow, norm: { gates: Affine; cell: Affine }): Cell<LayerNormRecord> {
  const forget = tf.scalar(FORGET_BIAS);
  return {
    weights: (weights) => weights,
    added: (sums) => sums,

    forward({ sums, c, mask }) {
      const gates = normalise(tf, sums, 4);
      const scaled = affine(gates, norm.gates);
      const [preI, preJ, preF, preO] = tf.parts(scaled, 4, scaled.shape.length - 1) as [Block, Block, Block, Block];
      const i = tf.sigmoid(preI);
      const candidate = tf.tanh(preJ);
      const f = tf.sigmoid(tf.add(preF, forget));
      const o = tf.sigmoid(preO);
      const next = tf.add(tf.mul(c, f), tf.mul(i, mask ? tf.mul(candidate, mask) : candidate));
      const cell = normalise(tf, next, 1);
      const tanhC = tf.tanh(affine(cell, norm.cell));
      return {
        next: { h: tf.mul(tanhC, o), c: next },
        record: { cBefore: c, i, candidate, f, o, tanhC, mask, gates, cell },
      };
    },

    backward({ cBefore, i, candidate, f, o, tanhC, mask, gates, cell }, d) {
      const dO = tf.sigmoidGradient(o, tf.mul(d.h, tanhC));
      const dCell = tf.tanhGradient(tanhC, tf.mul(d.h, o));
      const dNext = normaliseGradient(tf, cell, { d: tf.mul(dCell, norm.cell.gamma), groups: 1 });
      const dMemory = d.c ? tf.add(d.c, dNext) : dNext;
      const dI = tf.sigmoidGradient(i, tf.mul(dMemory, mask ? tf.mul(candidate, mask) : candidate));
      const dF = tf.sigmoidGradient(f, tf.mul(dMemory, cBefore));
      const dCandidate = tf.mul(dMemory, i);
      const dJ = tf.tanhGradient(candidate, mask ? tf.mul(dCandidate, mask) : dCandidate);
      const dGates = tf.join([dI, dJ, dF, dO], dI.shape.length - 1);
      return {
        sums: normaliseGradient(tf, gates, { d: tf.mul(dGates, norm.gates.gamma), groups: 4 }),
        c: tf.mul(dMemory, f),
        normalised: { gates: dGates, cell: dCell },
      };
    },

    own(records, steps) {
      const gradients = (part: 'gates' | 'cell'): Record<string, Block> =>
        affineGradients(
          part,
          records.map((record) => record[part].unit),
          steps.map(({ normalised }) => normalised?.[part] as Block),
        );
      return { ...gradients('gates'), ...gradients('cell') };
    },
  };

  function affine({ unit }: Normalised, { gamma, beta }: Affine): Block {
    return tf.add(tf.mul(unit, gamma), beta);
  }

  /** Gradients of gain and shift: sums over all rows. */
  function affineGradients(part: string, units: readonly Block[], steps: readonly Block[]): Record<string, Block> {
    return tf.within(() => {
      const [{ shape }] = steps as [Block];
      const axis = shape.length - 2;
      const d = tf.join(steps, axis);
      return {
        [`${part}.gamma`]: tf.sumKept(tf.mul(d, tf.join(units, axis)), axis),
        [`${part}.beta`]: tf.sumKept(d, axis),
      };
    });
  }
}
