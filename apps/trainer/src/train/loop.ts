import { setImmediate } from 'node:timers/promises';
import type { ClassLatents, Engine, Model } from '@sketch-rnn/core';
import type { PackedBatch } from '@sketch-rnn/data';
import { type ReferenceCosts, validate } from '../evaluation/validate.ts';
import type { Checkpoint } from '../run/checkpoint.ts';
import { saveCheckpoint } from '../run/checkpoints.ts';
import { RunError } from '../run/error.ts';
import { type Run, saveBestModel } from '../run/folder.ts';
import type { Journal } from '../run/journal.ts';
import type { Progress } from '../run/progress.ts';
import type { EvaluationRecord } from '../run/records.ts';
import type { Goal } from '../run/status.ts';
import { averaged, isLookedAt, type WeightAverage } from './average.ts';
import { trainingStepAt } from './batch.ts';
import { EngineFailure } from './failure.ts';
import { latentsByClass } from './latents.ts';
import type { Plan } from './plan.ts';
import { type Timed, untimed } from './profile.ts';
import { validationOf } from './validation.ts';
import { openWindow } from './window.ts';

/** Steps that may be not finite in a row: one is chance, ten are a training that has blown up. */
const SKIPS_IN_A_ROW = 10;
/** Steps between two records: often enough for a curve. */
const RECORD_EVERY = 10;
/** Seconds of work that a kill may cost. */
const CHECKPOINT_AFTER = 60;

/** Where a training stands; together with the weights and Adam's moments all that goes on. */
export interface Position {
  /** Steps taken, skipped ones included. */
  step: number;
  /** Seconds of training. */
  seconds: number;
  skippedSteps: number;
  best?: { cost: number; step: number };
}

/** What an evaluation finds out about a model. */
export interface Findings {
  readonly valid: ReferenceCosts;
  /** Absent in a decoder alone. */
  readonly latents?: ClassLatents;
}

export interface Training {
  readonly plan: Plan;
  /** `watched`, so that its failures are known as such. */
  readonly engine: Engine;
  readonly run: Run;
  readonly journal: Journal;
  readonly progress: Progress;
  readonly goal: Goal;
  readonly evaluateEvery: number;
  /** Ends the training after the step under way. */
  readonly signal: AbortSignal;
  readonly start: Position;
  /** The average of the weights up to there, where they are averaged. */
  readonly average?: WeightAverage | undefined;
  /** Seconds, of any clock. */
  readonly now: () => number;
  /** A model of these weights, as it is written to files. */
  readonly modelOf: (parameters: Model['parameters'], position: Position, found?: Findings) => Model;
  /** The checkpoint's part that does not change. */
  readonly constants: Pick<Checkpoint, 'training' | 'seed' | 'sources' | 'engine'>;
  /** What to type to go on from a checkpoint, where this engine cannot. */
  readonly resumeLine: (position: Position) => string;
  /** After each evaluation and at the end: pictures and report. */
  readonly show: (model: Model, position: Position) => Promise<void>;
  /** What does each phase; by default nothing more. */
  readonly timed?: Timed;
}

/**
 * Trains until the goal or the signal.
 *
 * Every step is a function of the weights and of (seed, step); averages, evaluations and checkpoints change nothing. The run folder
 * always holds a checkpoint that is at most a minute old, and the best model by a yardstick that does not move:
 * reconstruction + final KL weight x KL.
 *
 * @throws RunError where ten steps in a row are not finite (the last good weights are saved), where the engine fails (what it
 *   still has is saved), or a file cannot be written
 */
