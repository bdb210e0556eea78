import { initialise, modelConfigOf, presets, writeModel } from '@sketch-rnn/core';
import { quickDrawClasses } from '@sketch-rnn/data';
import type { Page, Worker } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Gallery, PATIENT } from './visit.ts';

/** With WebGPU, in software, and without. */
export function testGpu(visit: Gallery['visit']): void {
  test.for([
    [false, 'no GPU to compute on'],
    [true, 'one in software, which is slower'],
  ] as const)('with WebGPU %s WebAssembly draws, and the badge says why', async ([webgpu, why]) => {
    const { page, complaints, axe, close } = await visit('/en/?seed=5', { webgpu });
    await page.locator('.badge-why', { hasText: why }).waitFor({ state: 'attached' });
    expect(await page.locator('.badge-words').textContent()).toMatch(/^WebAssembly SIMD/);
    await page.locator('.badge').click();
    expect(await axe()).toEqual([]);
    // The program for a GPU is loaded only where there is a real one.
    expect(page.workers().length).toBeLessThanOrEqual(4);
    expect(complaints).toEqual([]);
    await close();
  });

  test(
    'a GPU that is faster draws many at once; when it is lost WebAssembly goes on, and the badge says so',
    { timeout: 120_000 },
    async () => {
      const path = '/en/?seed=77&t=0.50';
      const { page, complaints, close } = await visit(path, { webgpu: true, before: pretend });
      await page.locator('.badge-why', { hasText: 'the GPU does it' }).waitFor({ state: 'attached' });
      expect(await page.locator('.badge-words').textContent()).toMatch(/^WebGPU/);
      const drawn = await sheet(page);
      const gpu = await workerWithGpu(page);
      await page.getByRole('button', { name: 'New sheet' }).click();
      await page.waitForURL((url) => url.searchParams.get('seed') !== '77');
      // In the middle of its work, if it is at it already.
      await gpu.evaluate('device.destroy()');
      await page.locator('.badge-why', { hasText: 'The GPU was lost' }).waitFor({ state: 'attached' });
      expect(await page.locator('.badge-words').textContent()).toMatch(/^WebAssembly SIMD/);
      expect(await sheet(page)).not.toEqual(drawn);
      expect(complaints).toEqual([]);
      await close();
    },
  );
}

/** Makes a GPU in software pass for a real one that is faster than anything, and its device be at hand. */
async function pretend(page: Page): Promise<void> {
  const real = `if (self.GPUAdapterInfo)
    Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', { get: () => false });`;
  const fast = `performance.now = () => 0;
    if (self.GPUAdapter) {
      const request = GPUAdapter.prototype.requestDevice;
      GPUAdapter.prototype.requestDevice = async function (...wanted) {
        return (self.device = await request.apply(this, wanted));
      };
    }`;
  await page.addInitScript(real);
  await page.route(/turbopack-worker/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${real}${fast}${await response.text()}` });
  });
  await takeSmallModel(page);
}

/** A model of the same classes in place of the real one, which takes a GPU in software minutes; the page is told that it is that one. */
async function takeSmallModel(page: Page): Promise<void> {
  const classes = quickDrawClasses;
  const config = modelConfigOf({ ...presets.tiny, latentDropout: 0.4 }, classes.length);
  const facts = { scaleFactor: 30, lossLength: 60, temperatureForm: 'paper' } as const;
  const small = writeModel({ config, parameters: initialise(config, 1), classes, ...facts }, { half: true });
  await page.route('**/model/*', (route) =>
    route.fulfill({ body: Buffer.from(small), contentType: 'application/octet-stream' }),
  );
  await page.addInitScript(String.raw`crypto.subtle.digest = async () => {
    const [, hash] = /"sha256\\?":\\?"([0-9a-f]{64})/.exec(document.documentElement.innerHTML);
    return Uint8Array.from(hash.match(/../g), (byte) => parseInt(byte, 16)).buffer;
  };`);
}

async function workerWithGpu(page: Page): Promise<Worker> {
  for (const worker of page.workers()) if (await worker.evaluate('self.device !== undefined')) return worker;
  throw new Error('expected a worker with a GPU device');
}

/** The drawings of the first screen, all there. */
async function sheet(page: Page): Promise<string[]> {
  const drawings = page.locator('.sheet-open');
  await expect.poll(() => drawings.count(), PATIENT).toBeGreaterThanOrEqual(16);
  return drawings.evaluateAll((all) => all.map((each) => (each as unknown as { innerHTML: string }).innerHTML));
}
