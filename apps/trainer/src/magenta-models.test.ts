import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readMagentaJs, writeMagentaJs, writeModel } from '@sketch-rnn/core';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { hasShared, shared } from '../../../test/shared.ts';
import { loadMagentaModel, type MagentaOptions } from './magenta-models.ts';
import { tinyModel, typed, workFolder } from './testing/command-line.ts';
import './testing/engines.ts';
import { verbs } from './verbs/index.ts';

/** A whole, small file of the bucket. */
function playerFile(name: string): Uint8Array {
  const model = tinyModel({ conditional: false, decoderCell: 'lstm', mixtures: 20 }, { classes: [name] });
  return writeMagentaJs(model).bytes;
}

const owl = playerFile('owl');

let cacheFolder: string;

beforeEach(async () => {
  cacheFolder = await workFolder();
});

/** A server on the loopback that answers the n-th request with the n-th answer, the last one ever after. */
async function serve(...answers: RequestListener[]): Promise<{ baseUrl: string; asked: (string | undefined)[] }> {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] as RequestListener;
    asked.push(request.url);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function sends(body: Uint8Array | string): RequestListener {
  return (_, response) => response.writeHead(200, { 'content-length': body.length }).end(body);
}

function failsWith(status: number): RequestListener {
  return (_, response) => response.writeHead(status).end();
}

/** Nobody waits before asking again, and no connection is given up as stalled. */
const pace: NonNullable<MagentaOptions['pace']> = {
  random: () => 0,
  wait: async (milliseconds, signal) => {
    if (milliseconds >= 30_000) await once(signal, 'abort');
  },
};

function load(name: string, baseUrl: string) {
  return loadMagentaModel(name, { baseUrl, cacheFolder, pace });
}

function kept(): Promise<string[]> {
  return readdir(join(cacheFolder, 'magenta'));
}

async function keep(content: Uint8Array | string): Promise<string> {
  const path = join(cacheFolder, 'magenta', 'owl.gen.json');
  await mkdir(join(cacheFolder, 'magenta'));
  await writeFile(path, content);
  return path;
}

/** Port 1 of the loopback: nobody answers. */
const OFFLINE = 'http://127.0.0.1:1';

describe('a public model is fetched', () => {
  test('once: what is kept is used without asking anyone', async () => {
    const { baseUrl, asked } = await serve(sends(owl));
    const expected = readMagentaJs(owl, 'owl');
    expect(await load('magenta:owl', baseUrl)).toEqual(expected);
    expect(await load('magenta:owl', baseUrl)).toEqual(expected);
    expect(await load('magenta:owl', OFFLINE)).toEqual(expected);
    expect(asked).toEqual(['/sketchRNN/models/owl.gen.json']);
    expect(await kept()).toEqual(['owl.gen.json']);
  });

  test.for(['magenta:palm_tree', 'Magenta:Palm Tree', 'magenta:palm-tree'])(
    'under its name in the bucket, below any base: %s',
    async (name) => {
      const { baseUrl, asked } = await serve(sends(playerFile('palm_tree')));
      await load(name, `${baseUrl}/mirror/`);
      expect(asked).toEqual(['/mirror/sketchRNN/models/palm_tree.gen.json']);
    },
  );

  test('after a server has failed for a while', async () => {
    const { baseUrl, asked } = await serve(failsWith(500), failsWith(503), sends(owl));
    expect((await load('magenta:owl', baseUrl)).classes).toEqual(['owl']);
    expect(asked).toHaveLength(3);
  });

  test('whole, though the connection broke in the middle', async () => {
    const half = owl.length >> 1;
    const { baseUrl, asked } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': owl.length });
      response.write(owl.subarray(0, half), () => response.destroy());
    }, sends(owl));
    expect(await load('magenta:owl', baseUrl)).toEqual(readMagentaJs(owl, 'owl'));
    expect(asked).toHaveLength(2);
  });

  test.skipIf(!hasShared).for(['bear', 'bird'])("and is Magenta's own: %s", async (name) => {
    const bytes = await readFile(shared('models/magenta', `${name}.gen.json`));
    const { baseUrl } = await serve(sends(bytes));
    const [loaded, expected] = [await load(`magenta:${name}`, baseUrl), readMagentaJs(bytes, name)];
    // As bytes: matchers look at a million weights one by one.
    expect(Buffer.compare(writeModel(loaded), writeModel(expected))).toBe(0);
    expect(Buffer.compare(await readFile(join(cacheFolder, 'magenta', `${name}.gen.json`)), bytes)).toBe(0);
  });
});

