import { nearest } from './config.ts';
import { ModelError } from './error.ts';
import type { Model } from './files/model.ts';
import { type Parameters, parameterSpecs } from './parameters.ts';

/**
 * The model of one of its classes alone, which draws what the whole one draws of it: the class's vector is always the same, so
 * what it adds goes into the biases.
 *
 * @throws ModelError for a class that the model does not know, and for a decoder without such biases
 */
export function oneClass(model: Model, className: string): Model {
  const { config, classes, parameters, weak, latents, ...facts } = model;
  const label = classes.indexOf(className);
  if (label < 0) {
    throw new ModelError(
      `class: expected one of the model's ${classes.length} classes, got "${className}" - ${nearest(className, classes)}`,
    );
  }
  if (classes.length === 1) return model;
  if (config.decoderCell !== 'lstm' || !config.conditional) {
    const got = config.conditional ? config.decoderCell : 'a decoder alone';
    throw new ModelError(
      `class: expected an encoder and a decoder of the cell lstm, got ${got} - its class is not a bias: keep the model whole`,
    );
  }
  const size = config.classEmbedding;
  const vector = rowOf(parameters['class.embedding'] as Float32Array, label, size);
  const single = { ...config, classes: 1 };
  // The class's vector is the end of the condition, and that is the end of the decoder's input.
  const folded: Parameters = {
    ...parameters,
    ...withoutVector(parameters, { vector, matrix: 'decoder.initial.weights', bias: 'decoder.initial.bias' }),
    ...withoutVector(parameters, { vector, matrix: 'decoder.inputWeights', bias: 'decoder.bias' }),
  };
  return {
    ...facts,
    config: single,
    classes: [className],
    parameters: Object.fromEntries(
      Object.keys(parameterSpecs(single)).map((name) => [name, folded[name] as Float32Array]),
    ),
    ...(latents && {
      latents: {
        mean: rowOf(latents.mean, label, config.latentSize),
        deviation: rowOf(latents.deviation, label, config.latentSize),
      },
    }),
    ...(weak && { weak: weak.filter((name) => name === className) }),
  };
}

function rowOf(matrix: Float32Array, row: number, width: number): Float32Array {
  return matrix.slice(row * width, (row + 1) * width);
}

/** A matrix without its last rows, those that the vector multiplies, and the bias with their product. */
function withoutVector(
  parameters: Parameters,
  { vector, matrix, bias }: { readonly vector: Float32Array; readonly matrix: string; readonly bias: string },
): Parameters {
  const weights = parameters[matrix] as Float32Array;
  const before = parameters[bias] as Float32Array;
  const columns = before.length;
  const kept = weights.length - vector.length * columns;
  const after = Float32Array.from(before, (value, column) =>
    vector.reduce((sum, x, row) => sum + x * (weights[kept + row * columns + column] as number), value),
  );
  return { [matrix]: weights.slice(0, kept), [bias]: after };
}
