import type { Model } from '@sketch-rnn/core';
import type { Training } from './loop.ts';
import type { Plan } from './plan.ts';

/** Makes the model file of a training from weights. */
export function modelMaker(plan: Plan, origin: Pick<Model, 'data' | 'revision'>): Training['modelOf'] {
  return (parameters, { step }, found) => ({
    config: plan.model,
    parameters,
    scaleFactor: plan.scaleFactor,
    lossLength: plan.lossLength,
    classes: plan.data.classes,
    temperatureForm: 'paper',
    ...origin,
    step,
    ...(found && { metrics: { ...found.valid } }),
    ...(found?.latents && { latents: found.latents }),
  });
}
