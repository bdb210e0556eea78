/** The recogniser's layers: the shapes of their weights, and what these are before the first step. No tfjs: files are read without it. */
import { fold, type Key, normals } from '@sketch-rnn/data';

/** From 64 x 64 x 1 down to 4 x 4 x 256: some 33 million multiplications a drawing. */
export const LAYERS = [
  { name: 'layer1', size: 5, stride: 2, from: 1, to: 32 },
  { name: 'layer2', size: 3, stride: 2, from: 32, to: 48 },
  { name: 'layer3', size: 3, stride: 1, from: 48, to: 48 },
  { name: 'layer4', size: 3, stride: 2, from: 48, to: 96 },
  { name: 'layer5', size: 3, stride: 1, from: 96, to: 96 },
  { name: 'layer6', size: 3, stride: 1, from: 96, to: 96 },
  { name: 'layer7', size: 3, stride: 2, from: 96, to: 192 },
  { name: 'layer8', size: 3, stride: 1, from: 192, to: 256 },
] as const;

/** Numbers that stand for a picture before it is scored. */
export const FEATURES = 256;

/**
 * Standard deviation of weights before the first step. Standardised ones act the same at any scale, but a step of Adam, whose size is
 * given, turns small ones further: at 1 hardly anything is learned in a thousand steps.
 */
const INITIAL_SPREAD = 0.04;

/** The shape of every weight. */
export function shapesOf(classes: number): Readonly<Record<string, readonly number[]>> {
  const layers = LAYERS.flatMap(({ name, size, from, to }): [string, readonly number[]][] => [
    [`${name}.weights`, [size, size, from, to]],
    [`${name}.gain`, [to]],
    [`${name}.bias`, [to]],
  ]);
  return Object.fromEntries([...layers, ['scores.weights', [FEATURES, classes]], ['scores.bias', [classes]]]);
}

/** Weights before the first step: gains 1, biases 0, scores near 0. */
export function initialWeights(classes: number, key: Key): Readonly<Record<string, Float32Array>> {
  const entries = Object.entries(shapesOf(classes)).map(([name, shape], i): [string, Float32Array] => {
    const count = shape.reduce((product, size) => product * size, 1);
    if (name.endsWith('.gain')) return [name, new Float32Array(count).fill(1)];
    if (name.endsWith('.bias')) return [name, new Float32Array(count)];
    return [name, normals(fold(key, i), count).map((value) => value * INITIAL_SPREAD)];
  });
  return Object.fromEntries(entries);
}
