import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Model, readModel } from '@sketch-rnn/core';
import { expect, test } from 'vitest';
import { typed, workFolder } from '../testing/command-line.ts';
import { writeDemos } from '../testing/drawings.ts';
import '../testing/engines.ts';

/** A folder with a small model of owls and pigs, and drawings of pigs alone. */
async function trainedModel(): Promise<string> {
  const folder = await workFolder();
  await mkdir(join(folder, 'data'));
  for (const className of ['owl', 'pig'] as const) {
    await writeDemos(join(folder, 'data'), className, { drawnAs: className });
  }
  const { code } = await typed('train --data data --preset tiny --engine wasm --steps 20 --name base', { folder });
  expect(code).toBe(0);
  return folder;
}

function tune(folder: string, more: string) {
  const base = 'runs/base/model.safetensors';
  return typed(`train --from ${base} --data data/pig.ndjson --engine wasm --preset tiny ${more}`, { folder });
}

async function modelOf(folder: string, run: string): Promise<Model> {
  const path = join(folder, 'runs', run, 'model.safetensors');
  return readModel(await readFile(path), path);
}

test('a tuned model keeps sizes, classes, scale factor and N_max, and says what its weights had seen', async () => {
  const folder = await trainedModel();
  // Other sizes in the preset do not count.
  expect((await tune(folder, '--preset small --name tuned --steps 5 --set batchSize=16')).code).toBe(0);
  const [base, tuned] = [await modelOf(folder, 'base'), await modelOf(folder, 'tuned')];
  const { config, classes, scaleFactor, lossLength } = base;
  expect(tuned).toMatchObject({ config, classes, scaleFactor, lossLength });
  expect(tuned.data?.name).toBe(`pig.ndjson, from a model of ${base.data?.name}`);
  expect(tuned.parameters).not.toEqual(base.parameters);
});

test('drawings keep the class number that the model knows them by', async () => {
  const folder = await trainedModel();
  // Of the class vectors only that of pigs, the second, is ever asked for.
  expect((await tune(folder, '--name tuned --steps 5')).code).toBe(0);
  const [base, tuned] = [await modelOf(folder, 'base'), await modelOf(folder, 'tuned')];
  const vectors = ({ parameters, config }: Model, label: number) =>
    parameters['class.embedding']?.slice(label * config.classEmbedding, (label + 1) * config.classEmbedding);
  expect(vectors(tuned, 0)).toEqual(vectors(base, 0));
  expect(vectors(tuned, 1)).not.toEqual(vectors(base, 1));
});

test('a tuning goes on as any run does, and keeps what it came from', async () => {
  const folder = await trainedModel();
  await tune(folder, '--name whole --steps 6 --evaluate-every 3');
  await tune(folder, '--name parts --steps 3 --evaluate-every 3');
  const goOn = await typed('train --resume --name parts --engine wasm --steps 6 --evaluate-every 3', { folder });
  expect(goOn.code).toBe(0);
  expect(await modelOf(folder, 'parts')).toEqual(await modelOf(folder, 'whole'));
});

test('what does not fit the weights is refused, with the remedy', async () => {
  const folder = await trainedModel();
  expect((await tune(folder, '--set encoderSize=20')).stderr).toMatch(
    /--set encoderSize: expected 16, .* got 20 - start a new run/,
  );
  expect((await tune(folder, '--resume --name base')).stderr).toMatch(/--from: expected a new run, got --resume/);
  await writeDemos(join(folder, 'data'), 'cat', { drawnAs: 'owl' });
  expect((await tune(folder, '--data data/cat.ndjson')).stderr).toMatch(
    /--data: expected classes among owl, pig, got cat/,
  );
});
