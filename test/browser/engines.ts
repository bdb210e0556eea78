import {
  createFusedEngine,
  createLoopsDevice,
  createWebgpuDevice,
  EngineError,
  openEmbeddedDevice,
  openWebgpu,
  requestWebgpu,
} from '@sketch-rnn/backend/browser';
import type { Engine, EngineStart } from '@sketch-rnn/core';
import { normals, keyOf } from '@sketch-rnn/data';
import { relativeError, worst } from '../closeness.ts';
import { smallConfig, smallParameters, smallStep } from '../small-model.ts';

/** What one engine came to in the browser, against plain loops in the same place. */
export interface Report {
  readonly name: string;
  /** The worst relative error of a parameter's gradient. */
  readonly gradients: number;
  /** The worst difference of a coordinate in eight sketches; infinite where one ended elsewhere. */
  readonly sketches: number;
}

const start: EngineStart = { config: smallConfig(), parameters: smallParameters(smallConfig(), 1) };

/** The engine that needs nothing but JavaScript. */
export async function tryEmbedded(): Promise<Report> {
  return compare(createFusedEngine(await openEmbeddedDevice(), start));
}

/** WebGPU, or why there is none. */
export async function tryWebgpu(): Promise<Report & { readonly fallback: boolean; readonly afterLoss: string }> {
  const found = await requestWebgpu();
  if (!found.found) throw new EngineError(found.detail);
  const gpu = await openWebgpu(found);
  const engine = createFusedEngine(createWebgpuDevice(gpu), start);
  const report = await compare(engine);
  gpu.device.destroy();
  await gpu.device.lost;
  const afterLoss = await engine.trainStep(smallStep(start.config)).then(
    () => 'went on',
    (error: unknown) => `${(error as Error).name}: ${(error as Error).message}`,
  );
  return { ...report, fallback: found.fallback, afterLoss };
}

async function compare(engine: Engine): Promise<Report> {
  const loops = createFusedEngine(createLoopsDevice(), start);
  const step = smallStep(start.config);
  const [found, expected] = [await engine.gradients(step), await loops.gradients(step)];
  const errors = Object.entries(expected.gradients).map(([name, gradient]) =>
    relativeError(found.gradients[name] ?? [], gradient),
  );
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
  const z = normals(keyOf(1), seeds.length * start.config.latentSize);
  const request = { count: seeds.length, condition: { z }, temperature: 0.5, maxLength: 40, seeds };
  const [drawn, wanted] = [await engine.sample(request), await loops.sample(request)];
  const distances = wanted.map(({ stroke3 }, i) => worst(drawn[i]?.stroke3 ?? [], stroke3));
  return { name: engine.name, gradients: Math.max(...errors), sketches: Math.max(...distances) };
}
