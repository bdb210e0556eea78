import type { Device } from './fused/device.ts';
import { createLoopsDevice } from './fused/loops/device.ts';
import { createWasmDevice } from './wasm/device.ts';
import { hasSimd } from './wasm/kernel-module.ts';

/** The device that needs nothing but JavaScript: WebAssembly with SIMD, or plain loops where there is none. */
export async function openEmbeddedDevice(): Promise<Device> {
  return hasSimd() ? createWasmDevice() : createLoopsDevice();
}
