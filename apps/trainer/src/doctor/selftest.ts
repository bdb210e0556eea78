/** Tries every engine on this machine: values and gradients beside the plain model in float64, and speed. */
import { chooseEngine, type ChosenEngine, type EngineName, type Finding } from '@sketch-rnn/backend';
import { type Cell, configFrom, type EngineStart, modelConfigOf, type TrainingStep } from '@sketch-rnn/core';
import { endlessWeights, samplingSpeed, trainingSpeed } from '../bench/measure.ts';
import { syntheticDrawings } from '../bench/workload.ts';
import { exampleModel, exampleStep } from './example.ts';
import { type Expected, expectedOf } from './expected.ts';
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
 */
export async function selftest(
  findings: readonly Finding[],
  tell: (engine: EngineName) => void,
): Promise<EngineResult[]> {
  const exams = CELLS.map(examOf);
  const results: EngineResult[] = [];
  for (const { engine, availability } of findings) {
    if (!availability.runs) continue;
    tell(engine);
    results.push(await examine(await chooseEngine(engine), availability, exams));
  }
  return results;
}

/** A model with the plain model's answers. */
export function examOf(cell: Cell): Exam {
  const start = exampleModel(cell);
  const step = exampleStep(start.config);
  return { cell, start, step, expected: expectedOf(start, step) };
}

/** Tries one engine; what it throws is a result as well. */
export async function examine(
  chosen: Pick<ChosenEngine, 'name' | 'create' | 'measurePeak'>,
  { detail, computesOn }: { readonly detail: string; readonly computesOn: 'gpu' | 'cpu' },
  exams: readonly Exam[],
): Promise<EngineResult> {
  const checks: CheckResult[] = [];
  const about = { engine: chosen.name, detail, computesOn, checks };
  try {
    const found: (readonly [Cell, Record<CheckName, Deviation>])[] = [];
    for (const exam of exams) found.push([exam.cell, await answersOf(chosen, exam)]);
    const limits = limitsOf(chosen.name, computesOn);
    for (const name of checkNames) {
      const { error, at = '' } = largest(
        found.map(([cell, all]) => ({ error: all[name].error, at: [cell, all[name].at ?? ''].join(' ').trim() })),
      );
      checks.push({ name, error, limit: limits[name], ok: error <= limits[name], at });
    }
    return { ...about, ok: checks.every(({ ok }) => ok), speed: await speedOf(chosen) };
  } catch (error) {
    return { ...about, ok: false, failure: error instanceof Error ? error.message : String(error) };
  }
}

async function answersOf(
  { create }: Pick<ChosenEngine, 'create'>,
  { start, step, expected }: Exam,
): Promise<Record<CheckName, Deviation>> {
  const engine = create(start);
  try {
    return await deviations(engine, { start, step, expected });
  } finally {
    engine.dispose();
  }
}

async function speedOf({ create, measurePeak }: Pick<ChosenEngine, 'create' | 'measurePeak'>): Promise<Speed> {
  const preset = configFrom('small');
  const config = modelConfigOf(preset, 1);
  const peak = await measurePeak();
  const engine = create({ config, parameters: endlessWeights(config) });
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
