/** What a training is judged by. */
import { evenly, type Example, fold, jitter, scaleOffsets } from '@sketch-rnn/data';
import type { Validation } from '../evaluation/validate.ts';
import { validationKey } from './batch.ts';
import type { Plan } from './plan.ts';

/** Drawings of the validation set that are judged: enough for the third digit. */
const VALIDATION_DRAWINGS = 1000;
/** The use of the validation key that is not a drawing's. */
const JITTER_USE = 2 ** 32;

/** The drawings a training is judged by: the validation set, or where it has none those it is trained on; of many, some from all along them, as classes lie one after another. */
export function validationExamples({ data }: Pick<Plan, 'data'>): readonly Example[] {
  return evenly(data.valid.length > 0 ? data.valid : data.train, VALIDATION_DRAWINGS);
}

/** Those drawings as the model is given them. */
export function validationOf(plan: Plan): Validation {
  const examples = validationExamples(plan);
  const key = validationKey(plan.seed);
  return {
    sketches: examples.map(({ stroke3 }, i) => {
      // Judged as it is trained: by a density, not on whole numbers.
      const { jitter: noise } = plan.config;
      const judged = noise === 0 ? stroke3 : jitter(stroke3, noise, fold(fold(key, JITTER_USE), i));
      return scaleOffsets(judged, 1 / plan.scaleFactor);
    }),
    labels: examples.map(({ label }) => label),
    lossLength: plan.lossLength,
    key,
  };
}
