import type { ModelConfig } from '../config.ts';
import { ModelError } from '../error.ts';

/**
 * Refuses a model whose decoder is told more than z: Magenta's is told nothing else.
 *
 * @param form what cannot hold it, for the error
 */
export function checkMagentaCondition(config: ModelConfig, form: string): void {
  if (config.classes > 1) {
    throw new ModelError(`${form}: expected a model of one class, got ${config.classes} - train on one class alone`);
  }
  if (config.latentDropout > 0) {
    throw new ModelError(
      `${form}: expected latentDropout 0, got ${config.latentDropout} - the flag "has z" has no place there: train with latentDropout 0`,
    );
  }
}
