import type { Engine, EngineStart } from '@sketch-rnn/core';
import { openEmbeddedDevice } from './embedded.ts';
import { EngineError } from './error.ts';
import type { Device } from './fused/device.ts';
import { createFusedEngine } from './fused/engine.ts';
import { createLoopsDevice } from './fused/loops/device.ts';
import { hasSimd } from './wasm/kernel-module.ts';
import { createWebgpuDevice } from './webgpu/device.ts';
import { openWebgpu } from './webgpu/gpu.ts';
import { requestWebgpu } from './webgpu/request.ts';

/** What computes in a page, and why it does: for people to read. */
export interface EngineUse {
  readonly uses: 'webgpu' | 'wasm' | 'loops';
  readonly why: string;
}

/** An engine for a page; `uses` and `why` change when it falls back. */
export interface OpenedEngine extends EngineUse {
  readonly engine: Engine;
}

export interface OpenOptions {
  /**
   * Looks for a GPU first, which is faster where many sketches are drawn at once; `any`: one in software as well, which is slower.
   */
  readonly gpu?: 'real' | 'any';
  /** Called when a GPU was lost, with what computes from then on. */
  readonly onFallback?: (use: EngineUse) => void;
}

/** A device that was opened, and what rings when it is lost. */
interface Opened extends EngineUse {
  readonly engine: Engine;
  readonly lost?: Promise<unknown>;
  free(): void;
}

/**
 * Opens the best engine of a page or worker: a GPU where one is wanted, else WebAssembly, else plain loops.
 *
 * When the GPU is lost, requests under way are begun again on what is next, with the same weights and seeds, so that they come to
 * the same; only after steps of training, whose weights are lost with it, they fail.
 */
export async function openEngine(
  start: EngineStart,
  { gpu, onFallback = () => undefined }: OpenOptions = {},
): Promise<OpenedEngine> {
  let opened = gpu ? await openGpu(start, gpu) : await openCpu(start, []);
  let { parameters: weights } = start;
  let moving: Promise<void> | undefined;
  let [trained, disposed] = [false, false];
  follow(opened);

  const engine: Engine = {
    get name() {
      return opened.engine.name;
    },
    config: start.config,
    async trainStep(step) {
      const costs = await ask((current) => current.trainStep(step));
      trained ||= costs.applied;
      return costs;
    },
    gradients: (step) => ask((current) => current.gradients(step)),
    score: (request) => ask((current) => current.score(request)),
    encode: (batch) => ask((current) => current.encode(batch)),
    sample: (request) => ask((current) => current.sample(request)),
    parameters: () => ask((current) => current.parameters()),
    async load(parameters) {
      await ask((current) => current.load(parameters));
      weights = parameters;
    },
    optimiser: () => ask((current) => current.optimiser()),
    dispose() {
      disposed = true;
      opened.free();
    },
  };
  return {
    engine,
    get uses() {
      return opened.uses;
    },
    get why() {
      return opened.why;
    },
  };

  async function ask<T>(request: (engine: Engine) => Promise<T>): Promise<T> {
    await moving;
    const asked = opened;
    try {
      return await request(asked.engine);
    } catch (error) {
      if (!(error instanceof EngineError) || asked.uses !== 'webgpu' || trained || disposed) throw error;
      await leave(asked, error.message);
      return request(opened.engine);
    }
  }

  /** Nobody may be asking when a GPU is lost. */
  function follow(current: Opened): void {
    void current.lost?.then(() => {
      if (!trained && !disposed) return leave(current, 'webgpu: the device was lost');
      return undefined;
    });
  }

  /** Once, however many requests fail with a device. */
  async function leave(left: Opened, reason: string): Promise<void> {
    if (opened === left) moving ??= move(left, reason);
    await moving;
  }

  async function move(left: Opened, reason: string): Promise<void> {
    left.free();
    opened = await openCpu({ ...start, parameters: weights }, [reason]);
    moving = undefined;
    onFallback({ uses: opened.uses, why: opened.why });
  }
}

async function openGpu(start: EngineStart, wanted: 'real' | 'any'): Promise<Opened> {
  const found = await requestWebgpu();
  if (!found.found) return openCpu(start, [`webgpu: ${found.detail}`]);
  if (found.fallback && wanted === 'real') {
    return openCpu(start, [`webgpu: ${found.name} computes in software, which is slower`]);
  }
  try {
    const gpu = await openWebgpu(found);
    const engine = createFusedEngine(createWebgpuDevice(gpu), start);
    const free = (): void => {
      engine.dispose();
      gpu.device.destroy();
    };
    return { engine, uses: 'webgpu', why: `webgpu: ${found.name}`, lost: gpu.device.lost, free };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return openCpu(start, [error.message]);
  }
}

/** @param reasons why nothing better computes */
async function openCpu(start: EngineStart, reasons: readonly string[]): Promise<Opened> {
  const { uses, device, why } = await cpuDevice();
  const engine = createFusedEngine(device, start);
  return { engine, uses, why: [...reasons, why].join('; '), free: () => engine.dispose() };
}

async function cpuDevice(): Promise<EngineUse & { readonly device: Device }> {
  try {
    const device = await openEmbeddedDevice();
    return hasSimd()
      ? { uses: 'wasm', device, why: 'wasm: there is SIMD' }
      : { uses: 'loops', device, why: 'wasm: there is no SIMD' };
  } catch (error) {
    // A page's policy may forbid WebAssembly.
    return { uses: 'loops', device: createLoopsDevice(), why: `wasm: ${(error as Error).message}` };
  }
}
