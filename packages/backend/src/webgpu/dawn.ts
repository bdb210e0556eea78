/** Where WebGPU comes from, or why it does not. */
export type GpuSource = { readonly gpu: GPU } | { readonly detail: string; readonly remedy: string };

/** WebGPU for Node. In a variable, so that bundlers for browsers do not look for it. */
const PACKAGE = 'webgpu';

/** Held for as long as the process runs: what was made with it crashes once it is collected. */
let held: GPU | undefined;

/** Dawn's WebGPU, from the optional package `webgpu`; Node alone can call this. */
export async function requestDawn(): Promise<GpuSource> {
  if (process.platform === 'linux' && !hasVulkan()) {
    return {
      detail: 'there is no Vulkan (libvulkan.so.1)',
      remedy: 'install the GPU\'s driver and Vulkan ("apt install libvulkan1"), or use another engine',
    };
  }
  try {
    const { create } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ PACKAGE)) as {
      create: (options: string[]) => GPU;
    };
    held ??= create([]);
    return { gpu: held };
  } catch (error) {
    return {
      detail: `the package webgpu does not load: ${(error as Error).message.split('\n')[0]}`,
      remedy: 'install again with optional dependencies, or use another engine',
    };
  }
}

/** Asked before Dawn asks, which would write a warning to stderr. */
function hasVulkan(): boolean {
  try {
    // It is no addon of Node: a library that is there is refused with another message than one that is not.
    process.dlopen({ exports: {} }, 'libvulkan.so.1');
    return true;
  } catch (error) {
    return !(error as Error).message.includes('cannot open shared object file');
  }
}
