/** How far an engine is from the plain model, one figure a check. */
import type { Engine, EngineStart, Parameters, SampledRows, TrainingStep } from '@sketch-rnn/core';
import type { Expected } from './expected.ts';

/** What is checked, in the order of the report. */
export const checkNames = ['costs', 'probabilities', 'encoder', 'gradients', 'optimiser', 'sketches'] as const;

export type CheckName = (typeof checkNames)[number];

/** What an engine was found to be off by, and where the most. */
export interface Deviation {
  readonly error: number;
  /** A parameter, or a part of the answer. */
  readonly at?: string;
}

/** Model units within which two sketches are the same. */
const SAME = 1e-2;

/** Adam's (Kingma & Ba 2015), as Magenta leaves it. */
const [SECOND_DECAY, EPSILON] = [0.999, 1e-8];

/** Asks an engine for everything that the plain model has answered; the engine starts with the weights of `start`. */
export async function deviations(
  engine: Engine,
  { start, step, expected }: { start: EngineStart; step: TrainingStep; expected: Expected },
): Promise<Record<CheckName, Deviation>> {
  const { condition, request } = expected;
  const scores = await engine.score({ batch: step.batch, condition });
  const posterior = await engine.encode(step.batch);
  const drawn = await engine.sample(request);
  const { costs, gradients } = await engine.gradients(step);
  const gradientsError = slopeError(gradients, expected);
  await engine.trainStep(step);
  const moved = await engine.parameters();
  return {
    costs: farthest(costs, expected.costs),
    probabilities: farthest(scores, expected.scores),
    encoder: farthest(posterior, expected.posterior),
    gradients: gradientsError,
    optimiser: updateError({ before: start.parameters, after: moved, gradients }, step),
    sketches: sketchError(drawn, expected.drawn),
  };
}

/** The largest error of some named numbers, absolute below 1 and relative above. */
function farthest(found: object, expected: object): Deviation {
  return largest(
    Object.entries(expected).map(([at, values]) => {
      const actual = numbersOf((found as Record<string, number | ArrayLike<number>>)[at]);
      const wanted = numbersOf(values as number | ArrayLike<number>);
      const errors = wanted.map(
        (value, i) => Math.abs((actual[i] ?? Number.NaN) - value) / Math.max(1, Math.abs(value)),
      );
      return { at, error: actual.length === wanted.length ? highest(errors) : Number.NaN };
    }),
  );
}

/**
 * Each gradient along its direction beside the slope there, relative to the gradient's length. Of an error that has n numbers, a
 * direction with mixed signs sees the n-th part's root.
 */
function slopeError(gradients: Parameters, { slopes }: Expected): Deviation {
  return largest(
    slopes.map(({ parameter, direction, value }) => {
      const gradient = gradients[parameter] ?? new Float32Array();
      const along = direction.reduce((sum, d, i) => sum + d * (gradient[i] ?? Number.NaN), 0);
      return { at: parameter, error: (Math.abs(along - value) * Math.sqrt(direction.length)) / lengthOf(gradient) };
    }),
  );
}

/** Adam's first step is rate x g / (|g| + epsilon / sqrt(1 - decay)), g the clipped gradient: how far the weights are from there. */
function updateError(
  { before, after, gradients }: { before: Parameters; after: Parameters; gradients: Parameters },
  { learningRate, gradientClip }: TrainingStep,
): Deviation {
  const floor = EPSILON / Math.sqrt(1 - SECOND_DECAY);
  return largest(
    Object.entries(before).map(([at, values]) => {
      const steps = Array.from(gradients[at] ?? [], (g) => {
        const clipped = Math.min(gradientClip, Math.max(-gradientClip, g));
        return (learningRate * clipped) / (Math.abs(clipped) + floor);
      });
      const errors = Array.from(
        values,
        (value, i) => (after[at]?.[i] ?? Number.NaN) - (value - (steps[i] ?? Number.NaN)),
      );
      return { at, error: lengthOf(errors) / lengthOf(steps) };
    }),
  );
}

/** The share of sketches that came out differently. */
function sketchError(found: readonly SampledRows[], expected: readonly Float32Array[]): Deviation {
  const same = expected.filter((rows, i) => {
    const actual = found[i]?.stroke3;
    return actual?.length === rows.length && rows.every((value, k) => Math.abs(value - (actual[k] as number)) < SAME);
  });
  return { error: 1 - same.length / expected.length };
}

/** The largest of several; what is not a number is larger than any. */
export function largest(all: readonly Deviation[]): Deviation {
  return all.reduce((most, one) => (most.error >= one.error || Number.isNaN(most.error) ? most : one), { error: 0 });
}

function highest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function numbersOf(values: number | ArrayLike<number> | undefined): number[] {
  if (values === undefined) return [];
  return typeof values === 'number' ? [values] : Array.from(values);
}

function lengthOf(values: ArrayLike<number>): number {
  return Math.sqrt(Array.from(values).reduce((sum, value) => sum + value ** 2, 0));
}
