import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { EngineError } from '../error.ts';
import { type Gpu, openWebgpu } from './gpu.ts';
import { requestWebgpu } from './request.ts';

/** Where Debian's Chromium has its Vulkan: a loader, and SwiftShader, a driver that computes on the CPU. */
const CHROMIUM = '/usr/lib/chromium';

/** glibc's flag: the library stays loaded although it turns out to be no addon. */
const RTLD_NODELETE = 0x1000;

/**
 * A GPU in software, for tests: right, and slow.
 *
 * @returns undefined where there is none
 */
export async function openSoftwareGpu(): Promise<Gpu | undefined> {
  if (!useSoftwareVulkan()) return undefined;
  const found = await requestWebgpu();
  if (!found.found) throw new EngineError(`${found.detail} - ${found.remedy}`);
  return openWebgpu(found);
}

/** Lets Dawn find a Vulkan that computes in software; false where there is none. */
function useSoftwareVulkan(): boolean {
  const driver = join(CHROMIUM, 'vk_swiftshader_icd.json');
  const loader = join(CHROMIUM, 'libvulkan.so.1');
  if (!existsSync(driver) || !existsSync(loader)) return false;
  process.env['VK_ICD_FILENAMES'] = driver;
  // Dawn asks for the loader by its name alone: one that is loaded already is found from anywhere.
  try {
    process.dlopen({ exports: {} }, loader, constants.dlopen.RTLD_NOW + RTLD_NODELETE);
  } catch {
    // Loaded, and then refused for not being an addon.
  }
  return true;
}
