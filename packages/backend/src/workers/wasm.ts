import { availableParallelism } from 'node:os';
import type { Engine, EngineStart } from '@sketch-rnn/core';
import { flatten, layoutOf, unflatten } from '../fused/program/weights.ts';
import { createCrewEngine, crewPeak } from './engine.ts';

/** More threads than this have too few sketches each, and gradients to sum up. */
const MOST_WORKERS = 16;

/** One a core. */
function threads(): number {
  return Math.min(MOST_WORKERS, availableParallelism());
}

/** The most that the wasm engine's threads together reach, operations a second (`crewPeak`). */
export function workersPeak(signal?: AbortSignal): Promise<number> {
  return crewPeak({ engine: 'wasm', count: threads() }, signal);
}

/**
 * The wasm engine on worker threads (`createCrewEngine`).
 *
 * @param count one a core by default
 */
export function createWorkersEngine(start: EngineStart, count: number = threads()): Engine {
  const layout = layoutOf(start.config);
  return createCrewEngine(
    start,
    { engine: 'wasm', count },
    {
      size: layout.size,
      flatten: (values) => flatten(layout, values),
      unflatten: (flat) => unflatten(layout, flat),
    },
  );
}
