/** Names drawings by their picture alone: a judge of samples that has nothing in common with the model that drew them. */
import { fromStroke3, type Stroke3 } from '@sketch-rnn/data';
import { logSoftmax, type Tensor, tensor, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { readInput } from '../input.ts';
import { readNetwork, type TrainedNetwork } from './files.ts';
import { shapesOf } from './layers.ts';
import { featuresOf, scoresOf, type Weights } from './network.ts';
import { rasterise, SIDE } from './raster.ts';

export interface Recogniser {
  /** In the order of the answers. */
  readonly classes: readonly string[];
  /**
   * What drawings look like, every class being as likely beforehand.
   *
   * @param drawings in any unit
   * @returns `[n, classes]`, row-major: log probabilities, nats
   */
  readonly name: (drawings: readonly Stroke3[]) => Promise<Float32Array>;
  readonly dispose: () => void;
}

/** Drawings that are looked at together. */
const AT_ONCE = 128;

/**
 * A recogniser from the file that `recogniser train` writes; it computes on TensorFlow.
 *
 * @param path absolute
 * @throws ModelError where the file is none; EngineError where TensorFlow does not run here
 */
export async function loadRecogniser(path: string): Promise<Recogniser> {
  const network = readNetwork(await readInput(path), path);
  await useTensorFlow();
  const weights = tensorsFrom(network.classes.length, network.weights);
  return {
    classes: network.classes,
    name: async (drawings) => nameWith(weights, network.classes.length, drawings),
    dispose: () => {
      for (const each of Object.values(weights)) each.dispose();
    },
  };
}

/**
 * Makes TensorFlow what tfjs computes on.
 *
 * @throws EngineError where it does not run here, with what to do about it
 */
export async function useTensorFlow(): Promise<void> {
  const { chooseEngine } = await import('@sketch-rnn/backend');
  await chooseEngine('tensorflow');
}

/** Weights as tensors, which the caller disposes. */
export function tensorsFrom(classes: number, values: TrainedNetwork['weights']): Weights {
  const shapes = shapesOf(classes);
  const tensors = Object.entries(values).map(([name, each]): [string, Tensor] => [
    name,
    tensor(each, [...(shapes[name] as readonly number[])]),
  ]);
  return Object.fromEntries(tensors);
}

/** What a network makes of drawings: `[n, classes]`, log probabilities. */
export async function nameWith(weights: Weights, classes: number, drawings: readonly Stroke3[]): Promise<Float32Array> {
  const answers = new Float32Array(drawings.length * classes);
  for (let from = 0; from < drawings.length; from += AT_ONCE) {
    const some = drawings.slice(from, from + AT_ONCE);
    const pixels = new Float32Array(some.length * SIDE * SIDE);
    for (const [i, stroke3] of some.entries()) pixels.set(rasterise(fromStroke3(stroke3)), i * SIDE * SIDE);
    const logs = tidy(() =>
      logSoftmax(scoresOf(weights, featuresOf(weights, tensor2d(pixels, [some.length, SIDE * SIDE])))),
    );
    try {
      answers.set(await logs.data<'float32'>(), from * classes);
    } finally {
      logs.dispose();
    }
  }
  return answers;
}