describe('what is no such model is refused, and not kept', () => {
  const text = new TextDecoder().decode(owl);
  const [info, shapes, weights] = JSON.parse(text) as [object, number[][], string[]];
  const otherShapes = shapes.map((shape, i) => (i === 0 ? [shape[0], 120] : shape));

  test.for<[what: string, content: string | Uint8Array, message: RegExp]>([
    ['cut short', text.slice(0, -100), /expected JSON.*cut short/],
    ['a page of another server', '<html>Sign in</html>', /expected JSON.*<html>/],
    ['other JSON', '{"error": "none"}', /is this a model of sketch_rnn\.js\?/],
    ['too few weights', JSON.stringify([info, shapes, weights.slice(1)]), /expected 5 shapes and weights/],
    ['other shapes', JSON.stringify([info, otherShapes, weights]), /output\.weights.*expected \d+ bytes/],
    [
      'weights cut short',
      JSON.stringify([info, shapes, weights.map((each) => each.slice(0, -8))]),
      /expected \d+ bytes for \[.*\], got/,
    ],
    ['a model of something else', playerFile('bear'), /expected a decoder of owl, got a decoder of bear/],
    [
      'a model with its encoder',
      writeMagentaJs(tinyModel({ encoderCell: 'lstm', decoderCell: 'lstm', mixtures: 20 }, { classes: ['owl'] })).bytes,
      /expected a decoder of owl, got encoder and decoder of owl/,
    ],
  ])('%s', async ([, content, message]) => {
    const { baseUrl, asked } = await serve(sends(content), sends(owl));
    const loading = load('magenta:owl', baseUrl);
    await expect(loading).rejects.toMatchObject({ name: 'ModelError' });
    await expect(loading).rejects.toThrow(message);
    await expect(loading).rejects.toThrow(`${baseUrl}/sketchRNN/models/owl.gen.json`);
    expect(await kept()).toEqual([]);
    // The next time it is asked for again.
    expect((await load('magenta:owl', baseUrl)).classes).toEqual(['owl']);
    expect(asked).toHaveLength(2);
  });

  test('a file too large, before a byte of it is taken', async () => {
    const { baseUrl } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 2 ** 30 }).write('[');
    });
    await expect(load('magenta:owl', baseUrl)).rejects.toThrow(/expected at most 50331648 bytes, got 1073741824/);
    expect(await kept()).toEqual([]);
  });

  test('but what lay in the cache already stays there, and is named', async () => {
    const path = await keep('[');
    await expect(load('magenta:owl', OFFLINE)).rejects.toThrow(`${path}: expected JSON`);
    expect(await kept()).toEqual(['owl.gen.json']);
  });
});

describe('what went wrong is told', () => {
  test('offline: where else it may come from', async () => {
    const failure = await load('magenta:owl', OFFLINE).catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ name: 'DataError' });
    for (const part of ['SKETCH_RNN_MAGENTA_URL', join(cacheFolder, 'magenta', 'owl.gen.json')]) {
      expect((failure as Error).message).toContain(part);
    }
  });

  test('a server without the file is asked once', async () => {
    const { baseUrl, asked } = await serve(failsWith(404));
    await expect(load('magenta:owl', baseUrl)).rejects.toThrow(/HTTP 404 - .*SKETCH_RNN_MAGENTA_URL/);
    expect(asked).toHaveLength(1);
  });

  test.skipIf(!hasShared)('every public model whose header is known may be asked for', async () => {
    const text = await readFile(shared('models/magenta/magenta_gen_models_info.json'), 'utf8');
    const known = (JSON.parse(text) as { info: { name: string } }[]).map(({ info }) => info.name);
    expect(known).toHaveLength(114);
    for (const name of known) {
      await expect(load(`magenta:${name}`, OFFLINE)).rejects.toThrow(
        `/sketchRNN/models/${name}.gen.json: expected a file`,
      );
    }
  });

  test('a name there is no model of: the nearest, without asking anyone', async () => {
    const { baseUrl, asked } = await serve(sends(owl));
    await expect(load('magenta:owll', baseUrl)).rejects.toThrow(
      'magenta:owll: expected one of Magenta\'s 114 public models, got "owll" - did you mean "owl"?',
    );
    await expect(load('magenta:../../etc', baseUrl)).rejects.toThrow(/expected one of/);
    expect(asked).toEqual([]);
  });
});

describe('on the command line', () => {
  test('every verb that takes a model takes one by its name', () => {
    const flags = [...verbs.values()].flatMap((verb) => verb.flags.filter(({ key }) => key === 'model'));
    expect(flags.length).toBeGreaterThan(5);
    for (const flag of flags) {
      expect(flag.resolves).toBe('model');
      expect(flag.description).toContain('magenta:CLASS');
    }
  });

  test('it is fetched from where the environment says, and kept where it says', async () => {
    const { baseUrl } = await serve(sends(owl));
    const variables = { SKETCH_RNN_MAGENTA_URL: baseUrl, SKETCH_RNN_CACHE: 'kept' };
    const line = 'sample --model magenta:owl --n 2 --out owls.svg';
    expect(await typed(line, { folder: cacheFolder, variables })).toMatchObject({ code: 0, stderr: '' });
    expect(await readdir(join(cacheFolder, 'kept/magenta'))).toEqual(['owl.gen.json']);
    const imported = await typed('import magenta:owl --out owl.safetensors', { folder: cacheFolder, variables });
    expect(imported).toMatchObject({ code: 0, stderr: '' });
  });

  test('an address that is none is refused before anything is done', async () => {
    const variables = { SKETCH_RNN_MAGENTA_URL: 'ftp://models' };
    const { code, stderr } = await typed('sample --model magenta:owl --out owls.svg', {
      folder: cacheFolder,
      variables,
    });
    expect(code).toBe(2);
    expect(stderr).toContain('SKETCH_RNN_MAGENTA_URL: expected an http or https address, got "ftp://models"');
  });

  test('a file of such a name is written ./magenta:owl', async () => {
    const { code, stderr } = await typed('sample --model ./magenta:owl --out owls.svg', { folder: cacheFolder });
    expect(code).toBe(1);
    expect(stderr).toContain(join(cacheFolder, 'magenta:owl'));
  });
});
