import { readFileSync } from 'node:fs';
import { createFusedEngine, createLoopsDevice } from '@sketch-rnn/backend';
import {
  type EngineStart,
  initialise,
  modelConfigOf,
  presets,
  readMagentaJs,
  type SampledRows,
} from '@sketch-rnn/core';
import { keyOf, normals } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { worst } from './closeness.ts';
import { engines, open } from './engines.ts';
import { hasShared, shared } from './shared.ts';

const SEEDS = Array.from({ length: 100 }, (_, seed) => seed);
const STEPS = 50;

/** Fresh weights that hardly ever end a sketch. */
function untrained(): EngineStart {
  const config = modelConfigOf(presets.tiny, 1);
  const parameters = initialise(config, 3);
  const bias = Float32Array.from(parameters['output.bias'] ?? []);
  bias[2] = -6;
  return { config, parameters: { ...parameters, 'output.bias': bias } };
}

/** Magenta's published birds: 512 units, needle-thin mixtures. */
function birds(): EngineStart {
  const file = shared('models', 'magenta', 'bird.gen.json');
  return readMagentaJs(readFileSync(file), file);
}

async function draw(create: (start: EngineStart) => ReturnType<typeof createFusedEngine>, start: EngineStart) {
  const engine = create(start);
  const { conditional, latentSize } = start.config;
  const drawn = await engine.sample({
    count: SEEDS.length,
    condition: conditional ? { z: normals(keyOf(8), SEEDS.length * latentSize) } : {},
    temperature: 0.4,
    maxLength: STEPS,
    seeds: SEEDS,
  });
  engine.dispose();
  return drawn;
}

/** How many seeds gave the same sketch. */
function same(found: readonly SampledRows[], expected: readonly SampledRows[]): number {
  return expected.filter(
    ({ stroke3, ended }, i) => found[i]?.ended === ended && worst(found[i].stroke3, stroke3) < 1e-3,
  ).length;
}

describe.for(engines.filter(({ name }) => name !== 'loops'))('$name draws what loops draw', ({ name, runs }) => {
  test.skipIf(!runs)('from 99 of 100 seeds at least: a draw on the edge may fall the other way', async () => {
    const { create } = await open(name);
    const expected = await draw((start) => createFusedEngine(createLoopsDevice(), start), untrained());
    expect(same(await draw(create, untrained()), expected)).toBeGreaterThanOrEqual(99);
    // Sketches that end at once would prove little.
    expect(expected.filter(({ stroke3 }) => stroke3.length > 3 * 40).length).toBeGreaterThan(80);
  });
});

const tensorflow = engines.find(({ name }) => name === 'tensorflow');

// Loops take minutes for it.
test.skipIf(!hasShared || !tensorflow?.runs)('tensorflow and wasm draw the same birds', async () => {
  const [found, expected] = [
    await draw((await open('tensorflow')).create, birds()),
    await draw((await open('wasm')).create, birds()),
  ];
  expect(same(found, expected)).toBeGreaterThanOrEqual(99);
});
