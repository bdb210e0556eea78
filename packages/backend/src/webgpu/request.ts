/// <reference types="@webgpu/types" />
import { type GpuSource, requestDawn } from './dawn.ts';

/** An adapter of WebGPU, and what people call it: for `openWebgpu`. */
export interface WebgpuAdapter {
  readonly adapter: GPUAdapter;
  /** Vendor and architecture, which is what browsers tell: `nvidia ampere`. */
  readonly name: string;
  /** Computed by the CPU: right, and slower than the other engines. */
  readonly fallback: boolean;
}

/** An adapter, or why there is none and what to do about it. */
export type WebgpuFinding =
  | ({ readonly found: true } & WebgpuAdapter)
  | { readonly found: false; readonly detail: string; readonly remedy: string };

/** Looks for WebGPU: that of the browser or worker, or Dawn in Node. */
export async function requestWebgpu(): Promise<WebgpuFinding> {
  const source = isNode() ? await requestDawn() : browserGpu();
  if ('detail' in source) return { found: false, ...source };
  const adapter = await source.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    return {
      found: false,
      detail: 'no GPU that WebGPU can use',
      remedy: 'install the driver of the GPU, or use another engine',
    };
  }
  const { vendor, architecture, isFallbackAdapter } = adapter.info;
  return { found: true, adapter, name: `${vendor} ${architecture}`.trim() || 'unnamed', fallback: isFallbackAdapter };
}

function browserGpu(): GpuSource {
  const { navigator } = globalThis as { navigator?: { gpu?: GPU } };
  if (navigator?.gpu) return { gpu: navigator.gpu };
  return { detail: 'the browser has no WebGPU', remedy: 'use a browser that has it, over https, or another engine' };
}

function isNode(): boolean {
  return typeof process === 'object' && typeof process.versions?.node === 'string';
}
