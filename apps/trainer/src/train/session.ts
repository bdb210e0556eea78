import type { ChosenEngine } from '@sketch-rnn/backend';
import { demoNotice } from '@sketch-rnn/data';
import { defaultSource, gatherSources } from '@sketch-rnn/data/node';
import { revisionOf } from '../revision.ts';
import { type Run, saveDescription } from '../run/folder.ts';
import { openJournal } from '../run/journal.ts';
import { latentWarning } from '../run/latent.ts';
import { dropPicturesAfter, savePicture } from '../run/pictures.ts';
import { showProgress } from '../run/progress.ts';
import { writeReport } from '../run/report/report.ts';
import type { Goal } from '../run/status.ts';
import { skippedLine, sourceOptions, type Surroundings } from '../sources.ts';
import { nextCommands, resumeElsewhere } from './commands.ts';
import { watched } from './failure.ts';
import { train, type Training } from './loop.ts';
import { modelMaker } from './model.ts';
import { reconstructionSheet, sampleSheet } from './pictures.ts';
import { planOf } from './plan.ts';
import { type Profile, untimed } from './profile.ts';
import { numberedBy, type Start, startingWeights, trainedOn } from './start.ts';
import { tellData, tellEngine } from './tell.ts';
import { validationExamples } from './validation.ts';

/** Minutes trained for where nothing else is said. */
export const DEFAULT_MINUTES = 10;

/** A training as it is begun: what is where, and what was asked for. */
export interface Session {
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

/** Reads the data, opens the engine, and trains, with all that people see of it. */
export async function trainIn({ run, start, chosen, options, profile }: Session, surroundings: Surroundings) {
  const timed = profile?.timed ?? untimed;
  const { log, signal } = surroundings;
  const { config, seed, base, checkpoint } = start;
  tellEngine(chosen, log.line);
  const sources = start.sources ?? [await chooseDefault(surroundings)];
  const { data: read, source } = await timed('reading', () => readData(sources, config.maxLength, surroundings));
  const data = base ? numberedBy(base, read) : read;
  const plan = planOf({ config, seed, base }, data);
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
  const origin = { data: trainedOn(start, source), ...(revision !== undefined && { revision }) };
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
    const position = await train({
      plan,
      engine: running,
      run,
      journal,
      progress,
      goal,
      evaluateEvery: options.evaluateEvery,
      signal,
      start: start.position,
      average: checkpoint?.average,
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
