/** Tries every engine on this machine: values and gradients beside the plain model in float64, and speed. */
import { chooseEngine, type ChosenEngine, type EngineName, type Finding } from '@sketch-rnn/backend';
import { type Cell, configFrom, type EngineStart, modelConfigOf, type TrainingStep } from '@sketch-rnn/core';
import { trainingSpeed } from '../bench/measure.ts';
import { endlessWeights, samplingSpeed } from '../bench/sampling.ts';
import { syntheticDrawings } from '../bench/workload.ts';
import { exampleModel, exampleStep } from './example.ts';
import { type Expected, expectedOf } from './expected.ts';
import { heard, interruptible, unlessAborted } from './interruptible.ts';
import { limitsOf } from './limits.ts';
import { type CheckName, checkNames, type Deviation, deviations, largest } from './measure.ts';

const CELLS = ['lstm', 'layer_norm', 'hyper'] as const satisfies readonly Cell[];

/** Seconds that training is timed for. */
const SPEED_SECONDS = 3;

/** What was checked on models of all cells. */
export interface CheckResult {
  readonly name: CheckName;
  /** The worst found; not a number where the engine's answer was none. */
  readonly error: number;
  readonly limit: number;
  readonly ok: boolean;
  /** The cell and the part of the answer that was off the most. */
  readonly at: string;
}

/** Of the preset `small`. */
export interface Speed {
  readonly pointsPerSecond: number;
  readonly gflopsPerSecond: number;
  readonly peakGflopsPerSecond: number;
  readonly samplingStepsPerSecond: Readonly<Record<number, number>>;
}

export interface EngineResult {
  readonly engine: EngineName;
  readonly detail: string;
  readonly computesOn: 'gpu' | 'cpu';
  readonly ok: boolean;
  readonly checks: readonly CheckResult[];
  readonly speed?: Speed;
  /** What it threw, where it did. */
  readonly failure?: string;
}

interface Exam {
  readonly cell: Cell;
  readonly start: EngineStart;
  readonly step: TrainingStep;
  readonly expected: Expected;
}

/**
 * Tries the engines that the findings say run, one after the other.
 *
 * @param tell is given each engine's name before it is tried
 * @throws the signal's reason where it aborts, the engine that was tried disposed
 */
export async function selftest(
  findings: readonly Finding[],
  { tell, signal }: { readonly tell: (engine: EngineName) => void; readonly signal: AbortSignal },
): Promise<EngineResult[]> {
  const exams: Exam[] = [];
  for (const cell of CELLS) exams.push(await examOf(cell, signal));
  const results: EngineResult[] = [];
  for (const { engine, availability } of findings) {
    if (!availability.runs) continue;
    tell(engine);
    results.push(await examine(await chooseEngine(engine), availability, { exams, signal }));
  }
  return results;
}

/** A model with the plain model's answers. */
export async function examOf(cell: Cell, signal: AbortSignal): Promise<Exam> {
  const start = exampleModel(cell);
  const step = exampleStep(start.config);
  return { cell, start, step, expected: await expectedOf(start, step, signal) };
}

/**
 * Tries one engine; what it throws is a result as well.
 *
 * @throws the signal's reason where it aborts
 */
export async function examine(
  chosen: Pick<ChosenEngine, 'name' | 'create' | 'measurePeak'>,
  { detail, computesOn }: { readonly detail: string; readonly computesOn: 'gpu' | 'cpu' },
  { exams, signal }: { readonly exams: readonly Exam[]; readonly signal: AbortSignal },
): Promise<EngineResult> {
  const checks: CheckResult[] = [];
  const about = { engine: chosen.name, detail, computesOn, checks };
  try {
    const found: (readonly [Cell, Record<CheckName, Deviation>])[] = [];
    for (const exam of exams) found.push([exam.cell, await answersOf(chosen, exam, signal)]);
    const limits = limitsOf(chosen.name, computesOn);
    for (const name of checkNames) {
      const { error, at = '' } = largest(
        found.map(([cell, all]) => ({ error: all[name].error, at: [cell, all[name].at ?? ''].join(' ').trim() })),
      );
      checks.push({ name, error, limit: limits[name], ok: error <= limits[name], at });
    }
    return { ...about, ok: checks.every(({ ok }) => ok), speed: await speedOf(chosen, signal) };
  } catch (error) {
    signal.throwIfAborted();
    return { ...about, ok: false, failure: error instanceof Error ? error.message : String(error) };
  }
}

async function answersOf(
  { create }: Pick<ChosenEngine, 'create'>,
  { start, step, expected }: Exam,
  signal: AbortSignal,
): Promise<Record<CheckName, Deviation>> {
  const engine = interruptible(create(start), signal);
  try {
    return await deviations(engine, { start, step, expected });
  } finally {
    engine.dispose();
  }
}

async function speedOf(
  { create, measurePeak }: Pick<ChosenEngine, 'create' | 'measurePeak'>,
  signal: AbortSignal,
): Promise<Speed> {
  const preset = configFrom('small');
  const config = modelConfigOf(preset, 1);
  await heard(signal);
  const peak = await unlessAborted(measurePeak(signal), signal);
  const engine = interruptible(create({ config, parameters: endlessWeights(config) }), signal);
  try {
    const drawings = syntheticDrawings().toSorted((a, b) => a.length - b.length);
    const workload = { drawings, config, batchSize: preset.batchSize, sorted: true, recurrentDropout: 0 };
    const { pointsPerSecond, gflopsPerSecond } = await trainingSpeed(engine, workload, { seconds: SPEED_SECONDS });
    return {
      pointsPerSecond,
      gflopsPerSecond,
      peakGflopsPerSecond: peak / 1e9,
      samplingStepsPerSecond: { 1: await samplingSpeed(engine, 1), 64: await samplingSpeed(engine, 64) },
    };
  } finally {
    engine.dispose();
  }
}
