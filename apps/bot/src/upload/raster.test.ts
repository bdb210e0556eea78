import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { blockOtherFormats } from './raster.ts';

const paper = (): Sharp => sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } });

test('threads decode what is taken, from memory, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'raster-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'paper.png');
  await paper().png().toFile(file);
  const [png, jpeg, webp, gif, tiff] = await Promise.all(
    (['png', 'jpeg', 'webp', 'gif', 'tiff'] as const).map((format) => paper().toFormat(format).toBuffer()),
  );
  const width = async (input: Buffer | string | undefined): Promise<number> => (await sharp(input).metadata()).width;
  // All of them can be read before.
  expect(await Promise.all([png, jpeg, webp, gif, tiff, file].map(width))).toEqual([8, 8, 8, 8, 8, 8]);

  blockOtherFormats();
  expect(await Promise.all([png, jpeg, webp, gif].map(width))).toEqual([8, 8, 8, 8]);
  await expect(width(tiff)).rejects.toThrow(/unsupported image format/);
  await expect(width(file)).rejects.toThrow(/unsupported image format/);
});
