import { join } from 'node:path';
import type { ChosenEngine } from '@sketch-rnn/backend';
import { type PresetName, presets } from '@sketch-rnn/core';
import { demoNotice } from '@sketch-rnn/data';
import { defaultSource, gatherSources } from '@sketch-rnn/data/node';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { choice, datasets, engine, flag, number, settings, whole } from '../options.ts';
import { revisionOf } from '../revision.ts';
import { loadLatest } from '../run/checkpoints.ts';
import { writeDurably } from '../run/durable.ts';
import { openRun, type Run, saveDescription } from '../run/folder.ts';
import { openJournal } from '../run/journal.ts';
import { latentWarning } from '../run/latent.ts';
import { dropPicturesAfter, savePicture } from '../run/pictures.ts';
import { showProgress } from '../run/progress.ts';
import { writeReport } from '../run/report/report.ts';
import type { Goal } from '../run/status.ts';
import { skippedLine, sourceOptions, type Surroundings } from '../sources.ts';
import { nextCommands, resumeElsewhere } from '../train/commands.ts';
import { watched } from '../train/failure.ts';
import { train as trainLoop, type Training } from '../train/loop.ts';
import { modelMaker } from '../train/model.ts';
import { tellData, tellEngine } from '../train/tell.ts';
import { reconstructionSheet, sampleSheet } from '../train/pictures.ts';
import { planOf } from '../train/plan.ts';
import { openProfile, type Profile, profileTable, untimed } from '../train/profile.ts';
import {
  checkSameClasses,
  freshName,
  latestRun,
  type Start,
  startAnew,
  startFrom,
  startingWeights,
} from '../train/start.ts';
import { validationExamples } from '../train/validation.ts';
import { defineVerb } from '../verb.ts';

const DEFAULT_MINUTES = 10;

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
    const runs = join(environment.folder, 'runs');
    const { chooseEngine } = await import('@sketch-rnn/backend');
    const chosen = await chooseEngine(options.engine);
    const name = options.name ?? (options.resume ? await latestRun(runs) : await freshName(runs, options.data));
    // Settings are checked before anything is fetched or written.
    const fresh = options.resume ? undefined : startAnew(options, DEFAULT_PRESET);
    const run = await openRun(join(runs, name), { resume: options.resume });
    const profile = options.profile ? openProfile() : undefined;
    try {
      const start = fresh ?? startFrom(await loadLatest(run.folder, log.line), options);
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

interface Session {
  readonly run: Run;
  readonly start: Start;
  readonly chosen: ChosenEngine;
  readonly options: {
    readonly steps?: number | undefined;
    readonly minutes?: number | undefined;
    readonly evaluateEvery: number;
  };
  readonly profile: Profile | undefined;
}

async function trainIn({ run, start, chosen, options, profile }: Session, surroundings: Surroundings) {
  const timed = profile?.timed ?? untimed;
  const { log, signal } = surroundings;
  const { config, seed, checkpoint } = start;
  tellEngine(chosen, log.line);
  const sources = start.sources ?? [await chooseDefault(surroundings)];
  const { data, source } = await timed('reading', () => readData(sources, config.maxLength, surroundings));
  if (checkpoint) checkSameClasses(checkpoint.model.classes, data.classes);

  const plan = planOf({ config, seed, resumed: checkpoint?.model }, data);
  const weights = startingWeights(start, plan.model);
  const running = watched(
    await timed('start', () =>
      chosen.create({ config: plan.model, ...weights, ...(profile && { measure: profile.measure }) }),
    ),
  );
  const { name: engineName } = running;
  if (checkpoint && checkpoint.engine !== engineName) {
    log.line(`trained on ${checkpoint.engine} so far: on ${engineName} it goes on, but not the same to the last digit`);
  }
  const revision = revisionOf();
  const origin = { data: source, ...(revision !== undefined && { revision }) };
  const description = { config, seed, sources, classes: data.classes, engine: engineName, ...origin };
  await saveDescription(run, description);
  if (checkpoint) await dropPicturesAfter(run, checkpoint.step);
  const journal = await openJournal(run, checkpoint?.step);
  const goal = goalOf(options, start.position.seconds);
  const progress = showProgress({
    stream: surroundings.stderr,
    goal,
    start: start.position,
    now: () => performance.now(),
    colour: !surroundings.environment.noColour,
  });
  const show: Training['show'] = async (model, { step }) => {
    const drawer = { engine: running, model, signal };
    await savePicture(run, { kind: 'samples', step, svg: await sampleSheet(drawer) });
    if (model.config.conditional) {
      const svg = await reconstructionSheet(drawer, validationExamples(plan));
      await savePicture(run, { kind: 'reconstructions', step, svg });
    }
    const warning = latentWarning(journal.records, config);
    if (warning !== undefined) progress.log(`warning: ${warning}`);
    await writeReport(run, { description, records: journal.records, commands: nextCommands(run), warning });
  };
  try {
    const position = await trainLoop({
      plan,
      engine: running,
      run,
      journal,
      progress,
      goal,
      evaluateEvery: options.evaluateEvery,
      signal,
      start: start.position,
      now: () => performance.now() / 1000,
      modelOf: modelMaker(plan, origin),
      constants: { training: config, seed, sources, engine: engineName },
      resumeLine: (reached) => resumeElsewhere(run, goal, reached),
      show,
      timed,
    });
    const last = journal.records.findLast((record) => record.kind === 'evaluation');
    return { run: run.folder, ...position, ...(last && { valid: last.valid, latentGain: last.latentGain }) };
  } finally {
    progress.stop();
    running.dispose();
  }
}

/** The data, with what people are told of them. */
async function readData(sources: readonly string[], maxLength: number, surroundings: Surroundings) {
  const { log } = surroundings;
  const { data, name, licence, skipped } = await gatherSources(sources, { ...sourceOptions(surroundings), maxLength });
  if (sources.some((source) => source.startsWith('demo:'))) log.line(demoNotice.note);
  tellData(data, skippedLine(skipped), log.line);
  return { data, source: { name, licence } };
}

/** @param seconds that the run has taken so far */
function goalOf({ steps, minutes = DEFAULT_MINUTES }: Session['options'], seconds: number): Goal {
  return steps === undefined ? { seconds: seconds + 60 * minutes } : { steps };
}

async function chooseDefault(surroundings: Surroundings): Promise<string> {
  const { name, substituteBecause } = await defaultSource(sourceOptions(surroundings));
  if (substituteBecause !== undefined) surroundings.log.line(`${substituteBecause}; learning from ${name} instead`);
  return name;
}