export async function train(training: Training): Promise<Position> {
  const { plan, engine, journal, progress, goal, evaluateEvery, signal, now, timed = untimed } = training;
  const position: Position = { ...training.start };
  const window = openWindow();
  const validation = validationOf(plan);
  const { averagedSteps } = plan.config;
  let { average } = training;
  const begun = now() - position.seconds;
  let savedAt = now();
  let evaluatedAt: number | undefined;
  let skipsInARow = 0;
  let savedStep = training.start.step === 0 ? undefined : training.start.step;
  try {
    await takeSteps();
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    await rescue();
    const advice =
      savedStep === undefined
        ? 'nothing was saved yet - start again with another --engine'
        : `step ${savedStep} is saved - go on with: ${training.resumeLine(position)}`;
    throw new RunError(`after step ${position.step}: ${error.message}; ${advice}`, { cause: error });
  }
  return position;

  async function takeSteps(): Promise<void> {
    // So that a run can be resumed from its first second on.
    if (position.step === 0) await save();
    while (!signal.aborted && !isReached(goal, position)) {
      // Engines that never wait for anything would leave signals unheard.
      await setImmediate();
      await takeStep();
      if (position.step % evaluateEvery === 0) await evaluate();
      else if (now() - savedAt > CHECKPOINT_AFTER) await save();
    }
    if (signal.aborted) await save();
    else if (evaluatedAt !== position.step) await evaluate();
  }

  async function takeStep(): Promise<void> {
    const before = now();
    const step = await timed('data', () => trainingStepAt(plan, position.step));
    const costs = await timed('step', () => engine.trainStep(step));
    position.step++;
    position.seconds = now() - begun;
    skipsInARow = costs.applied ? 0 : skipsInARow + 1;
    if (!costs.applied) position.skippedSteps++;
    window.add(costs, pointsOf(step.batch), now() - before);
    if (averagedSteps > 0 && isLookedAt(position.step)) {
      average = averaged(average, await engine.parameters(), averagedSteps);
    }

    if (position.step % RECORD_EVERY === 0) await timed('records', () => record(step.learningRate, step.klWeight));
    if (skipsInARow === SKIPS_IN_A_ROW) {
      await save();
      throw new RunError(
        `step ${position.step}: expected finite costs and gradients, got ${SKIPS_IN_A_ROW} steps in a row without - ` +
          'the last good weights are saved; go on with --resume --set learningRate=... at a lower rate',
      );
    }
  }

  async function record(learningRate: number, klWeight: number): Promise<void> {
    const { step, seconds, skippedSteps } = position;
    const taken = window.take();
    await journal.write({ kind: 'step', step, seconds, learningRate, klWeight, ...taken });
    progress.update({ step, seconds, learningRate, klWeight, skippedSteps, ...taken });
  }

  /** Judges, keeps and shows the model with the average of its weights, where they are averaged. */
  async function evaluate(): Promise<void> {
    const own = await engine.parameters();
    if (average) {
      await engine.load(average.parameters);
      try {
        await look(average.parameters);
      } finally {
        await engine.load(own);
      }
    } else {
      await look(own);
    }
    await save();
  }

  /** @param parameters that the engine has now */
  async function look(parameters: Model['parameters']): Promise<void> {
    const { valid, latents } = await timed('evaluation', async () => ({
      valid: await validate(engine, validation),
      latents: plan.model.conditional ? await latentsByClass(engine, plan) : undefined,
    }));
    const yardstick = valid.reconstruction + plan.config.klWeight * Math.max(valid.kl, plan.config.klTolerance);
    if (!Number.isFinite(yardstick)) {
      // Not saved: the checkpoints before it are worth more.
      throw new RunError(
        `step ${position.step}: expected finite validation costs, got ${yardstick} - the training has diverged; go on from ` +
          `the checkpoint before it with --resume --set learningRate=... at a lower rate`,
      );
    }
    const best = position.best === undefined || yardstick < position.best.cost;
    if (best) position.best = { cost: yardstick, step: position.step };
    position.seconds = now() - begun;
    evaluatedAt = position.step;
    const found = { valid, ...(latents && { latents }) };
    const model = training.modelOf(parameters, position, found);
    const { latentGain, ...costs } = valid;
    const evaluation: EvaluationRecord = {
      kind: 'evaluation',
      step: position.step,
      seconds: position.seconds,
      valid: { ...costs, yardstick },
      ...(latentGain !== undefined && { latentGain }),
      best,
    };
    await journal.write(evaluation);
    progress.log(evaluationLine(evaluation));
    if (best) await timed('checkpoint', () => saveBestModel(training.run, model));
    await timed('pictures', () => training.show(model, position));
  }

  async function save(): Promise<void> {
    await timed('checkpoint', writeCheckpoint);
    savedAt = now();
    savedStep = position.step;
  }

  /** A step that had no room leaves the engine as it was; of a device that is lost the last checkpoint is all there is. */
  async function rescue(): Promise<void> {
    try {
      await save();
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
    }
  }

  async function writeCheckpoint(): Promise<void> {
    position.seconds = now() - begun;
    const model = training.modelOf(await engine.parameters(), position);
    const { step, seconds, skippedSteps, best } = position;
    await saveCheckpoint(training.run, {
      ...training.constants,
      model,
      optimiser: await engine.optimiser(),
      ...(average && { average }),
      step,
      seconds,
      skippedSteps,
      ...(best && { best }),
    });
  }
}

/** Rows of the batch's drawings: what the decoder reads beside them, start rows and padding, is nobody's work. */
function pointsOf({ encoderRows }: PackedBatch): number {
  return encoderRows.length / 5;
}

function isReached(goal: Goal, { step, seconds }: Position): boolean {
  return 'steps' in goal ? step >= goal.steps : seconds >= goal.seconds;
}

function evaluationLine({ step, valid, latentGain, best }: EvaluationRecord): string {
  const gain = latentGain === undefined ? '' : `, latent gain ${latentGain.toFixed(1)} nats`;
  return (
    `step ${step}: validation reconstruction ${valid.reconstruction.toFixed(4)}, KL ${valid.kl.toFixed(4)}${gain}` +
    (best ? ' (best so far)' : '')
  );
}
