import { type ClassLatents, type Engine, latentStatistics } from '@sketch-rnn/core';
import { evenly, scaleOffsets } from '@sketch-rnn/data';
import { groupBy } from '../group.ts';
import { posteriorOf } from '../evaluation/posterior.ts';
import type { Plan } from './plan.ts';

/** Drawings of a class that are encoded: enough for a mean and a deviation of each dimension. */
const ENCODED = 32;

/** What the latent vectors of the drawings of each class are like, of some from all along those it is trained on. */
export async function latentsByClass(
  engine: Engine,
  { data, scaleFactor, model }: Pick<Plan, 'data' | 'scaleFactor' | 'model'>,
): Promise<ClassLatents> {
  const size = model.latentSize;
  // A class without drawings, which a tuned model may have, is drawn from the prior.
  const latents = {
    mean: new Float32Array(data.classes.length * size),
    deviation: new Float32Array(data.classes.length * size).fill(1),
  };
  const trainedOn = groupBy(data.train, ({ label }) => label);
  const byLabel = data.classes.map((_, label) => evenly(trainedOn.get(label) ?? [], ENCODED));
  // All at once: batches of like length are then full ones.
  const { mean, logVariance } = await posteriorOf(
    engine,
    byLabel.flat().map(({ stroke3 }) => scaleOffsets(stroke3, 1 / scaleFactor)),
  );
  let from = 0;
  for (const [label, examples] of byLabel.entries()) {
    if (examples.length === 0) continue;
    const to = from + examples.length * size;
    const found = latentStatistics(
      { mean: mean.subarray(from, to), logVariance: logVariance.subarray(from, to) },
      size,
    );
    latents.mean.set(found.mean, label * size);
    latents.deviation.set(found.deviation, label * size);
    from = to;
  }
  return latents;
}
