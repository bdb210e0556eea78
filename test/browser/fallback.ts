import {
  createFusedEngine,
  createLoopsDevice,
  type EngineUse,
  openEngine,
  type OpenOptions,
} from '@sketch-rnn/backend/browser';
import type { EngineStart, SampleRequest } from '@sketch-rnn/core';
import { keyOf, normals } from '@sketch-rnn/data';
import { worst } from '../closeness.ts';
import { smallConfig, smallParameters, smallStep } from '../small-model.ts';

/** What became of an engine. */
export interface Story {
  readonly before: EngineUse;
  readonly after: EngineUse;
  /** What was told to `onFallback`. */
  readonly told: readonly EngineUse[];
  /** The worst difference of a coordinate from what loops drew; infinite where a sketch ended elsewhere. */
  readonly sketches: number;
}

const config = smallConfig();
const bias = Float32Array.from(smallParameters(config, 1)['output.bias'] as Float32Array);
// Sketches never end: several looks at what has ended are needed.
bias[2] = -30;
const start: EngineStart = { config, parameters: { ...smallParameters(config, 1), 'output.bias': bias } };
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
const z = normals(keyOf(1), seeds.length * config.latentSize);
const request: SampleRequest = { count: seeds.length, condition: { z }, temperature: 0.5, maxLength: 100, seeds };

/** A GPU that is destroyed in the middle of two requests. */
export async function loseGpuWhileDrawing(): Promise<Story> {
  const device = nextDevice();
  return draw({ gpu: 'any' }, async () => {
    const { queue } = await device;
    const submit = queue.submit.bind(queue);
    let submitted = 0;
    queue.submit = (commands) => {
      submit(commands);
      submitted += 1;
      if (submitted === 3) void device.then((lost) => lost.destroy());
    };
  });
}

/** A GPU that is destroyed while nobody asks it for anything. */
export async function loseGpuInBetween(): Promise<Story> {
  const device = nextDevice();
  return draw({ gpu: 'any' }, async () => {
    const lost = await device;
    lost.destroy();
    await lost.lost;
  });
}

/** A GPU that is destroyed after a step of training: how the next request ends. */
export async function loseGpuAfterTraining(): Promise<string> {
  const device = nextDevice();
  const { engine } = await openEngine(start, { gpu: 'any' });
  await engine.trainStep(smallStep(config));
  (await device).destroy();
  return engine.sample(request).then(
    () => 'went on',
    (error: unknown) => `${(error as Error).name}: ${(error as Error).message}`,
  );
}

/** Without a wish for a GPU, in a browser whose WebAssembly has no SIMD. */
export async function withoutSimd(): Promise<Story> {
  // Its types come with the DOM's alone.
  const api = (globalThis as unknown as { WebAssembly: { validate: unknown } }).WebAssembly;
  const { validate } = api;
  api.validate = () => false;
  try {
    return await draw({}, async () => undefined);
  } finally {
    api.validate = validate;
  }
}

/** A GPU is wanted, but not one in software. */
export async function withoutRealGpu(): Promise<Story> {
  return draw({ gpu: 'real' }, async () => undefined);
}

/** Draws twice at once after `before`, and what loops draw. */
async function draw(options: OpenOptions, before: () => Promise<void>): Promise<Story> {
  const told: EngineUse[] = [];
  const opened = await openEngine(start, { ...options, onFallback: (use) => void told.push(use) });
  const useOf = ({ uses, why }: EngineUse): EngineUse => ({ uses, why });
  const first = useOf(opened);
  await before();
  const drawn = await Promise.all([opened.engine.sample(request), opened.engine.sample(request)]);
  const after = useOf(opened);
  opened.engine.dispose();
  const wanted = await createFusedEngine(createLoopsDevice(), start).sample(request);
  const distances = drawn.flatMap((sketches) =>
    wanted.map(({ stroke3 }, i) => worst(sketches[i]?.stroke3 ?? [], stroke3)),
  );
  return { before: first, after, told, sketches: Math.max(...distances) };
}

/** The device that is opened next. */
function nextDevice(): Promise<GPUDevice> {
  const { prototype } = GPUAdapter;
  const requestDevice: GPUAdapter['requestDevice'] = Reflect.get(prototype, 'requestDevice');
  return new Promise<GPUDevice>((resolve) => {
    prototype.requestDevice = async function opened(this: GPUAdapter, descriptor) {
      prototype.requestDevice = requestDevice;
      const device = await requestDevice.call(this, descriptor);
      resolve(device);
      return device;
    };
  });
}
