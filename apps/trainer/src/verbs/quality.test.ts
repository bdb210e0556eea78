import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeModel } from '@sketch-rnn/core';
import { drawDemo, toNdjsonLine, toStroke3 } from '@sketch-rnn/data';
import { beforeEach, describe, expect, test } from 'vitest';
import '../testing/engines.ts';
import { tinyModel, typed, workFolder } from '../testing/command-line.ts';
import type { EvaluationReport } from '../evaluation/report.ts';
import type { QualityReport } from '../quality/report.ts';

/** Short drawings, about five of each class in the test split and in validation. */
const data = (['owl', 'pig'] as const).flatMap((className) =>
  Array.from({ length: 100 }, (_, i) =>
    toNdjsonLine({ stroke3: toStroke3(drawDemo(className, i).slice(0, 1)), className }),
  ),
);
const model = tinyModel({ classes: 2, latentDropout: 0.4 }, { lossLength: 100 });

let folder: string;

beforeEach(async () => {
  folder = await workFolder();
  await writeFile(join(folder, 'model.safetensors'), writeModel(model));
  await writeFile(join(folder, 'data.ndjson'), data.join(''));
});

async function run<T>(line: string): Promise<T> {
  const { code, stdout, stderr } = await typed(`${line} --data data.ndjson --json`, { folder });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return JSON.parse(stdout) as T;
}

const quick = 'quality --samples 2 --temperature 0.3 --temperature 0.9 --out q.html';

describe('quality', () => {
  test('agrees with eval on the same drawings', async () => {
    const { likelihood, latent, data: judged } = await run<QualityReport>(`${quick} --model model.safetensors`);
    const bound = await run<EvaluationReport>('eval --model model.safetensors --dequantise 1');
    const without = await run<EvaluationReport>('eval --model model.safetensors --dequantise 1 --unconditional');
    expect(judged).toMatchObject({ drawings: bound.drawings, points: bound.points });
    expect(likelihood.withLatent?.perPoint.value).toBeCloseTo(bound.perPoint.total, 4);
    expect(likelihood.withoutLatent?.perPoint.value).toBeCloseTo(without.perPoint.total, 4);
    const kl = latent?.klByDimension ?? [];
    expect(kl).toHaveLength(model.config.latentSize);
    expect(kl.reduce((sum, nats) => sum + nats, 0)).toBeCloseTo((bound.perPoint.kl * bound.points) / bound.drawings, 4);
    expect(latent?.within?.value).toBeCloseTo(bound.latentGain ?? NaN, 4);
  });

  test('a model against itself differs by 0, the interval being [0, 0]', async () => {
    const { against } = await run<QualityReport>(`${quick} --model model.safetensors --against model.safetensors`);
    expect(against?.basis).toEqual({ own: 'without a latent vector', other: 'without a latent vector' });
    expect(against?.classes.map((each) => each.class)).toEqual(['owl', 'pig']);
    for (const each of [against?.perPoint, against?.perDrawing])
      expect(each).toMatchObject({ value: 0, interval: [0, 0] });
  });

  test('limits drawings of each class, and says so of each what it says of all', async () => {
    const report = await run<QualityReport>(`${quick} --model model.safetensors --limit 2`);
    expect(report.classes.map((each) => [each.class, each.drawings])).toEqual([
      ['owl', 2],
      ['pig', 2],
    ]);
    expect(report.guess?.drawings).toBe(4);
    for (const { samples } of [report, ...report.classes]) {
      expect(samples.map(({ temperature }) => temperature)).toEqual([0.3, 0.9]);
      for (const { ended, tinySteps } of samples)
        for (const share of [ended, tinySteps]) expect(share).toBeLessThanOrEqual(1);
    }
    expect(report.samples.map(({ drawings }) => drawings)).toEqual([4, 4]);
    const total = report.classes.reduce((sum, { withoutLatent = NaN, points }) => sum + withoutLatent * points, 0);
    expect(report.likelihood.withoutLatent?.perPoint.value).toBeCloseTo(total / report.data.points, 9);
    const mean = report.classes.reduce((sum, { withoutLatent = NaN }) => sum + withoutLatent / 2, 0);
    expect(report.likelihood.withoutLatent?.meanOfClasses).toBeCloseTo(mean, 9);
  });

  test('lays its figures beside the page, class by class', async () => {
    const { classes } = await run<QualityReport>(`${quick} --model model.safetensors --limit 2`);
    const lines = (await readFile(join(folder, 'q.md'), 'utf8')).split('\n').filter((line) => line.startsWith('| '));
    expect(lines.slice(2).map((line) => line.split(' | ').slice(0, 3))).toEqual(
      classes.map((each) => [`| ${each.class}`, '2', each.withoutLatent?.toFixed(3)]),
    );
  });

  test('drawings that were learned from are found again', async () => {
    const { real } = await run<QualityReport>(`${quick} --model model.safetensors --split train --limit 5`);
    expect(real.nearest).toEqual({ least: 0, median: 0 });
  });

  test('has nothing to say of a latent vector in a decoder alone, nor to guess where there is one class', async () => {
    const alone = tinyModel({ conditional: false }, { classes: ['owl'], lossLength: 100 });
    await writeFile(join(folder, 'alone.safetensors'), writeModel(alone));
    const report = await run<QualityReport>(`${quick} --model alone.safetensors`);
    expect(report.classes.map((each) => each.class)).toEqual(['owl']);
    expect(Object.keys(report)).not.toEqual(expect.arrayContaining(['latent']));
    expect(report).not.toHaveProperty('guess');
    expect(report.likelihood).not.toHaveProperty('withLatent');
  });

  test('writes its figures beside the page', async () => {
    const report = await run<QualityReport>(`${quick} --model model.safetensors --limit 1`);
    expect(JSON.parse(await readFile(join(folder, 'q.json'), 'utf8'))).toEqual(report);
  });

  test.for([
    [
      '--against',
      'a model that shares no class',
      /--against: expected a model that shares a class with the other, got one of bird/,
    ],
    ['--model', 'drawings of other classes alone', /--data: expected drawings in test of a class that the model knows/],
  ] as const)('%s: refuses %s', async ([option, , message]) => {
    const bird = tinyModel({}, { classes: ['bird'], lossLength: 100 });
    await writeFile(join(folder, 'bird.safetensors'), writeModel(bird));
    const models =
      option === '--model' ? '--model bird.safetensors' : '--model model.safetensors --against bird.safetensors';
    const { code, stdout, stderr } = await typed(`${quick} ${models} --data data.ndjson`, { folder });
    expect(code).toBeGreaterThan(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });
});
