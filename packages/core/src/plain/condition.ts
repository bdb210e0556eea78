import { conditionSize, hasLatentFlag } from '../parameters.ts';
import type { PlainModel } from './model.ts';
import { rowAt } from './packed.ts';
import type { Floats } from './precision.ts';

/** What a sketch is decoded from. */
export interface SketchCondition {
  /** `[Z]`; absent in unconditional models, and where a sketch has no latent. */
  readonly z?: Floats | undefined;
  /** Class number; 0 where the model has one class. */
  readonly class?: number | undefined;
}

/** `[z | hasLatent | class embedding]`, `[condition]`: zeros where there is no z, parts the model does not have left out. */
export function conditionOf(model: PlainModel, { z, class: number = 0 }: SketchCondition): Floats {
  const { config, precision: Precision } = model;
  const condition = new Precision(conditionSize(config));
  let at = 0;
  if (config.conditional) {
    if (z) condition.set(z, at);
    at += config.latentSize;
  }
  if (hasLatentFlag(config)) condition[at++] = z ? 1 : 0;
  if (model.classes) condition.set(rowAt(model.classes, number, config.classEmbedding), at);
  return condition;
}
