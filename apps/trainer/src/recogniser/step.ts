/** One step of the recogniser's training, a function of the weights and of (seed, step) alone. */
import {
  type Drawer,
  drawerOf,
  type Example,
  fold,
  fromStroke3,
  type Key,
  keyOf,
  stream,
  uniforms,
} from '@sketch-rnn/data';
import {
  logSoftmax,
  add,
  mean,
  mul,
  neg,
  sum,
  type Tensor,
  type Tensor2D,
  tensor,
  tensor2d,
  tidy,
  valueAndGrads,
} from '@tensorflow/tfjs-core';
import { distort } from './distort.ts';
import { FEATURES } from './layers.ts';
import { featuresOf, scoresOf, type Weights } from './network.ts';
import { rasterise, SIDE } from './raster.ts';

/** Drawings a step. */
const BATCH = 64;
/** A class is drawn in proportion to (its drawings) ^ this: 35 owls would else never be seen among 11,185 cars. */
const BALANCE = 0.5;
/** Share of the target that is spread over all classes (Szegedy et al. 2016, section 7). */
const SMOOTHING = 0.1;
/** Probability that a feature is left out. */
const DROPOUT = 0.2;
/** What of a step's key is used for. */
const USES = { draw: 0, dropout: 1, distort: 2 } as const;

/** What a training learns from. */
export interface Lessons {
  readonly examples: readonly Example[];
  readonly classes: number;
  readonly seed: number;
  readonly drawer: Drawer;
  /** Log of the share of each class among what is drawn. */
  readonly logPrior: Float32Array;
}

export function lessonsOf(examples: readonly Example[], classes: number, seed: number): Lessons {
  const counts = new Float64Array(classes);
  for (const { label } of examples) counts[label] = (counts[label] as number) + 1;
  const shares = counts.map((count) => count ** BALANCE);
  const total = shares.reduce((all, share) => all + share, 0);
  const logPrior = Float32Array.from(shares, (share) => Math.log(share / total));
  return { examples, classes, seed, drawer: drawerOf(examples, BALANCE), logPrior };
}

/** The loss of a step, nats a drawing, and its gradients, which are the caller's to dispose. */
export function lossAndGradients(
  weights: Weights,
  lessons: Lessons,
  step: number,
): { readonly loss: Tensor; readonly gradients: Weights } {
  const key = fold(keyOf(lessons.seed), step);
  const names = Object.keys(weights);
  const { value, grads } = tidy(() => {
    const { images, targets } = batchOf(lessons, key);
    const mask = dropoutMask(fold(key, USES.dropout), targets.shape[0]);
    return valueAndGrads((...values: Tensor[]) => {
      const given = Object.fromEntries(values.map((each, i) => [names[i] as string, each]));
      const scores = scoresOf(given, mul(featuresOf(given, images), mask));
      // Classes are drawn unevenly: the prior is added in training alone, so that the scores themselves favour none (Menon et al. 2021,
      // "Long-tail learning via logit adjustment", eq. 10).
      return neg(mean(sum(mul(logSoftmax(add(scores, lessons.logPrior)), targets), 1)));
    })(Object.values(weights));
  });
  return { loss: value, gradients: Object.fromEntries(grads.map((gradient, i) => [names[i] as string, gradient])) };
}

function batchOf({ examples, classes, drawer }: Lessons, key: Key): { images: Tensor2D; targets: Tensor2D } {
  const chosen = drawer.draw(fold(key, USES.draw), BATCH).map((place) => examples[place] as Example);
  const pixels = new Float32Array(BATCH * SIDE * SIDE);
  const targets = new Float32Array(BATCH * classes).fill(SMOOTHING / classes);
  const random = stream(fold(key, USES.distort));
  for (const [i, { stroke3, label }] of chosen.entries()) {
    pixels.set(rasterise(distort(fromStroke3(stroke3), random)), i * SIDE * SIDE);
    targets[i * classes + label] = 1 - SMOOTHING + SMOOTHING / classes;
  }
  return { images: tensor2d(pixels, [BATCH, SIDE * SIDE]), targets: tensor2d(targets, [BATCH, classes]) };
}

/** 0 for what is left out, and what makes up for it for the rest: `[n, FEATURES]`. */
function dropoutMask(key: Key, n: number): Tensor2D {
  const kept = uniforms(key, n * FEATURES).map((uniform) => (uniform < DROPOUT ? 0 : 1 / (1 - DROPOUT)));
  return tensor(kept, [n, FEATURES]);
}
