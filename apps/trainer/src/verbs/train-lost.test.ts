import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { TrainingStep } from '@sketch-rnn/core';
import { pack } from '@sketch-rnn/data';
import { describe, expect, test, vi } from 'vitest';
import { linkedPackage } from '../../../../packages/backend/src/tensorflow/load.ts';
import { openWebgpu } from '../../../../packages/backend/src/webgpu/gpu.ts';
import { openSoftwareGpu } from '../../../../packages/backend/src/webgpu/software.ts';
import { threads } from '../../../../packages/backend/src/workers/testing.ts';
import type { Checkpoint } from '../run/checkpoint.ts';
import { loadLatest } from '../run/checkpoints.ts';
import { typed, type Typed, workFolder } from '../testing/command-line.ts';
import { writeDemos } from '../testing/drawings.ts';
import { trainingStepAt } from '../train/batch.ts';

vi.mock(import('../train/batch.ts'), { spy: true });
vi.mock(import('../../../../packages/backend/src/webgpu/gpu.ts'), { spy: true });
vi.mock(import('node:worker_threads'), async (original) => {
  const { knowing } = await import('../../../../packages/backend/src/workers/testing.ts');
  return knowing(await original());
});
const software = await openSoftwareGpu();
/** On one core it trains without threads, and on a GPU. */
const onThreads = linkedPackage() === '@tensorflow/tfjs-node' && availableParallelism() > 1;

/** Steps in all, and those between two checkpoints; the engine is lost in the fourth. */
const [STEPS, EVERY, LOST_AFTER] = [6, 2, 3];
/** Without dropout, whose masks are each engine's own; a decoder alone, and short drawings, as a GPU in software takes its time. */
const MODEL = `--preset tiny --set conditional=false --set decoderSize=64 --set recurrentDropout=0 --evaluate-every ${EVERY}`;
const ROWS = 4;

async function drawings(): Promise<string> {
  const folder = await workFolder();
  await writeDemos(folder, 'owl', { drawnAs: 'owl', rows: ROWS });
  return folder;
}

interface Loss {
  readonly folder: string;
  readonly engine: 'tensorflow' | 'wasm' | 'webgpu';
  /** What happens to the fourth step. */
  readonly disaster: (step: TrainingStep) => TrainingStep;
}

/** Begins a training whose engine does not live to its end. */
async function lose({ folder, engine, disaster }: Loss): Promise<Typed> {
  const { trainingStepAt: real } = await vi.importActual<typeof import('../train/batch.ts')>('../train/batch.ts');
  vi.mocked(trainingStepAt).mockImplementation((plan, step) => {
    const given = real(plan, step);
    return step === LOST_AFTER ? disaster(given) : given;
  });
  try {
    return await typed(`train --data owl.ndjson ${MODEL} --engine ${engine} --steps ${STEPS} --name a`, { folder });
  } finally {
    vi.mocked(trainingStepAt).mockReset();
  }
}

/** Loses a thread when the step has been handed to the threads. */
async function loseThread(folder: string, engine: 'tensorflow' | 'wasm'): Promise<Typed> {
  const stopped = await lose({
    folder,
    engine,
    disaster(step) {
      setImmediate(() => void threads.at(-1)?.terminate());
      return step;
    },
  });
  expect(stopped).toMatchObject({ code: 1, stdout: '' });
  expect(stopped.stderr).toMatch(
    new RegExp(
      `error: after step \\d+: ${engine}: expected worker \\d+ of \\d+ to go on, got its end \\(code 1\\) - .*; step 2 is saved - go on with: `,
    ),
  );
  // Each thread alone has the moments of its slice: there is nothing newer to save.
  expect(await last(folder, 'a')).toMatchObject({ step: EVERY, optimiser: { step: EVERY } });
  return stopped;
}

function last(folder: string, name: string): Promise<Checkpoint> {
  return loadLatest(join(folder, 'runs', name), (line) => expect.fail(line));
}

/** Types the line that a training has told to go on with. */
async function goOn(folder: string, { stderr }: Typed): Promise<Checkpoint> {
  const [, line = ''] = /go on with: pnpm sketch-rnn (.*)\n/.exec(stderr) ?? [];
  expect(line).toBe(`train --resume --name a --engine wasm --steps ${STEPS}`);
  expect(await typed(`${line} --evaluate-every ${EVERY}`, { folder })).toMatchObject({ code: 0 });
  const records = (await readFile(join(folder, 'runs/a/metrics.jsonl'), 'utf8')).trim().split('\n');
  const evaluated = records.map((record) => JSON.parse(record) as { kind: string; step: number });
  expect(evaluated.filter(({ kind }) => kind === 'evaluation').map(({ step }) => step)).toEqual([2, 4, 6]);
  return last(folder, 'a');
}

