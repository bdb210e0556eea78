/** The worker of `browser.mjs`: how many rows of Magenta's model are drawn a second, in a page's worker. */
import { openEngine } from '@sketch-rnn/backend/browser';
import { configFrom, initialise, modelConfigOf } from '@sketch-rnn/core';
import { keyOf, normals } from '@sketch-rnn/data';

/** Sketches drawn at once. */
const COUNTS = [1, 64];

/** Rows a sketch: none ends before. */
const ROWS = 250;

/** Seconds that each number of sketches is drawn for, after a first time that is not counted. */
const SECONDS = 3;

/** Logit of the end of a sketch that never comes. */
const NEVER = -30;

const config = modelConfigOf(configFrom('magenta'), 1);
const parameters = initialise(config, 1);
const bias = Float32Array.from(parameters['output.bias'] as Float32Array);
bias[2] = NEVER;
const { engine, uses, why } = await openEngine({ config, parameters: { ...parameters, 'output.bias': bias } });
const samplingStepsPerSecond: Record<number, number> = {};
for (const count of COUNTS) samplingStepsPerSecond[count] = await rowsPerSecond(count);

const scope = globalThis as unknown as { postMessage(report: object): void };
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows
scope.postMessage({ uses, why, samplingStepsPerSecond });

async function rowsPerSecond(count: number): Promise<number> {
  const request = {
    count,
    condition: { z: normals(keyOf(3), count * config.latentSize) },
    temperature: 0.5,
    maxLength: ROWS,
    seeds: Array.from({ length: count }, (_, seed) => seed),
  };
  await engine.sample(request);
  let drawn = 0;
  const begun = performance.now();
  while (performance.now() - begun < 1000 * SECONDS) {
    await engine.sample(request);
    drawn += count * ROWS;
  }
  return (1000 * drawn) / (performance.now() - begun);
}
