import { hasLatentFlag, type Model, nearest } from '@sketch-rnn/core';
import { UsageError } from './errors.ts';

/**
 * Refuses `--unconditional` where the model was never trained without z.
 *
 * @throws UsageError
 */
export function checkUnconditional({ config }: Pick<Model, 'config'>): void {
  if (!config.conditional || hasLatentFlag(config)) return;
  throw new UsageError(
    '--unconditional: expected a model that was trained without z too, got one that never was - ' +
      'leave it out, or train with --set latentDropout=0.4',
  );
}

/**
 * The place of a class in a model; a model of one class takes every name, since it is told none.
 *
 * @param name undefined: there must be one class
 * @throws UsageError with the nearest name
 */
export function labelOf({ classes }: Pick<Model, 'classes'>, name: string | undefined): number {
  if (classes.length === 1) return 0;
  const label = name === undefined ? -1 : classes.indexOf(name);
  if (label >= 0) return label;
  const found = name === undefined ? 'nothing' : `"${name}"`;
  const remedy = name === undefined ? `known: ${classes.slice(0, 40).join(', ')}` : nearest(name, classes);
  throw new UsageError(`--class: expected one of the model's ${classes.length} classes, got ${found} - ${remedy}`);
}
