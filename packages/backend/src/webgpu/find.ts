import type { Found } from '../availability.ts';
import { createFusedEngine } from '../fused/engine.ts';
import { devicePeak } from '../fused/peak.ts';
import { createWebgpuDevice } from './device.ts';
import { openWebgpu } from './gpu.ts';
import { requestWebgpu } from './request.ts';

/** Opens WebGPU, or says why not. A GPU in software runs, but is not one. */
export async function findWebgpu(): Promise<Found> {
  const found = await requestWebgpu();
  if (!found.found) {
    const { detail, remedy } = found;
    return { availability: { runs: false, detail, remedy } };
  }
  const gpu = await openWebgpu(found);
  return {
    availability: {
      runs: true,
      computesOn: found.fallback ? 'cpu' : 'gpu',
      detail: found.fallback ? `${found.name}, in software: slower than the other engines` : found.name,
    },
    runnable: {
      create: (start) => createFusedEngine(createWebgpuDevice(gpu), start),
      async measurePeak() {
        const device = createWebgpuDevice(gpu);
        const peak = await devicePeak(device);
        device.dispose();
        return peak;
      },
    },
  };
}