/** The same training on wasm, whose engine lives. */
async function whole(folder: string): Promise<Checkpoint> {
  await typed(`train --data owl.ndjson ${MODEL} --engine wasm --steps ${STEPS} --name whole`, { folder });
  return last(folder, 'whole');
}

/** How far the weights of two trainings are from each other, as a share of what their steps may have moved them: Adam's go by the learning rate. */
function distance(one: Checkpoint, other: Checkpoint): number {
  const differences = Object.entries(one.model.parameters).flatMap(([name, values]) =>
    Array.from(values, (value, i) => value - (other.model.parameters[name]?.[i] as number)),
  );
  const square = differences.reduce((sum, difference) => sum + difference ** 2, 0) / differences.length;
  return Math.sqrt(square) / (one.training.learningRate * STEPS);
}

describe('a training whose engine is lost stops with its checkpoint and the line that goes on', () => {
  test('wasm, a thread of it ended in the middle of a step', async () => {
    const folder = await drawings();
    const stopped = await loseThread(folder, 'wasm');
    const [resumed, uninterrupted] = [await goOn(folder, stopped), await whole(folder)];
    expect(resumed.model.parameters).toEqual(uninterrupted.model.parameters);
    expect(resumed.optimiser).toEqual(uninterrupted.optimiser);
  });

  test.skipIf(!onThreads)(
    'tensorflow, a thread of it ended in the middle of a step',
    { timeout: 120_000 },
    async () => {
      const folder = await drawings();
      const stopped = await loseThread(folder, 'tensorflow');
      const [resumed, uninterrupted] = [await goOn(folder, stopped), await whole(folder)];
      expect(resumed).toMatchObject({ step: STEPS, optimiser: { step: STEPS } });
      expect(distance(resumed, uninterrupted)).toBeLessThan(0.01);
    },
  );

  describe.skipIf(!software)('webgpu', () => {
    test('its device destroyed in the middle of a step', { timeout: 120_000 }, async () => {
      const folder = await drawings();
      const stopped = await lose({
        folder,
        engine: 'webgpu',
        disaster(step) {
          const opened = vi.mocked(openWebgpu).mock.results.at(-1)?.value as ReturnType<typeof openWebgpu>;
          setImmediate(() => void opened.then(({ device }) => device.destroy()));
          return step;
        },
      });
      expect(stopped).toMatchObject({ code: 1, stdout: '' });
      expect(stopped.stderr).toMatch(/error: after step \d+: webgpu: .* lost - .*; step 2 is saved - go on with: /);
      expect(await last(folder, 'a')).toMatchObject({ step: EVERY, engine: 'webgpu (google swiftshader)' });
      const [resumed, uninterrupted] = [await goOn(folder, stopped), await whole(folder)];
      expect(resumed).toMatchObject({ step: STEPS, optimiser: { step: STEPS } });
      expect(resumed.engine).toMatch(/^wasm/);
      expect(distance(resumed, uninterrupted)).toBeLessThan(0.01);
    });

    test('asked for more memory than it has, which loses no step', { timeout: 120_000 }, async () => {
      const folder = await drawings();
      const stopped = await lose({
        folder,
        engine: 'webgpu',
        disaster(step) {
          // Four sums for each of 64 units of each row: more than 1 GiB.
          const long = new Float32Array(3 * 1100).fill(0.1);
          const batch = pack(Array.from({ length: 1000 }, () => long));
          return { ...step, batch };
        },
      });
      expect(stopped).toMatchObject({ code: 1, stdout: '' });
      expect(stopped.stderr).toMatch(
        /error: after step 3: webgpu: expected at most \d+ MiB, .* - use a smaller batchSize; step 3 is saved - go on with: /,
      );
      expect(await last(folder, 'a')).toMatchObject({ step: LOST_AFTER, optimiser: { step: LOST_AFTER } });
      const [resumed, uninterrupted] = [await goOn(folder, stopped), await whole(folder)];
      expect(resumed).toMatchObject({ step: STEPS, optimiser: { step: STEPS } });
      expect(distance(resumed, uninterrupted)).toBeLessThan(0.01);
    });
  });
});
