import { type Config, hasLatentFlag, klWeightAt, learningRateAt, type TrainingStep } from '@sketch-rnn/core';
import {
  augment,
  bits,
  type Example,
  fold,
  jitter,
  type Key,
  keyOf,
  normals,
  pack,
  scaleOffsets,
  stream,
  type Stroke3,
  turn,
  uniforms,
} from '@sketch-rnn/data';
import type { Plan } from './plan.ts';

/** Uses of the seed of a training. */
const USE = { steps: 1, validation: 2 } as const;

/** Uses of the key of a step. */
const STEP_USE = { draw: 0, augmentation: 1, epsilon: 2, latentDropout: 3, dropout: 4, turning: 5, jitter: 6 } as const;

/** The key that validation draws z with. */
export function validationKey(seed: number) {
  return fold(keyOf(seed), USE.validation);
}

/** What the engine is given at a step, a function of (seed, step) alone: resuming needs no replay. */
export function trainingStepAt(plan: Plan, step: number): TrainingStep {
  const { config, model, data, scaleFactor, lossLength } = plan;
  const key = fold(fold(keyOf(plan.seed), USE.steps), step);
  const use = (which: keyof typeof STEP_USE) => fold(key, STEP_USE[which]);

  const places = drawLikeLength(plan, use('draw'));
  const drawn = places.map((place) => data.train[place] as Example);
  const batch = pack(
    drawn.map(({ stroke3 }, i) =>
      scaleOffsets(
        varied(stroke3, config, (which) => fold(use(which), i)),
        1 / scaleFactor,
      ),
    ),
    config.loss === 'reference' ? { padTo: lossLength } : {},
  );
  const count = places.length;
  const [low, high] = bits(use('dropout'), 2) as unknown as [number, number];
  return {
    batch,
    ...(model.conditional && { epsilon: normals(use('epsilon'), count * model.latentSize) }),
    ...(hasLatentFlag(model) && {
      hasLatent: Uint8Array.from(uniforms(use('latentDropout'), count), (u) => (u < config.latentDropout ? 0 : 1)),
    }),
    ...(model.classes > 1 && { classes: batch.order.map((place) => (drawn[place] as Example).label) }),
    lossLength,
    offsetLoss: config.loss,
    klWeight: klWeightAt(config, step),
    klTolerance: config.klTolerance,
    learningRate: learningRateAt(config, step),
    gradientClip: config.gradientClip,
    dropout: {
      recurrentDropout: config.recurrentDropout,
      inputDropout: config.inputDropout,
      outputDropout: config.outputDropout,
      // 53 bits: a safe integer.
      seed: high * 2 ** 21 + (low >>> 11),
    },
  };
}

/** A drawing as it might have been drawn, in its own units. */
function varied(
  stroke3: Stroke3,
  { scaleAugmentation: scale, pointDropping, turning, jitter: noise }: Config,
  keyFor: (use: 'augmentation' | 'turning' | 'jitter') => Key,
): Stroke3 {
  const augmented = augment(stroke3, { scale, pointDropping }, stream(keyFor('augmentation')));
  const [angle] = uniforms(keyFor('turning'), 1) as unknown as [number];
  const turned = turning === 0 ? augmented : turn(augmented, (2 * angle - 1) * turning);
  return noise === 0 ? turned : jitter(turned, noise, keyFor('jitter'));
}

/**
 * Places of a batch in the training set: of `lengthWindow` batches drawn at random and sorted by length, any one.
 *
 * Every drawing is as likely as without the window, so the gradient has the same mean.
 */
function drawLikeLength({ config, data, drawer }: Plan, key: Key): number[] {
  const { batchSize, lengthWindow } = config;
  const places = drawer.draw(fold(key, 0), batchSize * lengthWindow);
  if (lengthWindow === 1) return places;
  const rows = (place: number): number => (data.train[place] as Example).stroke3.length;
  const sorted = places.toSorted((a, b) => rows(a) - rows(b));
  const [chosen] = uniforms(fold(key, 1), 1) as unknown as [number];
  const from = Math.floor(chosen * lengthWindow) * batchSize;
  return sorted.slice(from, from + batchSize);
}
