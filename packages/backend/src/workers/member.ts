import type { ModelConfig, TrainingStep } from '@sketch-rnn/core';
import { EngineError } from '../error.ts';
import type { Device } from '../fused/device.ts';
import { columnsOf, type Matrix } from '../fused/matrix.ts';
import type { Whole } from '../fused/program/step.ts';
import { ALIGNMENT } from '../fused/program/weights.ts';
import { differentiate, openModel, type Trained, update } from '../fused/training.ts';
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
  readonly rates: Pick<TrainingStep, 'learningRate' | 'gradientClip'>;
  /** Whether to time the parts of the step. */
  readonly timed?: boolean;
}

/** A worker's replica of the model, and its part in the steps. */
export interface Member {
  readonly trained: Trained;
  /** Takes part in a step; all workers do, or none. Returns how long its parts took, none where they are not timed. */
  step(part: Part): Promise<PartTime[]>;
  /** Writes the moments that it looks after into shared memory. */
  showMoments(): Promise<void>;
}

/**
 * Opens a worker's replica. Data-parallel: each worker has gradients of its own sketches; then each sums up one slice of all of
 * them, in the order of the workers, so that runs repeat exactly, and updates that slice of the weights.
 */
export async function openMember(
  device: Device,
  config: ModelConfig,
  { index, shared, updates: before }: Membership,
): Promise<Member> {
  const trained = openModel(device, config);
  const { memory, outcome } = trained;
  const { size } = memory.layout;
  device.write(memory.weights, shared.weights);
  device.write(memory.first, shared.first);
  device.write(memory.second, shared.second);
  const { from, to } = sliceOf(size, index, shared.workers);
  const slice = (piece: Matrix): Matrix => columnsOf(piece, from, to - from);
  let updates = before;
  // Weights and moments of one step here, of the step before there: of no use to anyone.
  let torn = false;

  return {
    trained,

    async step(part) {
      const watch = part.timed === true ? startStopwatch() : undefined;
      try {
        refuseTorn();
        await differentiatePart(part, watch);
        watch?.enter('exchange');
        shared.gradients.set(await device.read(memory.gradients), index * size);
        meet(shared);
        const finite = toldBy('finite').every((all) => all === 1);
        if (finite) {
          torn = true;
          device.write(slice(memory.gradients), summedSlice());
          device.write(outcome.finite, [1]);
          watch?.enter('optimiser');
          update(trained, part.rates, { count: ++updates, from, size: to - from });
          watch?.enter('exchange');
          shared.weights.set(await device.read(slice(memory.weights)), from);
        }
        meet(shared);
        if (finite) device.write(memory.weights, shared.weights);
        torn = false;
        return watch?.stop() ?? [];
      } catch (error) {
        fail(shared);
        throw error;
      } finally {
        device.release();
      }
    },

    async showMoments() {
      refuseTorn();
      shared.first.set(await device.read(slice(memory.first)), from);
      shared.second.set(await device.read(slice(memory.second)), from);
    },
  };

  function refuseTorn(): void {
    if (!torn) return;
    throw new EngineError(
      'wasm: expected whole weights, got those of a step that failed half way - start the engine again',
    );
  }

  async function differentiatePart({ step, whole }: Part, watch: Stopwatch | undefined): Promise<void> {
    const settleKl = async (kl: Matrix): Promise<void> => {
      watch?.enter('exchange');
      const [own] = await device.read(kl);
      device.write(kl, [await totalKl(own as number)]);
    };
    if (step) {
      await differentiate(trained, step, { whole, settleKl, ...(watch && { enter: (part) => watch.enter(part) }) });
      shared.told.set(await device.read(outcome.matrix), index * TOLD);
      return;
    }
    device.kernels.fill(memory.gradients, 0);
    const kl = config.conditional ? await totalKl(0) : 0;
    shared.told.set([0, 0, kl, 1], index * TOLD);
  }

  async function totalKl(own: number): Promise<number> {
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
function sliceOf(size: number, index: number, workers: number): { from: number; to: number } {
  const edge = (k: number): number => (k === workers ? size : Math.floor((k * size) / workers / ALIGNMENT) * ALIGNMENT);
  return { from: edge(index), to: edge(index + 1) };
}
