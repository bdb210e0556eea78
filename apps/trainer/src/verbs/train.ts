import { join } from 'node:path';
import type { ChosenEngine, EngineName } from '@sketch-rnn/backend';
import { type PresetName, presets } from '@sketch-rnn/core';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { loadModel } from '../model-file.ts';
import { choice, datasets, engine, flag, modelPath, number, settings, whole } from '../options.ts';
import { loadLatest } from '../run/checkpoints.ts';
import { writeDurably } from '../run/durable.ts';
import { openRun } from '../run/folder.ts';
import type { Surroundings } from '../sources.ts';
import { openProfile, profileTable } from '../train/profile.ts';
import { DEFAULT_MINUTES, trainIn } from '../train/session.ts';
import { freshName, latestRun, type Start, startAnew, startFrom, startFromModel, type Wishes } from '../train/start.ts';
import { defineVerb } from '../verb.ts';

const DEFAULT_PRESET: PresetName = 'small';

export const train = defineVerb({
  summary: 'teach a model to draw',
  details: [
    'Without --data it learns owls: those of Quick, Draw! where they can be fetched, else synthetic ones.',
    'A run lies in runs/NAME below the folder you are in: the best model (model.safetensors), report.html, samples, curves ' +
      'for TensorBoard, and checkpoints to go on from with --resume. Ctrl-C saves and stops.',
  ],
  examples: [
    'sketch-rnn train --data quickdraw:owl --minutes 30',
    'sketch-rnn train --data cats.ndjson --data dogs.ndjson --preset small --steps 20000 --set latentDropout=0.4',
    'sketch-rnn train --from catalogue --preset tuned --data my-owls.ndjson --data birds.ndjson --steps 500',
    'sketch-rnn train --resume --name owl --minutes 30',
  ],
  options: z.object({
    data: datasets.optional(),
    preset: choice(Object.keys(presets) as PresetName[])
      .optional()
      .describe(`where the settings start; ${DEFAULT_PRESET} by default`),
    engine,
    steps: whole({ min: 1, max: 1e9 }).optional().describe('train until this many steps were taken in all'),
    minutes: number({ min: 0.01, max: 100_000 })
      .optional()
      .describe(`train for so long from now; ${DEFAULT_MINUTES} where neither is given`),
    from: modelPath
      .optional()
      .describe('tune a model to other drawings of its classes, keeping its sizes; its weights are read, not written'),
    resume: flag().describe('go on from the last checkpoint of --name, or of the run worked on last'),
    name: z
      .string()
      .regex(/^[^/\\]+$/, 'expected a name without slashes')
      .optional()
      .describe('of the run; by default that of the data')
      .meta({ placeholder: 'NAME' }),
    seed: whole({ min: 0, max: 2 ** 32 - 1 })
      .optional()
      .describe('where chance starts; 1 by default'),
    evaluateEvery: whole({ min: 1, max: 1e9 }).default(250).describe('steps between two looks at the validation set'),
    set: settings.describe('a setting of the preset, changed; any of config.json'),
    profile: flag().describe('say where the time went; profile.json of the run opens in chrome://tracing and Perfetto'),
  }),

  async run({ options, ...surroundings }) {
    const { environment, log } = surroundings;
    if (options.steps !== undefined && options.minutes !== undefined) {
      throw new UsageError('--steps: expected either --steps or --minutes, got both - leave one out');
    }
    if (options.from !== undefined && options.resume) {
      throw new UsageError(
        '--from: expected a new run, got --resume - a run that goes on has weights already; leave one out',
      );
    }
    const runs = join(environment.folder, 'runs');
    const name = options.name ?? (options.resume ? await latestRun(runs) : await freshName(runs, options.data));
    // Settings are checked before anything is fetched or written.
    const fresh = options.resume ? undefined : await startFresh(options, surroundings);
    const engineOfNew = fresh && (await engineFor(fresh, options.engine));
    const run = await openRun(join(runs, name), { resume: options.resume });
    const profile = options.profile ? openProfile() : undefined;
    try {
      const start = fresh ?? startFrom(await loadLatest(run.folder, log.line), options);
      // Settings of a run that goes on are known only now.
      const chosen = engineOfNew ?? (await engineFor(start, options.engine));
      const result = await trainIn({ run, start, chosen, options, profile }, surroundings);
      return { ...result, ...(profile && { profile: profile.times() }) };
    } finally {
      try {
        // Of a training that failed as well.
        if (profile) await writeDurably(run.profile, profile.trace());
      } finally {
        await run.close();
      }
    }
  },

  text: ({ run, step, best, profile }) => {
    const figures = best === undefined ? '' : `, best validation cost ${best.cost.toFixed(4)} at step ${best.step}`;
    return [`${run}: ${step} steps${figures}`, ...(profile ? ['', ...profileTable(profile)] : [])].join('\n');
  },
});

/** @throws EngineError where it does not run */
async function engineFor({ config }: Start, wanted: EngineName | 'auto'): Promise<ChosenEngine> {
  const { chooseEngine } = await import('@sketch-rnn/backend');
  return chooseEngine(wanted, config);
}

async function startFresh(
  { from, ...wishes }: Wishes & { readonly from?: string | undefined },
  surroundings: Surroundings,
): Promise<Start> {
  if (from === undefined) return startAnew(wishes, DEFAULT_PRESET);
  return startFromModel(await loadModel(from, surroundings), wishes, DEFAULT_PRESET);
}
