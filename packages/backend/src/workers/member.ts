import type { ModelConfig, TrainingStep } from '@sketch-rnn/core';
import { EngineError } from '../error.ts';
import type { Whole } from '../fused/program/step.ts';
import { ALIGNMENT } from '../fused/program/weights.ts';
import type { PartSums, Rates, Replica, ReplicaStart, Slice } from './replica.ts';
import { fail, meet, type Shared, TOLD } from './shared.ts';
import { type PartTime, startStopwatch, type Stopwatch } from './stopwatch.ts';

/** Where a worker stands among those that share an engine. */
export interface Membership {
  readonly index: number;
  readonly shared: Shared;
  /** Adam's updates before the first step. */
  readonly updates: number;
}

/** A worker's part in a step. */
export interface Part {
  /** None where there are more workers than sketches. */
  readonly step: TrainingStep | undefined;
  readonly whole: Whole;
  readonly rates: Rates;
  /** Whether to time the parts of the step. */
  readonly timed?: boolean;
}

/** A worker's part in the steps of an engine. */
export interface Member {
  /** Takes part in a step; all workers do, or none. Returns how long its parts took, none where they are not timed. */
  step(part: Part): Promise<PartTime[]>;
  /** Takes the weights in shared memory. */
  load(): Promise<void>;
  /** Writes the moments that it looks after into shared memory. */
  showMoments(): Promise<void>;
}

/** What a worker's replica starts from. */
export function replicaStart({ index, shared }: Membership): ReplicaStart {
  const { weights, first, second } = shared;
  return { weights, first, second, slice: sliceOf(weights.length, index, shared.workers) };
}

/**
 * Opens a worker's part in the steps. Data-parallel: each worker has gradients of its own sketches; then each sums up one slice of
 * all of them, in the order of the workers, so that runs repeat exactly, and updates that slice of the weights.
 */
export function openMember(
  replica: Replica,
  { conditional }: Pick<ModelConfig, 'conditional'>,
  { index, shared, updates: before }: Membership,
): Member {
  const size = shared.weights.length;
  const { from, to } = sliceOf(size, index, shared.workers);
  const ownGradients = shared.gradients.subarray(index * size, (index + 1) * size);
  let updates = before;
  // Weights and moments of one step here, of the step before there: of no use to anyone.
  let torn = false;

  return {
    async step(part) {
      const watch = part.timed === true ? startStopwatch() : undefined;
      try {
        refuseTorn();
        await differentiatePart(part, watch);
        meet(shared);
        const finite = toldBy('finite').every((all) => all === 1);
        if (finite) {
          torn = true;
          const gradient = summedSlice();
          watch?.enter('optimiser');
          replica.update(gradient, part.rates, ++updates);
          watch?.enter('exchange');
          await replica.writeWeights(shared.weights.subarray(from, to));
        }
        meet(shared);
        if (finite) replica.follow(shared.weights);
        torn = false;
        return watch?.stop() ?? [];
      } catch (error) {
        fail(shared);
        throw error;
      } finally {
        replica.release();
      }
    },

    async load() {
      refuseTorn();
      replica.load(shared.weights);
    },

    async showMoments() {
      refuseTorn();
      const { first, second } = await replica.moments();
      shared.first.set(first, from);
      shared.second.set(second, from);
    },
  };

  function refuseTorn(): void {
    if (!torn) return;
    throw new EngineError(
      'engine: expected whole weights, got those of a step that failed half way - start the engine again',
    );
  }

  async function differentiatePart({ step, whole }: Part, watch: Stopwatch | undefined): Promise<void> {
    const settleKl = (own: number): number => {
      watch?.enter('exchange');
      return totalKl(own);
    };
    if (!step) {
      ownGradients.fill(0);
      tell({ offset: 0, pen: 0, kl: conditional ? settleKl(0) : 0, finite: true });
      return;
    }
    tell(await replica.differentiate(step, { whole, settleKl, enter: watch && ((name) => watch.enter(name)) }));
    watch?.enter('exchange');
    await replica.writeGradients(ownGradients);
  }

  function tell({ offset, pen, kl, finite }: PartSums): void {
    shared.told.set([offset, pen, kl, Number(finite)], index * TOLD);
  }

  function totalKl(own: number): number {
    shared.told[index * TOLD + PLACES.klShare] = own;
    meet(shared);
    return toldBy('klShare').reduce((sum, share) => sum + share, 0);
  }

  function toldBy(what: keyof typeof PLACES): number[] {
    return Array.from({ length: shared.workers }, (_, worker) => shared.told[worker * TOLD + PLACES[what]] as number);
  }

  function summedSlice(): Float32Array {
    const sum = shared.gradients.slice(from, to);
    for (let worker = 1; worker < shared.workers; worker++) {
      const at = worker * size + from;
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (shared.gradients[at + i] as number);
    }
    return sum;
  }
}

/** Places in what a worker tells. */
const PLACES = { finite: 3, klShare: 4 } as const;

/** The part of the numbers that a worker looks after, whole SIMD registers. */
function sliceOf(size: number, index: number, workers: number): Slice {
  const edge = (k: number): number => (k === workers ? size : Math.floor((k * size) / workers / ALIGNMENT) * ALIGNMENT);
  return { from: edge(index), to: edge(index + 1) };
}
