import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openRun, type Run } from './folder.ts';
import { dropPicturesAfter, listPictures, readPicture, savePicture, spread } from './pictures.ts';

let parent: string;
let run: Run;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'pictures-'));
  run = await openRun(join(parent, 'run'), { resume: false });
});
afterEach(async () => {
  await run.close();
  await rm(parent, { recursive: true });
});

describe('pictures of a run', () => {
  const pictures = [900, 1000, 20_000].flatMap((step) =>
    (['reconstructions', 'samples'] as const).map((kind) => ({ kind, step, svg: `<svg>${kind} ${step}</svg>` })),
  );

  test('are found again, oldest first, and other files are not taken for pictures', async () => {
    for (const picture of pictures.toReversed()) await savePicture(run, picture);
    await writeFile(join(run.samples, 'mine.svg'), '');
    const found = await Promise.all((await listPictures(run.samples)).map(readPicture));
    expect(found).toHaveLength(6);
    expect(found.map(({ step }) => step)).toEqual([900, 900, 1000, 1000, 20_000, 20_000]);
    expect(found).toEqual(expect.arrayContaining(pictures));
  });

  test('of steps after the one resumed from are dropped', async () => {
    for (const picture of pictures) await savePicture(run, picture);
    await dropPicturesAfter(run, 1000);
    expect((await readdir(run.samples)).toSorted()).toEqual([
      'reconstructions-000000900.svg',
      'reconstructions-000001000.svg',
      'samples-000000900.svg',
      'samples-000001000.svg',
    ]);
  });
});

describe('a choice of pictures', () => {
  const stored = fc.array(fc.record({ step: fc.nat(), bytes: fc.integer({ min: 1, max: 1000 }) }), { maxLength: 60 });

  test('keeps its bounds and the order, and has the latest', () => {
    fc.assert(
      fc.property(
        stored,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1000, max: 5000 }),
        (pictures, count, bytes) => {
          const chosen = spread(pictures, { count, bytes });
          expect(chosen.length).toBeLessThanOrEqual(count);
          expect(chosen.reduce((sum, picture) => sum + picture.bytes, 0)).toBeLessThanOrEqual(bytes);
          expect(pictures.filter((picture) => chosen.includes(picture))).toEqual(chosen);
          expect(chosen.at(-1)).toBe(pictures.at(-1));
        },
      ),
    );
  });

  test('is even, from the first to the latest: no gap is larger than another by more than one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 500 }), fc.integer({ min: 2, max: 12 }), (available, count) => {
        const places = Array.from({ length: available }, (_, place) => ({ place, bytes: 1 }));
        const chosen = spread(places, { count, bytes: 1000 }).map(({ place }) => place);
        const gaps = chosen.slice(1).map((place, i) => place - (chosen[i] as number));
        expect([chosen[0], chosen.at(-1)]).toEqual([0, available - 1]);
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('is empty where even the latest is too large', () => {
    expect(spread([{ bytes: 1 }, { bytes: 2000 }], { count: 3, bytes: 1000 })).toEqual([]);
  });
});
