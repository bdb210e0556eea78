import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseEngine } from '@sketch-rnn/backend';
import {
  type Config,
  configFrom,
  type Engine,
  initialise,
  type Model,
  type Parameters,
  readModel,
  type StepCosts,
} from '@sketch-rnn/core';
import { demoDrawings, gather } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { loadLatest } from '../run/checkpoints.ts';
import { openRun } from '../run/folder.ts';
import { openJournal } from '../run/journal.ts';
import { workFolder } from '../testing/command-line.ts';
import '../testing/engines.ts';
import { train, type Training } from './loop.ts';
import { planOf } from './plan.ts';

/** A step that came to nothing. */
const BAD: StepCosts = { total: NaN, reconstruction: NaN, offset: NaN, pen: NaN, kl: 0, applied: false };

/** A small training on a real engine, whose steps `bad` says come to nothing. */
async function training(
  bad: (step: number) => boolean,
  settings: Partial<Config> = {},
): Promise<{ run: Training; said: string[]; engine: Engine }> {
  async function* owls() {
    yield* demoDrawings('owl', 30);
  }
  const data = await gather([{ fallbackClass: 'owl', drawings: owls() }], 250);
  const plan = planOf({ config: configFrom('tiny', { batchSize: 2, ...settings }), seed: 1 }, data);
  const real = (await chooseEngine('wasm')).create({ config: plan.model, parameters: initialise(plan.model, 1) });
  let taken = 0;
  const engine: Engine = { ...real, trainStep: async (step) => (bad(taken++) ? BAD : real.trainStep(step)) };
  const folder = join(await workFolder(), 'run');
  const run = await openRun(folder, { resume: false });
  const said: string[] = [];
  return {
    engine,
    said,
    run: {
      plan,
      engine,
      run,
      journal: await openJournal(run),
      progress: { update() {}, log: (line) => void said.push(line), stop() {} },
      goal: { steps: 14 },
      evaluateEvery: 100,
      signal: new AbortController().signal,
      start: { step: 0, seconds: 0, skippedSteps: 0 },
      now: () => performance.now() / 1000,
      modelOf: (parameters) => ({
        config: plan.model,
        parameters,
        scaleFactor: plan.scaleFactor,
        lossLength: plan.lossLength,
        classes: data.classes,
        temperatureForm: 'paper',
      }),
      constants: { training: plan.config, seed: 1, sources: ['demo:owl'], engine: engine.name },
      resumeLine: () => 'train --resume',
      show: async () => {},
    },
  };
}

describe('steps that are not finite', () => {
  test('are skipped and counted', async () => {
    const { run, engine } = await training((step) => step === 2 || (step > 4 && step < 14));
    const position = await train(run);
    expect(position).toMatchObject({ step: 14, skippedSteps: 10 });
    const [first, ...rest] = run.journal.records;
    expect(first).toMatchObject({ kind: 'step', step: 10, skipped: 6 });
    expect(rest).toHaveLength(1);
    engine.dispose();
  });

  test('ten in a row stop the run, its last good weights saved', async () => {
    const { run, engine } = await training((step) => step >= 3);
    await expect(train(run)).rejects.toThrow(
      /step 13: expected finite costs and gradients, got 10 steps in a row without/,
    );
    const latest = await loadLatest(run.run.folder, () => {});
    expect(latest).toMatchObject({ step: 13, skippedSteps: 10, optimiser: { step: 3 } });
    expect(latest.model.parameters).toEqual(await engine.parameters());
    engine.dispose();
  });
});

describe('a run', () => {
  test('can be resumed from its first step on', async () => {
    const { run, engine } = await training(() => false);
    await train({ ...run, signal: AbortSignal.abort() });
    expect(await readdir(run.run.checkpoints)).toEqual(['step-000000000.safetensors']);
    engine.dispose();
  });

  test.for(['log', 'reference'] as const)(
    'counts the points of its drawings, not what batches are filled up with: loss=%s',
    async (loss) => {
      const { run, engine } = await training(() => false, { loss });
      // A step takes a second.
      let seconds = 0;
      let points = 0;
      const counted: Engine = {
        ...engine,
        trainStep: (step) => {
          seconds++;
          for (const length of step.batch.lengths) points += length;
          return engine.trainStep(step);
        },
      };
      await train({ ...run, engine: counted, goal: { steps: 10 }, now: () => seconds });
      expect(run.journal.records[0]).toMatchObject({ kind: 'step', step: 10, pointsPerSecond: points / 10 });
      engine.dispose();
    },
  );

  test('whose validation is no number any more stops before that is saved', async () => {
    const { run, engine } = await training(() => false);
    let steps = 0;
    const diverging: Engine = {
      ...engine,
      trainStep: (step) => engine.trainStep(step).finally(() => steps++),
      async score(request) {
        const { offset, pen } = await engine.score(request);
        return { offset: steps < 12 ? offset : offset.fill(NaN), pen };
      },
    };
    await expect(train({ ...run, engine: diverging, evaluateEvery: 4 })).rejects.toThrow(
      'step 12: expected finite validation costs, got NaN - the training has diverged',
    );
    expect((await loadLatest(run.run.folder, () => {})).step).toBe(8);
    engine.dispose();
  });

  test('judges, keeps and shows the average of its weights, and goes on from its weights and that average', async () => {
    const { run, engine } = await training(() => false, { averagedSteps: 1000 });
    const looks: Parameters[] = [];
    const shown: Parameters[] = [];
    const watching: Engine = {
      ...engine,
      trainStep: async (step) => {
        const costs = await engine.trainStep(step);
        looks.push(await engine.parameters());
        return costs;
      },
    };
    const show = async ({ parameters }: Model): Promise<void> => void shown.push(parameters, await engine.parameters());
    await train({ ...run, engine: watching, goal: { steps: 20 }, evaluateEvery: 20, show });
    const [tenth, twentieth] = [looks[9] ?? {}, looks[19] ?? {}];
    for (const parameters of shown) {
      for (const [name, values] of Object.entries(parameters)) {
        for (const [i, value] of values.entries()) {
          expect(value).toBeCloseTo(((tenth[name]?.[i] as number) + (twentieth[name]?.[i] as number)) / 2, 6);
        }
      }
    }
    expect(await engine.parameters()).toEqual(twentieth);
    const { model, average } = await loadLatest(run.run.folder, () => {});
    expect(model.parameters).toEqual(twentieth);
    expect(average).toEqual({ looks: 2, parameters: shown[0] });
    expect(readModel(await readFile(run.run.model), 'best').parameters).toEqual(shown[0]);
    engine.dispose();
  });

  test('knows its best model by reconstruction + final KL weight x floored KL', async () => {
    const { run, engine } = await training(() => false);
    const { best } = await train({ ...run, evaluateEvery: 5 });
    const evaluations = run.journal.records.filter((record) => record.kind === 'evaluation');
    expect(evaluations.map(({ step }) => step)).toEqual([5, 10, 14]);
    const { klWeight, klTolerance } = run.plan.config;
    const yardsticks = evaluations.map(
      ({ valid }) => valid.reconstruction + klWeight * Math.max(valid.kl, klTolerance),
    );
    expect(evaluations.map(({ valid }) => valid.yardstick)).toEqual(yardsticks);
    expect(best?.cost).toBe(Math.min(...yardsticks));
    engine.dispose();
  });
});
