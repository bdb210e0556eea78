import type { Engine, Model } from '@sketch-rnn/core';
import type { Stroke3 } from '@sketch-rnn/data';
import { drawSketches } from '../draw.ts';
import { encodeSketches } from '../encode.ts';
import type { JudgedDrawing } from './drawings.ts';
import { groupBy } from '../group.ts';

/** A drawing, and what the model draws from what it makes of it. */
export interface Reconstruction {
  readonly className: string;
  readonly original: Stroke3;
  readonly redrawn: Stroke3;
}

/** Drawings of each class that are drawn again. */
const OF_EACH = 4;

/** Draws the first judged drawings of each class again, from the mean of their posterior; none in a decoder alone. */
export async function reconstructions(
  engine: Engine,
  model: Model,
  {
    drawings,
    temperature,
    seed,
    signal,
  }: {
    readonly drawings: readonly JudgedDrawing[];
    readonly temperature: number;
    readonly seed: number;
    readonly signal: AbortSignal;
  },
): Promise<Reconstruction[]> {
  if (!model.config.conditional) return [];
  const chosen = [...groupBy(drawings, ({ label }) => label).values()].flatMap((members) => members.slice(0, OF_EACH));
  const z = await encodeSketches(
    engine,
    model,
    chosen.map(({ stroke3 }) => stroke3),
  );
  const drawn = await drawSketches(engine, model, {
    seeds: chosen.map((_, i) => seed + i),
    labels: chosen.map(({ label }) => label),
    z,
    temperature,
    signal,
  });
  return chosen.map(({ label, stroke3 }, i) => ({
    className: model.classes[label] as string,
    original: stroke3,
    redrawn: drawn[i]?.stroke3 ?? stroke3,
  }));
}
