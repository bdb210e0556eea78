import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseEngine } from '@sketch-rnn/backend';
import { type Model, presets, writeModel } from '@sketch-rnn/core';
import {
  type Drawing,
  drawDemo,
  pack,
  scaleFactorOf,
  scaleOffsets,
  toNdjsonLine,
  toSketchFile,
  toStroke3,
  toSvg,
} from '@sketch-rnn/data';
import { beforeEach, expect, test } from 'vitest';
import '../testing/engines.ts';
import { tinyModel, typed, workFolder } from '../testing/command-line.ts';

const CLASSES = ['owl', 'pig'] as const;
const drawings = CLASSES.flatMap((className, label) =>
  [0, 1, 2, 3].map((i) => ({ stroke3: toStroke3(drawDemo(className, i).slice(0, 4)), className, label })),
);
const scaleFactor = scaleFactorOf(drawings.map(({ stroke3 }) => stroke3));

/** A model that has been shown eight drawings until it knows them. */
async function overfitted(): Promise<Model> {
  const untrained = tinyModel({ classes: 2, conditional: false }, { scaleFactor, lossLength: 100 });
  const batch = pack(drawings.map(({ stroke3 }) => scaleOffsets(stroke3, 1 / scaleFactor)));
  const engine = (await chooseEngine('auto')).create(untrained);
  try {
    for (let step = 0; step < 150; step++) {
      await engine.trainStep({
        batch,
        classes: Int32Array.from(batch.order, (place) => drawings[place]?.label ?? 0),
        lossLength: 100,
        klWeight: 0,
        klTolerance: 0,
        learningRate: 0.01,
        gradientClip: presets.tiny.gradientClip,
        dropout: { recurrentDropout: 0, inputDropout: 0, outputDropout: 0, seed: step },
      });
    }
    return { ...untrained, parameters: await engine.parameters() };
  } finally {
    engine.dispose();
  }
}

const model = writeModel(await overfitted());
let folder: string;

beforeEach(async () => {
  folder = await workFolder();
  await writeFile(join(folder, 'model.safetensors'), model);
});

interface Told {
  readonly drawings: readonly {
    readonly class: string;
    readonly points: number;
    readonly guesses: readonly { readonly class: string; readonly probability: number; readonly nats: number }[];
  }[];
}

test('a model that knows two classes by heart names them, in files of any kind', async () => {
  const [, , , , , pig] = drawings as readonly Drawing[];
  await writeFile(join(folder, 'all.ndjson'), drawings.map(toNdjsonLine).join(''));
  await writeFile(join(folder, 'a.json'), JSON.stringify(toSketchFile(pig as Drawing)));
  await writeFile(join(folder, 'b.svg'), toSvg(pig as Drawing));
  const { code, stdout, stderr } = await typed(
    'guess --model model.safetensors a.json b.svg --data all.ndjson --json',
    {
      folder,
    },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const told = (JSON.parse(stdout) as Told).drawings;
  expect(told.map(({ guesses }) => guesses[0]?.class)).toEqual([
    'pig',
    'pig',
    ...drawings.map(({ className }) => className),
  ]);
  for (const { guesses } of told) {
    expect(guesses.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6);
    const [first, second] = guesses;
    // Odds are the ratio of the likelihoods, every class being as likely beforehand.
    const odds = Math.log(first?.probability ?? 0) - Math.log(second?.probability ?? 0);
    expect(odds).toBeCloseTo((first?.nats ?? 0) - (second?.nats ?? 0), 6);
  }
});

test('a model of one class is refused before anything is read', async () => {
  await writeFile(join(folder, 'one.safetensors'), writeModel(tinyModel()));
  const { code, stderr } = await typed('guess --model one.safetensors none.ndjson', { folder });
  expect(code).toBe(1);
  expect(stderr).toBe(
    'error: guess: expected a model of several classes, got one of "owl" alone - use one that was trained on all the ' +
      'classes to choose from\n',
  );
});
