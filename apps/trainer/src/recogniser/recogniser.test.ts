import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lookAround } from '@sketch-rnn/backend';
import { type DataSet, drawDemo, type Example, keyOf, normals, toStroke3 } from '@sketch-rnn/data';
import { writeDrawings } from '@sketch-rnn/data/node';
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { typed, workFolder } from '../testing/command-line.ts';
import { type TrainingState, writeNetwork } from './files.ts';
import { initialWeights } from './layers.ts';
import { loadRecogniser, useTensorFlow } from './recogniser.ts';
import { type RecogniserTraining, trainRecogniser } from './train.ts';

const runs = (await lookAround()).some(({ engine, availability }) => engine === 'tensorflow' && availability.runs);

const owls = Array.from({ length: 140 }, (_, i) => toStroke3(drawDemo('owl', i)));

describe.skipIf(!runs)('a recogniser from its file', () => {
  async function load() {
    const path = join(await workFolder(), 'recogniser.safetensors');
    const weights = { ...initialWeights(3, keyOf(1)), 'scores.weights': normals(keyOf(2), 256 * 3) };
    await writeFile(path, writeNetwork({ classes: ['a', 'b', 'c'], data: 'none', step: 0, weights }));
    return loadRecogniser(path);
  }

  test('gives log probabilities of its classes, and lets go of what it took', async () => {
    await useTensorFlow();
    const begin = memory().numTensors;
    const recogniser = await load();
    const answers = await recogniser.name(owls.slice(0, 5));
    expect(recogniser.classes).toEqual(['a', 'b', 'c']);
    expect(answers).toHaveLength(15);
    for (let i = 0; i < 15; i += 3) {
      expect(answers.slice(i, i + 3).reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 5);
    }
    recogniser.dispose();
    expect(memory().numTensors).toBe(begin);
  });

  test('says the same of a drawing alone as among many, and nothing of none', async () => {
    const recogniser = await load();
    const together = await recogniser.name(owls);
    for (const i of [0, 127, 128, 139]) {
      const alone = await recogniser.name([owls[i] as Float32Array]);
      for (const [k, log] of alone.entries()) expect(together[3 * i + k]).toBeCloseTo(log, 4);
    }
    expect(await recogniser.name([])).toHaveLength(0);
    recogniser.dispose();
  });
});

describe.skipIf(!runs)('training', () => {
  const examples = (from: number, count: number): Example[] =>
    Array.from({ length: count }, (_, i) => [
      { label: 0, stroke3: toStroke3(drawDemo('owl', from + i)) },
      { label: 1, stroke3: toStroke3(drawDemo('pig', from + i)) },
    ]).flat();
  const data: DataSet = {
    train: examples(0, 40),
    valid: examples(1000, 20),
    test: examples(2000, 20),
    classes: ['owl', 'pig'],
    tooLong: 0,
    repeated: 0,
    longest: 250,
  };

  async function train(changes: Partial<RecogniserTraining>) {
    const saved: TrainingState[] = [];
    const losses: number[] = [];
    const result = await trainRecogniser({
      data,
      source: 'demo',
      steps: 4,
      start: { seed: 1 },
      signal: new AbortController().signal,
      onStep: (_, loss) => losses.push(loss),
      onEvaluation: () => {},
      save: async (state) => void saved.push(state),
      ...changes,
    });
    return { result, losses, state: saved.at(-1) as TrainingState };
  }

  test('tells owls from pigs that it has not seen', { timeout: 120_000 }, async () => {
    await useTensorFlow();
    const { result } = await train({ steps: 20 });
    expect(result.test.drawings).toBe(40);
    expect(result.test.top1).toBeGreaterThan(0.8);
  });

  test('that was stopped goes on as if it had not been', { timeout: 120_000 }, async () => {
    await useTensorFlow();
    const whole = await train({});
    const control = new AbortController();
    const saved: TrainingState[] = [];
    const stopped = train({
      signal: control.signal,
      onStep: (step) => step === 2 && control.abort(new Error('Ctrl-C')),
      save: async (state) => void saved.push(state),
    });
    await expect(stopped).rejects.toThrow('Ctrl-C');
    expect(saved.map(({ step }) => step)).toEqual([2]);
    const resumed = await train({ start: saved[0] as TrainingState });
    expect(resumed.state.step).toBe(4);
    expect(resumed.losses).toEqual(whole.losses.slice(2));
    for (const part of ['weights', 'first', 'second'] as const) {
      for (const [name, values] of Object.entries(whole.state[part])) {
        const got = resumed.state[part][name] as Float32Array;
        expect(Buffer.compare(Buffer.from(got.buffer), Buffer.from(values.buffer)), `${part} ${name}`).toBe(0);
      }
    }
  });
});

describe.skipIf(!runs)('on the command line', () => {
  test('it is trained, saved, and gone on with only where the classes are the same', { timeout: 120_000 }, async () => {
    const folder = await workFolder();
    await writeDrawings(
      join(folder, 'owls.ndjson'),
      owls.map((stroke3) => ({ stroke3, className: 'owl' })),
    );
    const line = 'recogniser train --out r.safetensors --steps 1 --data owls.ndjson';
    const { code, stdout, stderr } = await typed(`${line} --json`, { folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ classes: 1, step: 1, test: { top1: 1 } });
    const recogniser = await loadRecogniser(join(folder, 'r.safetensors'));
    expect(recogniser.classes).toEqual(['owl']);
    recogniser.dispose();
    await writeDrawings(
      join(folder, 'pigs.ndjson'),
      owls.map((stroke3) => ({ stroke3, className: 'pig' })),
    );
    const other = await typed('recogniser train --out r.safetensors --resume --data pigs.ndjson', { folder });
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toContain('--data: expected the classes of the training that goes on');
  });

  test('without a checkpoint there is nothing to go on with', async () => {
    const folder = await workFolder();
    const { code, stderr } = await typed('recogniser train --out r.safetensors --resume --data demo:owl', { folder });
    expect(code).toBe(1);
    expect(stderr).toContain('r.safetensors.checkpoint: expected a file, got none');
  });
});
