import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { drawDemo } from '../demo/artist.ts';
import { toNdjsonLine } from '../ndjson.ts';
import type { Drawing } from '../sketch.ts';
import { toStroke3 } from '../stroke3.ts';
import { realPace } from './patience.ts';
import { defaultSource, gatherSources, isDatasetName, openSource, type SourceOptions } from './source.ts';
import { writeDrawings } from './write.ts';

let folder: string;
let options: SourceOptions;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sketch-rnn-'));
  // Port 1 of the loopback: nobody answers; and nobody waits.
  options = {
    cacheFolder: join(folder, 'cache'),
    baseUrl: 'http://127.0.0.1:1/',
    pace: { ...realPace, wait: () => Promise.resolve() },
  };
  return () => rm(folder, { recursive: true });
});

const owls = Array.from({ length: 60 }, (_, i): Drawing => ({ stroke3: toStroke3(drawDemo('owl', i)) }));

/** Puts a class into the cache, as a download would. */
async function cache(className: string): Promise<void> {
  await mkdir(join(folder, 'cache', 'quickdraw'), { recursive: true });
  await writeDrawings(join(folder, 'cache', 'quickdraw', `${className}.npz`), owls);
}

describe('isDatasetName', () => {
  test.for([
    ['quickdraw:owl', true],
    ['demo:owl', true],
    ['quikdraw:owl', true],
    ['owl.npz', false],
    ['/a/b:c.npz', false],
    ['./b:c.npz', false],
    ['C:\\drawings\\owl.npz', false],
  ] as const)('%s: %s', ([text, isName]) => {
    expect(isDatasetName(text)).toBe(isName);
  });
});

describe('openSource', () => {
  test('names the licence of what is fetched, and says that the artist is no person', async () => {
    await cache('hot dog');
    expect(await openSource('QuickDraw:hot_dog', options)).toMatchObject({
      name: 'quickdraw:hot dog',
      licence: 'CC BY 4.0, Google',
      fallbackClass: 'hot dog',
    });
    expect((await openSource('demo:pig')).licence).toContain('synthetic');
  });

  test.for([
    ['quikdraw:owl', /expected quickdraw:CLASS, demo:CLASS or a path, got "quikdraw:"/],
    ['quickdraw:owll', /near it are quickdraw:owl/],
    ['demo:cat', /expected demo:owl or demo:pig, got "cat" - for other classes use quickdraw:cat/],
  ] as const)('refuses %s', async ([name, message]) => {
    await expect(openSource(name, options)).rejects.toThrow(message);
  });
});

describe('gatherSources', () => {
  test('makes one data set of several, each drawing of its class', async () => {
    await cache('bird');
    await writeFile(join(folder, 'cats.ndjson'), owls.map(toNdjsonLine).join(''));
    const gathered = await gatherSources(['quickdraw:bird', join(folder, 'cats.ndjson')], {
      ...options,
      maxLength: 250,
    });
    expect(gathered).toMatchObject({
      name: 'quickdraw:bird, cats.ndjson',
      licence: 'CC BY 4.0, Google; not stated',
      data: { classes: ['bird', 'cats'] },
    });
    const { train, valid, test: held } = gathered.data;
    const labels = [...train, ...valid, ...held].map(({ label }) => label);
    expect(labels.filter((label) => label === 0)).toHaveLength(60);
    expect(labels.filter((label) => label === 1)).toHaveLength(60);
  });

  test('takes what is named twice once', async () => {
    await cache('bird');
    const { data, name } = await gatherSources(['quickdraw:bird', 'quickdraw:bird'], { ...options, maxLength: 250 });
    expect(name).toBe('quickdraw:bird');
    expect(data.train.length + data.valid.length + data.test.length).toBe(60);
  });

  test('counts what cannot be used, by reason', async () => {
    const path = join(folder, 'a.ndjson');
    await writeFile(
      path,
      `${owls.map(toNdjsonLine).join('')}{"drawing":[]}\n{"drawing":[[[1],[1]]]}\n{"drawing":[]}\nno\n`,
    );
    const { skipped } = await gatherSources([path], { maxLength: 250 });
    expect(Object.fromEntries(skipped)).toEqual({ empty: 2, 'single point': 1, malformed: 1 });
  });
});

describe('defaultSource', () => {
  test('is real owls where they are here', async () => {
    await cache('owl');
    expect(await defaultSource(options)).toEqual({ name: 'quickdraw:owl' });
  });

  test('is synthetic owls where nobody answers, and says why', async () => {
    const { name, substituteBecause } = await defaultSource(options);
    expect(name).toBe('demo:owl');
    expect(substituteBecause).toMatch(/127\.0\.0\.1:1.*expected a file/);
  });

  test('is nothing where the user stops', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(defaultSource({ ...options, signal })).rejects.toThrow('stopped');
  });
});
