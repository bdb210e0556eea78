import { type Condition, conditionSize, hasLatentFlag, ModelError } from '@sketch-rnn/core';
import { columnsOf, type Matrix } from '../matrix.ts';
import type { Context } from './context.ts';

/** The condition `[z | hasLatent | class embedding]` of each sketch, `[B, condition]`, and its parts. */
export interface Conditioned {
  readonly matrix: Matrix;
  /** Where z stands, `[B, Z]`. */
  readonly z: Matrix;
  /** From the gradient at the matrix to the class vectors'. */
  backward(gradient: Matrix): void;
}

/**
 * Room for the condition, flag and class vector filled in; z is left to be drawn, or given.
 *
 * @returns undefined where a model has none
 */
export function condition(
  context: Context,
  count: number,
  { hasLatent, classes }: Pick<Condition, 'hasLatent' | 'classes'>,
): Conditioned | undefined {
  const { config, device, upload } = context;
  const width = conditionSize(config);
  if (width === 0) return undefined;
  const { kernels } = device;
  const matrix = device.scratch(count, width);
  const latent = config.conditional ? config.latentSize : 0;
  const z = columnsOf(matrix, 0, latent);
  if (hasLatentFlag(config)) {
    kernels.copyRows({ from: flagsOf(context, count, hasLatent), out: columnsOf(matrix, latent, 1), add: false });
  }
  const rows = config.classes > 1 ? upload(checkClasses(classes, config.classes), count) : undefined;
  const vectors = columnsOf(matrix, width - config.classEmbedding, config.classEmbedding);
  if (rows) kernels.copyRows({ from: context.weight('class.embedding'), rows, out: vectors, add: false });
  return {
    matrix,
    z,
    backward(gradient) {
      if (!rows) return;
      const from = columnsOf(gradient, width - config.classEmbedding, config.classEmbedding);
      kernels.addRows({ from, rows, out: context.gradient('class.embedding') });
    },
  };
}

/** 1 where a sketch has a latent vector, `[B, 1]`. */
export function flagsOf({ upload }: Context, count: number, hasLatent: Uint8Array | undefined): Matrix {
  return upload(Float32Array.from(hasLatent ?? new Uint8Array(count).fill(1)), 1);
}

/** z as the decoder is given it, `[B, Z]`: zeros where a sketch has none. */
export function givenLatent(context: Context, { z, hasLatent }: Condition): Matrix | undefined {
  const { latentSize, conditional } = context.config;
  if (!conditional) return undefined;
  if (!z) throw new ModelError('condition.z: expected [B, Z], got none - the model is conditional');
  const kept = hasLatent ? z.map((value, i) => (hasLatent[Math.floor(i / latentSize)] ? value : 0)) : z;
  return context.upload(kept, latentSize);
}

function checkClasses(classes: Int32Array | undefined, count: number): Int32Array {
  if (!classes) throw new ModelError(`condition.classes: expected [B], got none - the model has ${count} classes`);
  const wrong = classes.find((label) => label < 0 || label >= count);
  if (wrong !== undefined) throw new ModelError(`condition.classes: expected numbers under ${count}, got ${wrong}`);
  return classes;
}
