import { availableParallelism } from 'node:os';
import type { Engine, EngineStart, MeasurePart } from '@sketch-rnn/core';
import { wholeOf } from '../fused/program/step.ts';
import { flatten, layoutOf, unflatten } from '../fused/program/weights.ts';
import { report } from '../fused/training.ts';
import { startCrew } from './crew.ts';
import { createShared, fail, recover, TOLD } from './shared.ts';
import { splitStep } from './split.ts';
import { type PartTime, sharedNow } from './stopwatch.ts';

/**
 * The most that all threads together reach, each with large products of its own: operations a second.
 *
 * @param signal ends the threads; then there is no answer
 */
export async function workersPeak(signal?: AbortSignal): Promise<number> {
  const count = threads();
  const crew = startCrew(count, () => undefined);
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

/** One a core. */
function threads(): number {
  return Math.min(MOST_WORKERS, availableParallelism());
}

/** More threads than this have too few sketches each, and gradients to sum up. */
const MOST_WORKERS = 16;

/**
 * The wasm engine on worker threads: steps are split by points among them (`member.ts`), other calls go to each in turn.
 *
 * Runs repeat exactly with as many workers.
 *
 * @param count one a core by default
 */
export function createWorkersEngine(
  { config, parameters, optimiser, measure }: EngineStart,
  count: number = threads(),
): Engine {
  const layout = layoutOf(config);
  const shared = createShared(count, layout.size);
  shared.weights.set(flatten(layout, parameters));
  if (optimiser) {
    shared.first.set(flatten(layout, optimiser.first));
    shared.second.set(flatten(layout, optimiser.second));
  }
  let updates = optimiser?.step ?? 0;
  const crew = startCrew(count, () => fail(shared));
  const opened = crew.askAll((worker, index) => worker.open(config, { index, shared, updates }));
  // Whoever asks for something first hears of it.
  opened.catch(() => undefined);
  let steps: Promise<unknown> = opened;
  let readings: Promise<unknown> = opened;
  let turn = 0;

  return {
    name: `wasm (${count} ${count === 1 ? 'thread' : 'threads'})`,
    config,

    trainStep: (step) =>
      alone(async () => {
        const whole = wholeOf(step);
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

    parameters: () => alone(async () => unflatten(layout, shared.weights)),

    optimiser: () =>
      alone(async () => {
        await crew.askAll((worker) => worker.showMoments());
        return { step: updates, first: unflatten(layout, shared.first), second: unflatten(layout, shared.second) };
      }),

    dispose: () => crew.dispose(),
  };

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
