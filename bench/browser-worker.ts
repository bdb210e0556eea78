/** The worker of `browser.mjs`: how many rows of Magenta's model are drawn a second, in a page's worker. */
import { openEngine } from '@sketch-rnn/backend/browser';
import { configFrom, modelConfigOf } from '@sketch-rnn/core';
import { endlessWeights, samplingSpeed } from '../apps/trainer/src/bench/sampling.ts';

/** Sketches drawn at once. */
const COUNTS = [1, 64];

const config = modelConfigOf(configFrom('magenta'), 1);
const { engine, uses, why } = await openEngine({ config, parameters: endlessWeights(config) });
const samplingStepsPerSecond: Record<number, number> = {};
for (const count of COUNTS) samplingStepsPerSecond[count] = await samplingSpeed(engine, count);

const scope = globalThis as unknown as { postMessage(report: object): void };
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows
scope.postMessage({ uses, why, samplingStepsPerSecond });
