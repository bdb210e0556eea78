import { chooseEngine } from '@sketch-rnn/backend';
import { configFrom, initialise, latentStatistics } from '@sketch-rnn/core';
import { demoDrawings, gather, pack, scaleOffsets } from '@sketch-rnn/data';
import { expect, test } from 'vitest';
import '../testing/engines.ts';
import { latentsByClass } from './latents.ts';
import { planOf } from './plan.ts';

test('are those of the drawings of each class that are trained on', async () => {
  const sources = (['owl', 'pig'] as const).map((name) => ({
    fallbackClass: name,
    drawings: (async function* () {
      yield* demoDrawings(name, name === 'owl' ? 20 : 12);
    })(),
  }));
  const data = await gather(sources, 250);
  const plan = planOf({ config: configFrom('tiny'), seed: 1 }, data);
  const engine = (await chooseEngine('wasm')).create({ config: plan.model, parameters: initialise(plan.model, 1) });
  const size = plan.model.latentSize;
  const { mean, deviation } = await latentsByClass(engine, plan);
  for (const label of [0, 1]) {
    const sketches = data.train.filter((example) => example.label === label);
    const posterior = await engine.encode(
      pack(sketches.map(({ stroke3 }) => scaleOffsets(stroke3, 1 / plan.scaleFactor))),
    );
    const expected = latentStatistics(posterior, size);
    for (let d = 0; d < size; d++) {
      expect(mean[label * size + d]).toBeCloseTo(expected.mean[d] ?? NaN, 5);
      expect(deviation[label * size + d]).toBeCloseTo(expected.deviation[d] ?? NaN, 5);
    }
  }
  engine.dispose();
});
