import { type Engine, type Model, usualLatents } from '@sketch-rnn/core';
import { type Example, fromStroke3 } from '@sketch-rnn/data';
import { sheet } from '@sketch-rnn/render';
import { drawSketches } from '../draw.ts';
import { encodeSketches } from '../encode.ts';

/** Drawings on a sheet of samples, and of reconstructions. */
const SAMPLES = 16;
const RECONSTRUCTIONS = 8;
/** Low enough that a young model's drawings hold together, high enough that they differ. */
const TEMPERATURE = 0.4;

/** What draws the sheets of a run. */
export interface Drawer {
  readonly engine: Engine;
  /** The weights the engine holds, and what must be known to use them. */
  readonly model: Model;
  readonly signal: AbortSignal;
}

/** New drawings, the classes in turn. */
export async function sampleSheet({ engine, model, signal }: Drawer): Promise<string> {
  const seeds = Array.from({ length: SAMPLES }, (_, i) => i + 1);
  const labels = seeds.map((_, i) => i % model.classes.length);
  const z = usualLatents(model, { seeds, labels, goesOn: false });
  const drawn = await drawSketches(engine, model, { seeds, labels, z, temperature: TEMPERATURE, signal });
  const captions = model.classes.length > 1;
  return sheet(
    drawn.map(({ stroke3 }, i) => ({
      sketch: fromStroke3(stroke3),
      ...(captions && { caption: model.classes[labels[i] as number] as string }),
    })),
  );
}

/** Drawings the model has not learned from, beside what it makes of them. */
export async function reconstructionSheet(
  { engine, model, signal }: Drawer,
  examples: readonly Example[],
): Promise<string> {
  const chosen = examples.slice(0, RECONSTRUCTIONS);
  const z = await encodeSketches(
    engine,
    model,
    chosen.map(({ stroke3 }) => stroke3),
  );
  const drawn = await drawSketches(engine, model, {
    seeds: chosen.map((_, i) => i + 1),
    labels: chosen.map(({ label }) => label),
    z,
    temperature: TEMPERATURE,
    signal,
  });
  const cells = chosen.flatMap(({ stroke3 }, i) => [
    { sketch: fromStroke3(stroke3), caption: 'given' },
    { sketch: fromStroke3(drawn[i]?.stroke3 ?? stroke3), caption: 'drawn again' },
  ]);
  return sheet(cells, { columns: 4 });
}
