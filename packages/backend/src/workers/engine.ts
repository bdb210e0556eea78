import type { Engine, EngineStart, MeasurePart, Parameters } from '@sketch-rnn/core';
import { wholeOf } from '../fused/program/step.ts';
import { report } from '../fused/training.ts';
import { type CrewOf, startCrew } from './crew.ts';
import { createShared, fail, recover, TOLD } from './shared.ts';
import { splitStep } from './split.ts';
import { type PartTime, sharedNow } from './stopwatch.ts';

/** Where a model's parameters stand in one piece of numbers. */
export interface Numbers {
  readonly size: number;
  readonly flatten: (values: Parameters) => Float32Array;
  readonly unflatten: (flat: Float32Array) => Parameters;
}

/**
 * The most that all threads together reach, each with large products of its own: operations a second.
 *
 * @param signal ends the threads; then there is no answer
 */
export async function crewPeak(of: CrewOf, signal?: AbortSignal): Promise<number> {
  const crew = startCrew(of, () => undefined);
  const stop = (): void => crew.dispose();
  signal?.addEventListener('abort', stop, { once: true });
  const peaks: number[] = [];
  try {
    await crew.askAll(async (worker) => void peaks.push(await worker.measurePeak()));
  } finally {
    signal?.removeEventListener('abort', stop);
    crew.dispose();
  }
  return peaks.reduce((sum, peak) => sum + peak, 0);
}

/**
 * An engine on worker threads: steps are split by points among them (`member.ts`), other calls go to each in turn.
 *
 * Runs repeat exactly with as many workers.
 */
export function createCrewEngine(
  { config, parameters, optimiser, measure }: EngineStart,
  of: CrewOf,
  { size, flatten, unflatten }: Numbers,
): Engine {
  const { count } = of;
  const shared = createShared(count, size);
  shared.weights.set(flatten(parameters));
  if (optimiser) {
    shared.first.set(flatten(optimiser.first));
    shared.second.set(flatten(optimiser.second));
  }
  let updates = optimiser?.step ?? 0;
  const crew = startCrew(of, () => fail(shared));
  const opened = openInTurn();
  // Whoever asks for something first hears of it.
  opened.catch(() => undefined);
  let steps: Promise<unknown> = opened;
  let readings: Promise<unknown> = opened;
  let turn = 0;

  return {
    name: `${of.engine} (${count} ${count === 1 ? 'thread' : 'threads'})`,
    config,

    trainStep: (step) =>
      alone(async () => {
        // Without an encoder no sketch has a latent vector.
        const whole = { ...wholeOf(step), ...(!config.conditional && { withLatent: 0 }) };
        const { learningRate, gradientClip } = step;
        const parts = splitStep(step, count);
        try {
          await crew.askAll(async (worker, index) => {
            // They go in step: one speaks for all.
            const timed = measure !== undefined && index === 0;
            const times = await worker.step({
              step: parts[index],
              whole,
              rates: { learningRate, gradientClip },
              timed,
            });
            if (measure) tell(measure, times);
          });
        } catch (error) {
          recover(shared);
          throw error;
        }
        const { costs, finite } = report(step, whole, outcome());
        if (finite) updates++;
        return { ...costs, applied: finite };
      }),

    gradients: (step) => alone(() => crew.ask(0, (worker) => worker.gradients(step))),
    score: (request) => beside((index) => crew.ask(index, (worker) => worker.score(request))),
    encode: (batch) => beside((index) => crew.ask(index, (worker) => worker.encode(batch))),
    sample: (request) => beside((index) => crew.ask(index, (worker) => worker.sample(request))),

    parameters: () => alone(async () => unflatten(shared.weights)),

    load: (next) =>
      alone(async () => {
        shared.weights.set(flatten(next));
        await crew.askAll((worker) => worker.load());
      }),

    optimiser: () =>
      alone(async () => {
        await crew.askAll((worker) => worker.showMoments());
        return { step: updates, first: unflatten(shared.first), second: unflatten(shared.second) };
      }),

    dispose: () => crew.dispose(),
  };

  /** One after the other, as TensorFlow must be loaded. */
  async function openInTurn(): Promise<void> {
    const membership = { shared, updates };
    for (let index = 0; index < count; index++) {
      await crew.ask(index, (worker) => worker.open(config, { ...membership, index }));
    }
  }

  /** The outcome of all workers together (`fused/training.ts`). */
  function outcome(): number[] {
    const told = (place: number): number[] =>
      Array.from({ length: count }, (_, worker) => shared.told[worker * TOLD + place] as number);
    const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
    // KL is the batch's already, at each of them.
    return [sum(told(0)), sum(told(1)), told(2)[0] as number, Math.min(...told(3))];
  }

  function tell(measurePart: MeasurePart, times: readonly PartTime[]): void {
    const ahead = performance.now() - sharedNow();
    for (const { part, start, duration } of times) measurePart(part, start + ahead, duration);
  }

  /** Work that all workers take part in, or that must not meet a step. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    const result = Promise.all([opened, steps, readings]).then(work);
    steps = result.catch(() => undefined);
    return result;
  }

  /** Work for one worker, which may be done beside other such work. */
  function beside<T>(work: (index: number) => Promise<T>): Promise<T> {
    const result = Promise.all([opened, steps]).then(() => work(turn++ % count));
    readings = Promise.all([readings, result.catch(() => undefined)]);
    return result;
  }
}
