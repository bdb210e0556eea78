import { chooseEngine } from '@sketch-rnn/backend';
import { drawDemo, scaleOffsets, toStroke3 } from '@sketch-rnn/data';
import { expect, test } from 'vitest';
import '../testing/engines.ts';
import { tinyModel } from '../testing/command-line.ts';
import { sum } from './interval.ts';
import { comparableNats } from './nats.ts';
import { atItsScale, toldOf } from './rival.ts';

const drawings = [0, 1, 2, 3].map((i) => {
  const stroke3 = toStroke3(drawDemo('owl', i).slice(0, 2));
  return { stroke3, blurred: stroke3, label: 0 };
});
const judging = { engine: 'auto', seed: 1, begin: () => () => undefined } as const;

test.for([
  ['a decoder alone', { conditional: false }],
  ['a model that is judged by its bound', {}],
] as const)('the scale of a player is the one under which drawings are most likely: %s', async ([, changes]) => {
  const model = tinyModel(changes, { temperatureForm: 'sketch-rnn-js', scaleFactor: 999 });
  const { scaleFactor } = await atItsScale(model, drawings, judging);
  const engine = (await chooseEngine('auto')).create(model);
  const cost = async (scale: number): Promise<number> =>
    sum(await comparableNats({ engine, scaleFactor: scale }, toldOf(drawings), { seed: 1, onDone: () => undefined }));
  const costs = await Promise.all([0.5, 0.97, 1, 1.03, 2].map((factor) => cost(factor * scaleFactor)));
  engine.dispose();
  expect(Math.min(...costs)).toBe(costs[2]);
});

test('drawings three times as large have three times the scale', async () => {
  const model = tinyModel({ conditional: false }, { temperatureForm: 'sketch-rnn-js' });
  const large = drawings.map((each) => ({ ...each, blurred: scaleOffsets(each.blurred, 3) }));
  const [small, big] = await Promise.all([atItsScale(model, drawings, judging), atItsScale(model, large, judging)]);
  expect(big.scaleFactor / small.scaleFactor / 3).toBeCloseTo(1, 2);
});

test('a model that tells its scale keeps it', async () => {
  const model = tinyModel();
  expect(await atItsScale(model, [], judging)).toBe(model);
});

test('without validation drawings there is no scale to be found', async () => {
  const model = tinyModel({}, { temperatureForm: 'sketch-rnn-js' });
  await expect(atItsScale(model, [], judging)).rejects.toThrow(
    "--data: expected validation drawings of owl to find the model's scale with, got none",
  );
});
