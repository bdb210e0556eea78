import type { Condition } from '../engine.ts';
import { ModelError } from '../error.ts';
import { conditionSize, hasLatentFlag } from '../parameters.ts';
import type { PlainModel } from './model.ts';
import { rowAt } from './packed.ts';
import type { Floats } from './precision.ts';

/** What one sketch is decoded from. */
export interface SketchCondition {
  /** `[Z]`; absent in unconditional models, and where a sketch has no latent. */
  readonly z?: Floats | undefined;
  /** Class number; absent where the model has one class. */
  readonly class?: number | undefined;
}

/**
 * `[z | hasLatent | class embedding]`, `[condition]`: zeros where there is no z, parts the model does not have left out.
 *
 * @throws ModelError where the model has classes and none of them is named
 */
export function conditionOf({ config, classes, precision: Precision }: PlainModel, from: SketchCondition): Floats {
  const condition = new Precision(conditionSize(config));
  let at = 0;
  if (config.conditional) {
    if (from.z) condition.set(from.z, at);
    at += config.latentSize;
  }
  if (hasLatentFlag(config)) condition[at++] = from.z ? 1 : 0;
  if (classes) {
    const chosen = from.class;
    if (chosen === undefined || chosen < 0 || chosen >= config.classes) {
      throw new ModelError(`condition.class: expected a number under ${config.classes}, got ${chosen ?? 'none'}`);
    }
    condition.set(rowAt(classes, chosen, config.classEmbedding), at);
  }
  return condition;
}

/** The part of a batch's condition that belongs to one sketch. */
export function sketchCondition({ config }: PlainModel, condition: Condition, sketch: number): SketchCondition {
  const { z, hasLatent, classes } = condition;
  const withLatent = config.conditional && hasLatent?.[sketch] !== 0;
  if (withLatent && !z) throw new ModelError('condition.z: expected [B, Z], got none - the model is conditional');
  return { z: withLatent && z ? rowAt(z, sketch, config.latentSize) : undefined, class: classes?.[sketch] };
}
