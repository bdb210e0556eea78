import { EngineError } from '../error.ts';
import { SHADER_STAGE_COMPUTE } from './constants.ts';
import { ARGUMENT_BYTES, type Kernel, shader } from './kernel.ts';
import type { WebgpuAdapter } from './request.ts';
import { type Watch, watch } from './watch.ts';

/** An opened GPU, which devices share with the kernels compiled for it. Its loss is theirs. */
export interface Gpu extends Watch {
  readonly name: string;
  /** What is underneath; nobody else may open error scopes on it. */
  readonly device: GPUDevice;
  /** What every kernel is given: memory, arguments at an offset, and memory of half precision. */
  readonly bindings: GPUBindGroupLayout;
  /** The compiled kernel, from its second use on without compiling. */
  readonly pipeline: (kernel: Kernel) => GPUComputePipeline;
}

/**
 * Opens the adapter that `requestWebgpu` found; it gives one device, so that a second call needs another.
 *
 * @throws EngineError where it gives none
 */
export async function openWebgpu({ adapter, name }: WebgpuAdapter): Promise<Gpu> {
  const device = await requestDevice(adapter);
  const watching = watch(device);
  const bindings = device.createBindGroupLayout({
    entries: [
      { binding: 0, visibility: SHADER_STAGE_COMPUTE, buffer: { type: 'storage' } },
      {
        binding: 1,
        visibility: SHADER_STAGE_COMPUTE,
        buffer: { type: 'uniform', hasDynamicOffset: true, minBindingSize: ARGUMENT_BYTES },
      },
      { binding: 2, visibility: SHADER_STAGE_COMPUTE, buffer: { type: 'read-only-storage' } },
    ],
  });
  const layout = device.createPipelineLayout({ bindGroupLayouts: [bindings] });
  const pipelines = new Map<Kernel, GPUComputePipeline>();
  return {
    ...watching,
    name,
    device,
    bindings,
    pipeline(kernel) {
      const known = pipelines.get(kernel);
      if (known) return known;
      const { label } = kernel;
      const module = device.createShaderModule({ label, code: shader(kernel) });
      const made = device.createComputePipeline({ label, layout, compute: { module, entryPoint: 'main' } });
      pipelines.set(kernel, made);
      return made;
    },
  };
}

/** A device that may use the adapter's largest buffers: the default is 128 MiB. */
async function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const { maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
  try {
    return await adapter.requestDevice({ requiredLimits: { maxStorageBufferBindingSize, maxBufferSize } });
  } catch (cause) {
    throw new EngineError(`webgpu: expected a device, got "${String(cause)}" - use another engine`, { cause });
  }
}
