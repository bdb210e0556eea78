import { type Condition, conditionSize, hasLatentFlag, ModelError } from '@sketch-rnn/core';
import type { Block } from '../native/memory.ts';
import type { Gradients, Model } from './model.ts';

/** The condition `[z | hasLatent | class embedding]` of each sketch, `[B, condition]`, and the way back. */
export interface Conditioned {
  readonly matrix: Block;
  /** From the gradient at the matrix to those at z, `[B, Z]`, and of the class vectors. */
  backward(d: Block): { z?: Block; gradients: Gradients };
}

/**
 * What joins the decoder's inputs (core `reference/condition.ts`); undefined where a model has no condition.
 *
 * @param z `[B, Z]`; taken as zeros where `hasLatent` is 0
 */
export function conditionOf(
  { tf, config, weight }: Model,
  z: Block | undefined,
  { hasLatent, classes }: Pick<Condition, 'hasLatent' | 'classes'>,
): Conditioned | undefined {
  if (conditionSize(config) === 0) return undefined;
  const parts: Block[] = [];
  const flags = z && tf.floats(flagsOf(z.shape[0] as number, hasLatent), [z.shape[0] as number, 1]);
  if (config.conditional) {
    if (!z || !flags) throw new ModelError('condition.z: expected [B, Z], got none - the model is conditional');
    parts.push(hasLatent ? tf.mul(z, flags) : z);
    if (hasLatentFlag(config)) parts.push(flags);
  }
  const picks = config.classes > 1 ? oneHotRows(classes, config.classes) : undefined;
  const chosen = picks && tf.floats(picks, [picks.length / config.classes, config.classes]);
  if (chosen) parts.push(tf.product(chosen, weight('class.embedding')));
  return { matrix: tf.join(parts, 1), backward };

  function backward(d: Block): { z?: Block; gradients: Gradients } {
    const pieces = tf.cut(
      d,
      parts.map(({ shape }) => shape[1] as number),
      1,
    );
    const [first, last] = [pieces[0] as Block, pieces.at(-1) as Block];
    return {
      ...(config.conditional && { z: hasLatent && flags ? tf.mul(first, flags) : first }),
      gradients: chosen ? { 'class.embedding': tf.productOfTurned(chosen, last) } : {},
    };
  }
}

/** 1 where a sketch has a latent vector, `[B]`. */
export function flagsOf(count: number, hasLatent: Uint8Array | undefined): Float32Array {
  return Float32Array.from(hasLatent ?? new Uint8Array(count).fill(1));
}

/** Rows that pick a class, `[B, classes]`. */
function oneHotRows(chosen: Int32Array | undefined, classes: number): Float32Array {
  if (!chosen) throw new ModelError(`condition.classes: expected [B], got none - the model has ${classes} classes`);
  const rows = new Float32Array(chosen.length * classes);
  for (const [i, label] of chosen.entries()) {
    if (label < 0 || label >= classes) {
      throw new ModelError(`condition.classes: expected numbers under ${classes}, got ${label}`);
    }
    rows[i * classes + label] = 1;
  }
  return rows;
}
