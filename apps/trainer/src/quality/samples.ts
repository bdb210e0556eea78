/** What a model draws, class by class and temperature by temperature. */
import { type Engine, type Model, type SampledRows, usualLatents } from '@sketch-rnn/core';
import { drawSketches } from '../draw.ts';
import type { BeginPart } from './progress.ts';

export interface Sample extends SampledRows {
  readonly label: number;
  readonly temperature: number;
  /** `sample --class ... --seed` with it draws the same. */
  readonly seed: number;
}

export interface SamplesRequest {
  /** Classes to draw. */
  readonly labels: readonly number[];
  readonly temperatures: readonly number[];
  /** Drawings of each class at each temperature. */
  readonly perClass: number;
  /** Of the first drawing of each class. */
  readonly seed: number;
  /** Without a latent vector; else a latent model is given one such as drawings of the class have. */
  readonly unconditional: boolean;
  readonly signal: AbortSignal;
  readonly begin: BeginPart;
}

/** Draws samples: by temperature, then by class. */
export async function drawSamples(engine: Engine, model: Model, request: SamplesRequest): Promise<Sample[]> {
  const { temperatures, perClass, seed, unconditional, signal, begin } = request;
  const wanted = request.labels.flatMap((label) =>
    Array.from({ length: perClass }, (_, i) => ({ label, seed: seed + i })),
  );
  const seeds = wanted.map((each) => each.seed);
  const labels = wanted.map(({ label }) => label);
  const z = unconditional ? undefined : usualLatents(model, { seeds, labels, goesOn: false });
  const samples: Sample[] = [];
  for (const temperature of temperatures) {
    const advance = begin(`drawing at temperature ${temperature}`, wanted.length);
    let before = 0;
    const onProgress = (done: number): void => {
      advance(done - before);
      before = done;
    };
    const drawn = await drawSketches(engine, model, { seeds, labels, z, temperature, signal, onProgress });
    for (const [i, rows] of drawn.entries()) {
      samples.push({ ...rows, ...(wanted[i] as (typeof wanted)[number]), temperature });
    }
  }
  return samples;
}
