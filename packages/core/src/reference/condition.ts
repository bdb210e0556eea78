import {
  add,
  concat,
  matMul,
  mul,
  type Rank,
  split,
  tanh,
  type Tensor1D,
  type Tensor2D,
  tensor2d,
  zeros,
} from '@tensorflow/tfjs-core';
import type { Condition } from '../engine.ts';
import { ModelError } from '../error.ts';
import { conditionSize, hasLatentFlag } from '../parameters.ts';
import type { State } from './cell.ts';
import { cells } from './cells.ts';
import type { Model } from './model.ts';
import { weightOf } from './weights.ts';

/**
 * The condition `[z | hasLatent | class embedding]` of each sketch, `[B, conditionSize]`; undefined where a model has none.
 *
 * @param z `[B, Z]`; taken as zeros where `hasLatent` is 0
 */
export function conditionOf(
  { weights, config }: Pick<Model, 'weights' | 'config'>,
  z: Tensor2D | undefined,
  { hasLatent, classes }: Pick<Condition, 'hasLatent' | 'classes'>,
): Tensor2D | undefined {
  const parts: Tensor2D[] = [];
  if (config.conditional) {
    if (!z) throw new ModelError('condition.z: expected [B, Z], got none - the model is conditional');
    const flags = tensor2d(Float32Array.from(hasLatent ?? new Uint8Array(z.shape[0]).fill(1)), [z.shape[0], 1]);
    parts.push(hasLatent ? mul(z, flags) : z);
    if (hasLatentFlag(config)) parts.push(flags);
  }
  if (config.classes > 1) {
    if (!classes) {
      throw new ModelError(`condition.classes: expected [B], got none - the model has ${config.classes} classes`);
    }
    const embedding = weightOf(weights, 'class.embedding') as Tensor2D;
    parts.push(matMul(oneHotRows(classes, config.classes), embedding));
  }
  return parts.length === 0 ? undefined : concat(parts, 1);
}

/** Rows that pick a class, `[B, classes]`: tfjs's gather has no gradient on some backends, and oneHot is wrong on one. */
function oneHotRows(chosen: Int32Array, classes: number): Tensor2D {
  const rows = new Float32Array(chosen.length * classes);
  for (const [i, label] of chosen.entries()) {
    if (label < 0 || label >= classes) {
      throw new ModelError(`condition.classes: expected numbers under ${classes}, got ${label}`);
    }
    rows[i * classes + label] = 1;
  }
  return tensor2d(rows, [chosen.length, classes]);
}

/** The decoder's first state: tanh(condition W + b), all of the packed state (Ha & Eck 2017, eq. 4); zeros without a condition. */
export function initialState(
  { weights, config }: Pick<Model, 'weights' | 'config'>,
  condition: Tensor2D | undefined,
  count: number,
): State {
  const widths = cells[config.decoderCell].widths(config.decoderSize, config.hyperSize);
  if (!condition) return widths.map((width) => zeros<Rank.R2>([count, width]));
  if (condition.shape[1] !== conditionSize(config)) {
    throw new ModelError(`condition: expected ${conditionSize(config)} numbers a sketch, got ${condition.shape[1]}`);
  }
  const packed = tanh(
    add(
      matMul(condition, weightOf(weights, 'decoder.initial.weights') as Tensor2D),
      weightOf(weights, 'decoder.initial.bias') as Tensor1D,
    ),
  );
  return split<Tensor2D>(packed, [...widths], 1);
}
