/** How fast an engine draws, in Node and in a page alike. */
import { type Engine, initialise, type ModelConfig, type Parameters } from '@sketch-rnn/core';
import { keyOf, normals } from '@sketch-rnn/data';
import { MAX_POINTS } from './workload.ts';

/** Seconds that each number of sketches is drawn for. */
const SAMPLING_SECONDS = 2;

/** Logit of the end of a sketch that never comes. */
const NEVER = -30;

/** Fresh weights of a model whose sketches never end: every sample is as long as it may be. */
export function endlessWeights(config: ModelConfig): Parameters {
  const parameters = initialise(config, 1);
  const bias = Float32Array.from(parameters['output.bias'] as Float32Array);
  bias[2] = NEVER;
  return { ...parameters, 'output.bias': bias };
}

/** Rows drawn a second, of so many sketches at once. */
export async function samplingSpeed(engine: Engine, count: number): Promise<number> {
  const { conditional, classes, latentSize } = engine.config;
  const seeds = Array.from({ length: count }, (_, seed) => seed);
  const request = {
    count,
    condition: {
      ...(conditional && { z: normals(keyOf(3), count * latentSize) }),
      ...(classes > 1 && { classes: new Int32Array(count) }),
    },
    temperature: 0.5,
    maxLength: MAX_POINTS,
    seeds,
  };
  let [rows, elapsed] = [0, 0];
  for (let k = 0; elapsed < SAMPLING_SECONDS; k++) {
    const begun = performance.now();
    const drawn = await engine.sample(request);
    if (k === 0) continue;
    elapsed += (performance.now() - begun) / 1000;
    for (const { stroke3 } of drawn) rows += stroke3.length / 3;
  }
  return rows / elapsed;
}
